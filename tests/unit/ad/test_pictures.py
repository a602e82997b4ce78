"""An audit in pictures: how far persons get, both trees, and who is in which group."""

from __future__ import annotations

from datetime import date

import pytest
from ad_stage import TODAY, Stage, uid

from motoolkit.ad._audit import kinds
from motoolkit.ad._judging import Judging
from motoolkit.ad.pictures import CoveragePicture, MembershipPicture, TreePicture, memberships, steps
from motoolkit.findings import Findings
from motoolkit.profile.ad import AdSettings, FieldRule, GroupRules

ROOT = "OU=Enheder,DC=ad1"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _audited(stage):
    world = stage.world()
    return world, Findings("ad", "AD", Judging(world).findings(), kinds=kinds(), as_of=TODAY)


def _person(stage, name, *, work=True, ituser=True, account=True, **values):
    stage.mo("persons", name, given_name=name.title(), surname="Holm")
    if work:
        stage.mo("engagements", f"{name}/1", person=uid(name), org_unit=uid("u"), user_key=name)
    if ituser:
        ids = {"user_key": name, "external_id": uid(f"admin/{name}"), "itsystem": uid("AD")}
        stage.mo("itusers", f"{name}-ad", person=uid(name), **ids)
    if account:
        stage.account(name, **{"given_name": name.title(), **values})


@pytest.fixture
def staff():
    """One person for each step that somebody may be lost at, and one who gets all the way."""
    rules = (FieldRule(attribute="givenName", mo="person.given_name"),)
    stage = Stage(AdSettings(name="admin", scope_units=("u",), fields=rules))
    stage.mo("org_units", "u", name="U", user_key="u")
    stage.mo("org_units", "v", name="V", user_key="v")
    _person(stage, "gone", work=False)
    _person(stage, "away", work=False)
    stage.mo("engagements", "away/1", person=uid("away"), org_unit=uid("v"), user_key="away")
    _person(stage, "noituser", ituser=False, account=False)
    _person(stage, "noaccount", account=False)
    _person(stage, "shut", uac=514)
    _person(stage, "other", given_name="Otto")
    _person(stage, "right")
    return stage


def test_each_step_has_only_those_who_got_to_the_one_before(staff):
    """Seven persons, one lost at every step."""
    world, findings = _audited(staff)
    told = {step.name: len(step.persons) for step in steps(world, "admin", findings)}
    assert told == {
        "In MO": 7,
        "Employed": 6,
        "Needs an account": 5,
        "Has an IT user": 4,
        "Has an account": 3,
        "Can log in": 2,
        "All values alike": 1,
    }


def test_the_steps_are_an_image_and_words(staff):
    """No script, and no SVG that a page drops which does not trust the notebook."""
    picture = CoveragePicture(*_audited(staff))
    html = picture._repr_html_()
    assert repr(picture).startswith("admin: In MO 7, Employed 6, Needs an account 5")
    assert html.count("<img") == 1
    assert "<svg" not in html
    assert "<script" not in html
    assert "20%20%25" in html  # one of the five who need an account gets all the way


def test_without_fields_no_values_are_told_to_be_alike():
    """What is not compared is not said to be right."""
    stage = Stage(AdSettings(name="admin"))
    world, findings = _audited(stage)
    assert steps(world, "admin", findings)[-1].name == "Can log in"


@pytest.fixture
def town():
    """Five units and their OUs, of which two are right."""
    stage = Stage(AdSettings(name="admin", ou_root=ROOT))
    stage.mo("org_units", "town", name="Nordby")
    for name in ("Skole", "Bibliotek", "Havn", "Museum"):
        stage.mo("org_units", name, name=name, parent=uid("town"))
    stage.mo("org_units", "Arkiv", None, date(2026, 1, 1), name="Arkiv", parent=uid("town"))
    for name, linked in (("Havn", "Havnen"), ("Museum", "Museum")):
        ids = {"org_unit": uid(name), "itsystem": uid("AD"), "user_key": name}
        stage.mo("itusers", f"{name}-ad", external_id=uid(f"admin/ou/{linked}"), **ids)
    stage.ou("Nordby", dn=f"OU=Nordby,{ROOT}")
    for name in ("Skole", "Havnen", "Arkiv", "Projekt"):
        stage.ou(name, dn=f"OU={name},OU=Nordby,{ROOT}")
    stage.ou("Museum", dn=f"OU=Museum,OU=Skole,OU=Nordby,{ROOT}")
    return stage


def test_both_trees_are_side_by_side(town):
    """Missing, renamed, moved, extra, of an ended unit; and what is alike is counted."""
    told = repr(TreePicture(*_audited(town), "admin")).replace("\u2003", ". ").splitlines()
    assert told == [
        "admin: 2 alike, 1 missing in AD, 1 in AD only, 1 lies elsewhere, 1 other name, 1 of an ended unit",
        "Nordby  Nordby  alike",
        ". Bibliotek  . –  missing in AD",
        ". Havn  . Havnen  other name",
        ". Museum  . Museum  lies elsewhere: Enheder/Nordby/Skole",
        ". –  . Arkiv  of an ended unit",
        ". –  . Projekt  in AD only",
        ". … 1 alike",
    ]


def test_a_long_tree_is_cut_with_a_count(town):
    """On the page and in words."""
    picture = TreePicture(*_audited(town), "admin", rows=3, whole=True)
    assert repr(picture).splitlines()[-1] == "… and 4 more"
    assert "… and 4 more" in picture._repr_html_()


def test_names_are_safe_on_the_page(town):
    """A unit may be called anything."""
    town.mo("org_units", "odd", name="<b>Odd</b> 250284-9996", parent=uid("town"))
    html = TreePicture(*_audited(town), "admin")._repr_html_()
    assert "&lt;b&gt;Odd&lt;/b&gt; 250284-xxxx" in html


def test_without_ou_root_it_says_so():
    """There is nothing to draw."""
    told = repr(TreePicture(*_audited(Stage(AdSettings(name="admin"))), "admin"))
    assert told == "admin: the settings name no ou_root, so its OUs are not compared."


def test_an_ou_that_a_cut_read_may_have_left_out_is_not_called_missing(town):
    """What the audit does not tell, the picture does not either."""
    world, findings = _audited(town)
    picture = TreePicture(world, [f for f in findings if f.kind.code != "OU-MISSING"], "admin")
    assert "Bibliotek  \u2003–  not known" in repr(picture)


@pytest.fixture
def groups():
    """A group with one of each, a right one, and one that is no role's."""
    stage = Stage(AdSettings(name="admin", groups=GroupRules()))
    stage.mo("facets", "role", user_key="role")
    for name in ("Løn", "Post"):
        stage.mo("classes", name, user_key=uid(f"admin/group/{name}"), name=name, facet=uid("role"))
    for name in ("both", "mo", "ad"):
        _person(stage, name)
    for name, role in (("both", "Løn"), ("mo", "Løn"), ("both", "Post")):
        stage.mo("rolebindings", f"{name}/{role}", ituser=uid(f"{name}-ad"), role=uid(role))
    stage.group("Post", members=(uid("admin/both"),))
    stage.group("Løn", members=(uid("admin/both"), uid("admin/ad")))
    stage.group("Kaffe", members=(uid("admin/ad"),))
    return stage


def test_groups_of_roles_are_counted_the_worst_first(groups):
    """Other groups are none of MO's business."""
    found = memberships(*_audited(groups))
    assert [tuple(each) for each in found] == [("admin", "Løn", 1, 1, 1), ("admin", "Post", 1, 0, 0)]


def test_groups_beyond_the_most_are_told(groups):
    """In words, and in an image."""
    picture = MembershipPicture(*_audited(groups), most=1)
    assert repr(picture).splitlines() == [
        "Løn: 1 in both, 1 in MO only, 1 in AD only",
        "… and 1 more: 0 differences",
    ]
    assert picture._repr_html_().startswith("<img")
