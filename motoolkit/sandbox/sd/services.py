"""SD's web services by name: each takes what is asked and yields its answer in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.sd import _department_services as departments
from motoolkit.sandbox.sd import _employment_services as employments
from motoolkit.sandbox.sd import _other_services as others
from motoolkit.sandbox.sd import _person_services as persons
from motoolkit.sandbox.sd._asked import Asked, FaultError
from motoolkit.sandbox.sd._xml import answer, fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from motoolkit.sandbox.sd.payroll import Payroll

    Service = Callable[[Payroll, Asked], Iterator[str]]

SERVICES: Final[Mapping[str, Service]] = {
    "GetEmployment20111201": employments.get_employment,
    "GetEmploymentChanged20111201": employments.get_employment_changed,
    "GetEmploymentChangedAtDate20111201": employments.get_employment_changed_at_date,
    "GetPerson20111201": persons.get_person,
    "GetPersonChangedAtDate20111201": persons.get_person_changed_at_date,
    "GetDepartment20111201": departments.get_department,
    "GetDepartmentParent20190701": departments.get_department_parent,
    "GetOrganization20111201": others.get_organization,
    "GetProfession20080201": others.get_profession,
    "GetInstitution20111201": others.get_institution,
}

PARENT_HISTORY: Final = departments.parent_history
"""Returns all that a department ever lay under; it is JSON, and no service of the others' kind."""

_MAY_BE_EMPTY: Final = ("GetEmployment", "GetPerson", "GetDepartment2011")
_CHUNK: Final = 65_536


def serve(
    payroll: Payroll, service: str, parameters: Mapping[str, str], now: datetime, *, empty: bool = False
) -> Iterator[bytes]:
    """Return the answer to a request in chunks, of which the first is made at once.

    Args:
        payroll: what there is.
        service: one of ``SERVICES``.
        parameters: what is asked.
        now: the time of the answer.
        empty: whether an answer about employments, persons or departments tells of none.
    """
    try:
        pieces = SERVICES[service](payroll, Asked(parameters))
        first = next(pieces, "")
    except FaultError as refused:
        return iter((refusal(service, str(refused)),))
    content = iter((first,)) if empty and service.startswith(_MAY_BE_EMPTY) else _after(first, pieces)
    attribute = "creationTime" if service.startswith("GetProfession") else "creationDateTime"
    return _chunks(answer(service, now, content, attribute))


def refusal(service: str, sentence: str) -> bytes:
    """Return a fault that a service answers with."""
    return fault(service, sentence).encode()


def truncated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield an answer that breaks off in the middle of its last chunk."""
    held = next(chunks, b"")
    for chunk in chunks:
        yield held
        held = chunk
    yield held[: len(held) // 2]


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _chunks(pieces: Iterator[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
