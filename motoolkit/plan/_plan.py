"""A plan: what shall be true in MO, gathered one operation after the other, then looked at, then sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from motoolkit.errors import InputError
from motoolkit.plan._operation import Operation
from motoolkit.plan._said import a, check_kind, check_note, check_period, needed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import Self

    import pandas as pd

    from motoolkit.client import Client
    from motoolkit.plan._check import Check
    from motoolkit.plan._journal import Journal
    from motoolkit.plan._preview import Preview
    from motoolkit.plan._reading import Rows
    from motoolkit.plan._result import Result

    Day = date | str | None


class Plan:
    """What shall be true in MO: a list of operations, each on one object, with its reason in words.

    Nothing is sent before ``apply``.  The order of operations on one object counts; of several objects MO
    is told in an order that it accepts.

    Args:
        reason: why, for every operation that does not say it itself.
        client: the MO that ``check``, ``preview`` and ``apply`` use unless they are given another.
    """

    def __init__(self, reason: str = "", *, client: Client | None = None) -> None:
        self.reason = reason
        self.client = client
        self._operations: list[Operation] = []

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations, in the order in which they were added."""
        return tuple(self._operations)

    def create(
        self,
        kind: str,
        *,
        start: Day = None,
        end: Day = None,
        uuid: str | UUID | None = None,
        reason: str = "",
        note: str = "",
        **values: Any,
    ) -> str:
        """Let there be an object in ``[start, end)``.

        Args:
            kind: what it is: a key of the catalogue's WRITINGS (``engagement``, ``org_unit``).
            start: its first day; persons have none: MO lets them begin on the birthday in their CPR number.
            end: the first day after its life, None for open.
            uuid: chosen here and now if not given.  MO does not take it for role bindings and owners, which
                are known by it all the same: as their ``user_key``.
            reason: why, if not as the plan.
            note: what MO's history of it shall say; MO takes it for an ituser only (measured).
            values: by the catalogue's field names; references as UUIDs.

        Returns:
            The UUID, for later operations to refer to.

        Raises:
            InputError: there is no such kind or field, a value is wrong, or one that MO needs is missing.
        """
        known = check_kind(kind)
        first, last = check_period(kind, "create", start, end)
        given = said(kind, "create", values)
        needed(kind, given)
        options = {"note": check_note(kind, note)} if note else {}
        found = Operation("create", known, _uuid(uuid), given, first, last, reason or self.reason, options)
        return self._add(found)

    def update(
        self,
        kind: str,
        uuid: str | UUID,
        *,
        start: Day = None,
        end: Day = None,
        prolong: bool = False,
        reason: str = "",
        **values: Any,
    ) -> str:
        """Let values hold in ``[start, end)``, as far as the object lives; all else stays as it is.

        Args:
            kind: what it is.
            uuid: which.
            start: the first day, None for all of its life.
            end: the first day after, None for the end of its life.
            prolong: let it live in all of ``[start, end)``, where an ``end`` of None is open.  Without it
                dates outside its life are an error: MO would revive it unasked.
            reason: why, if not as the plan.
            values: by the catalogue's field names; None empties a field, where MO can.

        Raises:
            InputError: there is no such kind or field, or a value is wrong.
        """
        known = check_kind(kind)
        first, last = check_period(kind, "update", start, end)
        given = said(kind, "update", values)
        if not given and not prolong:
            raise InputError(
                f"The update of {kind} {uuid} says nothing that shall hold.",
                remedy="Name a field and its value, or prolong=True.",
            )
        options = {"prolong": True} if prolong else {}
        found = Operation("update", known, _uuid(uuid), given, first, last, reason or self.reason, options)
        return self._add(found)

    def terminate(
        self,
        kind: str,
        uuid: str | UUID,
        *,
        end: Day,
        start: Day = None,
        vacate: bool = False,
        reason: str = "",
    ) -> str:
        """Let an object be dead from ``end`` on, or only in ``[start, end)``.

        A person never ends in MO: what ends is all that the person has or is, with the role bindings of the
        accounts.  With ``vacate`` the seats as manager stay, without the person.

        Raises:
            InputError: there is no such kind, or a date is missing or wrong.
        """
        known = check_kind(kind)
        first, last = check_period(kind, "terminate", start, end)
        if vacate and kind != "person":
            raise InputError(
                f"Only a person can be terminated with vacate, not {a(kind)}.",
                remedy="To empty a manager's seat, update the manager with person=None.",
            )
        options = {"vacate": True} if vacate else {}
        return self._add(
            Operation("terminate", known, _uuid(uuid), {}, first, last, reason or self.reason, options)
        )

    def delete(self, kind: str, uuid: str | UUID, *, reason: str = "") -> str:
        """Let an object never have been there; what points at it then points at nothing.

        MO keeps it in its registrations alone.  Meant for undoing a creation; else terminate.
        """
        known = check_kind(kind)
        check_period(kind, "delete", None, None)
        return self._add(Operation("delete", known, _uuid(uuid), reason=reason or self.reason))

    def add(self, operations: Iterable[Operation]) -> Self:
        """Add operations that were made elsewhere, and return the plan."""
        self._operations.extend(operations)
        return self

    def preview(self, source: Client | Rows | None = None, *, show_cpr: bool = False) -> Preview:
        """Show what will be true before and after, object by object; nothing is sent.

        See ``motoolkit.plan.preview``.

        Args:
            source: a MO, or a mirror of it; None for the plan's own MO.
            show_cpr: show CPR numbers in full.
        """
        from motoolkit.plan._preview import preview

        return preview(self.operations, source or self._client(None), show_cpr=show_cpr)

    def apply(
        self,
        client: Client | None = None,
        *,
        dry_run: bool = False,
        atomic: bool = True,
        journal: Journal | bool = True,
    ) -> Result:
        """Bring MO to what the plan wants, in one document, and read back what it then holds.

        See ``motoolkit.plan.apply``.
        """
        from motoolkit.plan._apply import apply

        return apply(
            self.operations,
            self._client(client),
            dry_run=dry_run,
            atomic=atomic,
            journal=journal,
            reason=self.reason,
        )

    def check(self, source: Client | Rows | None = None, *, as_of: date | None = None) -> Check:
        """Look for what is wrong with the plan, before anything is sent.

        Args:
            source: a MO or a mirror to look things up in; None for the plan's client.
            as_of: today, None for today in Denmark.

        See ``motoolkit.plan.check``.
        """
        from motoolkit.plan._check import check

        return check(self.operations, source or self._client(None), as_of=as_of)

    def _client(self, client: Client | None) -> Client:
        found = client or self.client
        if found is None:
            raise InputError(
                "The plan does not know which MO it is for.",
                remedy="Make it with client.plan(), or pass the client.",
            )
        return found

    def to_json(self) -> str:
        """Return the plan as a JSON text; it holds CPR numbers in full."""
        from motoolkit.plan._json import to_json

        return to_json(self.reason, self.operations)

    @classmethod
    def from_json(cls, text: str | bytes, *, client: Client | None = None) -> Plan:
        """Make a plan from what ``to_json`` made, or a person or a program wrote.

        Raises:
            InputError: it is no plan; the message names the operation and what is wrong with it.
        """
        from motoolkit.plan._json import from_json

        return from_json(text, client)

    def save(self, path: str | Path) -> None:
        """Write the plan to a file, as JSON, readable by its owner only."""
        from motoolkit.plan._json import write

        write(path, self.to_json())

    @classmethod
    def load(cls, path: str | Path, *, client: Client | None = None) -> Plan:
        """Read a plan from a file that ``save`` or a person wrote.

        Raises:
            InputError: the file can not be read, or holds no plan.
        """
        from motoolkit.plan._json import read

        return cls.from_json(read(path), client=client)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, reason: str = "", *, client: Client | None = None) -> Plan:
        """Make a plan from a table with an operation a row.

        The columns are ``action``, ``kind``, ``uuid`` (a create may leave it blank), ``start``, ``end``,
        ``reason`` and the fields; what a cell leaves blank is not said, and ``null`` empties the field.

        Raises:
            InputError: a row is no operation; the message names it.
        """
        from motoolkit.plan._frames import from_frame

        return from_frame(frame, reason, client)

    def __len__(self) -> int:
        return len(self._operations)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations)

    def __repr__(self) -> str:
        named = f" {self.reason!r}" if self.reason else ""
        return "\n".join([f"<Plan{named}, {len(self)} operations>", *(f"  {each!r}" for each in self)])

    def _add(self, operation: Operation) -> str:
        self._operations.append(operation)
        return operation.uuid


def _uuid(value: str | UUID | None) -> str:
    if value is None:
        return str(uuid4())
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise InputError(
            f"{str(value)[:60]!r} is no UUID.", remedy="Write it as 0a000000-0000-4000-8000-000000000001."
        ) from None
