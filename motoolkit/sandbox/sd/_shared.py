"""What several services need: the institution and the people that a request is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.sd._xml import no_such
from motoolkit.sandbox.sd.payroll import INSTITUTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.sandbox.sd._asked import Asked
    from motoolkit.sandbox.sd.facts import Institution
    from motoolkit.sandbox.sd.payroll import Payroll

_PERSON = "PersonCivilRegistrationIdentifier"
_NUMBER = "EmploymentIdentifier"


def institution_of(asked: Asked) -> str:
    """Return the institution that was asked.

    Raises:
        FaultError: none was stated, or one that is not there.
    """
    stated = asked.needed("InstitutionIdentifier")
    if stated not in {each.code for each in INSTITUTIONS}:
        raise no_such("InstitutionIdentifier", stated)
    return stated


def either_institution(asked: Asked) -> Institution:
    """Return the institution that was asked by code or by UUID.

    Raises:
        FaultError: none was stated, or one that is not there.
    """
    uuid = asked.text("InstitutionUUIDIdentifier").lower()
    if not uuid:
        code = institution_of(asked)
        return next(each for each in INSTITUTIONS if each.code == code)
    for each in INSTITUTIONS:
        if each.uuid == uuid:
            return each
    raise no_such("InstitutionUUIDIdentifier", uuid)


def people_of(payroll: Payroll, asked: Asked, institution: str, *, deleted: bool = False) -> Iterable[str]:
    """Return the CPR numbers of those who are meant: one, or all of the institution.

    Args:
        payroll: what there is.
        asked: the request.
        institution: where.
        deleted: whether those count whose every employment was deleted.

    Raises:
        FaultError: a person or number was stated that is not there.
    """
    cpr, number = asked.text(_PERSON), asked.text(_NUMBER)
    if cpr:
        _check(payroll, institution, cpr, number, deleted=deleted)
        return (cpr,)
    if not number:
        return payroll.people(institution)
    found = [
        cpr
        for cpr in payroll.holders(institution, number)
        if number in _numbers(payroll, institution, cpr, deleted=deleted)
    ]
    if not found:
        raise no_such(_NUMBER, number)
    return found


def _check(payroll: Payroll, institution: str, cpr: str, number: str, *, deleted: bool) -> None:
    there = _numbers(payroll, institution, cpr, deleted=deleted)
    if not there:
        raise no_such(_PERSON, cpr)
    if number and number not in there:
        raise no_such(_NUMBER, number)


def _numbers(payroll: Payroll, institution: str, cpr: str, *, deleted: bool) -> set[str]:
    employments = payroll.employments(institution, cpr)
    return {each.number for each in employments if deleted or each.deleted is None}
