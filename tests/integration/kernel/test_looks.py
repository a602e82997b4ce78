"""Quick looks at persons, units and histories, on a sandbox that is changed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import TODAY, launch

import motoolkit
from motoolkit.errors import InputError
from motoolkit.kernel._session import Session
from motoolkit.kernel.looks import diff_look, person_look, unit_look
from motoolkit.kernel.looks._rows import with_places
from motoolkit.plan import read

HANS = "Hans Holm"


@pytest.fixture(scope="module")
def mo(tmp_path_factory):
    """A MO of one's own, of 60 persons, in which one engagement has a history."""
    running = launch("--persons", "60", "--today", TODAY, log=tmp_path_factory.mktemp("looks") / "log")
    with motoolkit.connect(running.url) as client:
        yield client
    running.stop()


@pytest.fixture(scope="module")
def session(mo):
    """A session on the day of the sandbox."""
    session = Session({"mo": mo})
    session.as_of = date.fromisoformat(TODAY)
    return session


@pytest.fixture(scope="module")
def hans(session):
    """The card of a teacher at two schools."""
    return person_look(session, HANS)


@pytest.fixture(scope="module")
def engagement(mo, hans):
    """Hans's engagement at Vig Skole after it was changed, and then ended."""
    uuid = next(row.uuid for row in hans.rows("Ansættelser") if row.cells[1] == "Vig Skole")
    plan = mo.plan("Halv tid <til jul>")
    plan.update("engagement", uuid, start="2027-01-01", fraction=500_000)
    assert plan.apply().ok
    plan = mo.plan("Stopper")
    plan.terminate("engagement", uuid, end="2028-01-01")
    assert plan.apply().ok
    return uuid


def cpr_of(mo, uuid: str) -> str:
    """Return a person's CPR number, as nobody should see it."""
    pages = mo.read("persons", fields=["cpr_number"], filter={"uuids": [uuid]})
    return next(o["validities"][0]["cpr_number"] for page in pages for o in page.objects)


def test_a_person_is_a_card_of_all_they_have(hans):
    """Engagements with unit and job, what is to come last; accounts with their roles; deputies."""
    assert [(*row.cells[:2], row.state) for row in hans.rows("Ansættelser")] == [
        ("Lærer", "Ravnsnæs Skole", "now"),
        ("Lærer", "Vig Skole", "now"),
        ("Lærer", "Vig Skole, specialklasser", "future"),
    ]
    assert [row.cells[3] for row in hans.rows("Tilknytninger")] == ["Liv Nguyen", ""]
    roles = {row.cells[0]: row.cells[4] for row in hans.rows("IT-konti") if row.cells[4]}
    assert roles == {
        "hh.laerer@ravnsnaes-skole.example": "Lærer",
        "hh.laerer@vig-skole.example": "Skoleledelse",
    }
    assert dict(hans.facts)["CPR-nummer"] == "250182-xxxx (44 år)"


def test_a_notebook_gets_a_drawing_and_a_terminal_gets_blocks(hans):
    """The same look; what is not yet so is grey and says so."""
    html, text = hans._repr_html_(), repr(hans)
    assert html.count("<polygon") == 3
    assert '<span style="color: var(--jp-ui-font-color2, #808080)">kommende</span>' in html
    assert "NS-04711\n  fra 01-01-2021 " in text
    assert text.splitlines()[0] == "Hans Holm · Person, som det er 23-11-2026"


def test_a_person_is_found_by_anything_that_names_them(mo, session, hans):
    """UUID, CPR number with and without dash, username in any case, employee number, part of the name."""
    cpr = cpr_of(mo, hans.uuid)
    names = [
        hans.uuid,
        cpr,
        f"{cpr[:6]}-{cpr[6:]}",
        "HH.LAERER@VIG-SKOLE.EXAMPLE",
        "NS-04711",
        "hans hol",
        f"'{HANS}'",
    ]
    assert {person_look(session, name).uuid for name in names} == {hans.uuid}


def test_no_cpr_number_is_ever_shown(mo, session, hans):
    """Neither on the card nor in the choices nor in what a failed search says."""
    number = cpr_of(mo, hans.uuid)
    looks = [hans, person_look(session, number), person_look(session, "Hans")]
    with pytest.raises(InputError) as caught:
        person_look(session, f"{number[:6]}-0000")
    told = [str(caught.value), *(text for look in looks for text in (repr(look), look._repr_html_()))]
    assert all(number[6:] not in text.replace(hans.uuid, "") for text in told)
    assert "250182-xxxx" in str(caught.value)


def test_several_who_may_be_meant_are_a_list_to_choose_from(session):
    """With what tells them apart, and the UUIDs to go on with."""
    look = person_look(session, "Hans")
    assert [(row.cells[0], row.cells[2]) for row in look.rows("Personer")] == [
        (HANS, "Lærer, Ravnsnæs Skole; Lærer, Vig Skole"),
        ("Hans-Jørgen Bech", "Centerchef, Center for Ældre"),
    ]
    assert person_look(session, look.rows("Personer")[0].uuid).title == HANS


def test_nobody_is_an_error_with_near_names(session):
    """One sentence, one way out."""
    with pytest.raises(InputError, match=r"^There is no person 'Hans Hlm'\. Did you mean Hans Holm"):
        person_look(session, "Hans Hlm")
    with pytest.raises(InputError, match="Write a name as MO has it"):
        person_look(session, "Qwertyuiop")


def test_a_secret_address_is_marked(session):
    """Trap: visibility is a class, and its scope says SECRET."""
    look = person_look(session, "Hans-Jørgen Bech")
    assert [row.warning for row in look.rows("Adresser")] == ["hemmelig"]
    assert "(HEMMELIG)" in repr(look)


def test_a_phone_number_is_no_cpr_number(hans):
    """Trap: +45 and eight digits are ten digits, which would be masked."""
    assert "+45 00 00 11 22" in repr(hans)


def test_a_card_is_of_the_day_that_was_chosen(mo):
    """What was the future is the present, and the names are those of the day."""
    session = Session({"mo": mo})
    session.as_of = date(2019, 1, 1)
    look = person_look(session, "Jesper Stigende")
    assert [row.state for row in look.rows("Ansættelser")] == ["future"]
    assert unit_look(session, "N0009").title == "Skole og Dagtilbud"


def test_a_unit_is_a_card_with_its_place_and_its_branch(session):
    """The path from the root, what is below with how many work there, and its life."""
    look = unit_look(session, "N0009")
    assert look.path == ("Nordby Kommune", "Børn, Unge og Læring")
    assert dict(look.facts)["Findes"] == "fra 01-01-2007"
    assert [look.tree.name(uuid) for uuid in look.tree.children(look.uuid)] == [
        "Center for Dagtilbud",
        "Center for Skole",
        "Familieafdelingen",
    ]
    assert "├─ Vig Skole  (" in repr(look)
    assert "<summary" in look._repr_html_()


def test_a_unit_draws_what_it_was_called(session):
    """Three names through time are three bars."""
    text = repr(unit_look(session, "N0009"))
    assert "  01-01-2007 – 30-04-2019 " in text
    assert "Skole og Dagtilbud" in text
    assert "Børn, Unge og Kultur" in text


def test_a_unit_without_a_manager_shows_whose_it_inherits(session):
    """The nearest unit above that has one, as MO's ``inherit`` does."""
    look = unit_look(session, "Nordby Musikskole")
    assert look.rows("Ledere") == ()
    assert [row.cells[0] for row in look.rows("Leder, nedarvet fra Kultur og Fritid")] == [
        "Lisbeth Østergaard"
    ]


def test_a_closed_unit_can_be_looked_at(session):
    """And says that it is closed."""
    look = unit_look(session, "N9001")
    assert look.quiet == "Enhed, som den er 23-11-2026 (nedlagt)"
    assert dict(look.facts)["Findes"] == "01-01-2007 – 28-02-2025"


def test_units_of_a_name_are_a_list_to_choose_from_or_the_one_of_exactly_that_name(session):
    """Trap: the names of other units begin with it."""
    assert unit_look(session, "vig skole").title == "Vig Skole"
    assert {row.cells[0] for row in unit_look(session, "Vig").rows("Enheder")} >= {
        "Vig Skole",
        "Vig Skole, mellemtrin",
    }
    with pytest.raises(InputError, match="Did you mean Nordby Kommune"):
        unit_look(session, "Kommunn")


def test_a_history_tells_who_wrote_what_and_when(session, engagement):
    """Newest first: the end, the change, the creation; each field with its period, old and new."""
    look = diff_look(session, engagement)
    ended, changed, created = look.registrations
    assert [(c.field, c.old, c.new, str(c.validity)) for c in ended.changes] == [
        ("", "ophører", "", "[2028-01-01, …)")
    ]
    assert [(c.field, c.old, c.new, str(c.validity)) for c in changed.changes] == [
        ("fraction", "40 %", "50 %", "[2027-01-01, …)")
    ]
    assert {c.field: c.new for c in created.changes}["org_unit"] == "Vig Skole"
    assert created.actor == "en gammel session"
    assert "Beskæftigelsesgrad  fra 01-01-2027  40 %  50 %" in repr(look)


def test_two_days_of_an_object_are_compared(session, engagement):
    """What is otherwise on the second; days in any way that Danes write them."""
    look = diff_look(session, f"{engagement} --at 2026-12-01 --at 01-02-2027")
    assert [(c.field, c.old, c.new) for c in look.changes] == [("fraction", "40 %", "50 %")]
    assert "01-12-2026" in look._repr_html_()


def test_two_objects_are_compared(session, hans, engagement):
    """Where only one of them is there, and what differs where both are."""
    other = next(row.uuid for row in hans.rows("Ansættelser") if row.cells[1] == "Ravnsnæs Skole")
    look = diff_look(session, f"{other} {engagement}")
    first = look.changes[0]
    assert (first.field, first.old, first.new, str(first.validity)) == (
        "",
        "ja",
        "nej",
        "[2021-01-01, 2025-07-01)",
    )
    assert ("Ravnsnæs Skole", "Vig Skole") in {(c.old, c.new) for c in look.changes}


@pytest.mark.parametrize("text", ["Hans", "", "a --at 2026-01-01", "UUID UUID UUID"])
def test_what_can_not_be_compared_is_told(session, text):
    """With the three ways to ask."""
    with pytest.raises(InputError, match="Write %mo diff UUID, %mo diff UUID UUID, or %mo diff UUID --at"):
        diff_look(session, text)


def test_an_object_that_never_was_is_told(session):
    """By its UUID."""
    with pytest.raises(InputError, match="MO never had an object 00000000-0000-4000-8000-00000000000f"):
        diff_look(session, "00000000-0000-4000-8000-00000000000f")


def test_a_person_and_an_engagement_have_nothing_in_common(session, hans, engagement):
    """Comparing them is a mistake that is told."""
    with pytest.raises(InputError, match="Compare two objects of one kind"):
        diff_look(session, f"{hans.uuid} {engagement}")


def test_a_place_that_mo_can_not_name_stays_a_uuid(mo, hans):
    """Trap: the value of a DAR address is a UUID; MO names it where it can."""
    uuid = hans.rows("Adresser")[0].uuid
    found = read(mo, "addresses", {"uuids": [uuid]})
    place = "0a3f50a0-0000-4000-8000-000000000001"
    (key, (span,)) = next(iter(found.items()))
    moved = {key: (replace(span, values=span.values | {"value": place}),)}
    assert with_places(mo, moved) == moved
    assert with_places(mo, found) is found
