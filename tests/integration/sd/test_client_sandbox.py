"""The client and the sandbox's SD-Løn: all services over HTTP, and its faults."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.errors import ProfileError, SdClosedError, SdFaultError, SdTransportError, SdUnreadableError
from motoolkit.sd import connect_sd

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def nordby(sandbox):
    """Connect to the stand-in by what the sandbox tells of it."""
    with connect_sd(sandbox.url, sd_cache_hours=0) as client:
        yield client


def test_a_sandbox_tells_where_its_sd_is(nordby, sandbox):
    """Nothing of it need be written in a profile; it is open at night."""
    assert nordby.settings.url == sandbox.url
    assert nordby.settings.institutions == ("NK", "NS", "N2")
    assert nordby.settings.hours == "always"


def test_every_service_is_understood(nordby):
    """Nothing odd is found, and all columns are filled."""
    persons = nordby.persons("NS", AS_OF)
    cpr = persons.persons["cpr"][0]
    timeline = nordby.timeline("NS", cpr)
    assert set(timeline.sections["field"]) == {
        "status",
        "department",
        "department_code",
        "job_position",
        "title",
        "rate",
        "salaried",
        "full_time",
    }
    assert len(timeline.oddities) == 0
    assert set(nordby.employments("NS", AS_OF, cpr=cpr).employments["number"]) <= set(
        timeline.employments["number"]
    )
    departments = nordby.departments("NS")
    assert departments.departments["level"].notna().all()
    uuid = departments.departments["uuid"][0]
    assert len(nordby.departments("NS", uuid).departments) >= 1
    parents = nordby.parents([uuid], departments, as_of=AS_OF).parents
    assert set(parents["source"]) == {"history"}
    assert nordby.organisation("NS", AS_OF).levels[0] == "Afdelings-niveau"
    assert "0" in set(nordby.professions("NS")["level"])
    assert nordby.institutions("NS")["institution"].tolist() == ["NS"]
    changes = nordby.changed_since("NS", date(2026, 11, 22), AS_OF, names=True)
    assert list(changes.columns) == ["institution", "cpr", "number"]


def test_a_population_over_http(nordby):
    """Everybody whom GetPerson names, but of whom SD says nothing."""
    found = nordby.population("NS", AS_OF)
    heard = set(found.employments.employments["cpr"])
    assert heard | set(found.silent["cpr"]) == set(found.persons.persons["cpr"])
    assert set(found.employments.employments["institution"]) == {"NS"}


def test_some_persons_are_the_same_as_among_all(nordby):
    """By CPR number alone; whom an institution does not know is left out, whom it is silent about is not."""
    everybody = nordby.population("NK", AS_OF)
    (silent,) = everybody.silent["cpr"]
    newcomer = everybody.employments.employments.set_index("number")["cpr"]["00301"]
    stranger = nordby.persons("N2", AS_OF).persons["cpr"]
    stranger = next(cpr for cpr in stranger if cpr not in set(everybody.persons.persons["cpr"]))
    found = nordby.population_of("NK", [silent, newcomer, stranger], AS_OF)
    for name in ("given_name", "surname"):
        named, all_named = (each.persons.persons.set_index("cpr")[name] for each in (found, everybody))
        assert named.to_dict() == {cpr: all_named[cpr] for cpr in (silent, newcomer)}
    assert found.silent.to_dict("list") == {"institution": ["NK"], "cpr": [silent], "what": ["empty"]}
    sections = found.employments.sections
    assert set(found.employments.employments["cpr"]) == {newcomer}
    assert len(sections) == len(nordby.timeline("NK", newcomer).sections) > 0


def test_who_is_in_a_department_whenever_that_is(nordby):
    """Now, before, and in what is to come; nobody in one that is not there."""
    departments = nordby.departments("NK").departments.set_index("name")["code"]
    numbers = nordby.population("NK", AS_OF).employments.employments.set_index("number")["cpr"]
    assert numbers["00361"] in nordby.employed_in("NK", departments["Jobcenter Nordby"], AS_OF)
    there = nordby.employed_in("NK", departments["Valgsekretariatet"], AS_OF)
    assert numbers["00341"] in there
    assert len(there) < len(set(numbers))
    assert nordby.employed_in("NK", "ZZZZ", AS_OF) == frozenset()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("sd-closed", SdClosedError),
        ("sd-500", SdTransportError),
        ("sd-html", SdUnreadableError),
        ("sd-truncated", SdUnreadableError),
        ("sd-fault", SdFaultError),
    ],
)
def test_the_sandbox_fails_as_sd_does(sandbox, nordby, fault, error):
    """Three attempts, and then the error that says which it was; with one failure less there is none."""
    sandbox.post("/sandbox/faults", [f"{fault}=3"])
    try:
        with pytest.raises(error):
            nordby.persons("NS", AS_OF)
    finally:
        sandbox.post("/sandbox/faults", [f"{fault}=0"])
    if error is not SdFaultError:
        sandbox.post("/sandbox/faults", [f"{fault}=2"])
        assert len(nordby.persons("NS", AS_OF).persons)


def test_an_empty_answer_of_the_sandbox(sandbox, nordby):
    """It is empty, not an error."""
    cpr = nordby.persons("NS", AS_OF).persons["cpr"][0]
    sandbox.post("/sandbox/faults", ["sd-empty=1"])
    assert len(nordby.timeline("NS", cpr).employments) == 0
    assert len(nordby.timeline("NS", cpr).employments) > 0


@pytest.mark.parametrize("fault", ["sd-history-404", "sd-history-empty"])
def test_parents_without_a_history(sandbox, nordby, fault):
    """They are sampled, and say so."""
    departments = nordby.departments("NS")
    uuid = departments.departments["uuid"][0]
    sandbox.post("/sandbox/faults", [f"{fault}=1"])
    parents = nordby.parents([uuid], departments, as_of=AS_OF).parents
    assert set(parents["source"]) == {"sampled"}


def test_a_mo_that_is_no_sandbox_tells_nothing(stage):
    """A real MO has no such door: where SD is must be said."""
    with pytest.raises(ProfileError, match="Nothing says where SD-Løn is"):
        connect_sd(stage.url)
