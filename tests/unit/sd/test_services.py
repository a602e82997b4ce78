"""SD-Løn's services as data: what is sent, and in which form."""

from __future__ import annotations

from datetime import date, time

import pytest

from motoolkit.errors import InputError
from motoolkit.sd.client import _services as services


@pytest.mark.parametrize(
    ("value", "danish", "iso"),
    [
        (date(1, 1, 1), "01.01.0001", "0001-01-01"),
        (date(9999, 12, 31), "31.12.9999", "9999-12-31"),
        (date(2025, 5, 2), "02.05.2025", "2025-05-02"),
        (time(16, 5), "16:05:00", "16:05:00"),
        (True, "true", "true"),
        (False, "false", "false"),
        ("04711", "04711", "04711"),
    ],
)
def test_values_as_sd_reads_them(value, danish, iso):
    """The year 1 has four digits, flags are small letters, numbers keep their zeros."""
    assert (services.as_text(value, "danish"), services.as_text(value, "iso")) == (danish, iso)


def test_what_is_none_is_left_out():
    """An empty parameter would be one that SD looks for."""
    query = services.PROFESSIONS.query({"InstitutionIdentifier": "XY", "JobPositionIdentifier": None}, "iso")
    assert query == {"InstitutionIdentifier": "XY"}


def test_a_parameter_that_is_missing_or_unknown_is_named():
    """Before anything is sent; values are not repeated."""
    with pytest.raises(InputError, match="GetEmployment20111201 needs InstitutionIdentifier, EffectiveDate"):
        services.EMPLOYMENT.query({}, "iso")
    given = {"InstitutionIdentifier": "XY", "EffectiveDate": date(2025, 5, 2), "Cpr": "2512484916"}
    with pytest.raises(InputError, match="no parameter of GetEmployment20111201 called 'Cpr'") as caught:
        services.EMPLOYMENT.query(given, "iso")
    assert "2512484916" not in str(caught.value)


@pytest.mark.parametrize(
    "service", [services.EMPLOYMENT, services.EMPLOYMENT_CHANGED, services.EMPLOYMENT_CHANGED_AT]
)
def test_salaries_are_never_asked_for(service):
    """What is not compared is not read."""
    assert service.always["SalaryAgreementIndicator"] is False
    assert service.always["SalaryCodeGroupIndicator"] is False
    assert service.always["UUIDIndicator"] is True
