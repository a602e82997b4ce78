"""A small town of one's own in the MO under test: made with plans, and deleted with one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import EVER
from motoolkit.plan import Plan, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.plan import Result
    from motoolkit.sandbox.records import Record

BORN = "2015-01-01"
Life = list[tuple[str | None, str | None, Any]]


@dataclass
class Town:
    """A unit, a unit below it and two persons, and whatever a test makes; all of it is remembered.

    ``classes`` are those that the MO has, by the user_key of their facet; the deputy types come first.
    """

    client: Client
    classes: dict[str, list[str]]
    itsystems: list[str]
    made: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self.unit = self.make("org_unit", parent=None, name="Prøveby")
        self.below = self.make("org_unit", name="Under Prøveby")
        self.person = self.make("person")
        self.other = self.make("person", given_name="Anders", surname="Prøve")
        self.engagement = self.make("engagement")
        self.engagement2 = self.make("engagement")

    @classmethod
    def of(cls, client: Client, records: Sequence[Record]) -> Town:
        """Found a town in a MO that holds ``records``."""
        facets = {r.uuid: r.slices[0].values["user_key"] for r in records if r.collection == "facets"}
        classes = defaultdict(list)
        for record in records:
            if record.collection == "classes":
                classes[facets[record.slices[0].values["facet"]]].append(record.uuid)
        itsystems = [r.uuid for r in records if r.collection == "itsystems"]
        return cls(client, dict(classes), itsystems)

    def a(self, facet: str, number: int = 0) -> str:
        """Return one of the classes of a facet."""
        return self.classes[facet][number]

    def plan(self, reason: str = "Prøve") -> Plan:
        """Return an empty plan."""
        return self.client.plan(reason)

    def make(self, kind: str, *, start: str | None = BORN, end: str | None = None, **values: Any) -> str:
        """Create an object with the least that MO wants, and ``values``; return its UUID."""
        plan = self.plan()
        said = self.least(kind) | values
        uuid = plan.create(kind, start=None if kind == "person" else start, end=end, **said)
        result = self.apply(plan)
        return result.uuids.get(plan.operations[0].key, uuid)

    def apply(self, plan: Plan) -> Result:
        """Apply a plan that must do what it says, and remember what it made."""
        result = plan.apply()
        assert result.ok, result
        self.remember(plan, result)
        return result

    def remember(self, plan: Plan, result: Result) -> None:
        """Let what a plan made be deleted with the town."""
        for operation in plan.operations:
            if operation.action == "create":
                made = operation.kind, result.uuids.get(operation.key, operation.uuid)
                self.made.append(made)

    def update(self, kind: str, uuid: str, **said: Any) -> Result:
        """Apply a plan of one update, and once more: the second time there must be nothing to do."""
        plan = self.plan()
        plan.update(kind, uuid, **said)
        result = self.apply(plan)
        assert [o.became for o in plan.apply().outcomes] == ["already so"]
        return result

    def life(self, kind: str, uuid: str, *fields: str) -> Life:
        """Return what MO holds of an object: start, end and the field's value (a tuple of several)."""
        from motoolkit.catalogue import WRITINGS

        collection = WRITINGS[kind].collection
        spans = read_state(self.client, [(collection, uuid)]).get((collection, uuid), ())
        life: Life = []
        for span in spans:
            values = tuple(span.values[name] for name in fields)
            value = values[0] if len(fields) == 1 else values
            if life and life[-1][1:] == (_text(span.start), value):
                life[-1] = (life[-1][0], _text(span.end), value)
            else:
                life.append((_text(span.start), _text(span.end), value))
        return life

    def least(self, kind: str) -> dict[str, Any]:
        """Return the values without which MO makes no object of a kind."""
        return _LEAST[kind](self, next(self._numbers))

    @property
    def facet(self) -> str:
        """The UUID of some facet."""
        answer = self.client.execute("{ facets(limit: 1) { objects { uuid } } }")
        return str(answer["facets"]["objects"][0]["uuid"])

    def email(self) -> str:
        """Return the UUID of a person's type of e-mail address."""
        query = "query ($f: ClassFilter) { classes(filter: $f) { objects { uuid } } }"
        found = self.client.execute(query, {"f": {"scope": ["EMAIL"]}})["classes"]["objects"]
        return next(each["uuid"] for each in found if each["uuid"] in self.classes["employee_address_type"])

    def leave(self) -> None:
        """Delete all that was made, and first the pairs of related units, which have no kind of their own."""
        units = [uuid for kind, uuid in self.made if kind == "org_unit"]
        pairs = {"org_unit": {"uuids": units, **EVER}}
        for page in self.client.read("related_units", fields=["user_key"], filter=pairs):
            for pair in page.objects:
                mutation = "mutation ($u: UUID!) { association_delete(uuid: $u) { uuid } }"
                self.client.execute(mutation, {"u": pair["uuid"]})
        plan = self.plan("Ryd op")
        for kind, uuid in self.made:
            plan.delete("association" if kind == "itassociation" else kind, uuid)
        plan.apply(atomic=False)


def _seat(town: Town, **values: Any) -> dict[str, Any]:
    return {"person": town.person, "org_unit": town.unit, **values}


_LEAST: dict[str, Callable[[Town, int], dict[str, Any]]] = {
    "org_unit": lambda town, _: {
        "name": "Enhed",
        "unit_type": town.a("org_unit_type"),
        "parent": getattr(town, "unit", None),
    },
    "person": lambda _, number: {
        "given_name": "Karen",
        "surname": "Prøvesen",
        "cpr_number": f"010195{5100 + number}",
    },
    "engagement": lambda town, _: _seat(
        town, engagement_type=town.a("engagement_type"), job_function=town.a("engagement_job_function")
    ),
    "manager": lambda town, _: _seat(
        town,
        manager_type=town.a("manager_type"),
        manager_level=town.a("manager_level"),
        responsibilities=[town.a("responsibility")],
    ),
    "association": lambda town, _: _seat(town, association_type=town.a("association_type")),
    "itassociation": lambda town, _: _seat(
        town, it_user=town.make("ituser"), job_function=town.a("engagement_job_function")
    ),
    "ituser": lambda town, number: {
        "person": town.person,
        "itsystem": town.itsystems[0],
        "user_key": f"bruger{number}",
    },
    "rolebinding": lambda town, _: {"ituser": town.make("ituser"), "role": town.a("role")},
    "address": lambda town, number: {
        "person": town.person,
        "address_type": town.email(),
        "value": f"a{number}@example.org",
    },
    "leave": lambda town, _: {
        "person": town.person,
        "engagement": town.engagement,
        "leave_type": town.a("leave_type"),
    },
    "kle": lambda town, _: {
        "org_unit": town.unit,
        "kle_number": town.a("kle_number"),
        "kle_aspects": [town.a("kle_aspect")],
    },
    "owner": lambda town, _: {"org_unit": town.unit, "owner": town.other},
    "facet": lambda _, number: {"user_key": f"prøve{number}"},
    "itsystem": lambda _, number: {"user_key": f"prøve{number}", "name": "Prøve"},
    "class": lambda town, number: {"facet": town.facet, "user_key": f"prøve{number}", "name": "Prøve"},
}


def _text(day: date | None) -> str | None:
    return None if day is None else str(day)
