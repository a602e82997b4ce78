"""What can be asked for, and how wrong values are refused."""

from __future__ import annotations

import json
from datetime import date

import pytest

from motoolkit.errors import ParameterError
from motoolkit.reports import ReportParameters

DAY = "2026-11-23"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs the parameter as_of"),
        ({"as_of": "i morgen"}, "parameter as_of: 'i morgen' is no date"),
        ({"as_of": "31-02-2026"}, "is no date"),
        ({"as_of": 20261123}, "is no date"),
        ({"as_of": DAY, "rot": "Nordby"}, "Did you mean root"),
        ({"as_of": DAY, "preset": "rds"}, "parameter preset can not be str 'rds'"),
        ({"as_of": DAY, "preset": ["rsd"]}, "parameter preset can not be list"),
        ({"as_of": DAY, "with_cpr": "false"}, "with_cpr can not be str 'false'. Give true or false"),
        ({"as_of": DAY, "with_cpr": 1}, "with_cpr can not be int 1"),
        ({"as_of": DAY, "with_cpr": True}, "only for a purpose"),
        ({"as_of": DAY, "with_cpr": True, "purpose": "  "}, "only for a purpose"),
        ({"as_of": DAY, "purpose": "om 010190-1234"}, "purpose holds a CPR number"),
        ({"as_of": DAY, "root": 7}, "root can not be int 7"),
        ({"as_of": DAY, "root": ["Nordby", ""]}, "root can not be list"),
        ({"as_of": DAY, "max_levels": 0}, "max_levels can not be int 0"),
        ({"as_of": DAY, "max_levels": True}, "max_levels can not be bool"),
        ({"as_of": DAY, "max_levels": 2, "min_levels": 3}, "min_levels 3 is more than max_levels 2"),
        ({"as_of": DAY, "overflow": "drop"}, "Give one of join, cut"),
        ({"as_of": DAY, "title_field": ["extension_11"]}, "Did you mean extension_1"),
        ({"as_of": DAY, "tjenestenummer_pattern": "("}, "no regular expression"),
        ({"as_of": DAY, "tjenestenummer_pattern": r"\d+"}, "one group around the part to keep"),
        ({"as_of": DAY, "visibility": "PUBLIC"}, "visibility can not be str"),
        ({"as_of": DAY, "inherit_unit_roles": ["leader"]}, "Did you mean unit_leader"),
    ],
)
def test_a_bad_parameter_is_refused_in_one_sentence(given, message):
    """Every value is checked when the parameters are made."""
    with pytest.raises(ParameterError, match=message.replace("(", r"\(").replace("'", ".")):
        ReportParameters.from_mapping(given)


def test_parameters_survive_json():
    """What a notebook stores can be read back."""
    given = ReportParameters.from_mapping(
        {"as_of": DAY, "root": "Nordby", "preset": "rsd", "visibility": ["PUBLIC", None]}
    )
    stored = json.loads(json.dumps(given.as_dict()))
    assert ReportParameters.from_mapping(stored) == given


def test_dates_are_read_as_danes_write_them():
    """dd-mm-yyyy, ISO, and a date itself."""
    assert ReportParameters(as_of="23-11-2026").as_of == date(2026, 11, 23)
    assert ReportParameters(as_of=date(2026, 11, 23)).as_of == date(2026, 11, 23)


def test_one_root_may_be_given_as_text():
    """A notebook parameter is a text; a blank one is none."""
    assert ReportParameters(as_of=DAY, root="Nordby").root == ("Nordby",)
    assert ReportParameters(as_of=DAY, root=" ").root == ()


def test_a_given_value_wins_over_the_preset():
    """The preset cuts at seven levels, unless told otherwise."""
    assert ReportParameters(as_of=DAY, preset="rsd").max_levels == 7
    assert ReportParameters(as_of=DAY, preset="rsd", max_levels=9).max_levels == 9
    assert ReportParameters(as_of=DAY).max_levels is None


def test_the_presets_differ_in_what_region_syddanmark_chose():
    """The whole difference, on one page."""
    standard = ReportParameters(as_of=DAY).as_dict()
    rsd = ReportParameters(as_of=DAY, preset="rsd").as_dict()
    assert {name: value for name, value in rsd.items() if value != standard[name]} == {
        "preset": "rsd",
        "min_levels": 7,
        "max_levels": 7,
        "overflow": "cut",
        "leader_inherit": False,
        "leader_exclude_self": False,
        "leader_responsibilities": [],
        "leader_any": False,
        "vacant_text": "",
        "responsibilities_shown": "preferred",
        "visibility": ["PUBLIC", "INTERNAL", "EXTERNAL", "SECRET", None],
        "email_per_engagement": False,
        "title_field": ["extension_1"],
        "job_function_format": "name_code",
        "include_leaders_without_engagement": False,
        "leader_engagement": "selection",
    }


def test_every_parameter_has_a_danish_label():
    """The info sheet prints all of them, each under a name of its own."""
    labels = [label for label, _, _ in ReportParameters(as_of=DAY).labelled()]
    assert len(labels) == len(set(labels)) == len(ReportParameters(as_of=DAY).as_dict())
    assert all(labels)
