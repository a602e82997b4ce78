"""What works between here and a MO, and what to do about the rest."""

from __future__ import annotations

import pytest

from motoolkit.catalogue import CATALOGUE
from motoolkit.checkup import doctor
from motoolkit.profile import load_profile

READING = sorted({f"read_{c.role}" for c in CATALOGUE.values()} | {"read_registration", "read_org"})
SEEN_HERE = ("health", "clock", "version", "token", "graphql", "identity", "roles")
BENTE = "be00be00-0000-4000-8000-000000000001"


def me(uuid=BENTE, roles=READING):
    """Write MO's answer about who we are."""
    actor = {"uuid": uuid, "display_name": None}
    return {"data": {"me": {"actor": actor, "username": "bente", "email": None, "roles": roles}}}


@pytest.fixture
def examined(mo, way_in):
    """Examine the MO and return the checks by name."""

    def go(**more):
        if not mo.answers:
            mo.answers.extend([me(), me()])
        # This MO's schema has nearly nothing: the rest is examined on a sandbox (tests/integration/checkup).
        profile = load_profile(mo.url, **way_in | more)
        return {check.name: check for check in doctor(profile, only=SEEN_HERE)}

    return go


def test_a_well_mo_passes_every_check(examined):
    """From what needs no login to what does."""
    checks = examined()
    assert list(checks) == [
        "reachable",
        "health",
        "clock",
        "version",
        "login",
        "token",
        "graphql",
        "identity",
        "roles",
    ]
    assert all(check.ok for check in checks.values())
    assert checks["version"].sentence == "MO is 24.11.1."
    assert checks["graphql"].sentence == "MO serves v22 to v30."
    assert checks["identity"].sentence == "MO knows us as bente."
    assert str(checks["version"]) == "ok    version: MO is 24.11.1."


def test_a_mo_that_can_not_be_reached_ends_the_examination():
    """There is nothing more to see."""
    checks = doctor("http://127.0.0.1:1")
    assert [check.name for check in checks] == ["name", "proxy", "certificate", "reachable"]
    assert [check.name for check in checks if not check.ok] == ["reachable"]
    assert "Connection refused" in str(checks[3])
    assert "VPN" in str(checks[3])


def test_something_else_at_the_address_is_told_as_such(mo, examined):
    """It answers, but it is no MO."""
    mo.paths["/health/live"] = mo.reply(b"", status=404)
    assert "but it is no MO (HTTP 404)" in examined()["reachable"].sentence


def test_a_wrong_secret_still_shows_what_needs_no_login(examined):
    """Reachability, health, clock and version are told."""
    checks = examined(client_secret="wrong-horse")
    assert [name for name, check in checks.items() if check.ok] == ["reachable", "health", "clock", "version"]
    assert "Keycloak does not accept the secret for client hr" in checks["login"].sentence
    assert "wrong-horse" not in str(checks)


def test_an_ill_database_is_told(mo, examined):
    """An integration that is off is none of it."""
    mo.paths["/health/"] = mo.reply(b'{"dataset": false, "dar": false}')
    assert examined()["health"].sentence == "MO's database is ill."


def test_clocks_that_differ_are_told(mo, examined):
    """By how much, and which way; MO lets tokens differ by five seconds."""
    mo.seconds_ahead = 90
    check = examined()["clock"]
    assert not check.ok
    assert check.sentence in {f"MO's clock is {n} s ahead of this machine's." for n in (89, 90, 91)}
    mo.seconds_ahead = -3
    assert examined()["clock"].ok


def test_a_special_actor_is_told_in_plain_words(mo, examined):
    """Reading works, so it is no failure."""
    mo.answers.extend([me(uuid="00000000-0000-0000-0000-000000000001")] * 2)
    check = examined()["identity"]
    assert check.ok
    assert "a legacy session, which may do nearly everything and is nobody" in check.sentence


def test_missing_roles_are_named(mo, examined):
    """Those that reading needs."""
    mo.answers.extend([me(roles=[r for r in READING if r not in {"read_kle", "read_owner"}])] * 2)
    check = examined()["roles"]
    assert not check.ok
    assert check.sentence == "Roles for reading are missing: read_kle, read_owner."


def test_a_profile_that_can_not_be_used_is_a_failed_check():
    """The doctor never ends in an error."""
    (check,) = doctor("nordby")
    assert (check.name, check.ok) == ("profile", False)
    assert check.sentence == "There is no profile 'nordby'."
