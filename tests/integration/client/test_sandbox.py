"""The client against the sandbox, over HTTP."""

from __future__ import annotations

import pytest

from motoolkit.catalogue import CATALOGUE
from motoolkit.checkup import doctor
from motoolkit.client import connect
from motoolkit.errors import AuthenticationError, InputError


def test_a_sandboxes_url_alone_is_enough(sandbox):
    """It tells its own credentials."""
    with connect(sandbox.url) as client:
        assert client.version == 30
        assert client.me().name == "service-account-motoolkit"


@pytest.mark.parametrize("version", [22, 28, 30])
def test_every_collection_is_read_in_every_version(sandbox, version):
    """Every document of the catalogue fits the schema and is answered."""
    with connect(sandbox.url, graphql_version=version) as client:
        counts = {name: sum(len(page.objects) for page in client.read(name)) for name in CATALOGUE}
    assert counts["persons"] == 400
    assert all(counts.values())


def test_small_pages_hold_what_large_ones_do(sandbox):
    """Nothing is lost at the seams."""
    with connect(sandbox.url) as client:
        small = [o["uuid"] for page in client.read("engagements", page_size=40) for o in page.objects]
        large = [o["uuid"] for page in client.read("engagements") for o in page.objects]
    assert small == large
    assert len(set(small)) == len(small) > 400


def test_the_doctor_finds_the_sandbox_well(sandbox):
    """Every check."""
    assert [str(check) for check in doctor(sandbox.url) if not check.ok] == []


def test_a_wrong_secret_is_told_as_such(sandbox):
    """As a real Keycloak would."""
    with pytest.raises(AuthenticationError, match="Keycloak does not accept the secret for client motoolkit"):
        connect(
            sandbox.url, auth_server=f"{sandbox.url}/auth", client_id="motoolkit", client_secret="wrong-horse"
        )


def test_a_version_that_is_not_served_is_told_as_such(sandbox):
    """With those that are."""
    with pytest.raises(InputError, match="It serves v30, v29"):
        connect(sandbox.url, graphql_version=31)
