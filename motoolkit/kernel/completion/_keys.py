"""The user keys that a filter wants: of facets, classes and itsystems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from motoolkit.kernel.completion._fitting import Offer
from motoolkit.kernel.completion._frames import Entries, Items, Kind, Object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.kernel.completion._cursor import Place

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "facets": ("user_key",),
    "classes": ("user_key", "name", "facet"),
    "itsystems": ("user_key", "name"),
}
_OF_FILTERS: Final[Mapping[str, str]] = {
    "ClassFilter": "classes",
    "FacetFilter": "facets",
    "ITSystemFilter": "itsystems",
}
"""What a filter finds, by the end of its name: there is a ``FacetBoundClassFilter``."""
_OF_FIELDS: Final[Mapping[str, str]] = {
    "facet_user_keys": "facets",
    "address_type_user_keys": "classes",
    "association_type_user_keys": "classes",
}
_OWN: Final = frozenset({"user_keys", "parent_user_keys"})


@dataclass(frozen=True, slots=True)
class Key:
    """A user key, what it stands for, and the facet of a class."""

    user_key: str
    name: str = ""
    facet: str = ""


Keys = dict[str, list[Key]]
"""Keys by collection."""


def read_keys(client: Any) -> Keys:
    """Read MO's facets, classes and itsystems, by whichever client.

    Raises:
        MoError: as ``Client.read``.
    """
    from motoolkit.client import AsyncClient, Client

    if isinstance(client, AsyncClient):
        with Client(client.profile) as twin:
            return read_keys(twin)
    found = {name: list(_latest(client, name)) for name in _FIELDS}
    facets = {row["uuid"]: row["user_key"] for row in found["facets"]}
    return {
        name: sorted(
            {
                Key(row["user_key"], row.get("name") or "", facets.get(row.get("facet"), ""))
                for row in rows
                if row["user_key"]
            },
            key=lambda key: key.user_key.casefold(),
        )
        for name, rows in found.items()
    }


def _latest(client: Any, collection: str) -> Iterator[dict[str, Any]]:
    """Yield the last validity of each object; a filter may want one that has ended."""
    for page in client.read(collection, fields=_FIELDS[collection]):
        for found in page.objects:
            last = max(found["validities"], key=lambda v: v["validity"]["from"] or "")
            linked = next((v["uuid"] for k, v in last.items() if k.startswith("facet") and v), None)
            yield {**last, "uuid": found["uuid"], "facet": linked}


def wants_keys(place: Place) -> str | None:
    """Return the collection whose user keys a place wants, None where it wants none."""
    entries = _filter(place)
    if entries is None:
        return None
    if place.last in _OF_FIELDS:
        return _OF_FIELDS[place.last]
    filled = entries.filled if isinstance(entries, Object) else None
    name = filled.name if filled and place.last in _OWN else ""
    return next((found for end, found in _OF_FILTERS.items() if name.endswith(end)), None)


def key_offers(place: Place, keys: Keys, quote: str = '"') -> list[Offer]:
    """Return the user keys that fit, those of the facet in question first and those chosen already last.

    A facet that the filter itself names leaves the other facets' classes out; the name of the filter
    (``job_function``) only moves its own to the front.

    Args:
        place: where a filter wants user keys.
        keys: what MO has.
        quote: what to put around them where no string is open.
    """
    entries, collection = _filter(place), wants_keys(place)
    if entries is None or collection is None:
        return []
    named, hint = _named_facets(entries), entries.opener
    fitting = [k for k in keys[collection] if not named or k.facet in named or collection != "classes"]
    chosen = set(getattr(place.frame, "strings", ()))
    ranked = sorted(fitting, key=lambda k: (k.user_key in chosen, not _is_of(k.facet, hint)))
    quote = "" if place.in_string else quote
    return [Offer(f"{quote}{k.user_key}{quote}", _about(k)) for k in ranked]


def _filter(place: Place) -> Entries | None:
    """Return the filter whose field is being filled, through the brackets of a list."""
    frame = place.frame
    if place.kind is not Kind.VALUE:
        return None
    while isinstance(frame, Items) and frame.above:
        frame = frame.above
    return frame if isinstance(frame, Entries) else None


def _named_facets(entries: Entries) -> set[str]:
    """Return the facets that a filter of classes asks for itself."""
    facet = entries.inner.get("facet")
    inner = facet.inner.get("user_keys") if isinstance(facet, Entries) else None
    old = entries.inner.get("facet_user_keys")
    return {key for found in (inner, old) if found for key in found.strings}


def _is_of(facet: str, hint: str) -> bool:
    """Tell whether a facet is the one that MO's name of a filter means: ``job_function``, ``primary``."""
    return bool(hint) and (facet == hint or facet.endswith(f"_{hint}") or facet.startswith(f"{hint}_"))


def _about(key: Key) -> str:
    name = key.name if key.name != key.user_key else ""
    return ", ".join(filter(None, (name, key.facet))) or "user_key"
