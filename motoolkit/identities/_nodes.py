"""From what belongs to an owner to nodes and links: the shape that pictures and people use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.identities._rows import EVER, by_object, validity
from motoolkit.identities._spans import common, union
from motoolkit.identities.graph import Identity, Link, Node
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from motoolkit.identities._names import Names
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._rows import Address, AnyRow, Engagement, ItUser, Manager, RoleBinding
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.graph import Sort

_ORDER: Final[tuple[Sort, ...]] = ("engagement", "ituser", "address", "rolebinding", "manager")


def identity_of(owned: Owned, names: Names, as_of: date) -> Identity:
    """Return an owner's identities as nodes and links."""
    return _Drawer(owned, names).identity(as_of)


def engagement_label(row: Engagement, names: Names) -> str:
    """Return what people call an engagement: ``Lærer, Vig Skole``."""
    return ", ".join(part for part in (names.of_class(row.job_function), names.unit(row.org_unit)) if part)


def ituser_label(row: ItUser, names: Names) -> str:
    """Return what people call an account."""
    return row.user_key or row.external_id or names.system(row.itsystem)


def detail(*parts: str) -> str:
    """Return what tells more of a node."""
    return " · ".join(part for part in parts if part)


@dataclass(slots=True)
class _Told:
    """A node to be: of which sort, first in its column or not, and its rows with their words."""

    sort: Sort
    first: bool
    rows: list[tuple[AnyRow, str, str]]

    def order(self) -> tuple[int, bool, date, str, str]:
        row, label, _ = self.rows[0]
        return _ORDER.index(self.sort), not self.first, row.start, label, row.uuid

    def nodes(self) -> Iterable[Node]:
        """Yield a node for each stretch of time in which it is called the same."""
        label, told, start, end = "", "", EVER, EVER
        for row, its_label, its_detail in self.rows:
            if start < end and (its_label, its_detail, row.start) == (label, told, end):
                end = row.end
                continue
            if start < end:
                yield Node(row.uuid, self.sort, label, told, validity(start, end))
            label, told, start, end = its_label, its_detail, row.start, row.end
        yield Node(self.rows[0][0].uuid, self.sort, label, told, validity(start, end))


class _Drawer:
    """Draws up one owner's nodes and links."""

    def __init__(self, owned: Owned, names: Names) -> None:
        self.owned = owned
        self.names = names
        self.life = {
            uuid: union((row.start, row.end) for row in rows)
            for objects in (
                owned.jobs,
                owned.accounts,
                owned.foreign_jobs,
                owned.foreign_accounts,
                by_object(owned.addresses),
                by_object(owned.rolebindings),
                by_object(owned.managers),
            )
            for uuid, rows in objects.items()
        }
        self.links: dict[tuple[str, str], Spans] = {}
        self.dangling: dict[str, None] = {}

    def identity(self, as_of: date) -> Identity:
        told = sorted(self._told(), key=_Told.order)
        for each in (self._from_owner, self._of_accounts, self._of_addresses, self._of_bindings):
            each()
        self._of_managers()
        self._look_for_classes()
        return Identity(
            self.owned.sort,
            self.owned.uuid,
            self.owned.name,
            as_of,
            tuple(node for each in told for node in each.nodes()),
            tuple(
                Link(one, other, validity(*span))
                for (one, other), spans in self.links.items()
                for span in union(spans)
            ),
            tuple(self.dangling),
        )

    def _told(self) -> Iterable[_Told]:
        owned, names = self.owned, self.names
        for jobs in (owned.jobs, owned.foreign_jobs):
            yield from _all("engagement", jobs, self._engagement, names)
        for accounts in (owned.accounts, owned.foreign_accounts):
            yield from _all("ituser", accounts, self._ituser, names)
        yield from _all("address", by_object(owned.addresses), self._address, names)
        yield from _all("rolebinding", by_object(owned.rolebindings), self._binding, names)
        yield from _all("manager", by_object(owned.managers), self._manager, names)

    def _engagement(self, row: Engagement) -> tuple[str, str]:
        return engagement_label(row, self.names), detail(row.user_key, self._primary(row), _of(row))

    def _ituser(self, row: ItUser) -> tuple[str, str]:
        system = self.names.system(row.itsystem)
        return ituser_label(row, self.names), detail(system, self._primary(row), _of(row))

    def _address(self, row: Address) -> tuple[str, str]:
        return row.value, self.names.of_class(row.address_type)

    def _binding(self, row: RoleBinding) -> tuple[str, str]:
        return self.names.of_class(row.role), self.names.unit(row.org_unit)

    def _manager(self, row: Manager) -> tuple[str, str]:
        kind, unit = self.names.of_class(row.manager_type) or tr("Manager"), self.names.unit(row.org_unit)
        return (f"{kind}, {unit}", "") if self.owned.sort == "person" else (kind, "")

    def _primary(self, row: Engagement | ItUser) -> str:
        return tr("primary") if self.names.is_primary(row.primary) else ""

    def _from_owner(self) -> None:
        """Link the owner with the engagements, and with what is linked to nothing else."""
        for uuid in self.owned.jobs:
            self._link(self.owned.uuid, uuid, self.life[uuid])

    def _of_accounts(self) -> None:
        for row in self.owned.itusers:
            self._link_or_own(row, row.engagements)

    def _of_addresses(self) -> None:
        for row in self.owned.addresses:
            self._link_or_own(row, [row.ituser] if row.ituser else [row.engagement] if row.engagement else [])
            if row.ituser and row.engagement:
                self._known(row.engagement)

    def _of_bindings(self) -> None:
        for row in self.owned.rolebindings:
            self._link_or_own(row, [row.ituser])

    def _of_managers(self) -> None:
        own = self.owned.sort == "person"
        for row in self.owned.managers:
            self._link_or_own(row, [row.engagement] if row.engagement and own else [])

    def _link_or_own(self, row: AnyRow, above: Sequence[str]) -> None:
        """Link an object with what it belongs to, be it there or not, else with its owner."""
        span = [(row.start, row.end)]
        if not above:
            self._link(self.owned.uuid, row.uuid, span)
        for one in above:
            held = self.life[one] if self._known(one) else span
            self._link(one, row.uuid, common(span, held))

    def _link(self, one: str, other: str, spans: Spans) -> None:
        if spans:
            self.links.setdefault((one, other), []).extend(spans)

    def _known(self, uuid: str) -> bool:
        if uuid in self.life:
            return True
        self.dangling[uuid] = None
        return False

    def _look_for_classes(self) -> None:
        """Note the classes, units and systems that MO does not have."""
        names, owned = self.names, self.owned
        found: list[tuple[Mapping[str, object], str]] = []
        for job in owned.engagements:
            found += [(names.units, job.org_unit), (names.classes, job.job_function)]
        found += [(names.systems, row.itsystem) for row in owned.itusers]
        found += [(names.classes, row.address_type) for row in owned.addresses]
        for binding in owned.rolebindings:
            found += [(names.classes, binding.role), (names.units, binding.org_unit)]
        found += [(names.units, row.org_unit) for row in owned.managers]
        self.dangling |= dict.fromkeys(uuid for held, uuid in found if uuid and uuid not in held)


def _all(
    sort: Sort, objects: Mapping[str, Sequence[AnyRow]], words: Callable[[Any], tuple[str, str]], names: Names
) -> Iterable[_Told]:
    for rows in objects.values():
        primary = any(names.is_primary(getattr(row, "primary", "")) and not row.whose for row in rows)
        yield _Told(sort, primary, [(row, *words(row)) for row in rows])


def _of(row: Engagement | ItUser) -> str:
    return tr("belongs to {name}", name=row.whose) if row.whose else ""
