"""Both newsletter reports once more, from MO's own nested resolvers and nothing of the toolkit's joins.

MO itself climbs for leaders (``managers(inherit, exclude_self)``), gives the path (``ancestors``) and follows
addresses, accounts and engagements.  Slow, and just what the toolkit must equal cell by cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from motoolkit.model import Cpr, danish_key, midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from contract.conftest import Mo

Json = dict[str, Any]
Cells = tuple[Any, ...]

PAGE = 25
SHOWN = {"PUBLIC", "INTERNAL", None}

CLASS = "{ current(at: $at) { name user_key } }"
ADDRESS = """{ objects { uuid current(at: $at) {
  value validity { from } address_type_response { current(at: $at) { scope } }
  visibility_response { current(at: $at) { scope name user_key } }
  engagement_response { uuid } ituser_response { uuid } } } }"""
ENGAGEMENT_BRIEF = (
    "{ uuid user_key org_unit_response { uuid } primary_response { current(at: $at) { user_key } } }"
)
PERSON = f"""{{ uuid current(at: $at) {{ name cpr_number
  addresses_response(filter: {{from_date: $at}}) {ADDRESS}
  engagements_response(filter: {{from_date: $at}}) {{
    objects {{ uuid current(at: $at) {ENGAGEMENT_BRIEF} }} }} }} }}"""
ROLE = f"""{{ uuid validity {{ from }} org_unit_response {{ uuid }} engagement_response {{ uuid }}
  manager_type_response {CLASS} manager_level_response {CLASS}
  responsibilities_response(filter: {{from_date: $at}}) {{ objects {CLASS} }}
  person_response {PERSON} }}"""
ACCOUNTS = f"""itusers_response(filter: {{from_date: $at}}) {{ objects {{ uuid current(at: $at) {{ uuid
  engagements_responses(filter: {{from_date: $at}}) {{ objects {{ uuid }} }}
  primary_response {{ current(at: $at) {{ user_key }} }}
  addresses_response(filter: {{from_date: $at}}) {ADDRESS} }} }} }}"""
ENGAGEMENT = f"""{{ uuid user_key extension_1 engagement_type_response {CLASS} job_function_response {CLASS}
  org_unit_response {{ uuid }} person_response {PERSON}
  addresses_response(filter: {{from_date: $at}}) {ADDRESS} {ACCOUNTS} }}"""

# The order of reports.md 4.3: a leader by type, else by responsibility, else any filled role.
TESTS = {
    "by_type": '{from_date: $at, employee: {from_date: $at}, manager_type: {user_keys: ["leder"]}}',
    "by_responsibility": "{from_date: $at, employee: {from_date: $at}, "
    'responsibility: {user_keys: ["personaleledelse"]}}',
    "by_any": "{from_date: $at, employee: {from_date: $at}}",
}
ANY_LEADERS = "\n".join(
    f"{name}: managers_response(inherit: true, filter: {test}) {{ objects {{ uuid }} }}"
    for name, test in TESTS.items()
)
OTHER_LEADERS = "\n".join(
    f"{name}: managers(inherit: true, exclude_self: true, filter: {test}) {{ uuid }}"
    for name, test in TESTS.items()
)
ROLES = f"""query($at: DateTime!, $limit: int, $cursor: Cursor) {{
  page: managers(filter: {{from_date: $at}}, limit: $limit, cursor: $cursor) {{
    page_info {{ next_cursor }} objects {{ uuid current(at: $at) {ROLE} }}
  }}
}}"""
UNITS = f"""query($root: [UUID!], $at: DateTime!, $limit: int, $cursor: Cursor) {{
  page: org_units(filter: {{from_date: $at, ancestor: {{uuids: $root}}}}, limit: $limit, cursor: $cursor) {{
    page_info {{ next_cursor }}
    objects {{ uuid current(at: $at) {{
      name ancestors {{ uuid name }} unit_type_response {CLASS}
      managers_response(filter: {{from_date: $at}}) {{ objects {{ uuid }} }} {ANY_LEADERS}
      engagements_response(filter: {{from_date: $at}}) {{ objects {{ uuid
        current(at: $at) {{ {ENGAGEMENT[1:-1]} {OTHER_LEADERS} }} }} }}
    }} }}
  }}
}}"""
ONE_ENGAGEMENT = f"""query($uuid: [UUID!], $at: DateTime!) {{
  engagements(filter: {{uuids: $uuid, from_date: $at}}) {{ objects {{ current(at: $at) {ENGAGEMENT} }} }}
}}"""
ALL_ACCOUNTS = """query($at: DateTime!) { itusers(filter: {from_date: $at}) { objects { uuid
  current(at: $at) { engagements_responses(filter: {from_date: $at}) { objects { uuid } } } } } }"""
ALL_ENGAGEMENTS = "query($at: DateTime!) { engagements(filter: {from_date: $at}) { objects { uuid } } }"
LEADERS_BESIDE = (
    "query($unit: [UUID!], $person: [UUID!], $at: DateTime!) {"
    + "\n".join(
        f"{name}: managers(inherit: true, filter: {test[:-1]}, org_unit: {{uuids: $unit}}, "
        "exclude: {uuids: $person}}) { objects { uuid } }"
        for name, test in TESTS.items()
    )
    + "}"
)


def current(response: Json | None) -> Json:
    """Return what a Response holds at the date, empty when nothing."""
    return (response or {}).get("current") or {}


def name(response: Json | None) -> str:
    """Return a class's name at the date, or a blank."""
    return current(response).get("name") or ""


def listed(paged: Json) -> list[Json]:
    """Return what the objects of a nested page hold at the date."""
    return [held for found in paged["objects"] if (held := found["current"])]


@dataclass
class Nested:
    """The reports as of ``mo.today`` for the subtree of ``root``."""

    mo: Mo
    root: str

    def __post_init__(self) -> None:
        self.at = midnight(self.mo.today)
        self._engagements: dict[str, Json] = {}

    def rows(self) -> Iterator[tuple[Cells, Cells]]:
        """Yield each row of "med cpr-numre" and of "Engagementer og ledere", in no special order.

        The path is one tuple in front, without padding.
        """
        for unit in self._units():
            unit_rows = list(self._unit_rows(unit))
            yield from unit_rows or [self._row(unit, None, None, {})]

    @cached_property
    def _roles(self) -> dict[str, Json]:
        return {role["uuid"]: role for role in self._paged(ROLES)}

    def _units(self) -> Iterator[Json]:
        return self._paged(UNITS, root=[self.root])

    def _paged(self, document: str, **variables: Any) -> Iterator[Json]:
        cursor = None
        while True:
            page = self.mo.data(document, at=self.at, limit=PAGE, cursor=cursor, **variables)["page"]
            yield from (found["current"] | {"uuid": found["uuid"]} for found in page["objects"])
            cursor = page["page_info"]["next_cursor"]
            if cursor is None:
                return

    def _own_roles(self, unit: Json) -> list[Json]:
        return self._ordered(self._roles[o["uuid"]] for o in unit["managers_response"]["objects"])

    def _unit_rows(self, unit: Json) -> Iterator[tuple[Cells, Cells]]:
        engagements = listed(unit["engagements_response"])
        for engagement in engagements:
            yield self._row(unit, current(engagement["person_response"]), engagement, engagement)
        present = {engagement["person_response"]["uuid"] for engagement in engagements}
        led = {}
        for role in self._own_roles(unit):
            person = (role["person_response"] or {}).get("uuid")
            if person is not None and person not in present:
                led.setdefault(person, role)
        for role in led.values():
            chosen = self._engagement_of(role)
            engagement = self._engagement(chosen) if chosen else None
            leaders = self._leaders_beside(unit["uuid"], role["person_response"]["uuid"])
            yield self._row(
                unit, current(role["person_response"]), engagement, leaders, role["person_response"]
            )

    def _row(
        self,
        unit: Json,
        person: Json | None,
        engagement: Json | None,
        leaders: Json,
        holder: Json | None = None,
    ) -> tuple[Cells, Cells]:
        uuid = (holder or (engagement or {}).get("person_response") or {}).get("uuid")
        roles = self._own_roles(unit)
        own = [r for r in roles if uuid and (r["person_response"] or {}).get("uuid") == uuid]
        path = (*(a["name"] for a in reversed(unit["ancestors"])), unit["name"])
        leader = self._nearest(unit, leaders)
        e, p = engagement or {}, person or {}
        cpr = Cpr.parse(p["cpr_number"]) if p.get("cpr_number") else None
        key = e.get("user_key", "")
        number = re.sub(r"^[A-Z0-9]{2}-(\d+)$", r"\1", key)
        email = self._email(person, engagement) if person is not None else ""
        level = name(own[0]["manager_level_response"]) if own else ""
        kind = name(e.get("engagement_type_response"))
        with_cpr = (
            path, unit["name"], name(unit["unit_type_response"]), p.get("name", ""),
            (e.get("extension_1") or "").strip() or name(e.get("job_function_response")), level,
            name(own[0]["manager_type_response"]) if own else "",
            self._responsibilities(own[0]) if own else "", number, cpr, email,
            cpr.age(self.mo.today) if cpr else None,
            name_of(leader), self._role_email(leader), key, kind,
        )  # fmt: skip
        first = self._unit_leader(roles)
        held = self._holders(roles)
        job = current(e.get("job_function_response"))
        without_cpr = (
            path, *held, level, key, number, p.get("name", ""), email,
            f"{job['user_key']} {job['name']}" if job else "", kind, self._role_email(first),
        )  # fmt: skip
        return with_cpr, without_cpr

    def _holders(self, roles: list[Json]) -> tuple[str, ...]:
        def of_type(user_key: str) -> list[Json]:
            return [r for r in roles if current(r["manager_type_response"]).get("user_key") == user_key]

        def with_responsibility(user_key: str) -> list[Json]:
            return [r for r in roles if user_key in keys(r)]

        leaders, co_managers = of_type("leder"), distinct(of_type("medleder"))
        return (
            first_name(leaders) or ("Vakant" if leaders else ""),
            co_managers[0] if co_managers else "",
            co_managers[1] if len(co_managers) > 1 else "",
            first_name(of_type("administrator")),
            first_name(with_responsibility("administrativ-ansvarlig")),
            first_name(with_responsibility("personaleledelse")),
            first_name(with_responsibility("uddannelsesansvarlig")),
        )

    def _unit_leader(self, roles: list[Json]) -> Json | None:
        leaders = [r for r in roles if current(r["manager_type_response"]).get("user_key") == "leder"]
        return next((r for r in leaders if r["person_response"]), None)

    def _nearest(self, unit: Json, beside: Json) -> Json | None:
        """Return the nearest leader: of the first test that finds anybody here, whom it finds besides."""
        for test in TESTS:
            if unit[test]["objects"]:
                found = self._ordered(self._roles[role["uuid"]] for role in beside.get(test, ()))
                return next(iter(found), None)
        return None

    def _leaders_beside(self, unit: str, person: str) -> Json:
        found = self.mo.data(LEADERS_BESIDE, unit=[unit], person=[person], at=self.at)
        return {test: paged["objects"] for test, paged in found.items()}

    def _ordered(self, roles: Iterable[Json]) -> list[Json]:
        types = ["leder", "medleder", "administrator"]

        def key(role: Json) -> tuple[Any, ...]:
            kind = current(role["manager_type_response"]).get("user_key")
            engagement = (role["engagement_response"] or {}).get("uuid")
            person = current(role["person_response"])
            units = {e["uuid"]: e["org_unit_response"]["uuid"] for e in listed_engagements(person)}
            return (
                types.index(kind) if kind in types else len(types),
                "personaleledelse" not in keys(role),
                units.get(engagement) != role["org_unit_response"]["uuid"],
                role["validity"]["from"],
                danish_key(person.get("name", "")),
                role["uuid"],
            )

        return sorted(roles, key=key)

    def _responsibilities(self, role: Json) -> str:
        found = [current(r) for r in role["responsibilities_response"]["objects"] if r["current"]]
        first = sorted(c["name"] for c in found if c["user_key"] == "personaleledelse")
        return ", ".join([*first, *sorted(c["name"] for c in found if c["user_key"] != "personaleledelse")])

    def _engagement_of(self, role: Json) -> str | None:
        """Return whereby someone leads: the role's engagement, one in its unit, primary, lowest key."""
        own, unit = (role["engagement_response"] or {}).get("uuid"), role["org_unit_response"]["uuid"]
        found = sorted(
            listed_engagements(current(role["person_response"])),
            key=lambda e: (
                e["uuid"] != own,
                e["org_unit_response"]["uuid"] != unit,
                not is_primary(e),
                e["user_key"],
                e["uuid"],
            ),
        )
        return found[0]["uuid"] if found else None

    def _engagement(self, uuid: str) -> Json:
        if uuid not in self._engagements:
            found = self.mo.data(ONE_ENGAGEMENT, uuid=[uuid], at=self.at)["engagements"]
            self._engagements[uuid] = listed(found)[0]
        return self._engagements[uuid]

    def _role_email(self, role: Json | None) -> str:
        if role is None or not role["person_response"]:
            return ""
        chosen = self._engagement_of(role)
        return self._email(current(role["person_response"]), self._engagement(chosen) if chosen else None)

    def _email(self, person: Json, engagement: Json | None) -> str:
        bound = emails(engagement["addresses_response"]) if engagement else []
        if bound:
            return bound[0]["value"]
        accounts = sorted(
            listed(engagement["itusers_response"]) if engagement else [],
            key=lambda account: (not is_primary(account), account["uuid"]),
        )
        for account in accounts:
            if through := emails(account["addresses_response"]):
                return through[0]["value"]
        mine = {engagement["uuid"]} if engagement else set()
        for email in emails(person.get("addresses_response", {"objects": []})):
            elsewhere = self._engagements_behind(email)
            if not elsewhere or elsewhere & mine:
                return email["value"]
        return ""

    def _engagements_behind(self, email: Json) -> set[str]:
        """Return the living engagements that an address or its account is bound to."""
        behind = {(email["engagement_response"] or {}).get("uuid")} - {None}
        if account := (email["ituser_response"] or {}).get("uuid"):
            behind |= self._accounts.get(account, set())
        return behind & self._living

    @cached_property
    def _accounts(self) -> dict[str, set[str]]:
        found = self.mo.data(ALL_ACCOUNTS, at=self.at)["itusers"]["objects"]
        return {
            o["uuid"]: {e["uuid"] for e in o["current"]["engagements_responses"]["objects"]} for o in found
        }

    @cached_property
    def _living(self) -> set[str]:
        return {o["uuid"] for o in self.mo.data(ALL_ENGAGEMENTS, at=self.at)["engagements"]["objects"]}


def keys(role: Json) -> set[str]:
    """Return the user_keys of a role's responsibilities."""
    return {c["user_key"] for r in role["responsibilities_response"]["objects"] if (c := r["current"])}


def listed_engagements(person: Json) -> list[Json]:
    """Return a person's engagements at the date."""
    return listed(person["engagements_response"]) if person else []


def is_primary(thing: Json) -> bool:
    """Tell whether an engagement or account is a primary one."""
    return current(thing["primary_response"]).get("user_key") in {"primary", "explicitly-primary"}


def emails(paged: Json) -> list[Json]:
    """Return the e-mail addresses that may be shown, the newest first, then by UUID."""
    found = [
        held | {"uuid": o["uuid"]}
        for o in paged["objects"]
        if (held := o["current"])
        and current(held["address_type_response"]).get("scope") == "EMAIL"
        and may_be_shown(held["visibility_response"])
        and held["value"].strip()
    ]
    found.sort(key=lambda email: email["uuid"])
    found.sort(key=lambda email: email["validity"]["from"], reverse=True)
    return [email | {"value": email["value"].strip()} for email in found]


def may_be_shown(visibility: Json | None) -> bool:
    """Tell whether a visibility lets an address into a report; a class that is gone counts as secret."""
    if visibility is None:
        return True
    return bool(current(visibility)) and current(visibility)["scope"] in SHOWN


def distinct(roles: Iterable[Json]) -> list[str]:
    """Return the names of the holders, each person once."""
    persons = {r["person_response"]["uuid"]: name_of(r) for r in roles if r["person_response"]}
    return list(persons.values())


def first_name(roles: Iterable[Json]) -> str:
    """Return the name of the first holder, or a blank."""
    return next(iter(distinct(roles)), "")


def name_of(role: Json | None) -> str:
    """Return the name of who holds a role, or a blank."""
    return current((role or {}).get("person_response")).get("name", "")
