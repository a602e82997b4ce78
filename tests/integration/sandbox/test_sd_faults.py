"""What goes wrong with SD-Løn, on demand; and that MO's mishaps and writes are none of SD's."""

from __future__ import annotations

import httpx
import pytest
from integration.sandbox.conftest import FULL_SPAN, HISTORY, LOGIN, Sd, fault
from support import TODAY, launch

from motoolkit.sandbox.municipality import PLANTED

CHIEF = {"InstitutionIdentifier": "NK", "EmploymentIdentifier": "00001"}
SERVICE = "GetEmploymentChanged20111201"
ASKED = CHIEF | FULL_SPAN
UNIT = HISTORY.format(PLANTED["ravnsnaes"].uuid)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A small sandbox of one's own, in which SD agrees with MO."""
    log = tmp_path_factory.mktemp("sd") / "log"
    started = launch("--today", TODAY, "--persons", "90", "--sd", "clean", log=log)
    yield started
    started.stop()


@pytest.fixture
def sd(running):
    """SD-Løn, with no mishap left over afterwards."""
    with httpx.Client(base_url=running.url, auth=LOGIN, timeout=60) as http:
        yield Sd(http)
    names = ("closed", "slow", "500", "html", "truncated", "empty", "fault", "history-404", "history-empty")
    running.post("/sandbox/faults", [f"sd-{name}=0" for name in names])


def get(sd):
    """Ask once."""
    return sd.http.get(f"/sdws/{SERVICE}", params=ASKED)


def test_the_sandbox_tells_where_sd_is_and_how_to_log_in(running):
    """Its address is the same, without the services' folder."""
    assert httpx.get(f"{running.url}/sandbox").json()["sd"] == {
        "url": running.url,
        "username": "SYNORDBY",
        "password": "loenseddel",
        "institutions": ["NK", "NS", "N2"],
        "mode": "clean",
    }


def test_outside_opening_hours(running, sd):
    """Trap: HTTP 200 with a sentence, and no XML."""
    running.post("/sandbox/faults", ["sd-closed=1"])
    answer = get(sd)
    assert answer.status_code == 200
    assert answer.text == "The webservice has failed. Please contact Silkeborg Data."
    assert get(sd).text.endswith(f"</{SERVICE}>")


def test_a_page_and_an_error(running, sd):
    """HTML with HTTP 200, then with 500."""
    running.post("/sandbox/faults", ["sd-html=1"])
    page = get(sd)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    running.post("/sandbox/faults", ["sd-500=1"])
    assert get(sd).status_code == 500


def test_an_answer_that_breaks_off(running, sd):
    """Its beginning is the same, and nothing says that it is not all."""
    whole = get(sd).content
    running.post("/sandbox/faults", ["sd-truncated=1"])
    half = get(sd)
    assert half.status_code == 200
    assert half.content == whole[: len(half.content)]
    assert 0 < len(half.content) < len(whole)


def test_an_employment_of_which_nothing_is_told(running, sd):
    """Trap: HTTP 200 and nobody is no deletion."""
    running.post("/sandbox/faults", ["sd-empty=1"])
    for service, asked in ((SERVICE, ASKED), ("GetPerson20111201", {**CHIEF, "EffectiveDate": TODAY})):
        assert sd.ask(service, **asked).find("Person") is None
        assert sd.ask(service, **asked).find("Person") is not None
        running.post("/sandbox/faults", ["sd-empty=1"])
    running.post("/sandbox/faults", ["sd-empty=0"])


def test_a_refusal_for_no_reason(running, sd):
    """A fault that says nothing about what was asked."""
    running.post("/sandbox/faults", ["sd-fault=1"])
    assert fault(sd.ask(SERVICE, **ASKED)) == "An unexpected error has occurred"


def test_a_slow_answer(running, sd):
    """So late that a client may give up."""
    running.post("/sandbox/faults", ["sd-slow=1@0.3"])
    assert get(sd).elapsed.total_seconds() >= 0.3


def test_a_history_that_is_not_there(running, sd):
    """404, or an empty list: both look as if the department were gone."""
    running.post("/sandbox/faults", ["sd-history-404=1"])
    assert sd.http.get(UNIT).status_code == 404
    running.post("/sandbox/faults", ["sd-history-empty=1"])
    assert sd.http.get(UNIT).json() == []
    assert len(sd.http.get(UNIT).json()) == 1


def test_mishaps_of_mo_are_none_of_sds(running, sd):
    """And neither are its tokens."""
    running.post("/sandbox/faults", ["502=1"])
    assert get(sd).status_code == 200
    running.post("/sandbox/faults", ["502=0"])


def test_without_a_payroll_there_is_nobody(start_sandbox):
    """An empty MO has an SD with institutions and nothing else."""
    empty = start_sandbox("--empty")
    with httpx.Client(base_url=empty.url, auth=LOGIN) as http:
        nobody = Sd(http)
        assert fault(nobody.ask(SERVICE, **ASKED)) == "The stated EmploymentIdentifier '00001' does not exist"
        whole = nobody.ask(SERVICE, InstitutionIdentifier="NK", **FULL_SPAN)
        assert whole.find("Person") is None


def test_what_is_written_to_mo_does_not_change_sd(start_sandbox, tmp_path):
    """SD is the municipality as it was made, also when the sandbox goes on from its file."""
    state = ("--persons", "90", "--state", str(tmp_path / "state"))
    first = start_sandbox(*state)

    def everybody(running):
        with httpx.Client(base_url=running.url, auth=LOGIN) as http:
            return Sd(http).text(SERVICE, InstitutionIdentifier="NK", **FULL_SPAN)

    gone = [["engagements", uuid] for uuid in PLANTED["job_changes"].uuids]
    first.post("/sandbox/records", {"delete": gone})
    before = everybody(first)
    assert b"<EmploymentIdentifier>00671</EmploymentIdentifier>" in before
    first.stop()
    assert everybody(start_sandbox(*state)) == before
