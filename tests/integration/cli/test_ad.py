"""``motoolkit ad audit|snapshot|username|roles|watch``, as a consultant types them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time

import openpyxl
import pytest
from support import TODAY, launch

from motoolkit import connect
from motoolkit.cli import main

# Neither a telephone's nor a part of a GUID.
TEN_DIGITS = re.compile(r"(?<![0-9a-fA-F.+-])[0-9]{6}-?[0-9]{4}(?![0-9a-fA-F-])")
LISTENERS = "{ event_listeners { objects { user_key } } }"
ASKED = ("--as-of", TODAY, "--format", "json")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A small municipality with its directories, which the tests share."""
    running = launch("--today", TODAY, "--persons", "20", log=tmp_path_factory.mktemp("ad") / "sandbox.log")
    yield running
    running.stop()


@pytest.fixture
def ad(served, monkeypatch, capfd):
    """Run a command and return exit code, output and errors."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", "a key of the tests")
    monkeypatch.setenv("MOTOOLKIT_AD_KEY", "another key of the tests")

    def run(*words):
        code = main(["ad", words[0], "--profile", served.url, *map(str, words[1:])])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def test_an_audit_is_told_written_and_fails_as_grave_as_asked(ad, tmp_path):
    """What is planted; what is critical was read twice, and no CPR number is told."""
    code, out, err = ad("audit", *ASKED, "--out", tmp_path)
    found = json.loads(out)["findings"]
    assert code == 1
    critical = [each for each in found if each["severity"] == "critical"]
    assert critical
    assert not any(each["undecided"] for each in critical)
    assert not TEN_DIGITS.search(out)
    sheets = openpyxl.load_workbook(tmp_path / "ad_fund.xlsx").sheetnames
    assert "Enheder" in sheets or "Units" in sheets, err
    assert ad("audit", *ASKED, "--directory", "skole", "--fail-on", "critical")[0] == 0


def test_a_snapshot_is_audited_later_and_says_grave_things_once(ad, tmp_path):
    """Nothing of it can be read again; another directory than those in it is refused."""
    file = tmp_path / "ad.snapshot"
    code, out, _ = ad("snapshot", "--out", file, "--directory", "admin", "--format", "csv")
    assert code == 0
    assert out.splitlines()[1].startswith("admin,admin.ldif,")
    assert b"Hansen" not in file.read_bytes()
    out = ad("audit", *ASKED, "--snapshot", file)[1]
    critical = [each for each in json.loads(out)["findings"] if each["severity"] == "critical"]
    assert critical
    assert all(each["undecided"] for each in critical)
    code, _, err = ad("audit", *ASKED, "--snapshot", file, "--directory", "skole")
    assert (code, err.count("hold none of the directories")) == (1, 1)


def test_a_username_is_taken_or_proposed(ad):
    """With the reasons; whoever is unknown is one sentence."""
    code, out, _ = ad("username", "olti01")
    assert (code, out.splitlines()[0]) == (1, "olti01 is not free:")
    code, out, _ = ad("username", "zzyx99")
    assert (code, out) == (0, "zzyx99 is free.\n")
    code, out, _ = ad("username", "--given-name", "Ida", "--surname", "Holm", "--directory", "admin")
    assert code == 0
    assert re.fullmatch(r"admin: idho[0-9]{2}\n", out)
    code, _, err = ad("username", "x", "--for", "nobody-at-all")
    assert (code, err.count("nobody's username")) == (1, 1)
    assert ad("username")[0] == 2


def test_roles_of_os2rollekatalog_are_held_against_mo(ad, tmp_path):
    """A user whom nobody knows is found; a file that is none is one sentence."""
    file = tmp_path / "roller.csv"
    head = "Bruger ID;Jobfunktionsrolle;It-system;Aktiv/Inaktiv\n"
    file.write_text(head + "findes-ikke;Almindelig bruger;Active Directory;aktiv\n", encoding="utf-8-sig")
    code, out, _ = ad("roles", file, "--format", "json")
    assert "RK-UNKNOWN-USER" in {each["kind"] for each in json.loads(out)["findings"]}
    file.write_text("noget;andet\n1;2\n")
    code, _, err = ad("roles", file)
    assert code == 1
    assert "roller.csv" in err


def test_a_watch_is_stopped_by_its_signal_and_leaves_nothing_in_mo(served):
    """It says how many findings there are, before and after."""
    command = [sys.executable, "-m", "motoolkit", "ad", "watch", "--profile", served.url, "--every", "60"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert re.fullmatch(r"Following admin, skole: [0-9]+ findings\.\n", running.stdout.readline())
    with connect(served.url) as mo:
        for _ in range(300):
            if mo.execute(LISTENERS)["event_listeners"]["objects"]:
                break
            time.sleep(0.1)
        time.sleep(1)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=60)
        assert (running.returncode, err) == (0, "")
        assert not mo.execute(LISTENERS)["event_listeners"]["objects"]
    assert re.search(r"Stopped: [0-9]+ findings\.\n$", out)
