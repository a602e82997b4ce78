"""The notebook of external users, executed by papermill: a plan, applied on request only."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys

import nbformat
import openpyxl
import pytest
from ad_ldif import BASE, account, ldif, ou
from support import TODAY, launch

import motoolkit
from motoolkit.ad.external_users._plan import LEFT, NEW
from motoolkit.language import tr
from motoolkit.sandbox.municipality import unit_uuid

pytestmark = pytest.mark.notebook

EXECUTED, FOUND, PLANNED = "external_users.ipynb", "ad_fund.xlsx", "eksterne_plan.xlsx"
PLACE = "OU=Konsulenter"
CPR = "0303836543"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return what runs the notebook on a small municipality and an export, in a process of its own."""
    home = tmp_path_factory.mktemp("externals")
    served = launch("--today", TODAY, "--persons", "20", log=home / "sandbox.log")
    accounts = [
        account("ekst1", PLACE, givenName="Kaja", sn="Konsulent", mail="kaja@firma.dk", employeeID=CPR),
        account("ekst2", PLACE, givenName="Lars", sn="Lukket", userAccountControl="514"),
    ]
    (home / "ad.ldif").write_text(ldif(ou(PLACE), *accounts))
    (home / "profiles.toml").write_text(
        f'[profiles.nordby]\nmo_url = "{served.url}"\n'
        '[profiles.nordby.ad.admin]\ncpr_attribute = "employeeID"\n'
        f'files = ["{home / "ad.ldif"}"]\nbase_dn = "{BASE}"\n[profiles.nordby.ad.admin.externals]\n'
        f'job_function = "9002"\nunits = {{ "{PLACE},{BASE}" = "{unit_uuid("Konsulenthuset Øresø")}" }}\n'
    )
    environ = {
        **os.environ,
        "MOTOOLKIT_CONFIG": str(home / "profiles.toml"),
        "MOTOOLKIT_MIRROR_KEY": "a key of the tests",
        "XDG_STATE_HOME": str(home / "state"),
    }

    def execute(name, **parameters):
        out = home / name
        given = {
            "profile": "nordby",
            "as_of": TODAY,
            "mirror_file": str(home / "mirror.duckdb"),
            **parameters,
        }
        pairs = [word for key, value in given.items() for word in ("-p", key, value)]
        command = [sys.executable, "-m", "motoolkit", "run", "external_users", "--out", str(out), *pairs]
        done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
        return done, out

    execute.url = served.url
    yield execute
    served.stop()


def shown(out):
    """Return all that the executed notebook shows."""
    cells = nbformat.read(out / EXECUTED, as_version=4).cells
    return "".join(str(output) for cell in cells for output in cell.get("outputs", ()))


def persons(url, surname):
    """Return how many persons MO has of a surname."""
    with motoolkit.connect(url) as client:
        found = [each for page in client.read("persons", fields=["surname"]) for each in page.objects]
    return sum(any(v["surname"] == surname for v in each["validities"]) for each in found)


def test_the_plan_is_shown_and_written_and_applied_only_on_request(run):
    """Then MO has what AD says, and a third run finds nothing to do."""
    done, out = run("first")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == sorted(str(out / each) for each in (FOUND, PLANNED, EXECUTED))
    assert {stat.S_IMODE((out / each).stat().st_mode) for each in (FOUND, PLANNED, EXECUTED)} == {0o600}
    accounts, changes = openpyxl.load_workbook(out / PLANNED)
    assert [[cell.value for cell in row][1:5] for row in accounts][1:] == [
        ["ekst1", "Kaja Konsulent", "Konsulenthuset Øresø", tr(NEW)],
        ["ekst2", "Lars Lukket", "Konsulenthuset Øresø", tr(LEFT)],
    ]
    assert changes.max_row > 5
    assert tr("External not in MO") in shown(out)
    assert persons(run.url, "Konsulent") == 0
    done, out = run("second", apply="true")
    assert (done.returncode, done.stderr) == (0, "")
    assert persons(run.url, "Konsulent") == 1
    done, out = run("third", apply="true")
    assert done.returncode == 0
    assert persons(run.url, "Konsulent") == 1
    assert openpyxl.load_workbook(out / PLANNED).worksheets[1].max_row == 1
    for each in ("first", "second"):
        written = (out.parent / each / EXECUTED).read_text()
        assert not {CPR, f"{CPR[:6]}-{CPR[6:]}"} & set(re.findall(r"[0-9]{6}-?[0-9]{4}", written))
