"""What MO takes in silence and probably nobody means: the plan's objects as they shall be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Timeline, Validity
from motoolkit.plan._checks_case import life, outside, references
from motoolkit.plan._checks_words import Pointer, inside, missing
from motoolkit.plan._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.catalogue import Reference
    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._state import Key

_JOBS: Final = ("engagement_job_function", "engagement_job_function_bvn")
FACETS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("org_units", "unit_type"): ("org_unit_type",),
    ("org_units", "unit_level"): ("org_unit_level",),
    ("org_units", "time_planning"): ("time_planning",),
    ("org_units", "unit_hierarchy"): ("org_unit_hierarchy",),
    ("engagements", "engagement_type"): ("engagement_type",),
    ("engagements", "job_function"): _JOBS,
    ("engagements", "primary"): ("primary_type",),
    ("managers", "manager_type"): ("manager_type",),
    ("managers", "manager_level"): ("manager_level",),
    ("managers", "responsibilities"): ("responsibility",),
    ("associations", "association_type"): ("association_type",),
    ("associations", "primary"): ("primary_type",),
    ("associations", "trade_union"): ("trade_union", "confederation"),
    ("associations", "job_function"): _JOBS,
    ("itusers", "primary"): ("primary_type",),
    ("rolebindings", "role"): ("role",),
    ("leaves", "leave_type"): ("leave_type",),
    ("kles", "kle_number"): ("kle_number",),
    ("kles", "kle_aspects"): ("kle_aspect",),
    ("addresses", "visibility"): ("visibility",),
    ("addresses", "address_type"): (
        "employee_address_type",
        "org_unit_address_type",
        "manager_address_type",
        "engagement_address_type",
        "ituser_address_type",
    ),
}
"""The user_keys of the facets whose classes a field takes: MO's own user interface offers no others."""


def pointing_at(case: Case) -> Iterator[Problem]:
    """Say where objects point at nothing, or at what does not live then, and MO does not mind."""
    for key in case.touched:
        if key[0] not in CATALOGUE:
            continue
        for field in CATALOGUE[key[0]].references:
            if not field.derived and (key, field.name) not in case.said:
                yield from _pointing(case, key, field)


def _pointing(case: Case, key: Key, field: Reference) -> Iterator[Problem]:
    told: set[str] = set()
    for uuid, period in _uses(case, key, field.name):
        target = field.target, uuid
        held = case.wanted.get(target, ())
        if uuid in told or not (not held or outside(period, held)):
            continue
        told.add(uuid)
        code = "ended-class" if field.target == "classes" else "outside-life"
        pointer = Pointer(key, field.name, target)
        text, remedy = inside(case, pointer, period, life(held)) if held else missing(case, pointer)
        yield Problem("warning", case.last(key), code if held else "unknown-reference", text, remedy)


def _uses(case: Case, key: Key, name: str) -> Iterator[tuple[str, Validity]]:
    """Yield what a field newly points at, and when: the longest periods."""
    news: dict[str, list[Validity]] = {}
    for period, before, after in case.news(key):
        known = references(before[name]) if before else ()
        for uuid in references(after[name]):
            if uuid not in known:
                news.setdefault(uuid, []).append(period)
    for uuid, when in news.items():
        for period, _ in Timeline((each, True) for each in when).coalesce():
            yield uuid, period


def facets(case: Case) -> Iterator[Problem]:
    """Say where a class is of another facet than the field wants."""
    for key in case.touched:
        for (collection, name), wanted in FACETS.items():
            if collection != key[0]:
                continue
            for uuid in dict.fromkeys(uuid for uuid, _ in _uses(case, key, name)):
                found = _facet(case, uuid)
                if found is not None and found not in wanted:
                    yield Problem(
                        "warning",
                        case.last(key),
                        "wrong-facet",
                        f"The {case.name(key)} has for {name} the {case.name(('classes', uuid))},"
                        f" which is of the facet {found}, not {wanted[0]}.",
                        f"Choose a class of the facet {wanted[0]}.",
                    )


def _facet(case: Case, uuid: str) -> str | None:
    spans = case.wanted.get(("classes", uuid), ())
    facet = case.wanted.get(("facets", spans[-1].values["facet"]), ()) if spans else ()
    return facet[-1].values["user_key"] if facet else None


def systems(case: Case) -> Iterator[Problem]:
    """Say where a role belongs to another system than the account."""
    for key in case.touched:
        for _, _, after in case.news(key) if key[0] == "rolebindings" else ():
            roles = case.wanted.get(("classes", after["role"]), ())
            accounts = case.wanted.get(("itusers", after["ituser"]), ())
            needed = {span.values["it_system"] for span in roles} - {None}
            if needed and accounts and needed.isdisjoint(span.values["itsystem"] for span in accounts):
                yield Problem(
                    "warning",
                    case.last(key),
                    "wrong-itsystem",
                    f"The {case.name(key)} has for role the {case.name(('classes', after['role']))},"
                    f" which belongs to another itsystem than ituser {after['ituser']}.",
                    "Choose a role of the account's own system.",
                )
                break


def doubles(case: Case) -> Iterator[Problem]:
    """Say where two persons have one CPR number, or two accounts one name in one system, at one time."""
    for key in case.touched:
        for collection, name, same, code, word in _DOUBLES:
            if collection == key[0] and (key, name) not in case.said:
                yield from _double(case, key, (name, *same), code, word)


_DOUBLES: Final[tuple[tuple[str, str, tuple[str, ...], str, str], ...]] = (
    ("persons", "cpr_number", (), "duplicate-cpr", "CPR number"),
    ("itusers", "user_key", ("itsystem",), "duplicate-username", "username and itsystem"),
)


def _double(case: Case, key: Key, names: tuple[str, ...], code: str, word: str) -> Iterator[Problem]:
    news = [
        (period, tuple(after[name] for name in names))
        for period, before, after in case.news(key)
        if after[names[0]] and (before is None or any(before[n] != after[n] for n in names))
    ]
    others = ((other, spans) for other, spans in case.wanted.items() if other[0] == key[0] and other != key)
    for other, spans in others if news else ():
        for span in spans:
            theirs = tuple(span.values[name] for name in names)
            if any(theirs == mine and period.overlaps(span.validity) for period, mine in news):
                if case.touched.get(other, [-1])[-1] < case.last(key):
                    yield Problem(
                        "warning",
                        case.last(key),
                        code,
                        f"The {case.name(key)} has the same {word} as {case.name(other)} in {span.validity}.",
                        "Update the one that is there, or end it first.",
                    )
                break
