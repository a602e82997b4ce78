"""Questions to a loaded mirror: frames, labels, SQL, the tree, and CPR numbers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from integration.mirror.expected import alive, cpr_number

from motoolkit.errors import InputError, MirrorError
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import PLANTED

RENAMED, RENAMED_SOON = PLANTED["renamed"].uuid, PLANTED["renamed_soon"].uuid
TODAY = date(2026, 11, 23)


def surname(town, uuid, day):
    """Return a person's surname on a day."""
    frame = town.frame("persons", as_of=day)
    return frame.set_index("uuid").loc[uuid, "surname"]


def test_a_frame_is_what_is_valid_on_the_day(town, records):
    """One row an object; the past and the future are there too."""
    for day in (date(2024, 6, 1), TODAY, date(2027, 6, 1)):
        expected = sorted(alive(records, "engagements", day))
        assert list(town.frame("engagements", as_of=day)["uuid"]) == expected


def test_names_are_those_of_the_day(town):
    """Somebody married seven months ago, somebody will in two."""
    assert surname(town, RENAMED, "2026-01-01") != surname(town, RENAMED, TODAY)
    assert surname(town, RENAMED_SOON, TODAY) != surname(town, RENAMED_SOON, date(2027, 6, 1))


def test_without_a_day_a_frame_has_every_period(town, records):
    """One row a period, in order of UUID and time."""
    frame = town.frame("persons")
    assert list(frame.columns[:3]) == ["uuid", "valid_from", "valid_to"]
    assert len(frame[frame["uuid"] == RENAMED]) == 2
    assert frame["uuid"].is_monotonic_increasing
    assert frame["uuid"].nunique() == sum(r.collection == "persons" for r in records)


def test_labels_are_the_names_on_the_day(town):
    """Each reference gets a column of its own name."""
    persons = town.frame("persons", as_of=TODAY).set_index("uuid")
    frame = town.frame("engagements", as_of=TODAY, labels=True)
    assert list(frame["person"]) == list(persons.loc[frame["person_uuid"], "name"])
    assert {"org_unit", "job_function", "engagement_type", "primary"} < set(frame.columns)
    assert len(frame) == len(town.frame("engagements", as_of=TODAY))


def test_labels_of_several_links_are_lists(town):
    """A manager has any number of responsibilities."""
    classes = town.frame("classes", as_of=TODAY).set_index("uuid")["name"]
    frame = town.frame("managers", as_of=TODAY, labels=True)
    row = frame[frame["responsibility_uuids"].map(len) > 1].iloc[0]
    assert list(row["responsibilities"]) == sorted(classes[uuid] for uuid in row["responsibility_uuids"])


def test_labels_of_periods_are_the_first_names_within(town):
    """Without a day a label is what the thing was called when the period began."""
    frame = town.frame("engagements", labels=True)
    row = frame[frame["person_uuid"] == RENAMED].iloc[0]
    began = max(row["valid_from"], pd.Timestamp("1990-01-01")).date()
    person = town.frame("persons", as_of=began).set_index("uuid").loc[RENAMED]
    assert row["person"] == person["name"]


def test_the_tree_is_that_of_the_day(town, records):
    """All units of the day, once each."""
    assert set(town.tree(TODAY)) == alive(records, "org_units", TODAY)


def test_sql_knows_collections_and_days(town):
    """Views for every validity, macros for a day, parameters by position or name."""
    day = "SELECT count(*) FROM engagements_at(DATE '2026-11-23')"
    assert town.sql(day).iloc[0, 0] == len(town.frame("engagements", as_of=TODAY))
    (by_position,) = town.rows("SELECT count(*) FROM persons WHERE uuid = ?", [RENAMED])
    (by_name,) = town.rows("SELECT count(*) FROM persons WHERE uuid = $uuid", {"uuid": RENAMED})
    assert by_position == by_name == (2,)


def test_cpr_numbers_are_masked_unless_asked_for(town, records):
    """In frames, in SQL and in rows; each call asks for itself."""
    number = cpr_number(records, RENAMED)
    masked = f"{number[:6]}-xxxx"
    query = "SELECT DISTINCT cpr_number FROM persons WHERE uuid = ?"
    frame = town.frame("persons", as_of=TODAY).set_index("uuid")
    assert frame.loc[RENAMED, "cpr_number"] == masked
    assert list(town.rows(query, [RENAMED])) == [(masked,)]
    shown = town.frame("persons", as_of=TODAY, show_cpr=True).set_index("uuid")
    assert shown.loc[RENAMED, "cpr_number"] == number
    assert town.sql(query, [RENAMED], show_cpr=True).iloc[0, 0] == number
    assert number not in town.frame("persons").to_csv()


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("SELECT * FROM base.cpr_persons", None),
        ("SELECT * FROM private.persons WHERE uuid = ?", [RENAMED]),
        ("FROM query('FROM base.cpr_persons')", None),
        ("SELECT (SELECT max(cpr_number) FROM private.persons), $n", {"n": 1}),
    ],
)
def test_there_is_no_way_around_the_mask(town, query, parameters):
    """The table of numbers is refused by whatever name it is reached."""
    with pytest.raises(MirrorError, match="The query reads CPR numbers"):
        town.sql(query, parameters)


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM engagements", "SELECT 1; SELECT 2", "COPY persons TO 'x.csv'", "SET threads = 1", ""],
)
def test_sql_only_answers_one_select(town, query):
    """Load and refresh are the only ones who write."""
    with pytest.raises(MirrorError, match="one SELECT at a time"):
        town.sql(query)


def test_a_wrong_query_is_explained_without_its_values(town):
    """DuckDB repeats values in its errors; numbers are masked there too."""
    with pytest.raises(MirrorError, match="can not be answered") as caught:
        town.sql("SELECT CAST('0101901234' || 'x' AS INTEGER)")
    assert "0101901234" not in str(caught.value)
    with pytest.raises(MirrorError, match="employees"):
        town.sql("SELECT * FROM employees")


def test_a_misspelt_collection_gets_a_hint(town):
    """The catalogue knows near misses."""
    with pytest.raises(InputError, match="Did you mean engagements"):
        town.frame("engagement")


def test_a_day_that_is_none_is_refused(town):
    """Dates may be texts, but must be dates."""
    with pytest.raises(InputError, match="yesterday"):
        town.frame("persons", as_of="yesterday")


def test_an_empty_mirror_has_no_tree():
    """It says that it is empty."""
    with Mirror.open() as mirror, pytest.raises(MirrorError, match="The mirror is empty"):
        mirror.tree(TODAY)
