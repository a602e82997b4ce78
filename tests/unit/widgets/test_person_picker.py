"""The person picker in the kernel, on a sandbox's MO and on a mirror of it; no browser, no kernel."""

from __future__ import annotations

from datetime import date

import pytest
from support import TODAY

from motoolkit.client import connect
from motoolkit.identities import COLLECTIONS, identities
from motoolkit.mirror import Mirror
from motoolkit_widgets import PersonPicker

DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def client(sandbox):
    """A client of the sandbox."""
    with connect(sandbox.url) as client:
        yield client


@pytest.fixture(scope="module")
def mirror(client):
    """A mirror of it."""
    with Mirror.open() as mirror:
        mirror.load(client, COLLECTIONS)
        yield mirror


@pytest.fixture(scope="module")
def hans(mirror):
    """Hans' UUID."""
    return next(identities(mirror, DAY, persons=["Hans Holm"])).uuid


def test_whom_one_chooses_is_drawn(mirror, hans):
    """With a slider for the day; choosing nobody takes it away."""
    picker = PersonPicker(mirror, as_of=DAY)
    assert list(picker.children) == [picker.search, picker.told]
    picker.search.value = hans
    assert picker.value == hans
    assert picker.picture.title == "Hans Holm"
    assert 'alt="Hans Holm · 23-11-2026' in picker.shown.value
    assert picker.day in picker.children
    picker.search.value = ""
    assert picker.picture is None
    assert list(picker.children) == [picker.search, picker.told]


def test_another_day_is_shown(mirror, hans):
    """The third engagement begins in February."""
    picker = PersonPicker(mirror, as_of=DAY, value=hans)
    picker.day.value = date(2027, 2, 1)
    assert 'alt="Hans Holm · 01-02-2027' in picker.shown.value
    assert "specialklasser" in picker.shown.value


def test_without_a_slider(mirror, hans):
    """The day alone."""
    picker = PersonPicker(mirror, as_of=DAY, value=hans, slider=False)
    assert picker.day is None
    assert picker.shown in picker.children


def test_a_mo_is_read_when_somebody_is_chosen(client, hans):
    """MO's own search is asked before; what is read once serves the next, too."""
    picker = PersonPicker(client, as_of=DAY)
    assert [one.label for one in picker.search.source.search("hans holm").options] == ["Hans Holm"]
    picker.value = hans
    assert picker.picture.title == "Hans Holm"
    assert picker._read() is picker._read()


def test_who_is_not_in_mo_is_a_sentence(mirror):
    """Chosen in the search of a minute ago, and gone from MO."""
    picker = PersonPicker(mirror, as_of=DAY, value="00000000-0000-4000-8000-000000000009")
    assert picker.picture is None
    assert "00000000-0000-4000-8000-000000000009" in picker.told.value
    assert 'role="alert"' in picker.told.value
