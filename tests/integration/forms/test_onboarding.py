"""Onboarding without a face: what is entered stands in MO exactly so, and nothing stands there twice."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.forms import FormError
from motoolkit.forms.onboarding import Draft, onboard, refusals, suggestions
from motoolkit.plan import read

AS_OF = date(2026, 11, 23)
START = "2026-12-01"
EVERYTHING = {
    "person": {"cpr_number": "010190-4560", "given_name": "Åse", "surname": "Prøve", "nickname_surname": "P"},
    "engagements": [
        {
            "org_unit": "Vig Skole",
            "job_function": "3001",
            "engagement_type": "Månedslønnet",
            "primary": "primary",
            "percent": "80,5",
            "user_key": "T-1",
            "extension_1": "Projekt",
            "start": "01-12-2026",
            "end": "2028-01-01",
        },
        {
            "org_unit": "Ravnsnæs Skole",
            "job_function": "Lærer",
            "engagement_type": "timeloen",
            "primary": "non-primary",
            "percent": 19.5,
            "start": START,
        },
    ],
    "itusers": [
        {
            "itsystem": "SKOLE-AD",
            "user_key": "aaseprv",
            "external_id": "S-1-5-21",
            "note": "Aftalt i telefonen",
            "primary": "primary",
            "engagements": ["#1", "#2"],
            "roles": ["skole-admin", "skole-bruger"],
            "start": START,
            "end": "2028-01-01",
        },
        {"itsystem": "Fagsystem Skole", "user_key": "aasep", "engagements": ["#1"], "start": START},
    ],
    "managers": [
        {
            "org_unit": "Vig Skole",
            "manager_type": "leder",
            "manager_level": "niveau5",
            "responsibilities": ["personaleledelse", "budgetansvarlig"],
            "engagement": "#1",
            "start": START,
            "end": "2028-01-01",
        }
    ],
    "addresses": [
        {"address_type": "EmailEmployee", "value": "aase@vig.example", "ituser": "#1", "start": START},
        {
            "address_type": "PhoneEmployee",
            "value": "+45 00 00-11 22",
            "visibility": "Hemmelig",
            "engagement": "#2",
            "start": START,
        },
    ],
}


def _owned(mo, person):
    """Return what MO holds of a person by collection, with names instead of UUIDs where they are classes."""
    chosen = {"employee": {"uuids": [person], "from_date": None, "to_date": None}}
    return {
        name: [
            spans for _, spans in sorted(read(mo, name, chosen).items(), key=lambda kv: str(kv[1][0].values))
        ]
        for name in ("engagements", "itusers", "managers", "addresses")
    }


def test_everything_stands_in_mo_as_it_was_entered(mo, choices):
    """A person with two jobs, two accounts with roles, a seat as manager and two addresses, in one plan."""
    result = onboard(mo, **EVERYTHING, as_of=AS_OF, choices=choices)
    assert result.ok, result
    person = result.outcomes[0].operation.uuid
    held = _owned(mo, person)
    first, second = sorted(held["engagements"], key=lambda spans: -spans[0].values["fraction"])
    assert [span.validity.end for span in first] == [date(2028, 1, 1)]
    assert first[0].values["fraction"] == 805_000
    assert first[0].values["user_key"] == "T-1"
    assert first[0].values["extension_1"] == "Projekt"
    assert choices.name("org_units", first[0].values["org_unit"]) == "Vig Skole"
    assert second[0].end is None
    accounts = {spans[0].values["user_key"]: spans[0] for spans in held["itusers"]}
    jobs = {operation.operation.uuid for operation in result.outcomes[1:3]}
    assert set(accounts["aaseprv"].values["engagements"]) == jobs
    assert accounts["aaseprv"].end == date(2028, 1, 1)
    (manager,) = held["managers"]
    assert len(manager[0].values["responsibilities"]) == 2
    assert {spans[0].values["value"] for spans in held["addresses"]} == {"aase@vig.example", "+4500001122"}
    (phone,) = [s for s in held["addresses"] if s[0].values["value"] == "+4500001122"]
    assert choices.name("classes", phone[0].values["visibility"]) == "Hemmelig"
    account = result.outcomes[3].operation.uuid
    bound = read(mo, "rolebindings", {"ituser": {"uuids": [account], "from_date": None, "to_date": None}})
    assert {choices.name("classes", spans[0].values["role"]) for spans in bound.values()} == {
        choices.name("classes", uuid)
        for uuid in (o.operation.values["role"] for o in result.outcomes if o.operation.kind == "rolebinding")
    }
    assert len(bound) == 2


def test_the_same_call_again_makes_nothing_twice(mo, choices):
    """UUIDs follow from what is entered, so a cell that is run again finds all of it there."""
    again = onboard(mo, **EVERYTHING, as_of=AS_OF, choices=choices)
    assert {outcome.became for outcome in again.outcomes} == {"already so"}


def test_the_note_of_an_account_stands_in_mo_s_history(mo, choices):
    """MO takes a note for accounts only; the summary's reason is for the journal."""
    result = onboard(mo, **EVERYTHING, as_of=AS_OF, choices=choices)
    account = result.outcomes[3].operation.uuid
    asked = "query Q($u: [UUID!]) { registrations(filter: {uuids: $u}) { objects { note } } }"
    told = mo.execute(asked, {"u": [account]})
    assert told["registrations"]["objects"] == [{"note": "Aftalt i telefonen"}]


def test_a_dry_run_keeps_nothing(mo, choices):
    """MO tries all of it and rolls back."""
    person = {"given_name": "Tør", "surname": "Løb"}
    result = onboard(mo, person, as_of=AS_OF, choices=choices, dry_run=True)
    assert result.ok
    assert read(mo, "persons", {"uuids": [result.outcomes[0].operation.uuid]}) == {}


def test_an_existing_person_gets_additions_and_stays_one_person(mo, choices):
    """With a UUID instead of names nothing about the person is sent."""
    made = onboard(mo, {"given_name": "Ib", "surname": "Før"}, as_of=AS_OF, choices=choices)
    ib = made.outcomes[0].operation.uuid
    job = {
        "org_unit": "Vig Skole",
        "job_function": "3001",
        "engagement_type": "elev",
        "primary": "primary",
        "start": START,
    }
    more = onboard(mo, ib, engagements=[job], as_of=AS_OF, choices=choices)
    assert [outcome.operation.kind for outcome in more.outcomes] == ["engagement"]
    assert len(_owned(mo, ib)["engagements"]) == 1
    account = {
        "itsystem": "AD",
        "user_key": "ibfoer",
        "engagements": [more.outcomes[0].operation.uuid],
        "start": START,
    }
    linked = onboard(mo, ib, itusers=[account], as_of=AS_OF, choices=choices)
    assert linked.ok


def test_a_unit_that_closed_meanwhile_leaves_nothing_behind(mo, choices):
    """What MO refuses is told at the part that it is about, and all the rest is rolled back."""
    plan = mo.plan("Ny enhed")
    kind = choices.classes(("org_unit_type",), AS_OF)[0].value
    unit = plan.create("org_unit", start="2020-01-01", name="Lukkes snart", unit_type=kind)
    assert plan.apply().ok
    fresh = type(choices).of(mo)
    closing = mo.plan("Lukkes")
    closing.terminate("org_unit", unit, end="2026-11-24")
    assert closing.apply().ok
    draft = Draft.of(
        {"given_name": "Ida", "surname": "Efter"},
        engagements=[
            {"org_unit": unit, "job_function": "3001", "engagement_type": "elev", "start": "2026-12-01"}
        ],
    )
    result = onboard(mo, draft, as_of=AS_OF, choices=fresh)
    assert not result.ok
    (told,) = refusals(result, draft)
    assert (told.step, told.row) == ("engagements", 0)
    assert told.text == "Enheden findes ikke (længere) i hele perioden."
    assert read(mo, "persons", {"uuids": [draft.person["uuid"]]}) == {}


def test_suggested_usernames_are_free(mo, lookup):
    """The one that somebody has or had is passed over."""
    first, *_ = suggestions("Åse", "Prøvelse", lookup)
    assert first == "aaspro"
    made = onboard(
        mo,
        {"given_name": "Anna", "surname": "Sprog"},
        itusers=[{"itsystem": "AD", "user_key": "AasPro", "start": "2020-01-01", "end": "2021-01-01"}],
        as_of=AS_OF,
    )
    assert made.ok
    lookup.forget()
    assert "aaspro" not in suggestions("Åse", "Prøvelse", lookup)


def test_a_draft_is_read_back_as_it_was_saved(tmp_path, monkeypatch):
    """The file is encrypted: not even the name can be found in it."""
    monkeypatch.setenv("MOTOOLKIT_DRAFT_KEY", "en god lang kode")
    draft = Draft.of(**EVERYTHING)
    file = tmp_path / "aase.draft"
    draft.save(file)
    assert Draft.load(file).rows == Draft.from_json(draft.to_json()).rows
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"4560" not in file.read_bytes()
    monkeypatch.setenv("MOTOOLKIT_DRAFT_KEY", "en anden kode")
    with pytest.raises(Exception, match="can not be opened with this key"):
        Draft.load(file)


def test_a_field_that_there_is_not_is_named():
    """A mistyped field is an error with near misses, not something that is lost in silence."""
    with pytest.raises(Exception, match="There is no field of engagements 'jobfunction'"):
        Draft.of({"given_name": "A", "surname": "B"}, engagements=[{"jobfunction": "3001"}])


def test_errors_say_where_they_are(mo, choices):
    """Nothing is sent, and all that is wrong is on the error."""
    with pytest.raises(FormError) as caught:
        onboard(mo, {"given_name": "Kun"}, engagements=[{"start": START}], as_of=AS_OF, choices=choices)
    assert [trouble.where for trouble in caught.value.troubles] == [
        ("person", 0, "surname"),
        ("engagements", 0, "org_unit"),
        ("engagements", 0, "job_function"),
        ("engagements", 0, "engagement_type"),
    ]
    assert str(caught.value).startswith("person[0].surname: Udfyld efternavn.")
