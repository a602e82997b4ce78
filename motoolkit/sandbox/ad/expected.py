"""What an audit has to find, and what it finds of MO's own oddities in a directory that agrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motoolkit.sandbox.ad._plan import ACTIVE, in_scope
from motoolkit.sandbox.ad.facts import NOW
from motoolkit.sandbox.municipality import unit_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.sandbox.ad._builder import Builder
    from motoolkit.sandbox.ad._plan import Held
    from motoolkit.sandbox.ad.facts import Engagement


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that an audit has to come to.

    Attributes:
        code: its code (domain facts, section 7).
        sort: what it is about: ``account``, ``person``, ``ituser``, ``group``, ...
        key: whom it is about, as the finding's subject has it: parts with ``/`` between them.  The directory
            is the first where there is one, and the other one of a pair (a group's member) the last.
        attribute: which attribute differs, blank for none.
        severity: ``info``, ``warning``, ``error`` or ``critical`` where it is not the one that its code has.
    """

    code: str
    sort: str
    key: str
    attribute: str = ""
    severity: str = ""


def of_mo(builder: Builder) -> Iterator[Expected]:
    """Yield what is found of a directory that says just what MO says, because of what MO says.

    The municipality has engagements without a primary one, people with two jobs and one account, and a closed
    unit where somebody works.
    """
    for guid, one in builder.accounts.items():
        if builder.draft[guid].deleted is None:
            yield from _of_account(builder, one)
    for person in sorted(builder.facts.work):
        yield from _of_person(builder, person)
    closed = unit_uuid("Dokumentcentret")
    if any(thing.parent == builder.unit_ou(closed) for thing in builder.draft if "user" in thing.classes):
        yield Expected("OU-CLOSED-NONEMPTY", "ou", f"{builder.place.name}/{builder.unit_ou(closed)}")


def _of_account(builder: Builder, one: Held) -> Iterator[Expected]:
    if one.state != ACTIVE or _links(one):
        return
    needing = list(_needing(builder, one.person))
    if needing and (len(needing) > 1 or len(_active(builder, one.person)) > 1):
        key = f"{builder.place.name}/{one.guid}"
        yield Expected("ENG-NOLINK-MULTI", "account", key, "engagement")


def _of_person(builder: Builder, person: str) -> Iterator[Expected]:
    ad = builder.place.name
    needing = list(_needing(builder, person))
    if needing and not any(each.primary for each in builder.facts.work[person] if each.tense == NOW):
        yield Expected("PRIM-NONE", "person", f"{ad}/{person}")
    links = [_links(one) for one in _active(builder, person)]
    for each in needing:
        if links and all(found and each.uuid not in found for found in links):
            yield Expected("ENG-UNCOVERED", "engagement", f"{ad}/{each.uuid}")


def of_both(builders: Iterable[Builder]) -> Iterator[Expected]:
    """Yield whose accounts in two directories are not both needed."""
    held = list(builders)
    for person in sorted(held[0].facts.work):
        having = [builder for builder in held if _active(builder, person)]
        for builder in having if len(having) > 1 else ():
            if not any(_needing(builder, person)):
                yield Expected("XAD-TWO", "person", f"{builder.place.name}/{person}", severity="info")


def _needing(builder: Builder, person: str) -> Iterator[Engagement]:
    """Yield the engagements of today because of which somebody must have an account here."""
    for each in builder.facts.work[person]:
        if each.tense == NOW and in_scope(builder.facts, builder.place, each):
            yield each


def _active(builder: Builder, person: str) -> list[Held]:
    held = (builder.accounts[guid] for guid in builder.of_person.get(person, ()))
    return [one for one in held if one.state == ACTIVE]


def _links(one: Held) -> tuple[str, ...]:
    """Return what MO links an account with today."""
    return one.ituser.engagements if one.ituser and one.ituser.tense == NOW else ()
