"""From what was typed to values: dates, numbers, UUIDs of what is named, links between rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from motoolkit.errors import InputError
from motoolkit.forms._days import read_day
from motoolkit.forms._trouble import Trouble
from motoolkit.forms.onboarding._fields import STEPS, Field, label, within
from motoolkit.forms.onboarding._offers import offered, only
from motoolkit.language import tr
from motoolkit.model import Cpr, Validity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from motoolkit.forms._choices import Choices
    from motoolkit.forms.onboarding._draft import Draft, Row

_PLACE: Final = re.compile(r"#(\d+)")
_FULL: Final = 100
_SPACES: Final = re.compile(r"[\s\-.()]")
_HALF: Final = 10_000


@dataclass
class Entered:
    """What was entered, read.

    Attributes:
        draft: as it was typed.
        rows: by step; each field has its value, None (or ()) where nothing (readable) was typed.
        troubles: what can not be read.
    """

    draft: Draft
    choices: Choices
    as_of: date
    rows: dict[str, list[Row]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def period(self, row: Row) -> Validity | None:
        """Return the period of a row; None where it has no first day, or holds no day."""
        start, end = row["start"], row["end"]
        return None if start is None or (end is not None and end <= start) else Validity(start, end)

    def day(self, row: Row) -> date:
        """Return the day for which a row's choices are made: its first one, else today."""
        start = row.get("start")
        return start if isinstance(start, date) else self.as_of


def enter(draft: Draft, choices: Choices, as_of: date) -> Entered:
    """Read a draft."""
    entered = Entered(draft, choices, as_of)
    for step, fields in STEPS.items():
        entered.rows[step] = [
            _row(entered, _Place(step, number, row, fields)) for number, row in enumerate(draft.rows[step])
        ]
    return entered


def settle(draft: Draft, choices: Choices, as_of: date) -> None:
    """Put UUIDs and dates where a draft has names and texts of them; what can not be read stays."""
    entered = enter(draft, choices, as_of)
    for step, fields in STEPS.items():
        for typed, read in zip(draft.rows[step], entered.rows[step], strict=True):
            for each in fields:
                if each.kind not in _TYPED and read[each.name] not in (None, ()):
                    value = read[each.name]
                    typed[each.name] = list(value) if isinstance(value, tuple) else value


_TYPED: Final = frozenset({"text", "cpr", "percent"})


@dataclass
class _Place:
    """A row on its way to its values."""

    step: str
    number: int
    typed: Row
    fields: Sequence[Field]
    values: Row = field(default_factory=dict)


def _row(entered: Entered, place: _Place) -> Row:
    """Read a row, its dates first: they say of which day the choices are."""
    place.values["uuid"] = place.typed["uuid"]
    for each in sorted(place.fields, key=lambda one: one.kind not in ("day", "last day")):
        typed = place.typed.get(each.name)
        several = each.kind in _SEVERAL
        place.values[each.name] = () if several else None
        if typed in (None, "", [], ()):
            continue
        try:
            place.values[each.name] = _READERS[each.kind](entered, place, each, typed)
        except InputError as error:
            trouble = Trouble(place.step, place.number, each.name, "unreadable", error.message)
            entered.troubles.append(trouble)
    if place.step == "addresses":
        _tidied(entered, place.values)
    return place.values


def _tidied(entered: Entered, values: Row) -> None:
    """Write a telephone number as MO takes it: without blanks and dashes (mo-graphql 8)."""
    scope = entered.choices.values("classes", values["address_type"] or "").get("scope")
    if scope in _DIGITS and values["value"]:
        values["value"] = _SPACES.sub("", values["value"])


_DIGITS: Final = frozenset({"PHONE", "EAN", "PNUMBER"})


def _text(_e: Entered, _p: _Place, _f: Field, typed: Any) -> str | None:
    return str(typed).strip() or None


def _cpr(_e: Entered, _p: _Place, _f: Field, typed: Any) -> str:
    try:
        return Cpr.parse(str(typed)).digits
    except InputError:
        raise InputError(tr("This is no CPR number: write ten digits.")) from None


def _day(entered: Entered, _p: _Place, _f: Field, typed: Any) -> date:
    try:
        return read_day(typed, entered.as_of)
    except InputError:
        raise InputError(
            tr("{typed} is no date: write it as 01-12-2026.", typed=repr(str(typed))[:40])
        ) from None


def _percent(_e: Entered, _p: _Place, _f: Field, typed: Any) -> int:
    """Return the fraction in millionths, as MO has it: full time is 1,000,000 (newsletter 3.2)."""
    text = str(typed).strip().removesuffix("%").strip().replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= _FULL:
        raise InputError(
            tr("{typed} is no percentage between 0 and 100.", typed=repr(str(typed))[:40])
        ) from None
    return round(number * _HALF)


def _link(entered: Entered, _place: _Place, each: Field, typed: Any) -> str:
    text = str(typed).strip()
    rows = entered.draft.rows[each.to]
    found = _PLACE.fullmatch(text)
    if found and 0 < int(found[1]) <= len(rows):
        return str(rows[int(found[1]) - 1]["uuid"])
    if _is_uuid(text):
        return text.lower()
    raise InputError(tr("There is no {text} in {field}.", text=text[:40], field=within(each)))


def _links(entered: Entered, place: _Place, each: Field, typed: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_link(entered, place, each, one) for one in _listed(typed)))


def _chosen(entered: Entered, place: _Place, each: Field, typed: Any) -> str:
    """Return the UUID of what is named; of a UUID it is checked later whether there is such a thing."""
    text = str(typed).strip()
    if _is_uuid(text):
        return text.lower()
    options = offered(entered.choices, each, place.values, entered.day(place.values))
    return only(options, text, label(each)).value


def _several(entered: Entered, place: _Place, each: Field, typed: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_chosen(entered, place, each, one) for one in _listed(typed)))


def _listed(typed: Any) -> list[Any]:
    """Return several values; in a text they stand with semicolons between them."""
    if isinstance(typed, str):
        return [part for part in typed.split(";") if part.strip()]
    return list(typed)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


_SEVERAL: Final = frozenset({"classes", "roles", "links"})
_READERS: Final[dict[str, Callable[[Entered, _Place, Field, Any], Any]]] = {
    "text": _text,
    "cpr": _cpr,
    "day": _day,
    "last day": _day,
    "percent": _percent,
    "unit": _chosen,
    "class": _chosen,
    "itsystem": _chosen,
    "classes": _several,
    "roles": _several,
    "link": _link,
    "links": _links,
}
