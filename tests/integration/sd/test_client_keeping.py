"""What SD-Løn has said is kept, encrypted; a run through an institution goes on where it was cut."""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sd_answers import NORA, changed, document, employment, person, status
from sd_stage import PASSWORD
from starlette.responses import Response

from motoolkit.errors import SdClosedError, SdError, SdNotFoundError
from motoolkit.profile import SdSettings, Secret
from motoolkit.sd import SdClient
from motoolkit.sd.client import _cache

CHANGED = "GetEmploymentChanged20111201"
GET_PERSON = "GetPerson20111201"
OTHERS = ["1111111118", "0101010101"]
KEY = "en god lang kode"


def timeline(cpr, code="1"):
    """Return a person's timeline."""
    return changed(person(employment(status("2019-08-01", "9999-12-31", code)), cpr=cpr))


def fault(text):
    """Return a fault with HTTP 200."""
    return f"<Envelope><Body><Fault><faultstring>{text}</faultstring></Fault></Body></Envelope>".encode()


ONE = timeline(NORA)
NOT_THERE = fault("The stated PersonCivilRegistrationIdentifier 'x' does not exist")


@pytest.fixture
def key(monkeypatch):
    """Give the cache a key."""
    monkeypatch.setenv("MOTOOLKIT_SD_CACHE_KEY", KEY)


def kept():
    """Return the files that are kept."""
    return sorted(_cache.folder().glob("*")) if _cache.folder().exists() else []


@pytest.mark.usefixtures("key")
def test_an_answer_is_asked_for_once(stage, connect):
    """By another client too; ``fresh`` asks again."""
    stage.answers(CHANGED, ONE)
    first = connect().timeline("XY", NORA)
    second = connect().timeline("XY", NORA)
    assert first.sections.equals(second.sections)
    assert len(stage.asked) == 1
    connect().timeline("XY", NORA, fresh=True)
    assert len(stage.asked) == 2


@pytest.mark.usefixtures("key")
def test_nothing_on_disk_tells_of_whom_it_is(stage, connect):
    """Neither content nor name, which is keyed; the owner alone may read it."""
    stage.answers(CHANGED, ONE)
    connect().timeline("XY", NORA)
    [file] = kept()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert NORA.encode() not in file.read_bytes()
    assert NORA not in file.name
    name = file.name
    os.environ["MOTOOLKIT_SD_CACHE_KEY"] = "en helt anden kode"
    connect().timeline("XY", NORA)
    assert {each.name for each in kept()} > {name}


@pytest.mark.usefixtures("key")
def test_another_key_finds_nothing(stage, connect, monkeypatch):
    """Whatever stands in a file that can not be opened is asked for anew."""
    stage.answers(CHANGED, ONE)
    connect().timeline("XY", NORA)
    [file] = kept()
    for content in (b"", b"rubbish", file.read_bytes()[:-5]):
        file.write_bytes(content)
        assert len(connect().timeline("XY", NORA).employments) == 1
    assert len(stage.asked) == 4
    monkeypatch.setenv("MOTOOLKIT_SD_CACHE_KEY", "en helt anden kode")
    connect().timeline("XY", NORA)
    assert len(stage.asked) == 5


@pytest.mark.usefixtures("key")
def test_another_user_is_not_given_ones_answers(stage, connect):
    """SD may show them something else."""
    stage.answers(CHANGED, ONE)
    connect().timeline("XY", NORA)
    connect(sd_username="SY0002").timeline("XY", NORA)
    assert len(stage.asked) == 2


@pytest.mark.usefixtures("key")
def test_what_has_expired_is_asked_for_anew_and_swept(stage, connect, monkeypatch):
    """Its age is sealed in it, so that touching the file does not make it young."""
    stage.answers(CHANGED, ONE)
    connect().timeline("XY", NORA)
    [file] = kept()
    later = time.time() + 13 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    os.utime(file, (later, later))
    connect().timeline("XY", NORA)
    assert len(stage.asked) == 2
    os.utime(file, (1, 1))
    (file.parent / f".{file.name}.1.ab").write_bytes(b"half")
    os.utime(file.parent / f".{file.name}.1.ab", (1, 1))
    connect()
    assert kept() == []


@pytest.mark.usefixtures("key")
def test_what_says_nothing_is_not_remembered(stage, connect):
    """An empty answer, a fault, a cut one, and that somebody is not there: who is new would stay unseen."""
    client = connect()
    for answer in (changed(), fault("Something"), ONE[:-9]):
        stage.answers(CHANGED, answer)
        with suppress(SdError):
            client.timeline("XY", NORA)
        assert kept() == []
    stage.answers(CHANGED, NOT_THERE)
    with pytest.raises(SdNotFoundError):
        client.timeline("XY", OTHERS[0])
    assert kept() == []
    stage.answers(CHANGED, ONE)
    client.timeline("XY", NORA)
    assert client.cache.forget() == 1
    assert kept() == []


def test_without_a_key_nothing_is_kept_and_that_is_said_once(stage, connect, caplog):
    """No keyring, no variable: answers hold CPR numbers, so they are never written in clear."""
    _cache._tell.cache_clear()
    caplog.set_level(logging.WARNING)
    stage.answers(CHANGED, ONE)
    for _ in range(2):
        connect().timeline("XY", NORA)
    assert len(stage.asked) == 2
    assert kept() == []
    assert caplog.text.count("SD-Løn's answers are not kept") == 1
    assert "Set MOTOOLKIT_SD_CACHE_KEY" in caplog.text


@pytest.mark.usefixtures("key")
def test_nothing_is_kept_for_no_hours(stage, connect, caplog):
    """Which needs no words."""
    stage.answers(CHANGED, ONE)
    connect(sd_cache_hours=0).timeline("XY", NORA)
    assert kept() == []
    assert caplog.text == ""


@pytest.mark.usefixtures("key")
def test_a_disk_that_refuses_turns_the_cache_off(stage, connect, monkeypatch, tmp_path, caplog):
    """The answer is given all the same."""
    _cache._tell.cache_clear()
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_the_way))
    stage.answers(CHANGED, ONE)
    client = connect()
    assert len(client.timeline("XY", NORA).employments) == 1
    assert not client.cache.is_on
    assert "can not be written" in caplog.text


def people(*cprs):
    """Return who there is."""
    return document(GET_PERSON, *(person(employment(), cpr=cpr) for cpr in cprs))


@pytest.mark.usefixtures("key")
def test_a_population_is_read_person_by_person(stage, connect):
    """Who is denied and of whom nothing is said are two things."""
    stage.answers(GET_PERSON, people(NORA, *OTHERS, "2222222222"))
    stage.answers(CHANGED, changed(), ONE, NOT_THERE, changed(), fault("Something"))
    found = connect().population("XY")
    assert found.employments.employments["cpr"].tolist() == [NORA]
    assert found.silent.to_numpy().tolist() == [
        ["XY", OTHERS[0], "not_found"],
        ["XY", OTHERS[1], "empty"],
        ["XY", "2222222222", "unreadable"],
    ]
    assert repr(found) == (
        "<Population: <Persons: 4 persons, 4 employments>, "
        "<Employments: 1 employments, 1 sections, 0 oddities>, 3 silent>"
    )


@pytest.mark.usefixtures("key")
def test_a_run_that_was_cut_goes_on(stage):
    """SD closes in the middle; the next run asks only for the rest."""
    clock = datetime(2026, 11, 23, 21, 59, tzinfo=ZoneInfo("Europe/Copenhagen"))
    settings = SdSettings(stage.url, "SY0001", Secret(PASSWORD), hours="06:00-22:00")

    def now():
        # The institution, who is yet to come and two persons are asked for before the clock strikes ten.
        return clock if len(stage.asked) < 4 else clock.replace(hour=22, minute=0)

    stage.answers(GET_PERSON, people(NORA, *OTHERS))
    stage.answers(CHANGED, changed(), ONE, timeline(OTHERS[0]), changed(), timeline(OTHERS[1]))
    with SdClient(settings, now=now) as client, pytest.raises(SdClosedError) as caught:
        client.population("XY")
    assert "2 of 3 persons were read." in caught.value.message
    assert "what has been read is kept for 12 hours" in str(caught.value.remedy)
    assert caught.value.opens.isoformat() == "2026-11-24T06:00:00+01:00"
    with SdClient(settings, now=lambda: clock) as client:
        found = client.population("XY")
    assert found.employments.employments["cpr"].tolist() == [NORA, *OTHERS]
    asked = [query.get("PersonCivilRegistrationIdentifier") for query in stage.of(CHANGED)]
    assert asked == [None, NORA, OTHERS[0], None, OTHERS[1]]


def test_a_population_in_one_request_where_sd_allows(stage, connect):
    """Whom the answer leaves out was silent."""
    stage.answers(GET_PERSON, people(NORA, OTHERS[0]))
    stage.answers(CHANGED, ONE)
    found = connect(sd_bulk=True, sd_cache_hours=0).population("XY")
    assert found.silent.to_numpy().tolist() == [["XY", OTHERS[0], "empty"]]
    assert len(stage.of(CHANGED)) == 1


def test_a_run_through_rubbish_ends(stage, connect):
    """Three persons in a row whose answers are none: nobody waits for thousands of them."""
    stage.answers(GET_PERSON, people(NORA, *OTHERS, "2222222222", "3333333333"))
    stage.answers(CHANGED, changed(), Response("<html>oops</html>", media_type="text/html"))
    with pytest.raises(SdError, match="about 3 persons in a row could not be read"):
        connect(sd_cache_hours=0).population("XY")
    assert len(stage.of(CHANGED)) == 1 + 9


def test_several_at_a_time_give_the_same(stage, connect):
    """Where the profile says so."""
    stage.answers(GET_PERSON, people(NORA, *OTHERS))
    stage.answers(CHANGED, ONE)
    found = connect(sd_concurrency=3, sd_cache_hours=0).population("XY")
    assert len(found.employments.employments) == 3
    assert found.employments.sections["employment"].tolist() == [0, 1, 2]


def test_where_answers_are_kept():
    """In the user's cache folder."""
    assert _cache.folder() == Path(os.environ["XDG_CACHE_HOME"]) / "motoolkit" / "sd-answers"
