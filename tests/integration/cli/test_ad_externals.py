"""``motoolkit ad externals`` and ``motoolkit ad import``, as a consultant types them."""

from __future__ import annotations

import pytest
from ad_ldif import BASE, account, ldif, ou
from support import TODAY, launch

from motoolkit.ad import import_settings
from motoolkit.cli import main
from motoolkit.plan import Plan
from motoolkit.profile import load_profile
from motoolkit.sandbox.municipality import unit_uuid

PLACE = "OU=Konsulenter"
CONSULTANTS = unit_uuid("Konsulenthuset Øresø")
PROFILE = """\
[profiles.nordby]
mo_url = "{url}"

[profiles.nordby.ad.{name}]
files = ["{file}"]
base_dn = "{base}"
itsystem = "{system}"

[profiles.nordby.ad.{name}.externals]
units = {{ "{place},{base}" = "{unit}" }}
job_function = "9002"
"""
CONFIGURATION = """\
LDAP_SEARCH_BASE="DC=nordby,DC=dk"
LDAP_OUS_TO_SEARCH_IN='["OU=Brugere", "OU=Med \\"anførsel\\""]'
LDAP_CONTROLLERS='[{"host": "dc1.nordby.dk", "use_ssl": true}]'
LDAP_USER=svc-mo
LDAP_DOMAIN=NORDBY
LDAP_PASSWORD=hemmeligt-kodeord
LDAP_CPR_ATTRIBUTE=employeeID
LDAP_IT_SYSTEM=ADGUID
DISCRIMINATOR_FIELDS='["sAMAccountName"]'
DISCRIMINATOR_VALUES='["{{ value|length == 3 }}"]'
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A small municipality, which the tests share."""
    running = launch("--today", TODAY, "--persons", "20", log=tmp_path_factory.mktemp("ad") / "sandbox.log")
    yield running
    running.stop()


@pytest.fixture
def motoolkit(served, tmp_path, monkeypatch, capfd):
    """Run a command on a directory of the test's own, and return exit code, output and errors."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    monkeypatch.setenv("MOTOOLKIT_MIRROR_KEY", "a key of the tests")
    monkeypatch.setenv("MOTOOLKIT_CONFIG", str(tmp_path / "profiles.toml"))
    monkeypatch.setenv("MOTOOLKIT_PROFILE", "nordby")

    def run(*words, accounts=(), place=PLACE, unit=CONSULTANTS, system="SD"):
        file = tmp_path / "ad.ldif"
        file.write_text(ldif(ou(place), *accounts))
        values = {
            "url": served.url,
            "file": file,
            "base": BASE,
            "place": PLACE,
            "unit": unit,
            "system": system,
        }
        (tmp_path / "profiles.toml").write_text(PROFILE.format(name=tmp_path.name, **values))
        capfd.readouterr()
        day = ("--as-of", TODAY) if words[1] == "externals" else ()
        code = main([*map(str, words), *day])
        done = capfd.readouterr()
        return code, done.out, done.err

    return run


def consultant(sam, **values):
    """Return the account of a consultant."""
    return account(sam, PLACE, **({"givenName": "Kaja", "sn": f"Konsulent {sam}"} | values))


def test_what_would_change_is_shown_and_nothing_is_sent(motoolkit, tmp_path):
    """Who is left out stands on standard error; the plan can be written to a file."""
    accounts = [consultant("vis1"), consultant("vis2", userAccountControl="514")]
    code, out, err = motoolkit("ad", "externals", "-o", tmp_path / "plan.json", accounts=accounts)
    assert code == 0, err
    assert "Kaja Konsulent vis1" in out
    assert "vis2 (Kaja Konsulent vis2): left out. It is disabled" in err
    assert [each.kind for each in Plan.load(tmp_path / "plan.json")] == ["person", "engagement", "ituser"]
    code, again, _ = motoolkit("ad", "externals", accounts=accounts)
    assert (code, again) == (0, out)


def test_the_plan_is_applied_on_request_and_then_nothing_is_left(motoolkit):
    """Nobody is here to be asked, so --yes is needed."""
    accounts = [consultant("nu1")]
    code, _, err = motoolkit("ad", "externals", "--apply", accounts=accounts, system="EXCHANGE")
    assert code == 2
    assert "Add --yes" in err
    code, out, err = motoolkit("ad", "externals", "--apply", "--yes", accounts=accounts, system="EXCHANGE")
    assert code == 0, err
    assert "3 done." in out
    code, out, _ = motoolkit("ad", "externals", accounts=accounts, system="EXCHANGE")
    assert (code, out) == (0, "MO has all externals as AD has them.\n")


def test_a_dry_run_keeps_nothing(motoolkit):
    """MO runs all of it."""
    accounts = [consultant("proev1")]
    code, out, err = motoolkit("ad", "externals", "--dry-run", accounts=accounts)
    assert code == 0, err
    assert "Dry run, nothing is kept: 3 valid." in out
    assert "Kaja Konsulent proev1" in motoolkit("ad", "externals", accounts=accounts)[1]


def test_a_directory_that_is_not_believed_is_exit_code_1(motoolkit, tmp_path):
    """The agreed OU is called something else by now: nobody is ended."""
    where = {"system": "FAGSYSTEM"}
    motoolkit("ad", "externals", "--apply", "--yes", accounts=[consultant("tro1")], **where)
    code, out, err = motoolkit("ad", "externals", "--apply", "--yes", place="OU=Omdøbt", **where)
    assert code == 1
    assert "MO has all externals as AD has them." in out
    assert f"{tmp_path.name} has no {PLACE},{BASE}" in err
    assert "nobody is ended" in err


def test_a_unit_that_mo_does_not_have_is_told_before_anything_is_planned(motoolkit):
    """One sentence, with what to do."""
    code, out, err = motoolkit("ad", "externals", accounts=[consultant("ingen1")], unit="ukendt")
    assert (code, out) == (1, "")
    assert "MO has no unit ukendt today" in err


def test_the_integrations_configuration_becomes_a_table_of_the_profile_file(motoolkit, tmp_path):
    """What is printed can be read again; what was left out is told, and the password is in neither."""
    file = tmp_path / "ldap.env"
    file.write_text(CONFIGURATION)
    code, out, err = motoolkit("ad", "import", file, "--directory", "admin", "--profile", "nordby")
    assert code == 0
    assert out.startswith("[profiles.nordby.ad.admin]\n")
    assert "hemmeligt" not in out + err
    assert "password" in err.casefold()
    (tmp_path / "profiles.toml").write_text(f'[profiles.nordby]\nmo_url = "http://mo.example"\n\n{out}')
    assert load_profile("nordby").ad == (import_settings(file, name="admin").settings,)
