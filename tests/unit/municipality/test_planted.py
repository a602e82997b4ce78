"""The planted cases are where PLANTED says, and are what it says."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.model import Cpr, OrgTree
from motoolkit.sandbox.municipality import PLANTED, SUBSTITUTE_ROLES
from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._line_units import unit_uuid

TODAY, TOMORROW, YESTERDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 22)
LEDER = class_uuid("manager_type", "leder")
MEDLEDER = class_uuid("manager_type", "medleder")


def roles(town, unit, kind=LEDER, day=TODAY):
    """Return the roles of a unit of one type on a day."""
    found = town.all_at("managers", day).values()
    return [v for v in found if v["org_unit"] == unit_uuid(unit) and v["manager_type"] == kind]


def name(town, person):
    """Return a person's name today."""
    values = town.at("persons", person)
    return f"{values['given_name']} {values['surname']}".strip()


@pytest.mark.parametrize("case", PLANTED)
def test_planted_objects_exist(town, case):
    """Each name leads to objects of the collection that it names."""
    planted = PLANTED[case]
    assert set(planted.uuids) <= set(town.by_collection[planted.collection])
    assert planted.sentence.endswith(".")


def test_hans_has_the_newsletters_two_jobs(town):
    """Newsletter section 7: one job on Ravnsnæs Skole and one on Vig Skole."""
    hans = PLANTED["hans"].uuid
    jobs = [v for v in town.all_at("engagements").values() if v["person"] == hans]
    assert sorted(town.at("org_units", v["org_unit"])["name"] for v in jobs) == [
        "Ravnsnæs Skole",
        "Vig Skole",
    ]


def test_hans_needs_three_systems_in_one_job_and_two_in_the_other(town):
    """Each account's log-on is its mail address; account 2 serves several jobs and has a telephone."""
    accounts = PLANTED["newsletter_accounts"].uuids
    ravnsnaes, vig, later = PLANTED["newsletter_engagements"].uuids
    serves = [town.at("itusers", account)["engagements"] for account in accounts]
    assert [ravnsnaes in each for each in serves] == [True, False, True, True, False]
    assert [vig in each for each in serves] == [False, True, False, False, True]
    assert later in serves[1]
    reached = [
        sorted(v["value"] for v in town.all_at("addresses").values() if v["ituser"] == account)
        for account in accounts
    ]
    assert reached[1] == ["+4500001122", "hans.holm@vig-skole.example"]
    log_ons = [town.at("itusers", account)["user_key"] for account in accounts]
    assert all(log_on in each for log_on, each in zip(log_ons, reached, strict=True))


def test_numbers_of_the_planted_persons(town):
    """Replacement, century digits, fictive, missing, leap day."""
    number = {
        case: Cpr(town.at("persons", PLANTED[case].uuid)["cpr_number"])
        for case in ("replacement_cpr", "century_digit_5", "century_digit_8", "century_digit_4", "leap_day")
    }
    assert number["replacement_cpr"].is_replacement
    assert number["replacement_cpr"].birth_date == date(1988, 4, 17)
    assert number["century_digit_5"].birth_date == date(2003, 9, 14)
    assert number["century_digit_8"].birth_date == date(1899, 6, 30)
    assert number["century_digit_4"].birth_date == date(1961, 11, 23)
    assert number["leap_day"].birth_date == date(1996, 2, 29)
    assert town.at("persons", PLANTED["fictive_cpr"].uuid)["cpr_number"].endswith("0000")
    assert town.at("persons", PLANTED["no_cpr"].uuid)["cpr_number"] is None


def test_names_of_the_planted_persons(town):
    """A leading =, one name only, one that changes."""
    assert name(town, PLANTED["formula_name"].uuid) == "=1+1 Formelsen"
    assert town.at("persons", PLANTED["one_name"].uuid)["surname"] == ""
    renamed = PLANTED["renamed"].uuid
    assert town.at("persons", renamed, date(2026, 3, 31))["surname"] == "Bjerregaard"
    assert town.at("persons", renamed, date(2026, 4, 1))["surname"] == "Åkjær Bjerregaard"
    assert town.at("org_units", PLANTED["backslash"].uuid)["name"] == "Drift\\Vagt"


def test_the_line_organisation_has_five_levels(town):
    """Below one root, with three more roots beside it and a unit whose parent is closed."""
    units = town.all_at("org_units")
    tree = OrgTree.from_units((uuid, v["name"], v["parent"]) for uuid, v in units.items())
    line = [
        uuid
        for uuid, v in units.items()
        if v["unit_hierarchy"] == class_uuid("org_unit_hierarchy", "linjeorg")
    ]
    assert max(len(tree.path(uuid)) for uuid in line) == 5
    roots = sorted(v["name"] for v in units.values() if v["parent"] is None)
    assert roots == ["Eksterne", "Lønorganisation", "MED-organisationen", "Nordby Kommune"]
    orphans = [v["name"] for v in units.values() if v["parent"] not in units and v["parent"]]
    assert orphans == ["Byarkivet"]


def test_units_that_move_and_change_names(town):
    """As of dates before and after."""
    moved, soon = PLANTED["moved_and_renamed"].uuid, PLANTED["moves_soon"].uuid
    before = town.at("org_units", moved, date(2025, 6, 30))
    assert (before["name"], before["parent"]) == ("Haller og Anlæg", unit_uuid("Vej og Park"))
    after = town.at("org_units", moved, date(2025, 7, 1))
    assert (after["name"], after["parent"]) == ("Idræt og Haller", unit_uuid("Kultur og Fritid"))
    assert town.at("org_units", soon, date(2026, 11, 30))["parent"] == unit_uuid("Center for Skole")
    assert town.at("org_units", soon, date(2026, 12, 1))["parent"] == unit_uuid("Kultur og Fritid")
    twice = PLANTED["renamed_twice"].uuid
    names = [each.values["name"] for each in town.by_collection["org_units"][twice].slices]
    assert names == ["Skole og Dagtilbud", "Børn, Unge og Kultur", "Børn, Unge og Læring"]


def test_units_that_come_and_go(town):
    """Closed, closed today, future, reopened."""
    assert town.at("org_units", PLANTED["closed_unit"].uuid) is None
    assert town.at("org_units", PLANTED["closed_today"].uuid) is None
    assert town.at("org_units", PLANTED["closed_today"].uuid, YESTERDAY)
    assert town.at("org_units", PLANTED["future_unit"].uuid) is None
    assert town.at("org_units", PLANTED["reopened"].uuid, date(2025, 1, 1)) is None
    assert town.at("org_units", PLANTED["reopened"].uuid)


def test_vacant_seats(town):
    """A role without person is a role."""
    for unit in ("Børnehuset Tudsen", "Plejecenter Søgården", "Teknik, Miljø og Klima"):
        assert [v["person"] for v in roles(town, unit)] == [None]
    before = roles(town, "Plejecenter Søgården", day=date(2026, 8, 31))
    assert name(town, before[0]["person"]) == "Kirsten Lauridsen"


def test_co_managers(town):
    """One, two and three of the type Medleder beside a Leder."""
    for unit, count in (("Æblehaveskolen", 1), ("Ravnsnæs Skole", 2), ("Åvangskolen", 3)):
        assert len(roles(town, unit)) == 1
        assert len(roles(town, unit, MEDLEDER)) == count
    assert len(roles(town, "Center for Skole")) == 2
    assert roles(town, "Dagplejen, distrikt Vest") == []


def test_role_ended_yesterday_and_role_starting_tomorrow(town):
    """Today nobody leads Misbrugscenter Nordby."""
    led = {
        day: [name(town, v["person"]) for v in roles(town, "Misbrugscenter Nordby", day=day)]
        for day in (YESTERDAY, TODAY, TOMORROW)
    }
    assert led == {YESTERDAY: ["Gitte Bonde"], TODAY: [], TOMORROW: ["Kaj Bonde"]}


def test_leaders_and_their_employment(town):
    """Employed elsewhere, no longer, or with the role linked to the second engagement."""
    jobs = town.all_at("engagements")

    def units_of(case):
        person = town.at("managers", PLANTED[case].uuid)["person"]
        return sorted(
            town.at("org_units", v["org_unit"])["name"] for v in jobs.values() if v["person"] == person
        )

    assert units_of("leader_without_engagement") == []
    assert units_of("leader_employed_elsewhere") == ["Hjemmeplejen Nord"]
    assert units_of("linked_engagement") == ["Plejecenter Rønnebo", "Sygeplejen"]
    linked = town.at("managers", PLANTED["linked_engagement"].uuid)["engagement"]
    assert jobs[linked]["user_key"] == "NK-07002"


def test_odd_roles(town):
    """No responsibilities, a level that does not exist, Personaleledelse without being Leder."""
    assert town.at("managers", PLANTED["no_responsibilities"].uuid)["responsibilities"] == ()
    level = town.at("managers", PLANTED["unknown_level"].uuid)["manager_level"]
    assert level not in town.by_collection["classes"]
    only = town.at("managers", PLANTED["responsibility_only"].uuid)
    assert only["manager_type"] == class_uuid("manager_type", "koordinator")
    assert only["responsibilities"] == (class_uuid("responsibility", "personaleledelse"),)


def test_deputies_are_on_seats_that_may_have_one(town):
    """MO refuses a deputy on other association types, and one that is the person itself."""
    for values in town.all_at("associations").values():
        if values["substitute"]:
            assert values["association_type"] in SUBSTITUTE_ROLES
            assert values["substitute"] != values["person"]
    removed = PLANTED["deputy_removed"].uuid
    assert town.at("associations", removed, date(2026, 1, 31))["substitute"]
    assert town.at("associations", removed)["substitute"] is None


def test_engagements_change_over_time(town):
    """Three job functions until today, a fourth from next month on; a gap; a closed unit."""
    career = town.by_collection["engagements"][PLANTED["job_changes"].uuid].slices
    assert [each.start for each in career] == [
        date(2021, 11, 1),
        date(2024, 5, 1),
        date(2026, 1, 1),
        date(2026, 12, 1),
    ]
    assert town.at("engagements", PLANTED["gap"].uuid, date(2024, 1, 1)) is None
    closed = town.at("engagements", PLANTED["unit_closed"].uuid)["org_unit"]
    assert town.at("org_units", closed) is None
