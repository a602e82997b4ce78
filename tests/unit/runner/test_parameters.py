"""The parameters cell is read as Python reads it, and texts become what it says."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.errors import ParameterError
from motoolkit.runner import bind, read_parameters

TODAY = date(2026, 11, 23)


def bound(cell, **given):
    """Return what a notebook with this parameters cell gets."""
    return bind(read_parameters(cell), given, notebook="audit", today=TODAY)


def refused(cell, **given):
    """Return the error with which values are refused."""
    with pytest.raises(ParameterError) as caught:
        bound(cell, **given)
    return caught.value


def test_name_type_default_and_help_are_read_from_one_line():
    """The trailing comment is the help."""
    (found,) = read_parameters('as_of: "date" = "today"  # the date that the report shows')
    assert (found.name, str(found.type), found.default) == ("as_of", "date", "'today'")
    assert found.help == "the date that the report shows"


def test_what_papermill_can_not_read_is_read():
    """Its regular expression misses unions, Literal, quotes, and an equals sign inside a text."""
    cell = (
        "root: str | None = None\n"
        "mode: Literal['a', 'b'] = 'a'\n"
        "query: str = 'a=b'  # with an = sign\n"
        "days: Optional[int] = None\n"
        "units: list[str] = [\n    'one',  # not the help\n    'two',\n]  # the help\n"
    )
    found = read_parameters(cell)
    assert [(p.name, str(p.type)) for p in found] == [
        ("root", "str or none"),
        ("mode", "one of a, b"),
        ("query", "str"),
        ("days", "int or none"),
        ("units", "list of str"),
    ]
    assert (found[2].help, found[4].help) == ("with an = sign", "the help")


def test_an_unannotated_parameter_has_the_type_of_its_default():
    """A list takes the type of its first entry."""
    found = read_parameters("a = 'x'\nb = 3\nc = 0.5\nd = False\ne = [1, 2]")
    assert [str(p.type) for p in found] == ["str", "int", "float", "bool", "list of int"]


def test_imports_and_calls_in_the_cell_are_no_parameters():
    """Only assignments to names are."""
    cell = "from datetime import date\nprint('hello')\nas_of: date = date(2026, 1, 1)"
    assert [p.name for p in read_parameters(cell)] == ["as_of"]


@pytest.mark.parametrize("cell", ["person: str", "person: str = ..."])
def test_a_parameter_without_a_value_is_required(cell):
    """An annotation alone will do; with ``...`` papermill's help shows it too."""
    assert refused(cell).message == "audit needs person."


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("x: str = ''", "0101901234", "0101901234"),
        ("x: str = ''", "1e3", "1e3"),
        ("x: str = ''", "true", "true"),
        ("x: str = ''", "", ""),
        ("x: int = 0", "-7", -7),
        ("x: float = 0.0", "0,5", 0.5),
        ("x: float = 0.0", "1e3", 1000.0),
        ("x: bool = True", "false", False),
        ("x: bool = True", "no", False),
        ("x: bool = True", "Nej", False),
        ("x: bool = False", "ja", True),
        ("x: bool = False", "YES", True),
        ("x: 'date' = ''", "2026-02-28", "2026-02-28"),
        ("x: 'date' = ''", "28-02-2026", "2026-02-28"),
        ("x: 'date' = ''", "today", "2026-11-23"),
        ("x: Literal[1, 2] = 1", "2", 2),
        ("x: Literal['a', 'b'] = 'a'", "b", "b"),
        ("x: list[str] = []", '["å", "0123"]', ["å", "0123"]),
        ("x: list[date] = []", '["01-02-2026"]', ["2026-02-01"]),
        ("x: list = []", '[1, "a"]', [1, "a"]),
        ("x: str | None = None", "none", None),
        ("x: int | None = None", "null", None),
        ("x: int | None = None", "5", 5),
    ],
)
def test_a_text_becomes_what_the_annotation_says(cell, text, value):
    """The CPR number keeps its leading zero, and false is not a true string."""
    found = bound(cell, x=text)["x"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "text", "remedy"),
    [
        ("x: int = 0", "7.5", "It must be a whole number."),
        ("x: int = 0", "", "It must be a whole number."),
        ("x: float = 0.0", "nan", "It must be a number, as 0.5 or 0,5."),
        ("x: bool = True", "0", "It must be one of true, yes, ja, false, no, nej."),
        ("x: 'date' = ''", "2026-02-30", "It must be a date, as 2026-11-23, 23-11-2026 or today."),
        ("x: Literal['a', 'b'] = 'a'", "c", "It must be one of a, b."),
        ("x: list[str] = []", "a,b", 'It must be a JSON list, as ["a", "b"]: list of str.'),
        ("x: list[int] = []", '[1, "b"]', "It must be a JSON list whose entries are each a whole number."),
    ],
)
def test_a_text_that_does_not_fit_is_refused(cell, text, remedy):
    """The remedy says what would."""
    error = refused(cell, x=text)
    assert error.message == f"Parameter 'x' can not be {text!r}."
    assert error.remedy == remedy


@pytest.mark.parametrize(("cell", "value"), [("x: int = 0", True), ("x: str = ''", 101901234)])
def test_values_from_python_are_checked_too(cell, value):
    """A bool is no number, and a number is no text: its leading zero would be lost."""
    assert refused(cell, x=value).message == f"Parameter 'x' can not be {value!r}."


def test_values_from_python_that_fit_are_taken():
    """Dates become ISO texts, as a notebook gets them from papermill."""
    assert bound("x: bool = False\nday: 'date' = ''", x=True, day=date(2026, 1, 2)) == {
        "x": True,
        "day": "2026-01-02",
    }


def test_an_unknown_parameter_is_refused_with_the_near_one_and_all_that_are_known():
    """Papermill only warns, and runs on with the default."""
    error = refused("as_of: str = ''\nroot: str = ''", as_off="today")
    assert error.message == "audit has no parameter 'as_off'."
    assert error.remedy == "Did you mean as_of? Known: as_of, root."


def test_a_refused_value_shows_no_cpr_number():
    """It may have been meant for another parameter."""
    assert refused("x: int = 0", x="010190-1234").message == "Parameter 'x' can not be '010190-xxxx'."
