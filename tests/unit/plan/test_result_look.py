"""What a result looks like: Danish words, names, the gravest first, and no CPR number."""

from __future__ import annotations

from io import StringIO
from typing import get_args

import pytest
from rich.console import Console

from motoolkit import Plan
from motoolkit.plan import Outcome, Result, Span
from motoolkit.plan._result import OUTCOMES, Became
from motoolkit.plan._result_look import WORDS

P = "00000000-0000-4000-8000-00000000000a"
U = "00000000-0000-4000-8000-000000000005"


def made(*became, **facts) -> Result:
    """Return a result of an operation for each outcome, all on one unit."""
    plan = Plan("Omorganisering <2027>")
    for number, _ in enumerate(became):
        plan.update("org_unit", U, start="2027-01-01", name=f"A & B {number}")
    outcomes = zip(plan.operations, became, strict=True)
    return Result(tuple(Outcome(o, b, "Fordi 010190-1234 <b>.") for o, b in outcomes), **facts)


def printed(result: Result) -> str:
    """Return what a terminal shows."""
    page = StringIO()
    Console(file=page, width=200).print(result)
    return page.getvalue()


def test_every_outcome_has_a_danish_word():
    """No outcome is left out, and they stand in the order of gravity that results have."""
    assert tuple(WORDS) == OUTCOMES
    assert set(WORDS) == set(get_args(Became))


@pytest.mark.parametrize(
    ("became", "told"),
    [
        ("done", "1 operation: 1 udført."),
        ("already so", "1 operation: 1 var det allerede."),
        ("valid", "1 operation: 1 ville blive godtaget."),
        ("refused", "1 operation: 1 afvist."),
        ("rolled back", "1 operation: 1 rullet tilbage."),
        ("not sent", "1 operation: 1 ikke sendt."),
        ("differs", "1 operation: 1 afviger."),
        ("unknown", "1 operation: 1 uvist."),
    ],
)
def test_the_count_stands_on_top(became, told):
    """Both looks begin with how many operations became what."""
    assert made(became)._repr_html_().startswith(f"<p><b>{told}</b></p>")
    assert printed(made(became)).splitlines()[0].strip() == told


def test_the_gravest_come_first():
    """One refusal among many that are done is seen at once."""
    result = made("done", "done", "refused")
    assert printed(result).startswith("3 operationer: 1 afvist, 2 udført.")
    page = result._repr_html_().split("<tbody>")[1]
    assert page.index("afvist") < page.index("udført")


def test_dry_runs_say_so():
    """Nobody takes a dry run for the real thing."""
    told = "Prøvekørsel, intet er gemt: 1 operation: 1 ville blive godtaget."
    assert told in made("valid", dry_run=True)._repr_html_()


def test_unknown_says_that_applying_again_is_safe():
    """A lost answer comes with what to do about it, other outcomes do not."""
    assert "Planen kan trygt køres igen" in printed(made("unknown"))
    assert "Planen kan trygt køres igen" not in printed(made("done", "refused"))


def test_objects_are_called_by_their_names():
    """The name that MO holds afterwards stands in the table, the UUID where the mouse rests."""
    after = {("org_units", U): (Span(None, None, {"name": "Plejehjem Nord"}),)}
    page = made("done", after=after)._repr_html_()
    assert f'title="{U}">Plejehjem Nord</td>' in page
    assert "Ret Enhed" in page


def test_objects_that_mo_does_not_hold_are_called_as_they_were_told():
    """A person that was refused has the name from the plan; an ending without any name has its UUID."""
    plan = Plan()
    plan.create("person", uuid=P, given_name="Anna", surname="Andersen")
    plan.terminate("engagement", U, end="2027-01-01")
    page = printed(Result(tuple(Outcome(operation, "refused") for operation in plan.operations)))
    assert "Opret Person Anna Andersen" in " ".join(page.split())
    assert U in page
    assert P not in page


def test_texts_are_escaped_and_cpr_numbers_masked():
    """What MO or a person wrote is no markup, and shows no CPR number."""
    page, plain = made("refused")._repr_html_(), printed(made("refused"))
    assert "Fordi 010190-xxxx &lt;b&gt;." in page
    assert "A &amp; B 0" in page
    assert "Omorganisering &lt;2027&gt;" in page
    assert "1234" not in page + plain
    assert "Fordi 010190-xxxx <b>." in plain


def test_long_results_are_cut():
    """The first 200 are shown, and how many more there are."""
    page = made(*["done"] * 203)._repr_html_()
    assert page.count("<tr>") == 201
    assert "… og 3 operationer til; frame() har dem alle." in page


def test_an_empty_plan_says_so():
    """There is no table without rows."""
    assert Result(())._repr_html_() == "<p><b>Planen var tom: der var intet at gøre.</b></p>"
