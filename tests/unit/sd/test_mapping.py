"""Mapping profiles: the presets, files on top of them, and what is told about wrong ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from motoolkit.errors import InputError
from motoolkit.sd.mapping import PRESETS, Mapping


def written(tmp_path, text):
    """A mapping file."""
    path = tmp_path / "nordby.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_integration_has_its_preset():
    """The three that are in use, with what sets them apart."""
    assert list(PRESETS) == ["sdtool-plus-municipality", "sdtool-plus-region", "sdlon"]
    municipality, region, sdlon = (Mapping.read(name) for name in PRESETS)
    assert (municipality.prefix, region.prefix, sdlon.prefix) == (False, True, False)
    assert (municipality.padding, sdlon.padding) == (0, 5)
    assert municipality.engagement_types == {"hourly": "timelønnet", "full": "fuldtid", "part": "deltid"}
    assert (municipality.raw_unit, municipality.unit_code, municipality.title) == (
        "extension_5",
        "extension_4",
        "extension_1",
    )
    assert (region.placement, region.unit_prefix) == ("region", True)
    assert (municipality.fraction_synced, sdlon.fraction_synced) == (False, True)


def test_who_is_locked_out_is_employed_and_not_on_leave():
    """Status 4 is unknown to sdlon, which leaves the engagement as it is."""
    assert all(mapping.active == {"0", "1", "3", "4"} for mapping in PRESETS.values())
    assert all(mapping.leave == {"3"} for mapping in PRESETS.values())


def test_a_file_says_what_differs_from_its_base(tmp_path):
    """Everything else is the preset's, and the name is the file's."""
    path = written(
        tmp_path,
        """
        base = "sdlon"
        prefix = true
        clamp = 1930-01-01
        ignore_unit_names = ["^%", "^Ø_"]
        leave_types = ["barsel"]
        [engagement_types]
        salaried = "maanedsloen"
        hourly = "timeloen"
        """,
    )
    mapping = Mapping.read(path)
    assert (mapping.name, mapping.prefix, mapping.padding) == ("nordby", True, 5)
    assert mapping.engagement_types == {"salaried": "maanedsloen", "hourly": "timeloen"}
    assert mapping.clamp == date(1930, 1, 1)
    assert mapping.ignore_unit_names == ("^%", "^Ø_")
    assert mapping.leave_types == ("barsel",)
    assert Mapping.read(str(path)) == mapping


def test_overrides_win_over_the_file(tmp_path):
    """What a caller gives is last."""
    path = written(tmp_path, 'base = "sdlon"\npadding = 6\n')
    assert Mapping.read(path, padding=0, units=False).padding == 0
    assert Mapping.read("sdlon", clamp="01-01-1930").clamp == date(1930, 1, 1)
    assert Mapping.read(PRESETS["sdlon"], fraction=False).fraction is False


@pytest.mark.parametrize("name", PRESETS)
def test_a_mapping_survives_being_written(tmp_path, name):
    """``to_toml`` and ``read`` are each other's reverse."""
    mapping = Mapping.read(name, clamp="1930-01-01")
    again = Mapping.read(written(tmp_path, mapping.to_toml()))
    assert again == replace(mapping, name="nordby")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("base = []", "There is no mapping of SD to MO '[]'. Known: sdlon, sdtool-plus-municipality"),
        ('base = "sdlone"', "There is no mapping of SD to MO 'sdlone'. Did you mean sdlon?"),
        ("prefx = true", "called 'prefx'. Did you mean prefix or unit_prefix?"),
        ('prefix = "yes"', "prefix of the mapping file {path} can not be 'yes'. It is true or false."),
        (
            "padding = true",
            "padding of the mapping file {path} can not be True. It is a number from 0 to 12.",
        ),
        ("padding = 99", "can not be 99. It is a number from 0 to 12."),
        ('active = ["0", "5"]', "There is no status code in SD called '5'. Known: 0, 1, 3, 4, 7, 8, 9, S."),
        ('active = ["0"]', "the leave codes 3 are not among the active. Add them to active."),
        ('title = "extension_11"', "There is no title 'extension_11'. Did you mean extension_1"),
        ('placement = "parents"', "There is no placement 'parents'. Did you mean parent?"),
        ('engagement_type = "hour"', "There is no engagement_type 'hour'. Did you mean hours?"),
        ('engagement_type = "status"', "There is no word of engagement_type 'status' called"),
        (
            'engagement_type = "hours"\nengagement_types = {hourly = "t"}',
            "engagement_types has no class for full, part. Add each as WORD = 'user_key of the class'.",
        ),
        ('engagement_type = "number"', "needs divide. Give the first hourly number."),
        ('engagement_types = ["a"]', "It is a table of texts"),
        ('raw_unit = "association"\nassociation_type = ""', "needs association_type."),
        (
            'unit_addresses = {mail = "EmailUnit"}',
            "no entry of unit_addresses called 'mail'. Did you mean email?",
        ),
        ('clamp = "i morgen"', "clamp of the mapping file {path} can not be 'i morgen'. It is a date"),
        ('ignore_unit_names = ["("]', "It is a list of regular expressions, which '(' is not:"),
        ('leave_types = "barsel"', "It is a list of texts"),
        ("= 1", "The mapping file {path} is no valid TOML:"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(tmp_path, settings, message):
    """One sentence that names file, setting and value, and one way out."""
    base = "" if settings.startswith(("base", "=")) else 'base = "sdlon"\n'
    path = written(tmp_path, base + settings)
    with pytest.raises(InputError) as caught:
        Mapping.read(path)
    assert message.format(path=path) in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    """With its path."""
    with pytest.raises(InputError, match=r"There is no mapping file .*none\.toml"):
        Mapping.read(tmp_path / "none.toml")
    with pytest.raises(InputError, match=r"There is no mapping of SD to MO 'sdtool-plus'. Did you mean"):
        Mapping.read("sdtool-plus")


def test_a_file_without_base_starts_from_the_plain_defaults(tmp_path):
    """Only status codes and job codes are then SD's."""
    mapping = Mapping.read(written(tmp_path, "padding = 5\n"))
    assert [mapping.compares(name) for name in ("job_function", "unit", "title", "engagement_type")] == [
        True,
        True,
        False,
        False,
    ]
