"""Every input of onboarding with something wrong in it: one sentence at its field, and nothing is sent."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.forms import Choices
from motoolkit.forms.onboarding import Draft, Lookup, check, onboard

AS_OF = date(2026, 11, 23)
START = "2026-12-01"
PERSON = {"cpr_number": "020290-1230", "given_name": "Eva", "surname": "Fejl"}
JOB = {
    "org_unit": "Vig Skole",
    "job_function": "3001",
    "engagement_type": "maanedsloen",
    "primary": "primary",
    "start": START,
}
ACCOUNT = {"itsystem": "AD", "user_key": "evafejl", "start": START}
SEAT = {
    "org_unit": "Vig Skole",
    "manager_type": "leder",
    "manager_level": "niveau5",
    "responsibilities": "personaleledelse",
    "start": START,
}
MAIL = {"address_type": "EmailEmployee", "value": "eva@vig.example", "start": START}
GOOD = {"person": PERSON, "engagements": [JOB], "itusers": [ACCOUNT], "managers": [SEAT], "addresses": [MAIL]}
NOBODY = "0a000000-0000-4000-8000-00000000dead"

CASES = [
    # step, field, what is entered, code, the sentence
    ("person", "cpr_number", "0202901", "unreadable", "Det er ikke et CPR-nummer: skriv ti cifre."),
    ("person", "cpr_number", "320190-1234", "no-birthday", "De første seks cifre er ikke en dato."),
    ("person", "cpr_number", "010130-4123", "not-born", "Fødselsdagen ligger i fremtiden."),
    ("person", "given_name", "  ", "missing", "Udfyld fornavn."),
    ("person", "surname", None, "missing", "Udfyld efternavn."),
    ("engagements", "org_unit", None, "missing", "Udfyld enhed."),
    ("engagements", "org_unit", NOBODY, "unknown", "MO kender ikke det, der er valgt som enhed."),
    ("engagements", "org_unit", "Vig Skol", "unreadable", "Der er ikke nogen 'Vig Skol' at vælge i Enhed."),
    (
        "engagements",
        "job_function",
        "9999999",
        "unreadable",
        "Der er ikke nogen '9999999' at vælge i Stillingsbetegnelse.",
    ),
    (
        "engagements",
        "engagement_type",
        "primary",
        "unreadable",
        "Der er ikke nogen 'primary' at vælge i Engagementstype.",
    ),
    ("engagements", "primary", NOBODY, "unknown", "MO kender ikke det, der er valgt som primær."),
    ("engagements", "percent", "120", "unreadable", "'120' er ikke en procent mellem 0 og 100."),
    ("engagements", "percent", "halv", "unreadable", "'halv' er ikke en procent mellem 0 og 100."),
    (
        "engagements",
        "start",
        "31-11-2026",
        "unreadable",
        "'31-11-2026' er ikke en dato: skriv den som 01-12-2026.",
    ),
    ("engagements", "start", None, "missing", "Udfyld første dag."),
    ("engagements", "end", "2026-12-01", "end-before-start", "Sidste dag er før første dag."),
    ("itusers", "itsystem", None, "missing", "Udfyld IT-system."),
    ("itusers", "user_key", "", "missing", "Udfyld brugernavn."),
    ("itusers", "engagements", [NOBODY], "unknown", "Det har personen ikke."),
    ("itusers", "engagements", ["#7"], "unreadable", "Der er ikke nogen #7 i til engagementerne."),
    ("managers", "manager_type", "chef", "unreadable", "Der er ikke nogen 'chef' at vælge i Ledertype."),
    ("managers", "manager_level", None, "missing", "Udfyld lederniveau."),
    ("managers", "responsibilities", [], "missing", "Udfyld lederansvar."),
    ("managers", "engagement", NOBODY, "unknown", "Det har personen ikke."),
    ("addresses", "address_type", None, "missing", "Udfyld adressetype."),
    (
        "addresses",
        "value",
        "eva.vig.example",
        "bad-address",
        "'eva.vig.example' er ikke en e-mailadresse: skriv den som karen@kommune.dk.",
    ),
    ("addresses", "visibility", "Synlig", "unreadable", "Der er ikke nogen 'Synlig' at vælge i Synlighed."),
    ("addresses", "ituser", NOBODY, "unknown", "Det har personen ikke."),
    ("addresses", "engagement", NOBODY, "unknown", "Det har personen ikke."),
]


def _draft(step=None, field=None, value=None, **more):
    """Return a good draft with one value in it that is not."""
    told = {name: dict(rows) if name == "person" else [dict(rows[0])] for name, rows in GOOD.items()} | more
    if step == "person":
        told["person"][field] = value
    elif step is not None:
        told[step][0][field] = value
    return Draft.of(**told)


@pytest.fixture
def found(choices, lookup):
    """Return what is wrong with a draft, as (step, row, field, code) and sentence."""

    def look(draft):
        return {(*t.where, t.code): t.text for t in check(draft, choices, lookup, AS_OF)}

    return look


def test_the_good_draft_has_nothing_wrong(found):
    """Else what follows would prove nothing."""
    assert found(_draft()) == {}


@pytest.mark.parametrize(("step", "field", "value", "code", "sentence"), CASES)
def test_a_wrong_value_is_told_at_its_field(found, step, field, value, code, sentence):
    """One sentence in Danish, at the very field."""
    assert found(_draft(step, field, value))[step, 0, field, code] == sentence


def test_the_cpr_number_of_somebody_in_mo(mo, choices, found):
    """A second person is not made: the first one is named."""
    known = {"cpr_number": "030390-1230", "given_name": "Kaj", "surname": "Kendt"}
    assert onboard(mo, known, as_of=AS_OF, choices=choices).ok
    told = found(_draft(person=known | {"given_name": "Kai"}))
    assert told["person", 0, "cpr_number", "known-person"] == (
        "Kaj Kendt har dette CPR-nummer og er allerede i MO: tilføj til den person i stedet."
    )


def test_a_username_that_another_has_or_had(mo, choices, found):
    """Upper and lower case are the same name, and one that ended is still somebody's."""
    accounts = [
        {"itsystem": "AD", "user_key": "NuTaget", "start": "2020-01-01"},
        {"itsystem": "AD", "user_key": "EngangTaget", "start": "2015-01-01", "end": "2016-01-01"},
    ]
    her = {"given_name": "Tine", "surname": "Tager"}
    made = onboard(mo, her, itusers=accounts, as_of=AS_OF, choices=choices)
    assert made.ok
    where = ("itusers", 0, "user_key", "username-taken")
    assert found(_draft("itusers", "user_key", "nutaget"))[where] == (
        "Tine Tager har dette brugernavn, fra 01-01-2020: vælg et andet."
    )
    assert found(_draft("itusers", "user_key", "engangtaget"))[where] == (
        "Tine Tager havde dette brugernavn, 01-01-2015 – 31-12-2015: vælg et andet."
    )
    other_system = {**ACCOUNT, "itsystem": "SKOLE-AD", "user_key": "nutaget"}
    assert found(_draft(itusers=[other_system])) == {}
    own = Draft.of(made.outcomes[0].operation.uuid, itusers=[{**ACCOUNT, "user_key": "engangtaget"}])
    assert found(own) == {}, "one's own former name may be had again"
    twice = Draft.of(made.outcomes[0].operation.uuid, itusers=[{**ACCOUNT, "user_key": "nutaget"}])
    assert ("itusers", 0, "user_key", "username-mine") in found(twice)


def test_a_username_twice_in_one_draft(found):
    """The second one is marked."""
    told = found(_draft(itusers=[ACCOUNT, {**ACCOUNT, "user_key": "EvaFejl"}]))
    assert told["itusers", 1, "user_key", "username-twice"] == "Brugernavnet står her to gange."


def test_a_role_of_another_system(choices, found):
    """MO takes it in silence, and nobody gets any access by it."""
    role = next(o for o in choices.classes(("role",), AS_OF) if o.words == "fag-laerer")
    told = found(_draft("itusers", "roles", [role.value]))
    assert told["itusers", 0, "roles", "wrong-itsystem"] == f"Rollen {role.label} hører til Fagsystem Skole."


def test_a_unit_that_does_not_exist_yet_or_ends_too_soon(mo, choices):
    """A unit's life bounds the period, as MO demands."""
    kind = choices.classes(("org_unit_type",), AS_OF)[0].value
    plan = mo.plan("Enheder")
    later = plan.create("org_unit", start="2027-06-01", name="Kommer senere", unit_type=kind)
    short = plan.create("org_unit", start="2020-01-01", end="2027-01-01", name="Slutter", unit_type=kind)
    assert plan.apply().ok

    def told(unit):
        found = check(_draft("engagements", "org_unit", unit), Choices.of(mo), Lookup(mo), AS_OF)
        return {trouble.where: trouble.text for trouble in found}

    assert told(later)["engagements", 0, "org_unit"] == (
        "Kommer senere findes kun fra 01-06-2027: vælg en anden første dag."
    )
    assert told(short)["engagements", 0, "end"] == (
        "Slutter findes kun 01-01-2020 – 31-12-2026: vælg en tidligere sidste dag."
    )


def test_no_primary_and_two_primaries(found):
    """MO stops neither, so both are said; they may be meant."""
    plain = {**JOB, "primary": "non-primary"}
    assert found(_draft(engagements=[plain, plain]))["engagements", 0, "primary", "no-primary"] == (
        "Intet af engagementerne er primært."
    )
    told = found(_draft(engagements=[JOB, {**JOB, "primary": "explicitly-primary"}]))
    assert told["engagements", 1, "primary", "two-primaries"] == (
        "Et andet engagement er primært på samme tid."
    )


def test_a_job_before_birth(found):
    """MO lets a person begin at birth, and refuses what begins before."""
    child = {**PERSON, "cpr_number": "010126-5560"}
    told = found(_draft(person=child, engagements=[{**JOB, "start": "2025-01-01"}]))
    assert told["engagements", 0, "start", "before-birth"] == "Personen er ikke født til den tid."


def test_an_account_that_outlives_its_engagement(found):
    """It is said, and may be meant."""
    short = {**JOB, "end": "2027-01-01"}
    told = found(_draft(engagements=[short], itusers=[{**ACCOUNT, "engagements": ["#1"]}]))
    assert told["itusers", 0, "engagements", "outlives"] == (
        "Det findes kun 01-12-2026 – 31-12-2026, og dette varer længere."
    )


@pytest.mark.parametrize("typed", ["45 00 11 22", "+45 45-00-11-22", "(45) 001122"])
def test_a_telephone_number_is_tidied(found, typed):
    """MO takes digits only; blanks, dashes and brackets are how people write them."""
    assert (
        found(
            _draft(
                "addresses",
                "address_type",
                "PhoneEmployee",
                addresses=[{**MAIL, "address_type": "PhoneEmployee", "value": typed}],
            )
        )
        == {}
    )


def test_a_telephone_number_with_letters(found):
    """What can not be tidied is marked."""
    phone = {**MAIL, "address_type": "PhoneEmployee", "value": "ring først"}
    told = found(_draft(addresses=[phone]))
    assert told["addresses", 0, "value", "bad-address"] == (
        "'ringførst' er ikke et telefonnummer: skriv kun cifre, eventuelt med + foran."
    )


def test_a_name_that_may_be_several(found):
    """A job function with the name of another is asked for by its key."""
    told = found(_draft("addresses", "address_type", "E-mail"))
    assert ("addresses", 0, "address_type", "unreadable") not in told


def test_a_person_who_is_not_in_mo_gets_no_additions(found):
    """The UUID is looked up."""
    assert found(Draft.of(NOBODY, engagements=[JOB]))["person", 0, "", "unknown-person"] == (
        "Personen er ikke (længere) i MO."
    )


def test_without_a_cpr_number_there_is_a_warning(found):
    """MO takes such persons, and can not tell whether they are there already."""
    told = found(_draft("person", "cpr_number", None))
    assert list(told) == [("person", 0, "cpr_number", "no-cpr")]
