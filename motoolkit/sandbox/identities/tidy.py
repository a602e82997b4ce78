"""MO without what is odd about identities in it: the municipality that ``--identities clean`` serves.

What was and is over stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality._book import Book
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._itsystems import itsystem
from motoolkit.sandbox.records import Record, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LATELY: Final = timedelta(days=200)
Days = tuple[date, date]


def sound_identities(records: Iterable[Record], today: date) -> list[Record]:
    """Return MO's objects so that checks of identities find nothing.

    Nobody moved lately; everybody has a primary engagement; every engagement has an account, and every
    account of somebody with several engagements is for one.
    """
    held = [_unmoved(record, today) for record in records]
    marked = _marked(held)
    held = [marked.get(record.uuid, record) for record in held]
    linked = _linked(held)
    held = [linked.get(record.uuid, record) for record in held]
    return [*held, *_new_accounts(held, today)]


def _days(period: Slice) -> Days:
    return period.start or date.min, period.end or date.max


def _meet(one: Days, other: Days) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_persons(records: Iterable[Record], collection: str) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.collection == collection and (person := record.slices[0].values["person"]):
            found[person].append(record)
    return found


def _unmoved(record: Record, today: date) -> Record:
    """Let an engagement that moved lately, or will, be where it goes to."""
    if record.collection != "engagements" or not any(
        _days(each)[0] > today - _LATELY for each in record.slices[1:]
    ):
        return record
    unit = record.slices[-1].values["org_unit"]
    slices = tuple(replace(each, values={**each.values, "org_unit": unit}) for each in record.slices)
    return replace(record, slices=slices)


def _marked(records: list[Record]) -> dict[str, Record]:
    """Return engagements that are primary now on days on which none was."""
    primary = {class_uuid("primary_type", key) for key in ("primary", "explicitly-primary")}
    changed: dict[str, Record] = {}
    for jobs in _of_persons(records, "engagements").values():
        taken = [_days(s) for job in jobs for s in job.slices if s.values["primary"] in primary]
        for job in jobs:
            slices: list[Slice] = []
            for each in job.slices:
                free = [] if each.values["primary"] in primary else _free(_days(each), taken)
                slices += _cut(each, free)
                taken += free
            if len(slices) != len(job.slices) or tuple(slices) != job.slices:
                changed[job.uuid] = replace(job, slices=tuple(slices))
    return changed


def _free(days: Days, taken: Iterable[Days]) -> list[Days]:
    """Return the days that are not taken."""
    found, begin = [], days[0]
    for start, end in sorted(taken):
        if start > begin and begin < days[1]:
            found.append((begin, min(start, days[1])))
        begin = max(begin, end)
    if begin < days[1]:
        found.append((begin, days[1]))
    return found


def _cut(period: Slice, free: list[Days]) -> Iterator[Slice]:
    """Yield a slice with the free days as primary ones."""
    start, end = _days(period)
    cuts = sorted({start, end, *(day for days in free for day in days)})
    for first, last in pairwise(cuts):
        values = period.values
        if any(begin <= first < over for begin, over in free):
            values = {**values, "primary": class_uuid("primary_type", "primary")}
        yield Slice(None if first == date.min else first, None if last == date.max else last, values)


def _linked(records: list[Record]) -> dict[str, Record]:
    """Return accounts that are for an engagement now, of persons who have several and they were for none."""
    jobs = _of_persons(records, "engagements")
    changed: dict[str, Record] = {}
    for person, accounts in _of_persons(records, "itusers").items():
        if len(jobs.get(person, ())) < 2:  # noqa: PLR2004 - several
            continue
        for account in accounts:
            if any(each.values["engagements"] for each in account.slices):
                continue
            job = max(jobs[person], key=lambda each: (_days(each.slices[-1])[1], each.uuid))
            linked = {"engagements": (job.uuid,)}
            slices = tuple(replace(each, values={**each.values, **linked}) for each in account.slices)
            changed[account.uuid] = replace(account, slices=slices)
    return changed


def _new_accounts(records: list[Record], today: date) -> Iterator[Record]:
    """Yield accounts for the engagements that have none where another has, or the person none at all."""
    book = Book(today)
    accounts = _of_persons(records, "itusers")
    for person, jobs in _of_persons(records, "engagements").items():
        periods = [each for account in accounts.get(person, ()) for each in account.slices]
        single = len(jobs) == 1
        for job in jobs:
            life = (_days(job.slices[0])[0], _days(job.slices[-1])[1])
            serving = [_days(s) for s in periods if job.uuid in s.values["engagements"] or single]
            if life[1] > today and _free((max(life[0], today), life[1]), serving):
                _write_account(book, person, job, serving)
    yield from book


def _write_account(book: Book, person: str, job: Record, serving: list[Days]) -> None:
    """Write an account for the days of an engagement that no other serves."""
    life = (_days(job.slices[0])[0], _days(job.slices[-1])[1])
    for number, (start, end) in enumerate(_free(life, serving)):
        key = f"sound/{job.uuid}/{number}"
        values: dict[str, Any] = {
            "user_key": f"id{job.uuid[:8]}{number or ''}",
            "itsystem": itsystem("AD"),
            "person": person,
            "engagements": (job.uuid,),
            "primary": class_uuid("primary_type", "primary"),
        }
        book.write("itusers", key, start, None if end == date.max else end, **values)
