"""How a field's facts are had flat: the collections to read, as documents, and the join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE, Reference, as_of_document
from motoolkit.probes._links import Nature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Collection
    from motoolkit.probes._documents import Place
    from motoolkit.probes._links import Link


def join_of(link: Link) -> str:
    """Return the condition of the local join, as SQL would say it."""
    if link.nature is Nature.CLIMB:
        first = link.targets[0]
        climb = "unit.parent_uuid = parent.uuid"
        return climb if first == "org_units" else f"{first}.org_unit_uuid = unit.uuid, {climb}"
    if link.by:
        (target,) = link.targets
        many = any(
            r.many and r.column == link.by
            for r in CATALOGUE[target].references
        )  # fmt: skip
        held = f"{target}.{link.by}"
        return f"list_contains({held}, {link.owner}.uuid)" if many else f"{held} = {link.owner}.uuid"
    (target,) = link.targets
    held = f"{link.owner}.{link.name}"
    return f"list_contains({held}, {target}.uuid)" if link.many else f"{held} = {target}.uuid"


def reads_of(place: Place, version: int) -> list[tuple[str, str]]:
    """Return the collections to read for a field, each with its document: only what the field asks for."""
    link = place.link
    return [
        (target, as_of_document(CATALOGUE[target], version, set(_needed(CATALOGUE[target], place))))
        for target in link.targets
        if target in CATALOGUE
    ]


def _needed(target: Collection, place: Place) -> Iterator[str]:
    for field in target.stored:
        names = {field.name, *field.twins}
        names |= {field.field} if isinstance(field, Reference) else set()
        asked_for = names & set(place.selected) or ("name" in place.selected and "name" in field.name)
        keyed = field.column == place.link.by
        climbed = place.link.nature is Nature.CLIMB and field.name in {"parent", "org_unit", "name"}
        if asked_for or keyed or climbed:
            yield field.name
