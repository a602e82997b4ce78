"""Searching persons: in a mirror, or in MO itself where there is none."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.forms._options import Found, Option
from motoolkit.forms._search import Index, words_of
from motoolkit.model import Cpr, mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.mirror import Mirror

LEAST_LETTERS: Final = 2
_BETWEEN: Final = " · "
_MOST_KEYS: Final = 2
_MOST_READ: Final = 200
_MOST_ORDERED: Final = 3
_AT_A_TIME: Final = 2
_DAY: Final = timedelta(days=1)
_KEYED: Final = ("itusers", "engagements")

_SEARCHES: Final = """
query Persons({declared}, $on: DateTime!, $next: DateTime!, $most: int!) {{
  {searches}
}}
fragment Persons on EmployeeResponsePaged {{
  objects {{
    uuid
    validities(start: null, end: null) {{ name nickname user_key }}
    current(at: $on) {{
      name cpr_number
      itusers: itusers_response(filter: {{from_date: null, to_date: null}}) {{ ...Accounts }}
      engagements: engagements_response(filter: {{from_date: null, to_date: null}}) {{ ...Jobs }}
    }}
  }}
}}
fragment Accounts on ITUserResponsePaged {{
  objects {{ current(at: $on) {{ user_key }} validities(start: null, end: null) {{ user_key }} }}
}}
fragment Jobs on EngagementResponsePaged {{
  objects {{ current(at: $on) {{ user_key }} validities(start: null, end: null) {{ user_key }} }}
}}
"""
_SEARCH: Final = (
    "s{n}: persons(filter: {{{by}: $s{n}, from_date: $on, to_date: $next}}, limit: $most) {{ ...Persons }}"
)
_TYPES: Final = {"query": "String!", "uuids": "[UUID!]!", "user_keys": "[String!]!"}

# What is typed as aa may be written å, so any text may stand there; what does not fit is left out here.
_SPELT_IN_TWO_WAYS: Final = ("aa", "ae", "oe", "å", "æ", "ø", "ä", "ö")


class PersonIndex(Index):
    """Persons of a mirror; a whole CPR number finds its person, and is in nothing that is shown."""

    def __init__(self, options: Iterable[Option], numbers: Mapping[Cpr, str]) -> None:
        super().__init__(options)
        self._numbers = numbers

    def search(self, text: str, limit: int = 30) -> Found:
        """Return who fits a text, the best first; as ``Index.search``, and by CPR number."""
        if (cpr := _cpr(text)) is None:
            return super().search(text, limit)
        option = self.get(self._numbers.get(cpr, ""))
        return Found((option,), 1) if option else Found((), 0)


def persons_index(mirror: Mirror, as_of: date) -> Index:
    """Return where the persons of a mirror are searched that live on a day.

    They are found by names, user_keys, usernames and employee numbers of all times, and told apart by
    birthday, and by the usernames and employee numbers of that day.

    Raises:
        MirrorError: the mirror does not hold persons.
    """
    words: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in _KEYED])
    for uuid, *called in mirror.rows("SELECT uuid, name, nickname, user_key FROM persons"):
        words[uuid].update(filter(None, called))
    for uuid, user_key, kind, living in mirror.rows(_keys_of(mirror), {"as_of": as_of}):
        words[uuid].add(user_key)
        if living:
            keys[uuid][kind].add(user_key)
    living = "SELECT uuid, name, cpr_number FROM persons WHERE " + _LIVING
    options, numbers = [], {}
    for uuid, name, number in mirror.rows(living, {"as_of": as_of}, show_cpr=True):
        cpr = _cpr(number or "")
        options.append(_option(uuid, name, cpr, keys[uuid], words[uuid]))
        if cpr is not None:
            numbers[cpr] = uuid
    return PersonIndex(options, numbers)


_LIVING: Final = "coalesce(valid_from <= $as_of, true) AND coalesce($as_of < valid_to, true)"


def _keys_of(mirror: Mirror) -> str:
    """Return the query for the usernames and employee numbers that the mirror holds."""
    held = mirror.info().objects
    selects = [
        f"SELECT person_uuid, user_key, {kind}, {_LIVING} FROM {collection} WHERE person_uuid IS NOT NULL"
        for kind, collection in enumerate(_KEYED)
        if collection in held
    ]
    return " UNION ALL ".join(selects) or f"SELECT uuid, user_key, 0, {_LIVING} FROM persons WHERE false"


class LivePersons:
    """Persons of a MO without a mirror: MO finds, and what it finds is filtered and ranked here.

    MO's own search is for a text in which each blank is a wildcard, minds the order of words, finds former
    names and usernames, and cuts by UUID (mo-graphql 6).  So every order of up to three words is asked for,
    with room for many hits; ``Found.capped`` tells when MO may have had more.

    Args:
        client: the MO.
        as_of: the day on which they live.
    """

    def __init__(self, client: Client, as_of: date) -> None:
        self._client = client
        self._on = as_of
        # Searches that nobody waits for any more are not sent while others are under way.
        self._pool = ThreadPoolExecutor(_AT_A_TIME, "motoolkit-search")

    def search(self, text: str, limit: int = 30) -> Found:
        """Return who fits a text, the best first; as ``Index.search``, but nobody for less than two letters.

        Raises:
            MoError: MO did not answer, or not as it should.
        """
        if (cpr := _cpr(text)) is not None:
            found, _ = self._ask([("query", cpr.digits)])
            return Found(tuple(found[:limit]), len(found))
        if _is_uuid(text):
            found, _ = self._ask([("uuids", [text.strip().lower()])])
            return Found(tuple(found), len(found))
        if len("".join(words_of(text))) < LEAST_LETTERS:
            return Found((), 0, capped=True)
        searches = [("query", query) for query in _queries(text)]
        found, capped = self._ask([*searches, ("user_keys", [text.strip()])])
        ranked = Index(found).search(text, limit)
        return Found(ranked.options, ranked.total, capped)

    async def asearch(self, text: str, limit: int = 30) -> Found:
        """``search`` for ``await``: the kernel can do something else meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.search, text, limit)

    def get(self, value: str) -> Option | None:
        """Return the person with a UUID.

        Raises:
            MoError: MO did not answer, or not as it should.
        """
        found, _ = self._ask([("uuids", [value])]) if _is_uuid(value) else ([], False)
        return found[0] if found else None

    def _ask(self, searches: Sequence[tuple[str, Any]]) -> tuple[list[Option], bool]:
        """Return who one of the searches (MO's filter, its value) finds, and whether MO may have more."""
        document = _SEARCHES.format(
            declared=", ".join(f"$s{n}: {_TYPES[by]}" for n, (by, _) in enumerate(searches)),
            searches=" ".join(_SEARCH.format(n=n, by=by) for n, (by, _) in enumerate(searches)),
        )
        variables = {f"s{n}": value for n, (_, value) in enumerate(searches)}
        window = {"on": self._on, "next": self._on + _DAY, "most": _MOST_READ}
        answers = self._client.execute(document, variables | window).values()
        found = {each["uuid"]: each for answer in answers for each in answer["objects"]}
        capped = any(len(answer["objects"]) >= _MOST_READ for answer in answers)
        return [_answered(each) for each in found.values() if each["current"]], capped


def _queries(text: str) -> Iterator[str]:
    """Yield what MO is asked for: the words in every order, letters of two spellings left open."""
    folded = text.casefold()
    for spelling in _SPELT_IN_TWO_WAYS:
        folded = folded.replace(spelling, "%")
    words = folded.split()
    orders = permutations(words) if len(words) <= _MOST_ORDERED else iter([tuple(words)])
    yield from dict.fromkeys(" ".join(order) for order in orders)


def _answered(person: Mapping[str, Any]) -> Option:
    current = person["current"]
    words = {each[name] for each in person["validities"] for name in ("name", "nickname", "user_key")}
    keys = []
    for kind in _KEYED:
        objects = current[kind]["objects"]
        words.update(each["user_key"] for found in objects for each in found["validities"])
        keys.append({found["current"]["user_key"] for found in objects if found["current"]})
    return _option(person["uuid"], current["name"], _cpr(current["cpr_number"] or ""), keys, words)


def _option(uuid: str, name: str, cpr: Cpr | None, keys: Iterable[set[str]], words: set[str]) -> Option:
    born = cpr.birth_date if cpr else None
    told = [f"{born:%d-%m-%Y}"] if born else []
    for several in keys:
        told += sorted(several)[:_MOST_KEYS]
    # A number may stand where a user_key should.
    known = sorted({mask_all(word) for word in words} - {"", name, uuid})
    return Option(uuid, mask_all(name), mask_all(_BETWEEN.join(told)), " ".join(known))


def _cpr(text: str) -> Cpr | None:
    try:
        return Cpr.parse(text)
    except InputError:
        return None


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text.strip()))
    except ValueError:
        return False
