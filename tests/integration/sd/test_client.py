"""Asking SD-Løn over HTTP: what is sent, and what each way of failing becomes."""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from base64 import b64encode
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sd_answers import NORA, changed, document, employment, person, status
from sd_stage import PASSWORD
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from motoolkit.errors import (
    InputError,
    ProfileError,
    SdClosedError,
    SdCredentialsError,
    SdError,
    SdFaultError,
    SdNotFoundError,
    SdTransportError,
    SdUnreadableError,
)
from motoolkit.profile import SdSettings, Secret
from motoolkit.sd import SdClient, connect_sd

CHANGED = "GetEmploymentChanged20111201"
ONE = changed(person(employment(status("2019-08-01", "9999-12-31", "1"))))
TWO = changed(person(employment(status("2020-08-01", "9999-12-31", "1"), number="2"), cpr="1111111118"))
UNIT = "5c0a7a52-0000-4a00-8a00-00000000b7a1"
OLD = "5c0a7a52-0000-4a00-8a00-0000000000a2"
NEW = "5c0a7a52-0000-4a00-8a00-0000000000a3"


def fault(text: str) -> bytes:
    """Return a fault with HTTP 200."""
    return f"<Envelope><Body><Fault><faultstring>{text}</faultstring></Fault></Body></Envelope>".encode()


async def long_answer():
    """Yield more than a test's limit, and let the server see when nobody listens any more."""
    for _ in range(200):
        yield b"<a>" + b"x" * 65536
        await asyncio.sleep(0)


NOT_THERE = fault(f"The stated PersonCivilRegistrationIdentifier '{NORA}' does not exist")


def test_a_timeline_asks_for_the_full_span(stage, connect):
    """Every section that is compared, and never salaries; the year 1 with four digits."""
    stage.answers(CHANGED, ONE)
    found = connect().timeline("XY", f" {NORA[:6]}-{NORA[6:]}", "04711")
    assert found.sections["value"].tolist() == ["1"]
    assert stage.asked == [
        (
            "GET",
            f"/sdws/{CHANGED}",
            {
                "InstitutionIdentifier": "XY",
                "PersonCivilRegistrationIdentifier": NORA,
                "EmploymentIdentifier": "04711",
                "ActivationDate": "01.01.0001",
                "DeactivationDate": "31.12.9999",
                "DepartmentIndicator": "true",
                "EmploymentStatusIndicator": "true",
                "ProfessionIndicator": "true",
                "SalaryAgreementIndicator": "false",
                "SalaryCodeGroupIndicator": "false",
                "WorkingTimeIndicator": "true",
                "UUIDIndicator": "true",
            },
        )
    ]


def test_iso_dates_and_post(stage, connect):
    """Both forms of dates are accepted by SD, and POST keeps CPR numbers out of some logs."""
    stage.answers(CHANGED, ONE)
    connect(sd_dates="iso", sd_method="POST").timeline("XY", NORA)
    [(method, _, query)] = stage.asked
    assert method == "POST"
    assert (query["ActivationDate"], query["DeactivationDate"]) == ("0001-01-01", "9999-12-31")


def test_who_we_are_is_sent_as_basic_auth(stage, connect):
    """And nowhere else."""
    seen = []
    stage.answers(CHANGED, ONE)
    client = connect()
    client._wire._http.event_hooks["request"].append(lambda r: seen.append(r.headers["authorization"]))
    client.timeline("XY", NORA)
    assert seen == ["Basic " + b64encode(f"SY0001:{PASSWORD}".encode()).decode()]


def test_an_empty_answer_is_no_fault(stage, connect):
    """200 without Person: nothing is concluded, nothing raised, nothing remembered."""
    stage.answers(CHANGED, changed())
    assert len(connect().timeline("XY", NORA).employments) == 0


def test_not_found_is_typed(stage, connect):
    """SD says so in a fault, with HTTP 200; it is not asked again."""
    stage.answers(CHANGED, NOT_THERE)
    with pytest.raises(SdNotFoundError) as caught:
        connect().timeline("XY", NORA)
    assert caught.value.what == "person"
    assert len(stage.asked) == 1


def test_another_fault_is_not_not_found(stage, connect):
    """It is shown in SD's words."""
    stage.answers(CHANGED, fault("The stated InstitutionIdentifier 'QQ' does not exist"))
    with pytest.raises(SdFaultError, match="SD-Løn answered with a fault: The stated Inst") as caught:
        connect().timeline("QQ", NORA)
    assert not isinstance(caught.value, SdNotFoundError)


@pytest.mark.parametrize(
    ("answer", "error", "times"),
    [
        (b"The webservice has failed", SdClosedError, 3),
        (Response(status_code=503), SdClosedError, 3),
        (Response("no", status_code=500), SdTransportError, 3),
        (b"<html><title>Log ind</title></html>", SdUnreadableError, 3),
        (ONE[:-30], SdUnreadableError, 3),
        (Response(status_code=503, headers={"Retry-After": "36000"}), SdClosedError, 1),
        (Response(status_code=401), SdCredentialsError, 1),
        (Response(status_code=403), SdCredentialsError, 1),
        (Response(status_code=404), SdTransportError, 1),
        (RedirectResponse("https://login.example/?next=x"), SdTransportError, 1),
        (b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', SdUnreadableError, 1),
    ],
    ids=["closed", "503", "500", "html", "cut", "closed for long", "401", "403", "404", "moved", "bomb"],
)
def test_what_may_fare_better_is_asked_again(stage, connect, answer, error, times):
    """And what would not is not; nothing of the question is in any error."""
    stage.answers(CHANGED, answer)
    with pytest.raises(error) as caught:
        connect().timeline("XY", NORA)
    assert len(stage.asked) == times
    shown = "".join(traceback.format_exception(caught.value))
    assert NORA not in shown
    assert PASSWORD not in shown
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert caught.value.remedy


def test_the_second_time_it_may_work(stage, connect):
    """An answer that was cut off is asked for again."""
    stage.answers(CHANGED, ONE[:-30], Response(status_code=502), ONE)
    assert len(connect().timeline("XY", NORA).employments) == 1
    assert len(stage.asked) == 3


def test_every_error_is_one_of_sd(connect):
    """Whoever handles SdError has handled them all."""
    for kind in (SdClosedError, SdCredentialsError, SdNotFoundError, SdTransportError, SdUnreadableError):
        assert issubclass(kind, SdError)
    client = connect(sd_url="http://127.0.0.1:9")
    with pytest.raises(SdTransportError, match="can not be reached"):
        client.timeline("XY", NORA)


def test_an_answer_that_does_not_come(stage):
    """SD is still at work on it, so it is not asked again at once; and it is not closed."""

    async def late():
        await asyncio.sleep(0.3)
        yield ONE

    stage.answers(CHANGED, StreamingResponse(late(), media_type="text/xml"))
    settings = SdSettings(stage.url, "SY0001", Secret(PASSWORD), hours="always", cache_hours=0)
    with SdClient(settings, timeout=0.1) as sd, pytest.raises(SdTransportError, match="not answer in time"):
        sd.timeline("XY", NORA)
    assert len(stage.asked) == 1


def test_an_answer_that_says_it_has_three_gigabytes(stage, connect):
    """It is not even begun."""
    stage.answers(CHANGED, StreamingResponse(long_answer(), headers={"Content-Length": str(3 * 1024**3)}))
    with pytest.raises(SdUnreadableError, match="larger than 2,147,483,648 bytes"):
        connect().timeline("XY", NORA)
    assert len(stage.asked) == 1


def test_an_answer_that_does_not_end(stage):
    """It is cut where the limit is, whatever it said of its length."""
    stage.answers(CHANGED, StreamingResponse(long_answer(), media_type="text/xml"))
    settings = SdSettings(stage.url, "SY0001", Secret(PASSWORD), hours="always", cache_hours=0)
    with SdClient(settings, limit=1_000_000) as client, pytest.raises(SdUnreadableError, match="1,000,000"):
        client.timeline("XY", NORA)


def test_no_log_holds_a_cpr_number_or_the_password(stage, connect, caplog):
    """The addresses that httpx logs hold CPR numbers."""
    caplog.set_level(logging.DEBUG)
    stage.answers(CHANGED, Response(status_code=500), ONE)
    client = connect()
    client.timeline("XY", NORA)
    assert f"PersonCivilRegistrationIdentifier={NORA[:6]}-xxxx" in caplog.text
    assert NORA not in caplog.text
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(client) + repr(client.settings) + repr(vars(client))


def test_a_wrong_cpr_number_is_not_repeated(connect):
    """The error says how to write one."""
    with pytest.raises(InputError, match="no CPR number") as caught:
        connect().timeline("XY", "251248491")
    assert "251248491" not in str(caught.value)


def at(clock):
    """Return a clock that stands still."""
    moment = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    return lambda: moment


@pytest.mark.parametrize(
    ("clock", "opens"),
    [
        ("2026-11-23T05:59", "2026-11-23T06:00:00+01:00"),
        ("2026-11-23T22:00", "2026-11-24T06:00:00+01:00"),
        ("2026-03-28T23:30", "2026-03-29T06:00:00+02:00"),
    ],
    ids=["early", "late", "the night in which summer time begins"],
)
def test_nothing_is_sent_outside_of_opening_hours(stage, clock, opens):
    """The error tells when SD opens."""
    stage.answers(CHANGED, ONE)
    settings = SdSettings(stage.url, "SY0001", Secret(PASSWORD), hours="06:00-22:00", cache_hours=0)
    with SdClient(settings, now=at(clock)) as client, pytest.raises(SdClosedError) as caught:
        client.timeline("XY", NORA)
    assert stage.asked == []
    assert caught.value.opens.isoformat() == opens
    assert "at 06:00" in str(caught.value)


def test_within_opening_hours_it_is_asked(stage):
    """From the first minute to the last."""
    stage.answers(CHANGED, ONE)
    settings = SdSettings(stage.url, "SY0001", Secret(PASSWORD), hours="06:00-22:00", cache_hours=0)
    for clock in ("2026-11-23T06:00", "2026-11-23T21:59"):
        with SdClient(settings, now=at(clock)) as client:
            client.timeline("XY", NORA)
    assert len(stage.asked) == 2


def test_one_request_at_a_time(stage, connect):
    """SD is spared, however many threads ask."""
    under_way, most, lock = 0, 0, threading.Lock()
    client = connect()
    send = client._wire._send

    def counted(*args):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        try:
            return send(*args)
        finally:
            with lock:
                under_way -= 1

    client._wire._send = counted
    stage.answers(CHANGED, ONE)
    threads = [threading.Thread(target=client.timeline, args=("XY", NORA)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, len(stage.asked)) == (1, 5)


def test_a_whole_institution_at_once_must_be_allowed(stage, connect):
    """Whether SD bears it is not known."""
    stage.answers(CHANGED, ONE)
    with pytest.raises(InputError, match="more than SD-Løn bears"):
        connect().timeline("XY")
    assert len(connect(sd_bulk=True).timeline("XY").employments) == 1


def test_snapshots_of_a_day(stage, connect):
    """Persons and employments, passive ones included unless told otherwise."""
    stage.answers("GetPerson20111201", document("GetPerson20111201", person(employment())))
    stage.answers("GetEmployment20111201", document("GetEmployment20111201", person(employment())))
    client = connect()
    day = date(2025, 5, 2)
    assert client.persons("XY", day).employments["number"].tolist() == ["04711"]
    assert client.employments("XY", day, passive=False).employments["number"].tolist() == ["04711"]
    persons, employments = stage.of("GetPerson")[0], stage.of("GetEmployment2")[0]
    assert (persons["EffectiveDate"], persons["StatusPassiveIndicator"]) == ("02.05.2025", "true")
    assert employments["StatusPassiveIndicator"] == "false"


def test_who_changed_is_asked_a_day_at_a_time(stage, connect):
    """Windows are cut at midnight; whoever changed twice is named once."""
    delta = "GetEmploymentChangedAtDate20111201"
    stage.answers(delta, document(delta, person(employment(status("2025-05-01", "9999-12-31", "S")))))
    found = connect().changed_since("XY", datetime(2025, 5, 1, 16, 30), date(2025, 5, 3))
    assert found.to_numpy().tolist() == [["XY", NORA, "04711"]]
    asked = [(q["ActivationDate"], q["ActivationTime"], q["DeactivationTime"]) for q in stage.of(delta)]
    assert asked == [
        ("01.05.2025", "16:30:00", "23:59:59"),
        ("02.05.2025", "00:00:00", "23:59:59"),
        ("03.05.2025", "00:00:00", "23:59:59"),
    ]
    with pytest.raises(InputError, match="ends before it starts"):
        connect().changed_since("XY", date(2025, 5, 3), date(2025, 5, 1))


def history(*periods):
    """Return a parent history."""
    return JSONResponse([{"startDate": a, "endDate": b, "parentUuid": p} for a, b, p in periods])


def parents_of(found):
    """Return parents as rows of texts."""
    return [
        ("" if row.start != row.start else str(row.start.date()), row.parent, row.source)
        for row in found.parents.itertuples()
    ]


def test_parents_from_the_history(stage, connect):
    """Overlaps stay for the diff to tell of; being its own parent means nothing."""
    stage.answers(
        "department-parent-history",
        history(
            ("2015-01-01", "2022-12-31", OLD),
            ("2022-06-01", "9999-12-31", NEW),
            ("2015-01-01", "9999-12-31", UNIT),
        ),
    )
    found = connect().parents([UNIT.upper()], as_of=date(2025, 5, 2))
    assert parents_of(found) == [("2015-01-01", OLD, "history"), ("2022-06-01", NEW, "history")]
    assert stage.asked[0][1].endswith(f"/organizations/uuids/{UNIT}/department-parent-history")


def department(start, end):
    """Return a period of the department."""
    return (
        f"<Department><ActivationDate>{start}</ActivationDate><DeactivationDate>{end}</DeactivationDate>"
        f"<DepartmentUUIDIdentifier>{UNIT}</DepartmentUUIDIdentifier></Department>"
    )


def parent(uuid):
    """Return the parent on a day."""
    inside = (
        f"<DepartmentParent><DepartmentUUIDIdentifier>{uuid}</DepartmentUUIDIdentifier></DepartmentParent>"
    )
    return document("GetDepartmentParent20190701", inside)


@pytest.mark.parametrize(
    "no_history",
    [Response(status_code=404), JSONResponse([]), Response(status_code=403), Response(status_code=401)],
    ids=["404", "[]", "403", "401"],
)
def test_parents_are_sampled_where_there_is_no_history(stage, connect, no_history):
    """On the day each period starts, and today; a day that SD does not know leaves a hole."""
    stage.answers("department-parent-history", no_history)
    stage.answers(
        "GetDepartmentParent20190701",
        fault("DepartmentUUIDIdentifier was not found"),
        parent(OLD),
        parent(OLD),
        parent(NEW),
    )
    periods = [
        department("2010-01-01", "2014-12-31"),
        department("2015-01-01", "2019-12-31"),
        department("2020-01-01", "9999-12-31"),
    ]
    stage.answers("GetDepartment20111201", document("GetDepartment20111201", *periods))
    client = connect()
    found = client.parents([UNIT], client.departments("XY"), as_of=date(2025, 5, 2))
    assert parents_of(found) == [("2015-01-01", OLD, "sampled"), ("2025-05-02", NEW, "sampled")]
    assert str(found.parents["end"][0].date()) == "2025-05-02"
    days = [query["EffectiveDate"] for query in stage.of("GetDepartmentParent")]
    assert days == ["01.01.2010", "01.01.2015", "01.01.2020", "02.05.2025"]
    assert len(found.departments) == 3


def test_lists(stage, connect):
    """Job positions, institutions and the organisation have their own parameters."""
    stage.answers("GetProfession20080201", document("GetProfession20080201"))
    stage.answers("GetInstitution20111201", document("GetInstitution20111201"))
    stage.answers("GetOrganization20111201", document("GetOrganization20111201"))
    client = connect()
    assert len(client.professions("XY")) == len(client.institutions(region="9Z")) == 0
    assert client.organisation("XY", date(2025, 5, 2)).levels == ()
    assert stage.of("GetInstitution") == [{"RegionIdentifier": "9Z", "UUIDIndicator": "true"}]
    assert stage.of("GetProfession") == [{"InstitutionIdentifier": "XY"}]


def test_credentials_must_be_given(stage):
    """The error names the settings and where they belong."""
    with pytest.raises(
        ProfileError, match="Nothing says sd_username and sd_password for SD-Løn at"
    ) as caught:
        connect_sd(sd_url=stage.url)
    assert "MOTOOLKIT_SD_PASSWORD" in str(caught.value)
