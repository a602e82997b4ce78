"""MO's side, read from the sandbox: what is compared, what is left alone, and what is odd about it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from unit.sd.said import held, odd

from motoolkit.client import connect
from motoolkit.errors import InputError
from motoolkit.mirror import Mirror
from motoolkit.sandbox.municipality import PLANTED, unit_uuid
from motoolkit.sd.guess import guess_mapping
from motoolkit.sd.mapping import Mapping
from motoolkit.sd.mo import (
    COLLECTIONS,
    mo_side,
    placement_facts,
    select_units,
    unit_names,
    units_below,
    unknown_unit,
)

TODAY = date(2026, 11, 23)
NORDBY = Mapping.read(
    "sdlon",
    prefix=True,
    engagement_types={"salaried": "maanedsloen", "hourly": "timeloen"},
    title="extension_1",
    unit_addresses={"p_number": "p-nummer", "phone": "PhoneUnit", "email": "EmailUnit", "postal": "PostUnit"},
)


@pytest.fixture(scope="module")
def towns(sandbox):
    """Mirrors of the same sandbox, read through GraphQL v30 and v25."""
    with Mirror.open() as new, Mirror.open() as old:
        for mirror, version in ((new, 30), (old, 25)):
            with connect(sandbox.url, graphql_version=version) as client:
                mirror.load(client, COLLECTIONS)
        yield {30: new, 25: old}


@pytest.fixture(scope="module")
def town(towns):
    """One of them, as it is."""
    return towns[30]


@pytest.fixture(scope="module")
def whole(town):
    """All of MO's side."""
    return mo_side(town, NORDBY, as_of=TODAY).check()


@pytest.fixture
def damaged(towns):
    """A mirror whose tables a test may change: ``damaged("UPDATE …")``; put back afterwards."""
    mirror, changed = towns[25], []
    cursor = mirror.connection

    def change(table, statement):
        if table not in changed:
            cursor.execute(f"CREATE TABLE base.kept_{table} AS SELECT * FROM base.{table}")
            changed.append(table)
        cursor.execute(statement)
        return mirror

    yield change
    for table in changed:
        cursor.execute(f"DELETE FROM base.{table}")
        cursor.execute(f"INSERT INTO base.{table} SELECT * FROM base.kept_{table}")
        cursor.execute(f"DROP TABLE base.kept_{table}")


def numbered(side, number):
    """The subject with a number."""
    (row,) = side.subjects.index[side.subjects["number"] == number]
    return row


def employments_of(mirror, mapping=NORDBY):
    """The side without units."""
    return mo_side(mirror, Mapping.read(mapping, units=False), as_of=TODAY).check()


def about(side, subject):
    """What is odd about a subject: kind, attribute, detail."""
    rows = side.oddities[side.oddities["subject"] == subject]
    return list(zip(rows["kind"], rows["attribute"], rows["detail"], strict=True))


def test_the_graphql_version_makes_no_difference(towns, whole):
    """Inclusive or exclusive ends, the organisation above the top unit or nothing."""
    old = mo_side(towns[25], NORDBY, as_of=TODAY).check()
    for name in ("subjects", "intervals", "oddities"):
        pd.testing.assert_frame_equal(getattr(old, name), getattr(whole, name))
    assert [mirror.info().graphql_version for mirror in towns.values()] == [30, 25]


def test_an_engagement_through_time(whole):
    """From job to job, with the days half-open; fraction and title are the columns of the mapping."""
    subject = numbered(whole, "NK-00671")
    assert whole.subjects["institution"][subject] == "NK"
    assert whole.subjects["pair"][subject].endswith("/NK-671")
    values = {
        attribute: [v for *_, v in held(whole, attribute, subject)]
        for attribute in ("job_function", "fraction", "title")
    }
    assert values == {
        "job_function": ["2008", "2003", "2005", "2002"],
        "fraction": [540_500, 1_000_000],
        "title": [None, "It-supporter", "Specialkonsulent, drift"],
    }
    active = held(whole, "active", subject)
    assert active == [(active[0][0], None, "true")]
    assert held(whole, "job_function", subject)[-1][0] == "2026-12-01"


def test_no_fraction_is_none_of_full_time(whole):
    """MO reads a written 0 back as null."""
    assert [value for *_, value in held(whole, "fraction", numbered(whole, "NK-T0791"))] == [0]


def test_only_engagements_of_sd_s_types_with_sd_s_numbers(whole):
    """The others are subjects without intervals, with the reason."""
    told = whole.oddities[whole.oddities["kind"] == "ignored_by_rule"]
    assert set(told["detail"]) == {"not_sd_type", "foreign_number", "uuid_number", "fictive_cpr", "no_cpr"}
    reasons = {number: about(whole, numbered(whole, number)) for number in ("NK-00441", "NK-00451")}
    assert [told[0][2] for told in reasons.values()] == ["no_cpr", "fictive_cpr"]
    assert set(told["attribute"]) == {""}
    assert not set(told["subject"]) & set(
        whole.intervals["subject"][whole.intervals["attribute"] == "active"]
    )
    types = whole.intervals.query("attribute == 'engagement_type'")["value"]
    assert set(types) == {"maanedsloen", "timeloen"}


def test_leaves_are_those_of_the_engagement(whole):
    """Of any type, while the engagement is active."""
    assert len(held(whole, "leave", numbered(whole, "NK-00811"))) == 1


def test_units_are_those_with_a_level(whole):
    """MED, payroll and external units are MO's own; levels have one spelling."""
    names = set(whole.subjects["label"][whole.subjects["sort"] == "unit"])
    assert {"Nordby Kommune", "Servicedesk"} <= names
    assert not {"Byrådet", "Lønorganisation", "MED-organisationen"} & names
    top = numbered(whole, "N0001")
    assert held(whole, "level", top)[0][2] == "ny6-niveau"
    assert {value for *_, value in held(whole, "parent", top)} == {None}
    assert {value for *_, value in held(whole, "parent", numbered(whole, "N0002"))} == {
        unit_uuid("Nordby Kommune")
    }


def test_units_that_sd_knows_are_units_without_a_level_too(town):
    """Their UUIDs come from SD."""
    side = mo_side(town, NORDBY, as_of=TODAY, units=[unit_uuid("Byrådet")]).check()
    assert "Byrådet" in set(side.subjects["label"])


def test_persons_are_called_by_the_name_of_the_day(town):
    """Everybody with a CPR number, married or not yet."""
    renamed = PLANTED["renamed"].uuid
    names = []
    for day in (date(2026, 1, 1), TODAY):
        side = mo_side(town, Mapping.read(NORDBY, units=False), as_of=day)
        persons = side.subjects[side.subjects["sort"] == "person"].set_index("uuid")
        names.append(persons.loc[renamed, "label"])
    assert names[0] != names[1]


def test_one_person(town, whole):
    """Her engagements, and she herself."""
    subject = numbered(whole, "NK-00671")
    cpr = whole.subjects["cpr"][subject]
    side = mo_side(town, Mapping.read(NORDBY, units=False), as_of=TODAY, cprs=[cpr]).check()
    assert sorted(side.subjects["sort"]) == ["employment", "person"]
    assert held(side, "job_function", numbered(side, "NK-00671")) == held(whole, "job_function", subject)


def test_one_institution(town):
    """Numbers that begin with another are left out; units and persons are of all."""
    side = mo_side(town, NORDBY, as_of=TODAY, institutions=["ns"]).check()
    assert set(side.subjects["institution"][side.subjects["sort"] == "employment"]) == {"NS", ""}


def test_a_unit_with_everything_below_it(town, whole):
    """And whoever works there on either side at any time."""
    units = units_below(town, unit_uuid("Center for Skole"), TODAY)
    sd, mo = select_units(whole, whole, units)
    assert len(units) == mo.check().subjects["sort"].value_counts()["unit"] == 17
    places = mo.intervals[mo.intervals["attribute"] == "unit"]
    assert places.groupby("subject")["value"].agg(lambda values: bool(set(values) & units)).all()
    cprs = mo.subjects.groupby("sort")["cpr"].agg(set)
    assert cprs["employment"] == cprs["person"]
    assert sd.subjects.equals(mo.subjects)
    with pytest.raises(InputError, match="There is no unit 'skole' in MO on 2026-11-23"):
        units_below(town, "skole", TODAY)


def test_days_before_the_clamp(town):
    """Nothing begins before it, on this side too."""
    side = mo_side(town, Mapping.read(NORDBY, clamp="2020-01-01"), as_of=TODAY).check()
    assert side.intervals.query("attribute != 'name'")["start"].min() == pd.Timestamp("2020-01-01")


def test_classes_are_called_as_when_the_slice_began(damaged):
    """Else as they were called first: a class may begin after what uses it."""
    mirror = damaged(
        "classes", "UPDATE base.classes SET valid_from = DATE '2025-01-01' WHERE user_key = '2003'"
    )
    cursor = mirror.connection
    cursor.execute("UPDATE base.classes SET valid_from = DATE '2026-11-01' WHERE user_key = '2005'")
    cursor.execute(
        "INSERT INTO base.classes SELECT * REPLACE (DATE '1960-01-01' AS valid_from,"
        " DATE '2025-01-01' AS valid_to, 'Specialist' AS name) FROM base.classes WHERE user_key = '2003'"
    )
    side = mo_side(mirror, Mapping.read(NORDBY, job_function="name"), as_of=TODAY)
    names = [name for *_, name in held(side, "job_function", numbered(side, "NK-00671"))]
    assert names[1] == "Specialist"
    assert names[2] not in {None, "Specialist"}


class TestOddities:
    """What is odd in MO, one damage at a time."""

    def test_two_engagements_with_a_number(self, damaged):
        """One subject with a duplicate, whatever else they say."""
        mirror = damaged(
            "engagements",
            "INSERT INTO base.engagements SELECT * REPLACE ('0' || uuid[2:] AS uuid)"
            " FROM base.engagements WHERE user_key = 'NK-00671' AND valid_to IS NULL",
        )
        side = employments_of(mirror)
        assert about(side, numbered(side, "NK-00671")) == [("duplicate_in_mo", "", "")]
        (told,) = odd(side, kind="duplicate_in_mo")
        assert len(told[4].split(", ")) == 2

    @pytest.mark.parametrize("key", ["NK-671", "nk-00671", " NK-00671", "NK-000671"])
    def test_numbers_in_another_format_have_their_pair(self, damaged, whole, key):
        """As many zeros as may be, any case; the number stays as MO has it."""
        mirror = damaged(
            "engagements", f"UPDATE base.engagements SET user_key = '{key}' WHERE user_key = 'NK-00671'"
        )
        side = employments_of(mirror)
        subject = numbered(side, key)
        assert side.subjects["pair"][subject] == whole.subjects["pair"][numbered(whole, "NK-00671")]
        assert about(side, subject) == []

    def test_a_number_without_its_institution(self, damaged):
        """Has no institution in its pair."""
        mirror = damaged(
            "engagements", "UPDATE base.engagements SET user_key = '00671' WHERE user_key = 'NK-00671'"
        )
        side = employments_of(mirror)
        subject = numbered(side, "00671")
        assert side.subjects["pair"][subject] == side.subjects["cpr"][subject] + "/671"
        assert len(held(side, "active", subject)) == 1

    def test_no_number(self, damaged, whole):
        """An engagement of SD's type without a user_key is compared with nothing, but not left out."""
        mirror = damaged(
            "engagements", "UPDATE base.engagements SET user_key = '' WHERE user_key = 'NK-00671'"
        )
        promoted = whole.subjects["person_uuid"][numbered(whole, "NK-00671")]
        side = employments_of(mirror)
        found = side.subjects[side.subjects["person_uuid"] == promoted]
        (subject,) = found.index[found["sort"] == "employment"]
        assert side.subjects["number"][subject] == ""
        assert len(held(side, "active", subject)) == 1

    def test_some_days_of_another_type(self, damaged):
        """The engagement is in, and told: an integration leaves it alone."""
        mirror = damaged(
            "engagements",
            "UPDATE base.engagements SET engagement_type_uuid = (SELECT any_value(uuid) FROM base.classes"
            " WHERE user_key = 'vikar') WHERE user_key = 'NK-00671' AND valid_to IS NULL",
        )
        side = employments_of(mirror)
        subject = numbered(side, "NK-00671")
        assert about(side, subject) == [("ignored_by_rule", "engagement_type", "mixed_types")]
        assert [value for *_, value in held(side, "engagement_type", subject)] == ["maanedsloen", "vikar"]

    def test_two_leaves_at_a_time(self, damaged):
        """The days of both are told; leave is leave all the same."""
        engagement = "(SELECT any_value(uuid) FROM base.engagements WHERE user_key = 'NK-00811')"
        mirror = damaged(
            "leaves",
            "INSERT INTO base.leaves SELECT * REPLACE ('0' || uuid[2:] AS uuid,"
            " valid_from + 10 AS valid_from, valid_to + 10 AS valid_to)"
            f" FROM base.leaves WHERE engagement_uuid = {engagement}",
        )
        side = employments_of(mirror)
        subject = numbered(side, "NK-00811")
        ((start, end, _),) = held(side, "leave", subject)
        (told,) = odd(side, kind="duplicate_in_mo")
        assert told[1] == "leave"
        assert (pd.Timestamp(told[2]) - pd.Timestamp(start)).days == 10
        assert (pd.Timestamp(end) - pd.Timestamp(told[3])).days == 10

    def test_leave_outside_the_engagement(self, damaged):
        """Does not hold there, and is told."""
        engagement = "(SELECT any_value(uuid) FROM base.engagements WHERE user_key = 'NK-00811')"
        mirror = damaged(
            "leaves",
            f"UPDATE base.leaves SET valid_from = DATE '1990-01-01' WHERE engagement_uuid = {engagement}",
        )
        side = employments_of(mirror)
        subject = numbered(side, "NK-00811")
        assert about(side, subject) == [("wrong_leave", "leave", "outside_engagement")]
        assert held(side, "leave", subject)[0][0] == held(side, "active", subject)[0][0]

    def test_raw_units_in_extensions(self, damaged):
        """UUIDs in lower case, blank is nothing."""
        mirror = damaged(
            "engagements",
            f"UPDATE base.engagements SET extension_5 = upper(' {unit_uuid('Servicedesk')} '),"
            " extension_4 = '' WHERE user_key = 'NK-00671'",
        )
        mapping = Mapping.read(NORDBY, raw_unit="extension_5", unit_code="extension_4")
        side = employments_of(mirror, mapping)
        subject = numbered(side, "NK-00671")
        assert [value for *_, value in held(side, "sd_unit", subject)] == [unit_uuid("Servicedesk")]
        assert [value for *_, value in held(side, "unit_code", subject)] == [None]

    def test_raw_units_in_associations(self, damaged):
        """Where there is an association of the type with the number; else the unit itself."""
        mapping = Mapping.read(NORDBY, raw_unit="association", association_type="Konsulent")
        mirror = damaged(
            "associations",
            "INSERT INTO base.associations BY NAME SELECT 'a0000000-0000-4000-8000-000000000001' AS uuid,"
            " DATE '2026-01-01' AS valid_from, DATE '2026-03-01' AS valid_to, '00671' AS user_key,"
            f" person_uuid, '{unit_uuid('Vig Skole')}' AS org_unit_uuid,"
            " (SELECT any_value(uuid) FROM base.classes WHERE user_key = 'Konsulent')"
            " AS association_type_uuid FROM base.engagements"
            " WHERE user_key = 'NK-00671' AND valid_to IS NULL",
        )
        side = employments_of(mirror, mapping)
        subject = numbered(side, "NK-00671")
        assert ("2026-01-01", "2026-03-01", unit_uuid("Vig Skole")) in held(side, "sd_unit", subject)
        assert len(held(side, "sd_unit", subject)) == len(held(side, "unit", subject)) + 2

    def test_addresses_that_are_references(self, damaged):
        """Of a DAR address only the presence is known."""
        mirror = damaged(
            "addresses",
            "UPDATE base.addresses SET value = 'a0000000-0000-4000-8000-000000000002'"
            " WHERE value = 'Rådhustorvet 1, 9999, Nordby'",
        )
        side = mo_side(mirror, NORDBY, as_of=TODAY).check()
        ((kind, attribute, *_, detail),) = [one for one in odd(side) if one[1] == "postal"]
        assert (kind, attribute, detail) == ("ignored_by_rule", "postal", "dar_address")


class TestPlacing:
    """What of MO decides placements."""

    def test_who_leads_what_through_which_engagement(self, town):
        """With the code of the unit."""
        told = placement_facts(town, Mapping.read(NORDBY, placement="manager"), as_of=TODAY)
        mayor = told.managers[told.managers["unit"] == unit_uuid("Nordby Kommune")]
        assert list(mayor["pair"].str.partition("/")[2]) == ["NK-1"]
        assert list(mayor["unit_code"]) == ["N0001"]
        assert unit_uuid("Servicedesk") in told.units

    def test_related_units_are_related_both_ways(self, town):
        """And where engagements are now."""
        told = placement_facts(town, Mapping.read(NORDBY, placement="region"), as_of=TODAY)
        school, payroll = unit_uuid("Center for Skole"), unit_uuid("Løn, Børn og Unge")
        pairs = set(zip(told.related["unit"], told.related["other"], strict=True))
        assert {(school, payroll), (payroll, school)} <= pairs
        assert len(told.kept) > 300

    def test_the_unit_for_the_rest_by_any_of_its_names(self, town):
        """UUID, user_key or name; none is none."""
        uuid = unit_uuid("Servicedesk")
        for name in (uuid.upper(), "servicedesk", "N0010"):
            assert len(unknown_unit(town, Mapping.read(NORDBY, unknown_unit=name))) == len(uuid)
        assert unknown_unit(town, Mapping.read(NORDBY, unknown_unit="Servicedesk")) == uuid
        assert unknown_unit(town, Mapping.read(NORDBY, unknown_unit="Ingensteds")) == ""

    def test_names_of_units(self, town):
        """Of the day, else of another."""
        assert unit_names(town, TODAY)[unit_uuid("Servicedesk")] == "Servicedesk"


class TestGuess:
    """What MO tells about the integration."""

    def test_of_nordby(self, town, monkeypatch):
        """Based on sdlon, as the municipality was made."""
        monkeypatch.setenv("MOTOOLKIT_LANG", "en")
        guess = guess_mapping(town)
        assert (guess.mapping.name, guess.mapping.prefix, guess.mapping.padding) == ("sdlon", True, 5)
        assert guess.mapping.engagement_type == "salaried"
        assert guess.mapping.engagement_types == {"salaried": "maanedsloen", "hourly": "timeloen"}
        assert (guess.mapping.leave_types, guess.mapping.units) == ((), True)
        assert (guess.mapping.title, guess.mapping.raw_unit, guess.mapping.unit_code) == (
            "extension_1",
            "",
            "",
        )
        assert guess.mapping.unit_addresses == NORDBY.unit_addresses
        assert "Numbers are filled up with zeros to 5 digits." in guess.evidence
        assert guess.doubts == ()

    def test_of_sdtool_plus(self, damaged):
        """By SD's department in extension_5."""
        mirror = damaged(
            "engagements", "UPDATE base.engagements SET extension_5 = org_unit_uuid, extension_4 = 'B7Q'"
        )
        mapping = guess_mapping(mirror).mapping
        assert (mapping.name, mapping.raw_unit, mapping.unit_code) == (
            "sdtool-plus-region",
            "extension_5",
            "extension_4",
        )
        assert (mapping.resync, mapping.fraction_synced) == ("sdtool-plus", False)

    @pytest.mark.parametrize(
        ("kept", "title", "told"),
        [
            (10, "extension_1", "extension_1 holds words for 10% of the engagements: taken for titles."),
            (50, "", "extension_1 holds words for 2% of the engagements: not taken for titles."),
            (1000, "", "No extension holds a title."),
        ],
    )
    def test_of_few_titles(self, damaged, monkeypatch, kept, title, told):
        """Trap: SD has titles for some only; the column may be sparse, and is none for that."""
        monkeypatch.setenv("MOTOOLKIT_LANG", "en")
        mirror = damaged("engagements", "UPDATE base.engagements SET extension_1 = NULL")
        mirror.connection.execute(
            "UPDATE base.engagements SET extension_1 = 'Konsulent' WHERE uuid IN (SELECT uuid FROM"
            " (SELECT uuid, row_number() OVER (ORDER BY uuid) AS n FROM (SELECT DISTINCT uuid FROM"
            f" base.engagements WHERE regexp_full_match(user_key, '..-[0-9A-Z]+'))) WHERE n % {kept} = 0)"
        )
        guess = guess_mapping(mirror)
        assert guess.mapping.title == title
        assert told in (*guess.evidence, *guess.doubts)
        assert (guess.doubts == ()) == (kept == 1000)

    def test_of_few_titles_in_several_columns(self, damaged):
        """Then none is taken."""
        mirror = damaged("engagements", "UPDATE base.engagements SET extension_1 = NULL")
        mirror.connection.execute(
            "UPDATE base.engagements SET extension_1 = 'Konsulent', extension_7 = 'Note'"
            " WHERE hash(uuid) % 10 = 0"
        )
        assert guess_mapping(mirror).mapping.title == ""

    def test_of_types_that_tell_nothing(self, damaged, monkeypatch):
        """It says so, and does not compare them."""
        monkeypatch.setenv("MOTOOLKIT_LANG", "en")
        mirror = damaged("classes", "UPDATE base.classes SET user_key = 'x' || user_key, name = 'X' || name")
        guess = guess_mapping(mirror)
        assert guess.mapping.engagement_type == ""
        assert guess.doubts[-1] == "Nothing tells which integration has written this: sdlon is taken."
        assert any("engagement types tell nothing" in doubt for doubt in guess.doubts)

    def test_of_no_numbers(self, damaged, monkeypatch):
        """Nothing can be told."""
        monkeypatch.setenv("MOTOOLKIT_LANG", "en")
        mirror = damaged("engagements", "UPDATE base.engagements SET user_key = uuid")
        guess = guess_mapping(mirror)
        assert str(guess) == (
            "sdlon\n  No engagement in MO has a number of SD's, so nothing tells how they are mapped."
        )
