"""Connections: encrypted and checked, refused in plain words, and unable to write."""

from __future__ import annotations

import socket

import pytest
from ad_server import BASE, PASSWORD, USER, certify, serving

from motoolkit.ad.source import _connection as connection
from motoolkit.ad.source import open_source as open_any
from motoolkit.errors import AdCredentialsError, AdError, AuthenticationError
from motoolkit.profile.ad import AdSettings
from motoolkit.profile.secret import Secret


def refused(settings: AdSettings) -> AdError:
    """Return the error that connecting gives; it names neither password nor a traceback's cause."""
    with pytest.raises(AdError) as caught, open_any(settings) as source:
        source.snapshot()
    assert PASSWORD not in str(caught.value)
    assert caught.value.remedy
    return caught.value


def test_starttls_is_used_on_an_ldap_url(open_source, directory):
    """The password goes out only when the connection is encrypted."""
    assert len(open_source(directory, url="ldap").snapshot().accounts) == 1
    assert directory.received[:2] == ["extended", "bind"]


def test_without_encryption_the_password_is_not_sent(directory):
    """A server without StartTLS gets no bind at all (2.4)."""
    with serving(directory, None, tls=False) as port:
        error = refused(
            AdSettings(name="admin", url=f"ldap://localhost:{port}", username=USER, password=Secret(PASSWORD))
        )
    assert "does not offer StartTLS" in error.message
    assert "bind" not in directory.received


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("525", "there is no such user"),
        ("52e", "the user name or the password is wrong"),
        ("530", "may not log on at this time"),
        ("531", "may not log on from this machine"),
        ("532", "password has expired"),
        ("533", "the account is disabled"),
        ("701", "the account has expired"),
        ("773", "must be changed before it is used"),
        ("775", "is locked out"),
        ("fff", "the user name or the password is wrong"),
        ("strong", "strongerAuthRequired"),
    ],
)
def test_a_refused_login_says_why(serve, directory, code, words):
    """The sub-code is in AD's text (1.3)."""
    directory.bind_error = code
    error = refused(serve(directory))

    assert isinstance(error, AdCredentialsError)
    assert isinstance(error, AuthenticationError)
    assert words in error.message


def test_a_missing_password_is_not_a_login_as_nobody(serve, directory):
    """A simple bind without a password is anonymous, and reads next to nothing (2.4)."""
    for empty in (None, Secret("")):
        assert "no password" in refused(serve(directory, password=empty)).message
    assert "no username" in refused(serve(directory, username="")).message
    assert "bind" not in directory.received


def test_an_ip_address_is_checked_against_the_certificate(serve, directory):
    """ldap3 does not match addresses on Python 3.12 and later; Python itself does (9.2)."""
    settings = serve(directory)
    port = settings.url.rpartition(":")[2]

    with open_any(_at(settings, f"ldaps://127.0.0.1:{port}")) as source:
        assert len(source.snapshot().accounts) == 1


def _at(settings: AdSettings, url: str, **more) -> AdSettings:
    from dataclasses import replace

    return replace(settings, url=url, **more)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"names": ("dc1.ad1.example",)}, "is for another name"),
        ({"days": -1}, "has expired"),
    ],
)
def test_a_certificate_that_does_not_hold_says_why(tmp_path, directory, made, words):
    """Name and time."""
    authority, context, _ = certify(tmp_path, **made)
    with serving(directory, context) as port:
        error = refused(
            AdSettings(
                name="admin",
                url=f"ldaps://localhost:{port}",
                username=USER,
                password=Secret(PASSWORD),
                ca_file=str(authority),
            )
        )
    assert words in error.message
    assert directory.received == []


def test_a_certificate_of_an_unknown_authority_is_refused(serve, directory):
    """Without ca_file the machine's own authorities count."""
    error = refused(serve(directory, ca_file=""))
    assert "does not trust" in error.message
    assert "ca_file" in error.remedy


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_can_not_be_used_is_named(serve, directory, tmp_path, content):
    """Missing, or no PEM."""
    file = tmp_path / "ca.pem"
    if content:
        file.write_text(content)
    assert str(file) in refused(serve(directory, ca_file=str(file))).message


def test_a_server_that_is_not_there_is_named_with_its_address():
    """Nothing listens, and no such name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"ldaps://127.0.0.1:{free.getsockname()[1]}"
        settings = AdSettings(name="admin", url=url, username="x", password=Secret("y"))
        assert (
            refused(settings).message
            == f"The directory admin can not be reached at {url}: nothing listens there."
        )
    nowhere = refused(_at(settings, "ldaps://dc1.nirgends.invalid"))
    assert nowhere.message.endswith("there is no such name.")


def test_a_port_without_tls_is_told(serve, directory):
    """389 with ldaps."""
    settings = serve(directory, url="ldap")
    error = refused(_at(settings, settings.url.replace("ldap:", "ldaps:"), timeout=1.0))
    assert "TLS" in error.message or "in time" in error.message


@pytest.mark.parametrize("url", ["dc1.ad1.example", "http://dc1.ad1.example", "ldaps://", "ldaps://dc1:x"])
def test_an_address_of_something_else_is_refused(url):
    """Only ldaps:// and ldap://."""
    settings = AdSettings(name="admin", url=url, username="x", password=Secret("y"))
    assert url in refused(settings).message


def test_settings_with_a_server_and_files_or_neither_are_refused():
    """One of them."""
    for given in ({}, {"url": "ldaps://x", "files": ("x.ldif",)}):
        with pytest.raises(AdError, match=r"neither a server nor files|a server and files"):
            open_any(AdSettings(name="admin", **given))


VERBS = {
    "add": (f"CN=x,{BASE}", "user"),
    "delete": (f"CN=x,{BASE}",),
    "modify": (f"CN=x,{BASE}", {}),
    "modify_dn": (f"CN=x,{BASE}", "CN=y"),
    "compare": (f"CN=x,{BASE}", "cn", "x"),
}


@pytest.fixture
def reading(serve, directory):
    """A connection as the source has it."""
    made = connection.connect(serve(directory), None)
    yield made
    connection.close(made)


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_writes(reading, directory, verb):
    """Each refuses, and the server hears nothing of it."""
    with pytest.raises(connection.WritingRefusedError):
        getattr(reading, verb)(*VERBS[verb])
    assert directory.received == ["bind"]


@pytest.mark.parametrize("verb", [*VERBS, "extended"])
def test_not_even_the_librarys_own_verbs_get_past_the_encoder(reading, directory, verb):
    """The last step before the wire lets through what reads, whoever asks."""
    from ldap3 import MODIFY_REPLACE, Connection

    arguments = {
        "modify": (f"CN=x,{BASE}", {"title": [(MODIFY_REPLACE, ["x"])]}),
        "extended": ("1.3.6.1.4.1.4203.1.11.1",),
    }.get(verb, VERBS.get(verb))
    with pytest.raises(connection.WritingRefusedError):
        getattr(Connection, verb)(reading, *arguments)
    assert directory.received == ["bind"]
