"""What a form offers is what MO's own front-end does."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.forms import Choices
from motoolkit.forms.onboarding import Draft, Lookup, check
from motoolkit.mirror import Mirror

AS_OF = date(2026, 11, 23)
JOBS = ("engagement_job_function",)


@pytest.fixture(scope="module")
def owned(mo, choices):
    """A job function that belongs to Vig Skole, and one that ended a year ago."""
    (school,) = [unit.value for unit in choices.units(AS_OF) if unit.label == "Vig Skole"]
    facet = next(f.uuid for f in choices.known("facets", AS_OF) if f.values["user_key"] == JOBS[0])
    plan = mo.plan("Klasser")
    own = plan.create("class", name="Husets egen", user_key="egen", facet=facet, owner=school)
    old = plan.create("class", name="Udgået", user_key="udgaaet", facet=facet, start="2000-01-01")
    plan.terminate("class", old, end="2025-11-23")
    assert plan.apply().ok
    return own, old, school


def _labels(options):
    return {option.label for option in options}


def test_a_class_with_an_owner_is_offered_below_its_owner_only(mo, owned):
    """For the owner and for units below it; elsewhere, and without a unit, it is not (mo-graphql 17)."""
    own, _, school = owned
    now = Choices.of(mo)
    below = next(unit.value for unit in now.units(AS_OF) if unit.label == "Vig Skole, mellemtrin")
    other = next(unit.value for unit in now.units(AS_OF) if unit.label == "Ravnsnæs Skole")
    for unit, offered in ((school, True), (below, True), (other, False), (None, False)):
        assert ("Husets egen" in _labels(now.classes(JOBS, AS_OF, unit))) == offered
    job = {"org_unit": other, "job_function": own, "engagement_type": "elev", "start": "2026-12-01"}
    found = check(Draft.of({"given_name": "E", "surname": "F"}, engagements=[job]), now, Lookup(mo), AS_OF)
    assert ("engagements", 0, "job_function", "Husets egen hører til en anden del af organisationen.") in {
        (*trouble.where, trouble.text) for trouble in found
    }


def test_a_class_is_offered_while_it_lives(mo, owned):
    """The day is the row's first one, not today."""
    assert owned
    now = Choices.of(mo)
    assert "Udgået" not in _labels(now.classes(JOBS, AS_OF))
    assert "Udgået" in _labels(now.classes(JOBS, date(2024, 1, 1)))


def test_a_unit_is_offered_with_its_path_of_the_day(choices):
    """Namesakes are told apart by what is above them."""
    (school,) = [unit for unit in choices.units(AS_OF) if unit.label == "Vig Skole"]
    assert school.hint == "Nordby Kommune › Børn, Unge og Læring › Center for Skole"


def test_a_mirror_offers_what_mo_offers(mo, owned):
    """It is only quicker, and knows the persons too."""
    assert owned
    mirror = Mirror.open()
    mirror.load(mo)
    read, mirrored = Choices.of(mo), Choices.of(mo, mirror)
    assert mirrored.units(AS_OF) == read.units(AS_OF)
    assert mirrored.classes(JOBS, AS_OF) == read.classes(JOBS, AS_OF)
    assert mirrored.itsystems(AS_OF) == read.itsystems(AS_OF)
    system = read.itsystems(AS_OF)[0].value
    assert mirrored.roles(system, AS_OF) == read.roles(system, AS_OF)
    found = mirrored.persons(AS_OF).search("hans holm").options
    assert found[0].label == "Hans Holm"
