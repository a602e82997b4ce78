"""What a check looks like, and what it does with CPR numbers."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from motoolkit import Plan
from motoolkit.errors import InputError, PlanError
from motoolkit.plan import Check, Problem
from motoolkit.plan._checks_addresses import wrong_value

E = "00000000-0000-4000-8000-00000000000e"
U = "00000000-0000-4000-8000-000000000005"

PROBLEMS = (
    Problem(
        "error", 1, "still-in-use", f"The org_unit 'A & B' {U} shall end.", "Let the plan end these too."
    ),
    Problem("warning", 0, "duplicate-cpr", "It has 010190-1234, 0101901234 and <b>.", "Update 0101901234."),
    Problem("info", None, "split", "It is sent as 3 updates."),
)


@pytest.fixture
def check() -> Check:
    """A check of two operations, with a problem of each severity."""
    plan = Plan()
    plan.update("engagement", E, start="2020-01-01", user_key="K")
    plan.terminate("org_unit", U, end="2022-01-01")
    return Check(plan.operations, PROBLEMS)


def test_errors_and_warnings_are_told_apart(check):
    """Only errors make a check not ok."""
    assert not check.ok
    assert [p.code for p in check.errors] == ["still-in-use"]
    assert [p.code for p in check.warnings] == ["duplicate-cpr"]
    assert Check(check.operations, PROBLEMS[1:]).ok


def test_a_check_as_text(check):
    """A count, then each problem with its way out below; CPR numbers are masked."""
    assert str(check) == repr(check)
    assert str(check) == (
        "A plan of 2 operations: 1 error, 1 warning, 1 note\n"
        f"error in operation 2, still-in-use: The org_unit 'A & B' {U} shall end.\n"
        "    Let the plan end these too.\n"
        "warning in operation 1, duplicate-cpr: It has 010190-xxxx, 010190-xxxx and <b>.\n"
        "    Update 010190-xxxx.\n"
        "info, split: It is sent as 3 updates."
    )


def test_nothing_wrong_as_text():
    """It is said in words."""
    assert str(Check((), ())) == "Nothing is wrong with a plan of 0 operations."


def test_a_check_in_a_terminal(check):
    """Rich prints the same words."""
    console = Console(width=200, record=True, file=StringIO())
    console.print(check)
    assert [line.rstrip() for line in console.export_text().splitlines()] == str(check).splitlines()


def test_a_check_in_a_notebook(check):
    """Danish headings, nothing that is read as HTML, CPR numbers masked."""
    html = check._repr_html_()
    for heading in ("Alvor", "Operation", "Objekt", "Hvad", "Hvad kan gøres"):
        assert f">{heading}</th>" in html
    assert "Afslut</td>" in html
    assert f"org_unit {U}</td>" in html
    assert "A &amp; B" in html
    assert "010190-xxxx and &lt;b&gt;." in html
    assert "1234" not in html


def test_a_check_as_a_frame(check):
    """A problem a row, with the operation that it is about."""
    frame = check.frame()
    assert list(frame.columns) == [
        *("severity", "code", "operation", "action", "kind", "uuid", "start", "end", "text", "remedy")
    ]
    assert frame["operation"].tolist()[:2] == [1, 0]
    assert frame["kind"].tolist()[:2] == ["org_unit", "engagement"]
    assert frame["kind"].isna().tolist() == [False, False, True]
    assert frame["text"][1] == "It has 010190-xxxx, 010190-xxxx and <b>."


def test_errors_can_be_raised(check):
    """The first is told, masked, with its way out."""
    with pytest.raises(PlanError, match="The org_unit 'A & B'") as raised:
        check.raise_unless_ok()
    assert raised.value.remedy == "Let the plan end these too."
    well = Check(check.operations, ())
    assert well.raise_unless_ok() is well


def test_a_plan_without_a_client_can_not_be_checked():
    """It does not know which MO it is for."""
    with pytest.raises(InputError, match="which MO"):
        Plan().check()


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        ("EMAIL", "k@a.dk"),
        ("EMAIL", "karen.prøve+x@sub.kommune.dk"),
        ("EMAIL", " k@a.dk"),
        ("EMAIL", "Karen Jensen <k@a.dk>"),
        ("PHONE", "12"),
        ("PHONE", "+4512345678"),
        ("WWW", "http://a"),
        ("WWW", "HTTPS://kommune.dk/x?y=1"),
        ("EAN", "5790000000000"),
        ("PNUMBER", "1234567890"),
        ("DAR", "0a3f50a0-0000-32b8-e044-0003ba298018"),
        ("TEXT", "Rum 1"),
        ("MULTIFIELD_TEXT", "Rum 1"),
    ],
)
def test_values_that_mo_takes(scope, value):
    """By the scope of the address type (measured on a real MO)."""
    assert wrong_value(scope, value) is None


@pytest.mark.parametrize(
    ("scope", "value", "wrong"),
    [
        ("EMAIL", "a.dk", "is no e-mail address"),
        ("EMAIL", "a@localhost", "is no e-mail address"),
        ("EMAIL", "a@kommune.local", "is no e-mail address"),
        ("EMAIL", "a@b.test", "is no e-mail address"),
        ("EMAIL", "a@1.2.3.4", "is no e-mail address"),
        ("EMAIL", f"{'a' * 65}@b.dk", "is no e-mail address"),
        ("EMAIL", "a b@c.dk", "is no e-mail address"),
        ("PHONE", "12 34", "is no telephone number"),
        ("PHONE", "12-34", "is no telephone number"),
        ("WWW", "kommune.dk", "is no web address"),
        ("WWW", "ftp://kommune.dk", "is no web address"),
        ("EAN", "579", "is no EAN number"),
        ("PNUMBER", "12345678901", "is no P-number"),
        ("DAR", "Vestergade 1", "is no UUID of an address in DAR"),
        (None, "x", "can not be checked: the type has no scope that MO knows"),
        ("FAX", "x", "can not be checked: the type has no scope that MO knows"),
    ],
)
def test_values_that_mo_refuses(scope, value, wrong):
    """Each with what is wrong."""
    found = wrong_value(scope, value)
    assert found is not None
    assert found[0] == wrong
