"""Finding who or what is meant: by UUID, by a key, by MO's own search; and what comes near."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.catalogue import EVER
from motoolkit.errors import InputError, QueryError
from motoolkit.model import Cpr, mask_all
from motoolkit.plan import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.client import Client

MOST_HITS: Final = 20
_NEAR: Final = 200
_STEM: Final = 3
_NAMES: Final = {"persons": ("given_name", "surname", "user_key"), "org_units": ("name", "user_key")}


@dataclass(frozen=True, slots=True)
class Hits:
    """The UUIDs that were found; ``more`` tells whether MO has others too."""

    uuids: tuple[str, ...]
    more: bool = False


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def find_persons(client: Client, text: str) -> Hits:
    """Find persons by UUID, CPR number, username, employee number or user_key, else by MO's search.

    Raises:
        InputError: there is nobody; the message has CPR numbers masked and names who comes near.
        MoError: MO can not be read.
    """
    for uuids in _exact_persons(client, text):
        if uuids:
            return Hits(uuids)
    return _searched(client, "persons", text, "Write a name as MO has it, a username or a UUID.")


def find_units(client: Client, text: str) -> Hits:
    """Find units by UUID, user_key or name, else by MO's search.

    Raises:
        InputError: there is none; the message names what comes near.
        MoError: MO can not be read.
    """
    for chosen in ({"uuids": [text.lower()]} if is_uuid(text) else {"user_keys": [text]}, {"names": [text]}):
        if uuids := _uuids(client, "org_units", chosen):
            return Hits(uuids)
    return _searched(client, "org_units", text, "Write a name as MO has it, a user_key or a UUID.")


def _exact_persons(client: Client, text: str) -> Iterator[tuple[str, ...]]:
    if is_uuid(text):
        yield _uuids(client, "persons", {"uuids": [text.lower()]})
        return
    if cpr := _cpr(text):
        yield _of_cpr(client, cpr)
    keys = list(dict.fromkeys((text, text.upper(), text.lower())))
    for collection in ("itusers", "engagements"):
        owned = read(client, collection, {"user_keys": keys}, {collection: ["person"]})
        people = (span.values["person"] for spans in owned.values() for span in spans)
        yield tuple(dict.fromkeys(person for person in people if person))
    yield _uuids(client, "persons", {"user_keys": keys})


def _cpr(text: str) -> Cpr | None:
    try:
        return Cpr.parse(text)
    except InputError:
        return None


def _of_cpr(client: Client, cpr: Cpr) -> tuple[str, ...]:
    try:
        return _uuids(client, "persons", {"cpr_numbers": [cpr.digits]})
    except QueryError:
        # Looks like a number and is none to MO.
        return ()


def _uuids(client: Client, collection: str, chosen: dict[str, Any]) -> tuple[str, ...]:
    return tuple(uuid for _, uuid in read(client, collection, chosen, {collection: ["user_key"]}))


def _searched(client: Client, collection: str, text: str, remedy: str) -> Hits:
    found = _search(client, collection, text, MOST_HITS + 1)
    if not found:
        near = _near(client, collection, text)
        told = f"Did you mean {' or '.join(near)}?" if near else remedy
        what = "person" if collection == "persons" else "unit"
        raise InputError(mask_all(f"There is no {what} {text!r}."), remedy=mask_all(told))
    same = [uuid for uuid, names in found.items() if text.casefold() in map(str.casefold, names)]
    if same:
        return Hits(tuple(same[:MOST_HITS]), len(same) > MOST_HITS)
    return Hits(tuple(found)[:MOST_HITS], len(found) > MOST_HITS)


def _search(client: Client, collection: str, text: str, most: int) -> dict[str, list[str]]:
    """Return the names of what MO's own search finds, by UUID: a substring, blanks fit anything."""
    found: dict[str, list[str]] = {}
    pages = client.read(collection, fields=_NAMES[collection], filter={"query": text, **EVER}, page_size=most)
    for page in pages:
        for each in page.objects:
            found[each["uuid"]] = list(dict.fromkeys(_called(collection, v) for v in each["validities"]))
        if len(found) >= most:
            break
    return found


def _called(collection: str, values: dict[str, Any]) -> str:
    if collection == "persons":
        return f"{values['given_name']} {values['surname']}"
    return str(values["name"])


def _near(client: Client, collection: str, text: str) -> list[str]:
    """Return up to three names that come near; looked for among those that begin as one of the words."""
    names: set[str] = set()
    for word in sorted(text.split(), key=len, reverse=True)[:2]:
        if len(word) >= _STEM and not any(letter.isdigit() for letter in word):
            found = _search(client, collection, word[:_STEM], _NEAR)
            names.update(name for several in found.values() for name in several)
    words = {word: name for name in sorted(names) for word in name.casefold().split()}
    folded = words | {name.casefold(): name for name in names}
    close = get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)
    return list(dict.fromkeys(folded[name] for name in close))
