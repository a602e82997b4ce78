"""Addresses: whether each is on an account, and on the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.identities import kinds
from motoolkit.identities._nodes import engagement_label, ituser_label
from motoolkit.identities._rows import by_object
from motoolkit.identities._spans import common, several, union, without
from motoolkit.identities.checks._hit import EMAIL, Hit
from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motoolkit.findings import Kind
    from motoolkit.identities._owned import Owned
    from motoolkit.identities._rows import Address
    from motoolkit.identities._spans import Spans
    from motoolkit.identities.checks._hit import Circumstances

_MITID: Final = "mitid"
NO_ACCOUNT: Final = N_("It is on no account.")
SEVERAL_ACCOUNTS: Final = N_("It is on several accounts.")


def mail_without_account(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find mail addresses on no account of who has several, of types of which others are on one.

    Accounts count in systems where somebody's has a mail address: nobody asks whether mail is the payroll's.
    """
    if len(one.accounts) < 2:  # noqa: PLR2004 - with one account there is no question
        return
    loose = [row for row in one.addresses if not row.ituser and not row.engagement and _is_mail(row, known)]
    if not loose:
        return
    accounts = [row for row in one.itusers if row.itsystem in known.mail_systems]
    choice = several((row.start, row.end) for row in accounts)
    for uuid, rows in by_object(loose).items():
        if spans := common(union((row.start, row.end) for row in rows), choice):
            there = [r for r in accounts if common([(r.start, r.end)], spans)]
            told = ", ".join(sorted({ituser_label(r, known.names) for r in there}))
            marks = (uuid, f"{one.uuid}/{uuid}")
            yield _hit(kinds.MAIL_WITHOUT_ACCOUNT, rows[-1], known, spans, marks, others=told)


def _is_mail(row: Address, known: Circumstances) -> bool:
    kind = known.names.one(row.address_type)
    return kind.scope == EMAIL and row.address_type in known.linking_types and not is_mitid(row, known)


def others_account(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find addresses on an account that is another person's."""
    if not one.foreign_itusers:
        return
    for row in one.addresses:
        accounts = one.foreign_accounts.get(row.ituser, [])
        there = union((each.start, each.end) for each in accounts)
        if spans := common([(row.start, row.end)], there):
            account = accounts[-1]
            told = f"{ituser_label(account, known.names)} ({account.whose})"
            marks = (row.uuid, row.ituser, f"{row.ituser}/{row.uuid}")
            yield _hit(kinds.OTHERS_ACCOUNT, row, known, spans, marks, others=told)


def outliving(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find addresses that go on after the account that they are on."""
    for row in one.addresses:
        if not row.ituser:
            continue
        accounts = one.accounts.get(row.ituser)
        if accounts and accounts[-1].end < row.end:
            spans = [(max(row.start, accounts[-1].end), row.end)]
            told = ituser_label(accounts[-1], known.names)
            marks = (row.uuid, f"{row.ituser}/{row.uuid}")
            yield _hit(kinds.OUTLIVING_ADDRESS, row, known, spans, marks, others=told, milder=True)


def differing(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find addresses for an engagement that their account is not for."""
    for row in one.addresses:
        if not (row.ituser and row.engagement):
            continue
        others = [
            (each.start, each.end)
            for each in one.accounts.get(row.ituser, ())
            if each.engagements and row.engagement not in each.engagements
        ]
        if others and (spans := common([(row.start, row.end)], union(others))):
            jobs = one.jobs.get(row.engagement) or one.foreign_jobs.get(row.engagement)
            told = engagement_label(jobs[-1], known.names) if jobs else row.engagement
            marks = (row.uuid, f"{row.ituser}/{row.uuid}")
            yield _hit(kinds.ADDRESS_DIFFERS, row, known, spans, marks, others=told)


def mitid(one: Owned, known: Circumstances) -> Iterator[Hit]:
    """Find MitIDs that are not on exactly one account of the person's at a time."""
    held: dict[str, list[Address]] = {}
    for row in one.addresses:
        if is_mitid(row, known):
            held.setdefault(row.value.strip().lower(), []).append(row)
    for rows in held.values():
        yield from _counted(rows, known)


def _counted(rows: list[Address], known: Circumstances) -> Iterator[Hit]:
    there = union((row.start, row.end) for row in rows)
    on: dict[str, Spans] = {}
    for row in rows:
        if row.ituser:
            on.setdefault(row.ituser, []).append((row.start, row.end))
    days = [span for spans in on.values() for span in union(spans)]
    marks = _marked(rows)
    if none := without(there, union(days)):
        yield _hit(kinds.MITID, rows[-1], known, none, marks, detail=tr(NO_ACCOUNT))
    if many := several(days):
        yield _hit(kinds.MITID, rows[0], known, many, marks, detail=tr(SEVERAL_ACCOUNTS))


def _marked(rows: Iterable[Address]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        found[row.uuid] = None
        if row.ituser:
            found[row.ituser] = None
            found[f"{row.ituser}/{row.uuid}"] = None
    return tuple(found)


def is_mitid(row: Address, known: Circumstances) -> bool:
    """Tell whether an address is a MitID, by its type's user_key, name or scope; MO has no word for it."""
    kind = known.names.one(row.address_type)
    return any(_MITID in text.lower() for text in (kind.user_key, kind.name, kind.scope))


def _hit(
    kind: Kind,
    row: Address,
    known: Circumstances,
    spans: Spans,
    marks: tuple[str, ...],
    *,
    others: str = "",
    detail: str = "",
    milder: bool = False,
) -> Hit:
    label = f"{known.names.of_class(row.address_type)}: {row.value}"
    return Hit(
        kind,
        "address",
        row.uuid,
        label,
        spans,
        marks,
        others=others,
        detail=detail,
        milder=milder,
    )
