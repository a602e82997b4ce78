"""How previews say things to Danes: fields, periods, values."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.catalogue import CATALOGUE
from motoolkit.model import Validity
from motoolkit.plan.danish import COLLECTIONS, field_label, period, scalar


def test_every_kind_and_every_field_has_a_danish_word():
    """A new field of the catalogue needs one."""
    assert set(COLLECTIONS) == set(CATALOGUE)
    for collection in CATALOGUE.values():
        for field in collection.stored:
            assert field_label(collection.name, field.name)


def test_a_field_may_be_called_something_of_its_own():
    """A user_key is a user name, a unit's number or an employment's."""
    assert field_label("itusers", "user_key") == "Brugernavn"
    assert field_label("engagements", "user_key") == "Tjenestenummer"
    assert field_label("managers", "user_key") == "Brugervendt nøgle"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "01-01-2026 – 31-12-2026"),
        (date(2026, 1, 1), None, "fra 01-01-2026"),
        (None, date(2027, 1, 1), "til og med 31-12-2026"),
        (date(2026, 1, 1), date(2026, 1, 2), "01-01-2026"),
        (None, None, "altid"),
    ],
)
def test_a_period_is_said_with_its_last_day(start, end, said):
    """People say the last day; the first day after is the machine's."""
    assert period(Validity(start, end)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("2001-02-03", "03-02-2001"), (True, "ja"), (False, "nej"), (500_000, "500000"), ("A-1", "A-1")],
)
def test_values_are_written_as_danes_write_them(value, said):
    """Dates with the day first."""
    assert scalar(value) == said
