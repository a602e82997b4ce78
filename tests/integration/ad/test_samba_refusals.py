"""What a real domain controller refuses is said in plain words, and nothing is sent in the clear."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import ldap3
import pytest
from ad_dc import PASSWORD, SEES_ALL
from ad_server import certify

from motoolkit.ad.decode import to_filetime
from motoolkit.errors import AdCredentialsError, AdError
from motoolkit.profile.secret import Secret

pytestmark = pytest.mark.ad

YESTERDAY = to_filetime(datetime.now(UTC) - timedelta(days=1))


@pytest.fixture(scope="module")
def other_authority(tmp_path_factory):
    """The certificate of an authority that has nothing to do with the server."""
    return str(certify(tmp_path_factory.mktemp("other"), address="127.0.0.1")[0])


def _refused(dc, **settings):
    """Return what is said when the directory is to be read."""
    with dc.source(**settings) as source, pytest.raises(AdError) as refused:
        source.snapshot()
    return refused.value


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"userAccountControl": "514"}, "the account is disabled"),
        ({"accountExpires": YESTERDAY}, "the account has expired"),
        ({"pwdLastSet": "0"}, "the account's password must be changed"),
    ],
)
def test_why_an_account_is_not_let_in_is_said(dc, changes, words):
    """AD's sub-codes 533, 701 and 773 behind one and the same result (domain 1.3)."""
    account = dc.user("laast", password=True)
    with dc.source("laast") as source:
        assert source.snapshot().accounts
    dc.change(account, **changes)
    refused = _refused(dc, username="laast")
    assert isinstance(refused, AdCredentialsError)
    assert f"The directory admin does not let laast@{dc.domain.dns} in: {words}" in str(refused)
    assert refused.remedy
    dc.delete(account)


@pytest.mark.parametrize("settings", [{"password": Secret("Forkert.1")}, {"username": "ukendt"}])
def test_a_wrong_password_and_an_unknown_name_are_refused_without_showing_either(dc, settings):
    """Servers do not tell which of both it is, and the password is in no message."""
    refused = _refused(dc, **settings)
    assert isinstance(refused, AdCredentialsError)
    assert "the user name or the password is wrong" in str(refused)
    assert PASSWORD not in f"{refused!r} {refused.remedy}"
    assert "Forkert.1" not in f"{refused!r} {refused.remedy}"


def test_no_password_is_refused_before_anything_is_sent(dc):
    """AD takes a name without a password for nobody, and answers with nothing."""
    assert "has no password" in str(_refused(dc, password=Secret("")))


@pytest.mark.parametrize("form", ["{user}@{dns}", "{netbios}\\{user}", "CN={user},CN=Users,{base}"])
def test_every_form_of_a_username_is_let_in(dc, form):
    r"""UPN, DOMAIN\name and DN (domain 2.4)."""
    names = {"user": SEES_ALL, "dns": dc.domain.dns, "netbios": dc.domain.name.upper(), "base": dc.base}
    settings = dc.settings()
    with dc.source() as source:
        source.settings = replace(settings, username=form.format(**names))
        assert source.snapshot().accounts


def test_plain_ldap_is_encrypted_before_the_password_is_sent(dc):
    """This server refuses passwords in the clear; through StartTLS it takes them."""
    server = ldap3.Server(dc.address, 389, get_info=ldap3.NONE)
    plain = ldap3.Connection(server, f"{SEES_ALL}@{dc.domain.dns}", PASSWORD)
    assert not plain.bind()
    assert plain.result["description"] == "strongerAuthRequired"
    plain.unbind()
    with dc.source(url=f"ldap://{dc.address}") as source:
        source.snapshot()
        assert isinstance(source._reader._connection.socket, ssl.SSLSocket)


def test_the_certificate_is_checked_after_starttls_too(dc, other_authority):
    """Else anybody could answer."""
    refused = _refused(dc, url=f"ldap://{dc.address}", ca_file=other_authority)
    assert "signed by an authority that this machine does not trust" in str(refused)


def test_another_authoritys_certificate_is_refused(dc, other_authority):
    """Before the password is sent."""
    refused = _refused(dc, ca_file=other_authority)
    assert "signed by an authority that this machine does not trust" in str(refused)
    assert "ca_file" in refused.remedy
    assert "signed by an authority that this machine does not trust" in str(_refused(dc, ca_file=""))


def test_a_certificate_that_has_run_out_or_is_for_another_name_is_refused(dc):
    """A server that was given such a one."""
    dc.certify(days=-1)
    dc.restart()
    assert f"The certificate of ldaps://{dc.address} has expired" in str(_refused(dc))
    dc.certify(address="127.0.0.1")
    dc.restart()
    refused = _refused(dc)
    assert "is not for this IP address" in str(refused) or "is for another name" in str(refused)
    dc.certify()
    dc.restart()
    with dc.source() as source:
        assert source.snapshot().accounts


def test_the_wrong_port_is_told(dc):
    """TLS where the server speaks it only when asked to, and the other way round."""
    assert "does not speak TLS" in str(_refused(dc, url=f"ldaps://{dc.address}:389", timeout=5))
    assert "636" in _refused(dc, url=f"ldap://{dc.address}:636", timeout=5).remedy


def test_a_server_that_is_not_there_is_told_and_is_read_when_it_is_back(dc):
    """A source that was open when the server went away opens again by itself."""
    with dc.source() as source:
        before = source.snapshot()
        dc.stop()
        with pytest.raises(AdError, match="nothing listens there"):
            source.snapshot()
        dc.start()
        assert {each.guid for each in source.snapshot().accounts} == {each.guid for each in before.accounts}
