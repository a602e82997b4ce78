"""One person's, or one unit's, identities from the mirror: labels, links, and what is odd in MO."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from identity_mirror import filled, mirror_of

from motoolkit.errors import InputError
from motoolkit.findings import Finding, Findings, FindingStore, Kind, Severity, Subject
from motoolkit.identities import attached, identities, identity
from motoolkit.model import Validity
from motoolkit.sandbox.municipality import municipality, uid, unit_uuid

TODAY = date(2026, 11, 23)
A, B, NOBODY = (f"00000000-0000-4000-8000-{n:012}" for n in (1, 2, 99))
GONE = "00000000-0000-4000-8000-000000000098"
JOB, OTHER_JOB, ACCOUNT, MAIL, UNIT = (f"10000000-0000-4000-8000-{n:012}" for n in range(5))


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture(scope="module")
def nordby():
    """The sandbox's municipality."""
    with mirror_of(municipality(today=TODAY)) as mirror:
        yield mirror


@pytest.fixture(scope="module")
def hans(nordby):
    """The newsletter's Hans."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_LANG", "en")
        return identity(nordby, uid("persons", "hans"), TODAY)


def labels(identity, sort):
    """Return what nodes of a sort are called, in order."""
    return [node.label for node in identity.nodes if node.sort == sort]


def linked(identity):
    """Return the links by what nodes are called, with the first day."""
    called = {node.uuid: node.label for node in identity.nodes} | {identity.uuid: identity.name}
    return {(called[link.one], called[link.other], link.validity.start) for link in identity.links}


RAVN, VIG = date(2021, 1, 1), date(2025, 7, 1)


def test_hans_has_the_engagements_of_the_newsletter(hans):
    """Two jobs and a third that begins in three months, the primary one first."""
    assert [(node.label, node.detail) for node in hans.nodes if node.sort == "engagement"] == [
        ("Lærer, Ravnsnæs Skole", "NS-04711 · primary"),
        ("Lærer, Vig Skole", "NS-04712"),
        ("Lærer, Vig Skole, specialklasser", "NS-04713"),
    ]


def test_hans_has_the_accounts_and_addresses_of_the_newsletter(hans):
    """Three systems in one job and two in the other, a mail address each, and a telephone."""
    assert [(node.label, node.detail) for node in hans.nodes if node.sort == "ituser"] == [
        ("hans.holm@ravnsnaes-skole.example", "Active Directory, skoler · primary"),
        ("hans.holm@vig-skole.example", "Active Directory, skoler · primary"),
        ("hh.laerer@ravnsnaes-skole.example", "Fagsystem Skole"),
        ("hh.roller@ravnsnaes-skole.example", "OS2rollekatalog"),
        ("hh.laerer@vig-skole.example", "Fagsystem Skole"),
    ]
    assert sorted(labels(hans, "address")) == sorted([*labels(hans, "ituser"), "+4500001122"])


def test_the_links_of_hans_are_the_arrows_of_the_newsletter(hans):
    """Engagement to account, account to address; account 2 serves two jobs and has two addresses."""
    ravn, vig, special = labels(hans, "engagement")
    ad_ravn, ad_vig, fag_ravn, rolle, fag_vig = labels(hans, "ituser")
    assert linked(hans) == {
        ("Hans Holm", ravn, RAVN),
        ("Hans Holm", vig, VIG),
        ("Hans Holm", special, date(2027, 2, 1)),
        (ravn, ad_ravn, RAVN),
        (ravn, fag_ravn, RAVN),
        (ravn, rolle, RAVN),
        (vig, ad_vig, VIG),
        (vig, fag_vig, VIG),
        (special, ad_vig, date(2027, 2, 1)),
        # Two nodes each have the same name: an account and its mail address.
        *((each, each, RAVN) for each in (ad_ravn, fag_ravn, rolle)),
        *((each, each, VIG) for each in (ad_vig, fag_vig)),
        (ad_vig, "+4500001122", VIG),
        (fag_ravn, "Lærer", date(2025, 9, 1)),
        (fag_vig, "Skoleledelse", date(2025, 9, 1)),
    }
    assert hans.dangling == ()


def test_the_third_job_is_not_there_today(hans):
    """On a day there is what holds then."""
    assert labels(hans.on(TODAY), "engagement") == ["Lærer, Ravnsnæs Skole", "Lærer, Vig Skole"]
    assert len(labels(hans.on(date(2027, 2, 1)), "engagement")) == 3


def test_everybody_is_as_one_by_one(nordby, hans):
    """What one pass yields for Hans is what is read for him alone."""
    everybody = {each.uuid: each for each in identities(nordby, TODAY)}
    assert len(everybody) == 400
    assert everybody[hans.uuid] == identity(nordby, hans.uuid, TODAY)


def test_persons_are_found_by_what_they_are_called(nordby):
    """A username, an employee number, a name."""
    for text in ("hh.laerer@vig-skole.example", "NS-04712", "hans holm"):
        assert [each.name for each in identities(nordby, TODAY, persons=[text])] == ["Hans Holm"]


def test_a_unit_has_who_works_there_or_below(nordby):
    """Hans is of Vig Skole though his first job is elsewhere."""
    assert "Hans Holm" in {each.name for each in identities(nordby, TODAY, unit="Vig Skole")}


def test_a_unit_has_identities_too(nordby):
    """Its accounts and addresses: the dashed arrows."""
    found = identity(nordby, unit_uuid("Vig Skole"), TODAY)
    assert (found.sort, found.name) == ("org_unit", "Vig Skole")
    assert {node.sort for node in found.nodes} <= {"ituser", "address", "manager", "rolebinding"}
    assert any(node.sort == "address" for node in found.nodes)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"persons": ["Hans Hlm"]}, "Nobody is called 'Hans Hlm' in MO. Did you mean Hans Holm"),
        (
            {"unit": "Vigg Skole"},
            "No unit is called 'Vigg Skole' in MO on 2026-11-23. Did you mean Vig ",
        ),
        ({"persons": ["010190-9991"]}, "Nobody is called '010190-xxxx' in MO."),
    ],
)
def test_who_is_unknown_is_told_with_what_was_perhaps_meant(nordby, asked, sentence):
    """A CPR number is not shown."""
    with pytest.raises(InputError) as told:
        list(identities(nordby, TODAY, **asked))
    assert str(told.value).startswith(sentence)


def test_no_person_has_an_unknown_uuid(nordby):
    """One clear sentence."""
    with pytest.raises(InputError, match="MO has no person and no unit"):
        identity(nordby, NOBODY, TODAY)


def row(uuid, start="2020-01-01", end=None, **values):
    """Return a row of a collection."""
    return uuid, start, end, values


def person(uuid=A, name="Nora"):
    """Return a person."""
    return row(uuid, None, given_name=name, surname="Holm")


def test_somebody_without_anything_is_just_that():
    """No node, no link, no error."""
    with filled({"persons": [person()]}) as mirror:
        found = identity(mirror, A, TODAY)
    assert (found.name, found.nodes, found.links, found.days) == ("Nora Holm", (), (), ())


def test_what_mo_has_not_is_told_and_nothing_breaks():
    """Engagement, account, unit, class and system are not there."""
    rows = {
        "persons": [person()],
        "engagements": [row(JOB, person=A, org_unit=NOBODY, job_function=OTHER_JOB, user_key="1")],
        "itusers": [row(ACCOUNT, person=A, itsystem=UNIT, engagements=[JOB, B], user_key="nora")],
        "addresses": [row(MAIL, person=A, ituser=GONE, address_type=NOBODY, value="n@x.example")],
    }
    with filled(rows) as mirror:
        found = identity(mirror, A, TODAY)
    assert [node.label for node in found.nodes] == ["(uden navn), (uden navn)", "nora", "n@x.example"]
    assert set(found.dangling) == {B, NOBODY, OTHER_JOB, UNIT, GONE}


def test_equal_slices_that_touch_are_one_node():
    """A change of what nobody shows is none; another username is."""
    account = {"person": A, "itsystem": UNIT}
    rows = {
        "persons": [person()],
        "itusers": [
            row(ACCOUNT, "2020-01-01", "2021-01-01", **account, user_key="nora"),
            row(ACCOUNT, "2021-01-01", "2022-01-01", **account, user_key="nora"),
            row(ACCOUNT, "2022-01-01", None, **account, user_key="noho"),
        ],
    }
    with filled(rows) as mirror:
        found = identity(mirror, A, TODAY)
    assert [(node.label, node.validity) for node in found.nodes] == [
        ("nora", Validity(date(2020, 1, 1), date(2022, 1, 1))),
        ("noho", Validity(date(2022, 1, 1))),
    ]


def test_somebody_elses_account_is_shown_with_whose_it_is():
    """An address may hang on it by mistake."""
    rows = {
        "persons": [person(), person(B, "Bo")],
        "itusers": [row(ACCOUNT, person=B, itsystem=UNIT, user_key="bo")],
        "addresses": [row(MAIL, person=A, ituser=ACCOUNT, value="n@x.example")],
    }
    with filled(rows) as mirror:
        found = identity(mirror, A, TODAY)
    assert [node.detail for node in found.nodes if node.sort == "ituser"] == [
        "(uden navn) · belongs to Bo Holm"
    ]
    assert [(link.one, link.other) for link in found.links] == [(ACCOUNT, MAIL)]


def test_a_ring_of_units_ends():
    """Two units are above each other."""
    units = [
        row(UNIT, name="Vest", user_key="V", parent=B),
        row(B, name="Øst", user_key="Ø", parent=UNIT),
    ]
    jobs = [row(JOB, person=A, org_unit=UNIT, user_key="1")]
    with filled({"persons": [person()], "org_units": units, "engagements": jobs}) as mirror:
        assert [each.name for each in identities(mirror, TODAY, unit="Øst")] == ["Nora Holm"]


def test_what_other_audits_found_of_somebody_stands_beside():
    """Of the last run only, by the person or by what is the person's."""
    kind = Kind("PRIM-MULTI", Severity.WARNING, "Several primary engagements")

    def run(day, *uuids):
        items = [Finding(kind, Subject("person", uuid, "x", uuid)) for uuid in uuids]
        return Findings("ad", "AD against MO", items, kinds=[kind], as_of=day, scope="admin")

    with filled({"persons": [person()], "engagements": [row(JOB, person=A, user_key="1")]}) as mirror:
        store = FindingStore(mirror)
        for day in (1, 2):
            found = run(date(2026, 11, day), *((A, B) if day == 1 else (JOB, B)))
            store.keep(found, ran_at=datetime(2026, 11, day, tzinfo=UTC))
        (held,) = attached(mirror, identity(mirror, A, TODAY))
    assert (held.audit, held.as_of, [each.subject.uuid for each in held.findings]) == (
        "ad",
        date(2026, 11, 2),
        [JOB],
    )


def test_without_kept_runs_nothing_is_attached(nordby, hans):
    """Nor is it an error."""
    assert attached(nordby, hans) == ()
