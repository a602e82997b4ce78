"""OUs against units: a planted case and a near miss for each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ad_stage import NOW, Stage, uid

from motoolkit.ad._judging import Judging
from motoolkit.ad.records import Delta
from motoolkit.findings import Severity
from motoolkit.language import tr
from motoolkit.profile.ad import AdSettings

ROOT = "OU=MO,DC=ad1"
TOP = f"OU=Nordby,{ROOT}"
SCHOOL = f"OU=Skolen,{TOP}"
SETTINGS = AdSettings(
    name="admin",
    ou_root=ROOT,
    ou_parking="OU=Parkering,OU=MO,DC=ad1",
    ou_excluded=(f"OU=Test,{ROOT}",),
    ou_helpers=("Brugere",),
    ou_placement=True,
    search_bases=(ROOT,),
)
ENDED = date(2026, 6, 1)


def _stage(*, settings=SETTINGS):
    """A municipality with a school, both with their OUs: nothing is wrong."""
    stage = Stage(settings)
    stage.mo("org_units", "nordby", name="Nordby")
    stage.mo("org_units", "skole", name="Skolen", parent=uid("nordby"))
    stage.ou("MO", dn=ROOT)
    stage.ou("Nordby", dn=TOP)
    stage.ou("Skolen", dn=SCHOOL)
    return stage


def _linked(stage, unit, ou, **values):
    """Give a unit the GUID of an OU."""
    account = {
        "org_unit": uid(unit),
        "itsystem": uid("AD"),
        "user_key": ou,
        "external_id": uid(f"admin/ou/{ou}"),
    }
    stage.mo("itusers", f"{unit}-{ou}", **(account | values))


def _employed(stage, sam, unit="skole", **values):
    stage.mo("persons", sam, given_name=sam, surname="Holm")
    stage.mo("engagements", f"{sam}-eng", person=uid(sam), org_unit=uid(unit), user_key=sam)
    ids = {"external_id": uid(f"admin/{sam}"), "user_key": sam, "itsystem": uid("AD")}
    stage.mo("itusers", f"{sam}-ad", person=uid(sam), **(ids | values))


def _found(stage, code):
    return [finding for finding in Judging(stage.world()).findings() if finding.kind.code == code]


def _codes(stage):
    codes = {finding.kind.code for finding in Judging(stage.world()).findings()}
    return {code for code in codes if code.startswith("OU-")}


def test_units_and_ous_in_step():
    """Nothing is found, also not of what lies elsewhere, is excluded, sorts, or waits."""
    stage = _stage()
    stage.ou("Servere", dn="OU=Servere,DC=ad1")
    stage.ou("Test", dn=f"OU=Test,{ROOT}")
    stage.ou("Brugere", dn=f"OU=Brugere,{SCHOOL}")
    stage.ou("Parkering", dn="OU=Parkering,OU=MO,DC=ad1")
    _employed(stage, "bo")
    stage.account("bo", dn=f"CN=Bo,OU=Brugere,{SCHOOL}")
    assert _codes(stage) == set()


def test_nothing_is_said_of_ous_where_the_settings_have_no_root():
    """A directory whose OUs are not MO's units."""
    stage = _stage(settings=AdSettings(name="admin"))
    stage.mo("org_units", "park", name="Parken", parent=uid("nordby"))
    stage.ou("Andet", dn="OU=Andet,DC=ad1")
    assert _codes(stage) == set()


def test_a_unit_without_ou():
    """Its path is told, and the key tells the directory."""
    stage = _stage()
    stage.mo("org_units", "park", name="Parken", parent=uid("nordby"))
    (found,) = _found(stage, "OU-MISSING")
    assert found.mo == "Nordby/Parken"
    assert found.subject.key == f"admin/{uid('park')}"


def test_units_below_one_without_ou_have_that_for_a_cause():
    """One thing to mend; a lone unit has no cause but itself."""
    stage = _stage()
    stage.mo("org_units", "park", name="Parken", parent=uid("nordby"))
    for name in ("Nord", "Syd"):
        stage.mo("org_units", name, name=name, parent=uid("park"))
    stage.mo("org_units", "sfo", name="SFO", parent=uid("skole"))
    causes = {found.subject.label: found.facts.get("cause") for found in _found(stage, "OU-MISSING")}
    told = tr("{ad}: {unit} has no OU.", ad="admin", unit="Nordby/Parken")
    assert causes == {"Parken": told, "Nord": told, "Syd": told, "SFO": None}


@pytest.mark.parametrize("period", [{"end": ENDED}, {"start": date(2027, 1, 1)}])
def test_a_unit_that_is_over_or_to_come_needs_no_ou(period):
    """The near miss."""
    stage = _stage()
    stage.mo("org_units", "park", name="Parken", parent=uid("nordby"), **period)
    assert not _found(stage, "OU-MISSING")


def test_an_ou_without_unit():
    """MO never had it."""
    stage = _stage()
    stage.ou("Andet", dn=f"OU=Andet,{TOP}")
    stage.group("G", dn=f"CN=G,OU=Andet,{TOP}")
    (found,) = _found(stage, "OU-ORPHAN")
    assert found.source == "MO/Nordby/Andet"
    assert not _found(stage, "OU-EMPTY")


def test_the_ou_of_a_unit_to_come_is_no_orphan():
    """It may be made in advance."""
    stage = _stage()
    stage.mo("org_units", "park", start=date(2027, 1, 1), name="Parken", parent=uid("nordby"))
    stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    assert _codes(stage) == set()


def test_an_ou_with_another_name():
    """The unit was renamed in MO, and its OU was not."""
    stage = _stage()
    stage.mo("org_units", "park", name="Park og Vej", parent=uid("nordby"))
    stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    _linked(stage, "park", "Parken")
    (found,) = _found(stage, "OU-NAME")
    assert (found.source, found.mo, found.severity) == ("Parken", "Park og Vej", Severity.WARNING)


def test_case_is_a_slight_difference_and_what_a_directory_cuts_is_none():
    """An OU's name has room for 64 characters."""
    stage = _stage()
    long = "Center for Sundhed, Ældre, Voksne og Handicappede samt Rehabilitering og Træning"
    for unit, name, ou in (("park", "PARKEN", "Parken"), ("lang", long, long[:64])):
        stage.mo("org_units", unit, name=name, parent=uid("nordby"))
        escaped = ou.replace(",", "\\,")
        stage.ou(ou, dn=f"OU={escaped},{TOP}")
        _linked(stage, unit, ou)
    (found,) = _found(stage, "OU-NAME")
    assert (found.mo, found.severity) == ("PARKEN", Severity.INFO)


def test_an_ou_in_another_branch():
    """The unit was moved in MO; the integration does not move OUs."""
    stage = _stage()
    stage.mo("org_units", "by", name="Byen", parent=uid("nordby"))
    stage.ou("Byen", dn=f"OU=Byen,{TOP}")
    stage.mo("org_units", "park", name="Parken", parent=uid("skole"))
    stage.ou("Parken", dn=f"OU=Parken,OU=Byen,{TOP}")
    _linked(stage, "park", "Parken")
    (found,) = _found(stage, "OU-PARENT")
    assert (found.source, found.mo) == ("MO/Nordby/Byen", "Nordby/Skolen")
    assert not _found(stage, "OU-LEVEL")


@pytest.mark.parametrize("above", [TOP, f"OU=Mellem,{SCHOOL}"])
def test_an_ou_too_high_or_too_deep(above):
    """The right branch, the wrong level."""
    stage = _stage()
    stage.ou("Mellem", dn=f"OU=Mellem,{SCHOOL}")
    stage.mo("org_units", "sfo", name="SFO", parent=uid("skole"))
    stage.ou("SFO", dn=f"OU=SFO,{above}")
    _linked(stage, "sfo", "SFO")
    assert len(_found(stage, "OU-LEVEL")) == 1
    assert not _found(stage, "OU-PARENT")


def test_an_ou_of_a_renamed_ou_is_in_its_place():
    """The near miss: the unit above is found by its GUID, so the path's other names do not matter."""
    stage = _stage()
    stage.mo("org_units", "park", name="Park og Vej", parent=uid("nordby"))
    stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    _linked(stage, "park", "Parken")
    stage.mo("org_units", "hold", name="Holdet", parent=uid("park"))
    stage.ou("Holdet", dn=f"OU=Holdet,OU=Parken,{TOP}")
    _linked(stage, "hold", "Holdet")
    assert _codes(stage) == {"OU-NAME"}


def test_one_ou_of_two_units():
    """One GUID on two units, or two units of one name side by side."""
    stage = _stage()
    _linked(stage, "skole", "Skolen")
    stage.mo("org_units", "sfo", name="SFO", parent=uid("skole"))
    _linked(stage, "sfo", "Skolen")
    (found,) = _found(stage, "OU-DUP")
    assert (found.subject.sort, found.source) == ("ou", "MO/Nordby/Skolen")
    assert set(found.mo.split(", ")) == {"Nordby/Skolen", "Nordby/Skolen/SFO"}
    twins = _stage()
    twins.mo("org_units", "twin", name="skolen", parent=uid("nordby"))
    assert len(_found(twins, "OU-DUP")) == 1


def test_a_unit_that_was_opened_again_under_its_name_is_no_duplicate():
    """The one of before is over."""
    stage = _stage()
    stage.mo("org_units", "before", end=ENDED, name="Skolen", parent=uid("nordby"))
    assert _codes(stage) == set()


def test_one_unit_with_two_ous():
    """Both GUIDs are of OUs that are there; one that is gone is no second."""
    stage = _stage()
    _linked(stage, "skole", "Skolen")
    _linked(stage, "skole", "Nordby")
    assert [found.subject.sort for found in _found(stage, "OU-DUP")] == ["org_unit"]
    gone = _stage()
    _linked(gone, "skole", "Skolen")
    _linked(gone, "skole", "Nedlagt")
    assert not _found(gone, "OU-DUP")


def test_the_ou_of_a_closed_unit_that_still_holds_users(monkeypatch):
    """Also those in what only sorts."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    stage = _stage()
    stage.mo("org_units", "park", end=ENDED, name="Parken", parent=uid("nordby"))
    stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    stage.ou("Brugere", dn=f"OU=Brugere,OU=Parken,{TOP}")
    stage.account("bo", dn=f"CN=Bo,OU=Brugere,OU=Parken,{TOP}")
    (found,) = _found(stage, "OU-CLOSED-NONEMPTY")
    assert (found.source, found.mo) == ("1 accounts, 0 groups", "ended 01-06-2026")
    assert not _found(stage, "OU-EMPTY")


def test_the_empty_ou_of_a_closed_unit():
    """It can go; what is not empty can not, and no unit of today's can."""
    stage = _stage()
    stage.mo("org_units", "park", end=ENDED, name="Parken", parent=uid("nordby"))
    stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    (found,) = _found(stage, "OU-EMPTY")
    assert (found.source, found.severity) == ("MO/Nordby/Parken", Severity.INFO)
    assert not _found(stage, "OU-CLOSED-NONEMPTY")


def test_an_account_in_another_units_ou():
    """The engagement decides where it belongs."""
    stage = _stage()
    _employed(stage, "bo")
    stage.account("bo", dn=f"CN=Bo,{TOP}")
    (found,) = _found(stage, "OU-PLACEMENT")
    assert (found.source, found.mo) == ("MO/Nordby", "MO/Nordby/Skolen")


def test_an_account_belongs_where_its_own_engagement_is():
    """Of two engagements the account's counts, not the person's main one."""
    stage = _stage()
    _employed(stage, "bo", engagements=(uid("bo-side"),))
    stage.mo("engagements", "bo-side", person=uid("bo"), org_unit=uid("nordby"), user_key="zz")
    stage.account("bo", dn=f"CN=Bo,{TOP}")
    assert not _found(stage, "OU-PLACEMENT")


def test_an_account_that_is_parked_and_in_use():
    """Parked and disabled is what parking is for."""
    for uac, count in ((512, 1), (514, 0)):
        stage = _stage(settings=replace(SETTINGS, ou_placement=False))
        stage.ou("Parkering", dn="OU=Parkering,OU=MO,DC=ad1")
        _employed(stage, "bo")
        stage.account("bo", dn="CN=Bo,OU=Parkering,OU=MO,DC=ad1", uac=uac)
        assert len(_found(stage, "OU-PLACEMENT")) == count


def test_an_account_where_the_integration_does_not_look():
    """A service account may be anywhere."""
    stage = _stage()
    stage.account("bo", dn="CN=Bo,OU=Andet,DC=ad1")
    stage.account("svc", dn="CN=svc,OU=Andet,DC=ad1", object_class="msDS-GroupManagedServiceAccount")
    stage.account("ib", dn=f"CN=Ib,{SCHOOL}")
    assert [found.subject.label for found in _found(stage, "OU-OUT-OF-SCOPE")] == ["bo"]


def test_what_was_found_goes_with_the_ou_that_comes():
    """After a change the same is found as in a run anew."""
    stage = _stage()
    stage.mo("org_units", "park", name="Parken", parent=uid("nordby"))
    world = stage.world(tracking=True)
    judging = Judging(world)
    assert [found.kind.code for found in judging.findings()].count("OU-MISSING") == 1
    ou = stage.ou("Parken", dn=f"OU=Parken,{TOP}")
    judging.update(world.change_ad(Delta(ad="admin", cookie="", read_at=NOW, ous=(ou,))))
    assert "OU-MISSING" not in {found.kind.code for found in judging.findings()}
    judging.update(world.change_ad(Delta(ad="admin", cookie="", read_at=NOW, gone=(ou.guid,))))
    assert [found.kind.code for found in judging.findings()].count("OU-MISSING") == 1
