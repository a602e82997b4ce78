"""The directories over HTTP."""

from __future__ import annotations

import httpx
import pytest
from support import launch

from motoolkit.cli import main
from motoolkit.sandbox.ad import ldif
from motoolkit.sandbox.municipality import uid

ACCOUNT = uid("itusers", "chief/1")
GUID = uid("ad", "chief/1")
QUERY = f'{{ itusers(filter: {{uuids: ["{ACCOUNT}"]}}) {{ objects {{ current {{ external_id }} }} }} }}'
SESSION = "5e551011-0000-4000-8000-000000000009"


@pytest.fixture(scope="module")
def nordby(tmp_path_factory):
    """A sandbox of the planted persons alone."""
    log = tmp_path_factory.mktemp("sandbox") / "log"
    running = launch("--persons", "0", "--today", "2026-11-27", "--session", SESSION, log=log)
    yield running
    running.stop()


def test_both_are_served_as_they_are_made(nordby, planted):
    """LDIF and CSV."""
    for name, directory in planted.items():
        answer = httpx.get(f"{nordby.url}/sandbox/ad/{name}.ldif", timeout=60)
        assert answer.text == ldif(directory)
        assert httpx.get(f"{nordby.url}/sandbox/ad/{name}.csv").text.startswith('"DistinguishedName"')


def test_what_is_not_there_is_not_found(nordby):
    """Another directory, another form."""
    for path in ("other.ldif", "admin.xml"):
        assert httpx.get(f"{nordby.url}/sandbox/ad/{path}").status_code == 404


def test_the_settings_are_those_of_the_directories(nordby, planted):
    """But for where the files are."""
    told = httpx.get(f"{nordby.url}/sandbox").json()["ad"]
    assert [{k: v for k, v in each.items() if k != "files"} for each in told] == [
        directory.settings for directory in planted.values()
    ]


def test_the_command_line_writes_a_file(nordby, planted, tmp_path):
    """``motoolkit sandbox-ad export``."""
    file = tmp_path / "skole.ldif"
    assert main(["sandbox-ad", "export", "skole", "--sandbox", nordby.url, "--out", str(file)]) == 0
    assert file.read_text() == ldif(planted["skole"])


def test_a_sandbox_without_directories_says_so(start_sandbox, capsys):
    """``--ad off``."""
    bare = start_sandbox("--persons", "0", "--ad", "off")
    assert httpx.get(f"{bare.url}/sandbox").json()["ad"] is None
    assert main(["sandbox-ad", "export", "admin", "--sandbox", bare.url]) == 1
    assert "--ad off" in capsys.readouterr().err


def test_mo_gets_the_guids_of_a_server(nordby, planted):
    """Those that the server gave; the export stays as it was made."""
    fresh = "11111111-2222-4333-8444-555555555555"
    answer = httpx.post(f"{nordby.url}/sandbox/ad/guids", json={GUID: fresh}).json()
    assert answer == {"changed": 1}
    found = httpx.post(f"{nordby.url}/graphql/v30", json={"query": QUERY}, headers={"session": SESSION})
    (account,) = found.json()["data"]["itusers"]["objects"]
    assert account["current"]["external_id"] == fresh
    assert httpx.get(f"{nordby.url}/sandbox/ad/admin.ldif").text == ldif(planted["admin"])
