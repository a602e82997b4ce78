"""A draft: what has been entered about one person, right or wrong, with the UUIDs that it will have in MO."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4, uuid5

import orjson

from motoolkit.errors import InputError
from motoolkit.forms.onboarding._fields import STEPS, Field
from motoolkit.model import as_date, mask_all
from motoolkit.sealed import DRAFTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT: Final = 1
_NAMESPACE: Final = UUID("5f0a6f0e-52a5-4b8e-8d3f-3a0c9f6b7d21")
_DAYS: Final = ("day", "last day")

Row = dict[str, Any]
"""What was entered in a row, by the names of its fields, beside its ``uuid``."""


@dataclass
class Draft:
    """What has been entered about one person.

    A row's UUID is chosen when the row is, and is what MO will know it by: sent twice, nothing is made twice.

    Attributes:
        rows: by step; ``person`` has always one.  A value that is no date (or number) stays as it was typed.
        existing: whether the person is in MO already and only gets additions.
        reason: why, for the journal of plans.
        sent: whether MO has it all.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {step: [] for step in STEPS})
    existing: bool = False
    reason: str = ""
    sent: bool = False

    def __post_init__(self) -> None:
        for step in STEPS:
            self.rows.setdefault(step, [])
        if not self.rows["person"]:
            self.add("person")

    @property
    def touched(self) -> bool:
        """Whether anything has been entered."""
        return self.existing or any(
            value not in (None, "", [], ())
            for rows in self.rows.values()
            for row in rows
            for name, value in row.items()
            if name != "uuid"
        )

    @property
    def person(self) -> Row:
        """The row of the person."""
        return self.rows["person"][0]

    def add(self, step: str, values: Mapping[str, Any] | None = None) -> Row:
        """Add a row to a step, and return it."""
        row = {"uuid": str(uuid4()), **(values or {})}
        self.rows[step].append(row)
        return row

    def copy(self, step: str, index: int) -> Row:
        """Add a copy of a row, below it, with a UUID of its own."""
        row = {**deepcopy(self.rows[step][index]), "uuid": str(uuid4())}
        self.rows[step].insert(index + 1, row)
        return row

    def remove(self, step: str, index: int) -> None:
        """Remove a row, and what other rows say about it."""
        gone = self.rows[step].pop(index)["uuid"]
        for other, fields in STEPS.items():
            for each in (one for one in fields if one.to == step):
                for row in self.rows[other]:
                    _unlink(row, each, gone)

    def to_json(self) -> str:
        """Return the draft as a JSON text; it holds the CPR number in full."""
        told = {
            "format": FORMAT,
            "existing": self.existing,
            "reason": self.reason,
            "sent": self.sent,
            "rows": self.rows,
        }
        return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Draft:
        """Make a draft from what ``to_json`` made.

        Raises:
            InputError: it is no draft, or of a newer toolkit.
        """
        try:
            told = orjson.loads(text)
            if told["format"] != FORMAT:
                raise InputError("The draft is of a newer toolkit.", remedy="Use a newer toolkit.")
            rows = {step: [_read(step, row) for row in told["rows"].get(step, [])] for step in STEPS}
            return cls(rows, bool(told["existing"]), str(told["reason"]), bool(told["sent"]))
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise InputError(
                "This is no draft of an onboarding.", remedy="A draft is what its save() wrote."
            ) from None

    def save(self, path: str | Path, key: str | None = None) -> None:
        """Write the draft to an encrypted file, readable by its owner only.

        Args:
            path: the file.
            key: what it is encrypted with; None for ``MOTOOLKIT_DRAFT_KEY``, else the keyring's own.

        Raises:
            InputError: the file can not be written, or there is no key.
        """
        file = Path(path).expanduser()
        DRAFTS.seal(file, self.to_json().encode(), key or _key_for(file, make=True))

    @classmethod
    def load(cls, path: str | Path, key: str | None = None) -> Draft:
        """Read a draft that ``save`` wrote.

        Raises:
            InputError: the file can not be read, or not with this key.
        """
        file = Path(path).expanduser()
        return cls.from_json(DRAFTS.unseal(file, key or _key_for(file, make=False)))

    @classmethod
    def of(
        cls,
        person: Mapping[str, Any] | str,
        *,
        engagements: Sequence[Mapping[str, Any]] = (),
        itusers: Sequence[Mapping[str, Any]] = (),
        managers: Sequence[Mapping[str, Any]] = (),
        addresses: Sequence[Mapping[str, Any]] = (),
        reason: str = "",
        fresh: bool = False,
    ) -> Draft:
        """Make a draft from plain data.

        A row without a ``uuid`` gets one that follows from what the draft says, so that the same data again
        is about the same objects.  A link names a row by its UUID, or by its place as ``"#1"``.

        Args:
            person: the fields of the person; a UUID for one who is in MO.
            engagements: the fields of each, by the names in ``STEPS``; so the others.
            itusers: accounts.
            managers: roles as manager.
            addresses: addresses.
            reason: why.
            fresh: choose UUIDs of their own: what is given is only the beginning of a draft.

        Raises:
            InputError: a row has a field that there is not.
        """
        existing = isinstance(person, str)
        given: dict[str, list[Mapping[str, Any]]] = {
            "person": [{"uuid": person} if isinstance(person, str) else person],
            "engagements": list(engagements),
            "itusers": list(itusers),
            "managers": list(managers),
            "addresses": list(addresses),
        }
        for step, rows in given.items():
            for row in rows:
                _known(step, row)
        # CPR numbers count as they are masked: nobody shall find the rest of one by trying.
        content = mask_all(orjson.dumps(given, default=str, option=orjson.OPT_SORT_KEYS).decode())
        content = str(uuid4()) if fresh else content
        made = {
            step: [
                {"uuid": str(uuid5(_NAMESPACE, f"{step} {n} {content}")), **row} for n, row in enumerate(rows)
            ]
            for step, rows in given.items()
        }
        return cls(made, existing, reason)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(rows)} {step}" for step, rows in self.rows.items() if step != "person")
        return f"<Draft of {'a person in MO' if self.existing else 'a new person'}: {counts}>"


def _unlink(row: Row, link: Field, gone: str) -> None:
    if link.kind == "links":
        row[link.name] = [uuid for uuid in row.get(link.name) or () if uuid != gone]
    elif row.get(link.name) == gone:
        row[link.name] = None


def _known(step: str, row: Mapping[str, Any]) -> None:
    names = ["uuid", *(each.name for each in STEPS[step])]
    for name in row:
        if name not in names:
            raise InputError.unknown(f"field of {step}", name, names)


def _read(step: str, row: Mapping[str, Any]) -> Row:
    _known(step, row)
    days = {each.name for each in STEPS[step] if each.kind in _DAYS}
    return {name: _day(value) if name in days else value for name, value in row.items()}


def _day(value: Any) -> Any:
    """Return a day; what is none stays as it was typed."""
    try:
        return value if value is None or isinstance(value, date) else as_date(str(value))
    except InputError:
        return value


def _key_for(file: Path, *, make: bool) -> str:
    """Return the key of a draft: in the keyring it is ``motoolkit/draft/NAME``, NAME without ending."""
    return DRAFTS.key_for(file.stem, make=make, told=file.name)
