"""Which OU is a unit's: by GUID, else by the path of names below ou_root."""

from __future__ import annotations

import pytest
from ad_stage import Stage, uid

from motoolkit.ad.placing import linked_ous, nearest_ou, ou_of, told, units_of
from motoolkit.profile.ad import AdSettings

ROOT = "OU=Enheder,DC=ad1"
SETTINGS = AdSettings(name="admin", ou_root=ROOT, ou_helpers=("Brugere",))


@pytest.fixture
def stage():
    """A municipality with a school, and the OUs of both."""
    stage = Stage(SETTINGS)
    stage.mo("org_units", "nordby", name="Nordby Kommune")
    stage.mo("org_units", "skole", name="Ravnsnæs Skole", parent=uid("nordby"))
    stage.ou("Enheder", dn=ROOT)
    stage.ou("Nordby Kommune", dn=f"OU=Nordby Kommune,{ROOT}")
    stage.ou("Ravnsnæs Skole", dn=f"OU=Ravnsnæs Skole,OU=Nordby Kommune,{ROOT}")
    return stage


def _key(name):
    return "admin", uid(f"admin/ou/{name}")


def _both_ways(stage, unit, name):
    world = stage.world()
    assert world.ask(ou_of, "admin", uid(unit)) == _key(name)
    assert world.ask(units_of, _key(name)) == (uid(unit),)


def test_by_the_path_of_names(stage):
    """Upper and lower case and blanks make no other path."""
    stage.mo("org_units", "stue", name=" ravnsnæs  STUE", parent=uid("skole"))
    stage.ou("Ravnsnæs Stue", dn=f"OU=Ravnsnæs Stue,OU=Ravnsnæs Skole,OU=Nordby Kommune,{ROOT}")
    _both_ways(stage, "stue", "Ravnsnæs Stue")


def test_one_name_in_two_places_is_two_units(stage):
    """The path tells them apart."""
    for above, at in (("nordby", "OU=Nordby Kommune"), ("skole", "OU=Ravnsnæs Skole,OU=Nordby Kommune")):
        stage.mo("org_units", f"adm-{above}", name="Administration", parent=uid(above))
        stage.ou("Administration", guid=uid(f"adm/{above}"), dn=f"OU=Administration,{at},{ROOT}")
    world = stage.world()
    assert world.ask(ou_of, "admin", uid("adm-skole")) == ("admin", uid("adm/skole"))
    assert world.ask(units_of, ("admin", uid("adm/nordby"))) == (uid("adm-nordby"),)


@pytest.mark.parametrize("spelt", [str, str.upper, "{{{}}}".format])
def test_by_the_guid_of_an_it_user_of_the_unit(stage, spelt):
    """Renamed and moved it is still the unit's; the GUID is found as whoever typed it spelt it."""
    stage.mo("org_units", "lager", name="Lageret", parent=uid("skole"))
    account = {"org_unit": uid("lager"), "itsystem": uid("AD"), "user_key": "lager"}
    stage.mo("itusers", "lager-ad", external_id=spelt(uid("admin/ou/Depot")), **account)
    stage.ou("Depot", dn="OU=Depot,OU=Andet,DC=ad1")
    _both_ways(stage, "lager", "Depot")


def test_by_the_guid_in_the_units_own_user_key(stage):
    """What the integration writes that reads OUs into MO."""
    stage.mo("org_units", "lager", name="Lageret", user_key=uid("admin/ou/Depot"))
    stage.ou("Depot", dn="OU=Depot,OU=Andet,DC=ad1")
    _both_ways(stage, "lager", "Depot")


def test_an_ou_that_is_anothers_by_guid_is_not_taken_by_name(stage):
    """The old unit was renamed in MO, a new one has its name: the OU stays the old one's."""
    stage.mo("org_units", "old", name="Sekretariat", parent=uid("nordby"), user_key=uid("admin/ou/Stab"))
    stage.mo("org_units", "new", name="Stab", parent=uid("nordby"))
    stage.ou("Stab", dn=f"OU=Stab,OU=Nordby Kommune,{ROOT}")
    world = stage.world()
    assert world.ask(ou_of, "admin", uid("new")) is None
    assert world.ask(units_of, _key("Stab")) == (uid("old"),)


def test_a_link_that_has_ended_is_none(stage):
    """Then the path decides."""
    from datetime import date

    account = {"org_unit": uid("skole"), "itsystem": uid("AD"), "external_id": uid("admin/ou/Enheder")}
    stage.mo("itusers", "old", end=date(2026, 1, 1), user_key="x", **account)
    assert stage.world().ask(linked_ous, "admin", uid("skole")) == ()
    _both_ways(stage, "skole", "Ravnsnæs Skole")


def test_the_root_is_the_only_topmost_units_own():
    """Where MO's root has no OU below ou_root, ou_root is its."""
    stage = Stage(SETTINGS)
    stage.mo("org_units", "nordby", name="Nordby Kommune")
    stage.mo("org_units", "skole", name="Skolen", parent=uid("nordby"))
    stage.ou("Enheder", dn=ROOT)
    stage.ou("Skolen", dn=f"OU=Skolen,{ROOT}")
    _both_ways(stage, "nordby", "Enheder")
    _both_ways(stage, "skole", "Skolen")


def test_a_directory_of_some_units_begins_with_them():
    """The school directory has the schools below its root, not the municipality."""
    stage = Stage(AdSettings(name="admin", ou_root=ROOT, scope_units=("skoler",)))
    stage.mo("org_units", "nordby", name="Nordby Kommune")
    stage.mo("org_units", "skoler", name="Skoler", user_key="skoler", parent=uid("nordby"))
    stage.mo("org_units", "tudsen", name="Tudsen", parent=uid("skoler"))
    stage.ou("Skoler", dn=f"OU=Skoler,{ROOT}")
    stage.ou("Tudsen", dn=f"OU=Tudsen,OU=Skoler,{ROOT}")
    _both_ways(stage, "tudsen", "Tudsen")
    assert stage.world().ask(ou_of, "admin", uid("nordby")) is None


def test_units_in_a_ring_end():
    """MO forbids it; half-read changes do not."""
    stage = Stage(SETTINGS)
    stage.mo("org_units", "a", name="A", parent=uid("b"))
    stage.mo("org_units", "b", name="B", parent=uid("a"))
    assert stage.world().ask(ou_of, "admin", uid("a")) is None


def test_what_only_sorts_is_no_place(stage):
    """An account in OU=Brugere is in the OU above it; a container is none."""
    stage.ou("Brugere", dn=f"OU=Brugere,OU=Ravnsnæs Skole,OU=Nordby Kommune,{ROOT}")
    world = stage.world()
    dn = f"CN=Hans,OU=Brugere,OU=Ravnsnæs Skole,OU=Nordby Kommune,{ROOT}"
    assert world.ask(nearest_ou, "admin", dn).name == "Ravnsnæs Skole"
    assert world.ask(nearest_ou, "admin", "CN=Hans,CN=Users,DC=ad1") is None


def test_a_place_as_people_read_it():
    """Without the domain, from the top, without escapes."""
    assert told(r"OU=Kultur\, fritid,OU=Nordby,DC=ad1,DC=example") == "Nordby/Kultur, fritid"
    assert told("DC=ad1,DC=example") == ""
