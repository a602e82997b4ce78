"""The smallest municipality, and its directories in each mode."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.sandbox.ad import directories
from motoolkit.sandbox.municipality import municipality, odd_for_ad

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="package")
def records():
    """MO's objects: the planted persons and nobody else."""
    return municipality(1, 0, today=TODAY)


@pytest.fixture(scope="package")
def odd_records(records):
    """The same with what ``everything`` adds."""
    return [*records, *odd_for_ad(records, TODAY)]


@pytest.fixture(scope="package")
def clean(records):
    """Directories that agree with MO."""
    return directories(records, TODAY, "clean")


@pytest.fixture(scope="package")
def planted(records):
    """Directories with the planted cases."""
    return directories(records, TODAY, "planted")


@pytest.fixture(scope="package")
def everything(odd_records):
    """Directories with all cases."""
    return directories(odd_records, TODAY, "everything")
