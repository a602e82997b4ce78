"""``motoolkit identity show``, as a consultant types it; Hans is the newsletter's figure."""

from __future__ import annotations

import io
import json
import re
import stat
from datetime import date

import pytest
from support import launch

from motoolkit.cli import main
from motoolkit.client import connect
from motoolkit.identities import COLLECTIONS, check
from motoolkit.identities.picture import identity_picture
from motoolkit.mirror import Mirror

TODAY = "2026-11-23"
KEY = "a key that opens this file"
HANS = """\
Hans Holm · 23-11-2026
├─ Lærer, Ravnsnæs Skole (NS-04711 · primary)
│  ├─ hans.holm@ravnsnaes-skole.example (Active Directory, skoler · primary)
│  │  └─ hans.holm@ravnsnaes-skole.example (E-mail)
│  ├─ hh.laerer@ravnsnaes-skole.example (Fagsystem Skole)
│  │  ◆ Lærer
│  │  └─ hh.laerer@ravnsnaes-skole.example (E-mail)
│  └─ hh.roller@ravnsnaes-skole.example (OS2rollekatalog)
│     └─ hh.roller@ravnsnaes-skole.example (E-mail)
└─ Lærer, Vig Skole (NS-04712)
   ├─ hans.holm@vig-skole.example (Active Directory, skoler · primary)
   │  ├─ +4500001122 (Telefon)
   │  └─ hans.holm@vig-skole.example (E-mail)
   └─ hh.laerer@vig-skole.example (Fagsystem Skole)
      ◆ Skoleledelse, Vig Skole
      └─ hh.laerer@vig-skole.example (E-mail)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A municipality with planted faults of identities."""
    log = tmp_path_factory.mktemp("identity") / "sandbox.log"
    running = launch("--today", TODAY, "--identities", "planted", log=log)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def file(served, tmp_path_factory):
    """A mirror file of it."""
    path = tmp_path_factory.mktemp("mirror") / "nordby.duckdb"
    with connect(served.url) as client, Mirror.open(path, key=KEY) as mirror:
        mirror.load(client, COLLECTIONS)
    return path


@pytest.fixture
def show(file, served, monkeypatch, capfd):
    """Run the command and return exit code, output and errors."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", KEY)

    def run(*words, live=False, day=TODAY):
        capfd.readouterr()
        where = ["--profile", served.url] if live else ["--mirror", str(file), "--no-refresh"]
        code = main(["identity", "show", *map(str, words), "--as-of", day, *where])
        done = capfd.readouterr()
        return code, done.out, done.err

    return run


def test_hans_is_the_newsletters_figure(show):
    """Three systems at Ravnsnæs Skole, two at Vig Skole; a mail address for each account, and a telephone."""
    assert show("hans holm") == (0, HANS, "")
    assert show("hans holm", live=True) == (0, HANS, "")


def test_one_account_serves_two_jobs_from_february_on(show):
    """Number 2 of the figure: told whole at the first job, with an arrow at the other."""
    _, out, _ = show("NS-04713", day="2027-02-01")
    assert out.count("hans.holm@vig-skole.example (Active Directory, skoler · primary)") == 2
    assert "(Active Directory, skoler · primary) ↑" in out


@pytest.mark.parametrize("who", ["NS-04712", "hh.roller@ravnsnaes-skole.example", "Hans Hol"])
def test_whatever_one_has_of_a_person_is_enough(show, who):
    """A number, a username, a part of a name that only one has."""
    code, out, _ = show(who)
    assert (code, out.splitlines()[0]) == (0, "Hans Holm · 23-11-2026")


def test_a_name_that_fits_several_lists_them(show):
    """With their UUIDs, birthdays and usernames, and no CPR number."""
    code, out, err = show("hans")
    assert (code, out) == (1, "")
    assert re.match(r"Error: \d+ persons fit 'hans' in MO.\nGive the UUID of the one that is meant:\n", err)
    assert re.search(r"^  [0-9a-f-]{36}  Hans Holm · 25-01-1982 · ", err, re.MULTILINE)


def test_nobody_is_one_sentence_and_a_way_out(show):
    """And a CPR number is not repeated."""
    code, out, err = show("Hans Hlom")
    assert (code, out) == (1, "")
    assert err.startswith("Error: Nobody is called 'Hans Hlom' in MO.\nDid you mean Hans Holm?")
    assert "1234" not in show("0101901234")[2]
    assert show("  ")[2].startswith("Error: Nobody was named.")


def test_a_cpr_number_is_read_from_standard_input(show, file, monkeypatch):
    """It would stay in the shell's history else."""
    with Mirror.open(file, key=KEY) as mirror:
        [(cpr,)] = mirror.rows("SELECT cpr_number FROM persons WHERE name = 'Hans Holm'", show_cpr=True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{cpr}\n"))
    code, out, err = show("-")
    assert (code, out) == (0, HANS)
    assert cpr not in out + err


def test_a_unit_is_shown_too(show):
    """What it is reached at, and who leads it: the dashed arrows of the figure."""
    _, out, _ = show("Vig Skole")
    assert out.splitlines()[0] == "Vig Skole · 23-11-2026"
    assert "vig.skole@nordby.example (E-mail)" in out


def test_what_is_wrong_is_told_with_it(show):
    """Somebody with six engagements and nine accounts."""
    _, out, _ = show("Mona Mange")
    assert re.search(r"momange2 \(Active Directory · primary\)  ⚠ 1$", out, re.MULTILINE)
    assert re.search(r"^⚠ 1. Error: Account goes on after its engagements: ", out, re.MULTILINE)


def test_programs_get_json(show):
    """All of it through time, with what is wrong."""
    told = json.loads(show("Mona Mange", "--format", "json")[1])
    sorts = [node["sort"] for node in told["nodes"]]
    assert len({node["uuid"] for node in told["nodes"] if node["sort"] == "ituser"}) == 9
    assert sorts.count("engagement") == 6
    assert "account_outlives_engagements" in {found["kind"] for found in told["findings"]}


def test_the_picture_is_written_to_files_of_the_owner_alone(show, tmp_path):
    """A page with a slider, a drawing, an image."""
    files = [tmp_path / f"hans.{ending}" for ending in ("html", "svg", "png")]
    words = [word for file in files for word in (f"--{file.suffix[1:]}", file)]
    code, _, err = show("hans holm", *words)
    assert (code, err.split()) == (0, list(map(str, files)))
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "<script>" in files[0].read_text()
    assert not re.search(r"https?://(?!www\.w3\.org)", files[0].read_text())


def test_a_file_of_another_kind_is_refused_before_anything_is_read(show, tmp_path):
    """--svg writes no PNG."""
    code, out, err = show("hans holm", "--svg", tmp_path / "hans.png")
    assert (code, out) == (1, "")
    assert err == "Error: --svg writes no file that is called 'hans.png'.\nEnd the name in .svg.\n"


def test_every_planted_person_is_drawn_on_every_day(file):
    """Whatever is wrong with them, also where MO points at what it has not."""
    with Mirror.open(file, key=KEY) as mirror:
        audit = check(mirror, date(2026, 11, 23), past=True)
        rows = mirror.rows("SELECT DISTINCT person_uuid FROM engagements WHERE user_key LIKE 'ID-%'")
        for (uuid,) in rows:
            picture = identity_picture(mirror, uuid, date(2026, 11, 23), audit)
            for day in picture.days:
                assert picture.svg(day).startswith("<svg ")
