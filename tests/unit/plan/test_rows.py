"""How MO keeps what can be written, held against the catalogue."""

from __future__ import annotations

import pytest

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.plan._rows import KEEPINGS


def test_every_kind_that_mo_can_write_is_described():
    """A new kind in the catalogue must say how MO keeps it."""
    assert KEEPINGS.keys() == WRITINGS.keys()


@pytest.mark.parametrize("kind", WRITINGS)
def test_every_field_that_mo_takes_is_in_one_row(kind):
    """A field without a row would be read, compared and never sent."""
    fields = [name for row in KEEPINGS[kind].rows for name in row.fields]
    assert sorted(fields) == sorted({each.field for each in WRITINGS[kind].inputs if each.field})


@pytest.mark.parametrize("kind", WRITINGS)
def test_what_is_said_of_fields_is_said_of_fields_that_there_are(kind):
    """A name that no row has would be a rule that never holds."""
    keeping = KEEPINGS[kind]
    named = {*keeping.empties, *keeping.always, *keeping.fixed, *keeping.quiet}
    assert named <= keeping.row_of.keys()
    assert keeping.row_of.keys() <= CATALOGUE[WRITINGS[kind].collection].by_name.keys()
