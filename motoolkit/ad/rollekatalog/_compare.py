"""Who has which role by MO, by OS2rollekatalog and by AD's groups, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.grouping import NOW, OVER, Claim, group_of, is_role, members, role_claims, system_key
from motoolkit.ad.matching import accounts_of, person_of, unit_of
from motoolkit.ad.names import composed
from motoolkit.ad.records import guid_of
from motoolkit.findings import Finding, Findings, Kind, Severity, Subject
from motoolkit.language import N_, tr
from motoolkit.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from motoolkit.ad.mo import Class
    from motoolkit.ad.rollekatalog._export import Assignment, RoleExport
    from motoolkit.ad.world import World

KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind(
            "RK-EXTRA",
            Severity.ERROR,
            N_("Role in OS2rollekatalog only"),
            N_("OS2rollekatalog gives the role, and MO does not."),
            N_("End the assignment in OS2rollekatalog, or give the role in MO."),
        ),
        Kind(
            "RK-MISSING",
            Severity.WARNING,
            N_("Role in MO only"),
            N_("MO gives the role, and OS2rollekatalog does not."),
            N_("Assign the role in OS2rollekatalog, or end it in MO."),
        ),
        Kind(
            "RK-UNKNOWN-USER",
            Severity.WARNING,
            N_("User of OS2rollekatalog whom MO does not know"),
            N_("Neither the username nor the UUID leads to one person in MO."),
            N_("Link the account in MO, or remove the user from OS2rollekatalog."),
        ),
        Kind(
            "RK-UNKNOWN-ROLE",
            Severity.WARNING,
            N_("Role of OS2rollekatalog that MO does not have"),
            N_("No role in MO has the role's name, identifier or group."),
            N_("Create the role in MO with the same name, or leave its IT system out of the export."),
        ),
    )
}
"""What a comparison can find."""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that somebody has by at least one of the three.

    Attributes:
        person: MO's UUID.
        name: of the person.
        username: in AD, else in OS2rollekatalog; "" for none.
        role: what MO calls it.
        itsystem: its user_key.
        in_mo: MO gives it today.
        in_rollekatalog: OS2rollekatalog gives it today.
        in_ad: one of the person's accounts is in the role's group; None where the role has no group.
    """

    person: str
    name: str
    username: str
    role: str
    itsystem: str
    in_mo: bool
    in_rollekatalog: bool
    in_ad: bool | None


@dataclass(frozen=True, slots=True)
class RoleComparison:
    """Three columns, and what is wrong.

    Attributes:
        rows: who has which role by whom, in order of person and role.
        findings: where MO and OS2rollekatalog differ, and what could not be told.
    """

    rows: tuple[RoleRow, ...]
    findings: Findings

    def frame(self) -> pd.DataFrame:
        """Return the rows as a frame."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.rows], columns=list(RoleRow.__dataclass_fields__))

    def differing(self) -> tuple[RoleRow, ...]:
        """Return the rows on which the three do not agree; a role without group is no disagreement."""
        return tuple(
            row for row in self.rows if len({row.in_mo, row.in_rollekatalog, row.in_ad} - {None}) > 1
        )


class _Right(NamedTuple):
    person: str
    role: str


def compare_roles(world: World, export: RoleExport) -> RoleComparison:
    """Compare who has which role.

    Only roles of the IT systems that the export is about are compared, person by person: it does not matter
    which of somebody's accounts has it.

    Args:
        world: MO and the directories.
        export: what OS2rollekatalog gave.
    """
    comparison = _Comparison(world, export)
    findings = Findings(
        "rollekatalog",
        tr("OS2rollekatalog against MO"),
        comparison.findings(),
        kinds=KINDS.values(),
        as_of=world.as_of,
        scope=" ".join(export.itsystems),
        source=[("OS2rollekatalog", export.path.name)],
        counts={tr("Assignments"): len(export), tr("Roles"): len(comparison.roles)},
    )
    return RoleComparison(tuple(comparison.rows()), findings)


class _Comparison:
    """One comparison while it is made."""

    def __init__(self, world: World, export: RoleExport) -> None:
        self._world = world
        self._known = _Known(world)
        self.rk: dict[_Right, Assignment] = {}
        self._unknown_users: dict[str, Assignment] = {}
        self._unknown_roles: defaultdict[tuple[str, str], list[Assignment]] = defaultdict(list)
        for each in export.assignments:
            self._take(each)
        self.roles = self._known.of_systems(export.itsystems, {right.role for right in self.rk})
        self._claims = {right: claim for role in self.roles for right, claim in self._of_mo(role)}
        self._groups = {role: self._group_members(role) for role in self.roles}

    def _take(self, each: Assignment) -> None:
        role = self._known.role(each)
        person = self._known.person(each)
        if not role:
            self._unknown_roles[each.itsystem, each.role].append(each)
        if not person:
            self._unknown_users.setdefault(each.user.casefold(), each)
        if role and person and each.on(self._world.as_of):
            self.rk.setdefault(_Right(person, role), each)

    def _of_mo(self, role: str) -> Iterator[tuple[_Right, Claim]]:
        best: dict[_Right, Claim] = {}
        for claim in self._world.ask(role_claims, "", role):
            right = _Right(claim.person, role)
            if right not in best or claim.tense < best[right].tense:
                best[right] = claim
        yield from best.items()

    def _group_members(self, role: str) -> set[str] | None:
        """Return the persons in a role's groups, None where it has no group in any directory."""
        groups = [key for ad in self._world.settings if (key := self._world.ask(group_of, ad, role))]
        if not groups:
            return None
        guids = [(key[0], guid) for key in groups for guid in self._world.ask(members, key)]
        return {person for key in guids if (person := self._world.ask(person_of, key))}

    def _in_mo(self, right: _Right) -> bool:
        claim = self._claims.get(right)
        return claim is not None and claim.tense == NOW

    def rows(self) -> Iterator[RoleRow]:
        """Yield what each of the three says."""
        rights = {right for right in self._claims if self._in_mo(right)} | set(self.rk)
        rights |= {_Right(person, role) for role, held in self._groups.items() for person in held or ()}
        for right in sorted(rights, key=self._order):
            held = self._groups.get(right.role)
            row = self._known.roles[right.role]
            yield RoleRow(
                right.person,
                self._known.name(right.person),
                self._username(right),
                row.name,
                system_key(self._world, row.it_system),
                self._in_mo(right),
                right in self.rk,
                None if held is None else right.person in held,
            )

    def _order(self, right: _Right) -> tuple[str, str, str, str]:
        return self._known.name(right.person), right.person, self._known.roles[right.role].name, right.role

    def _username(self, right: _Right) -> str:
        accounts = self._world.ask(accounts_of, right.person)
        told = self.rk.get(right)
        return accounts[0].sam if accounts else told.user if told else ""

    def findings(self) -> Iterator[Finding]:
        """Yield where MO and OS2rollekatalog differ, and what could not be told."""
        now = {right for right in self._claims if self._in_mo(right)}
        for right in sorted(self.rk.keys() - now):
            yield self._of_right("RK-EXTRA", right)
        for right in sorted(now - self.rk.keys()):
            yield self._of_right("RK-MISSING", right)
        for user, each in sorted(self._unknown_users.items()):
            subject = Subject("user", user, f"{each.user} ({each.name})" if each.name else each.user)
            place = tr("The first is on line {line}.", line=each.line)
            yield Finding(KINDS["RK-UNKNOWN-USER"], subject, source=each.user, mo=MISSING, detail=place)
        for (itsystem, role), found in sorted(self._unknown_roles.items()):
            subject = Subject("role", f"{itsystem}/{role}", f"{role} ({itsystem})" if itsystem else role)
            count = tr("{count} assignments.", count=len(found))
            yield Finding(KINDS["RK-UNKNOWN-ROLE"], subject, source=role, mo=MISSING, detail=count)

    def _of_right(self, code: str, right: _Right) -> Finding:
        told, claim = self.rk.get(right), self._claims.get(right)
        role, name = self._known.roles[right.role].name, self._known.name(right.person)
        unit = self._world.ask(unit_of, right.person)
        held = self._groups.get(right.role)
        facts = {"ad": "" if held is None else tr("yes") if right.person in held else tr("no")}
        if told is not None:
            facts |= {"username": told.user, "through": told.through, "line": told.line}
        ended = claim is not None and claim.tense == OVER and claim.day is not None
        return Finding(
            KINDS[code],
            Subject("person", f"{right.person}/{right.role}", f"{name}: {role}", right.person, unit),
            source=role if told else MISSING,
            mo=MISSING if told else role,
            detail=tr("In MO it ended {day}.", day=f"{claim.day:%d-%m-%Y}") if ended and claim else "",
            facts={key: value for key, value in facts.items() if value},
        )


def _folded(name: str) -> str:
    return composed(name).casefold()


class _Known:
    """Roles and persons of MO, found by what OS2rollekatalog calls them."""

    def __init__(self, world: World) -> None:
        self._world = world
        rows = mo.current(world.classes.everything(), world.as_of)
        self.roles: dict[str, Class] = {row.uuid: row for row in rows if world.ask(is_role, row.uuid)}
        self._systems: defaultdict[str, set[str]] = defaultdict(set)
        for row in mo.current(world.itsystems.everything(), world.as_of):
            for name in (row.user_key, row.name, row.uuid):
                self._systems[_folded(name)].add(row.uuid)
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        for uuid, row in self.roles.items():
            for name in (row.user_key, row.name, uuid, *self._of_group(uuid)):
                self._named[_folded(name)].add(uuid)

    def _of_group(self, role: str) -> Iterator[str]:
        for ad in self._world.settings:
            key = self._world.ask(group_of, ad, role)
            group = self._world.groups.one(key) if key else None
            if group is not None:
                yield from (name for name in (group.sam, group.name, group.guid) if name)

    def role(self, each: Assignment) -> str:
        """Return the one role that is meant, "" for none or several; the identifier goes before the name."""
        systems = self._systems.get(_folded(each.itsystem), set()) if each.itsystem else None
        for name in (each.identifier, *each.groups, each.role):
            found = self._named.get(_folded(name), set()) if name else set()
            if systems is not None:
                found = {uuid for uuid in found if self.roles[uuid].it_system in systems}
            if len(found) == 1:
                return next(iter(found))
        return ""

    def of_systems(self, itsystems: Iterable[str], roles: Iterable[str]) -> tuple[str, ...]:
        """Return all roles of the named IT systems, and of those that the given roles are of."""
        systems = {uuid for name in itsystems for uuid in self._systems.get(_folded(name), ())}
        systems |= {self.roles[role].it_system for role in roles}
        return tuple(sorted(uuid for uuid, row in self.roles.items() if row.it_system in systems - {""}))

    def person(self, each: Assignment) -> str:
        """Return the one person who is meant, "" for none or several; the UUID decides between several."""
        by_name = set(self._by_name(each.user.casefold()))
        if len(by_name) == 1:
            return next(iter(by_name))
        by_uuid = set(self._by_uuid(guid_of(each.uuid)))
        found = by_name & by_uuid or (set() if by_name else by_uuid)
        return next(iter(found)) if len(found) == 1 else ""

    def _by_name(self, name: str) -> Iterator[str]:
        accounts = self._world.accounts.by("any_sam", name)
        persons = [person for each in accounts if (person := self._world.ask(person_of, each.key))]
        yield from persons
        systems = {each.itsystem for each in self._world.settings.values()}
        for row in mo.current(() if persons else self._world.itusers.by("user_key", name), self._world.as_of):
            if row.person and system_key(self._world, row.itsystem) in systems:
                yield row.person

    def _by_uuid(self, uuid: str) -> Iterator[str]:
        if not uuid:
            return
        for index in ("external_id", "user_key"):
            rows = mo.current(self._world.itusers.by(index, uuid), self._world.as_of)
            yield from (row.person for row in rows if row.person)
        if self._world.persons.of(uuid):
            yield uuid

    def name(self, person: str) -> str:
        """Return what somebody is called."""
        row = mo.at(self._world.persons.of(person), self._world.as_of)
        return row.name if row else person
