"""A directory's server for these tests, with AD's limits."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from ad_server import BASE, PASSWORD, USER, Directory, certify, serving

from motoolkit.ad.source._ldap import LdapSource
from motoolkit.profile.ad import AdSettings
from motoolkit.profile.secret import Secret

SCHEMA = (
    "objectClass objectGUID cn name ou displayName givenName sn mail "
    "title department description sAMAccountName userPrincipalName userAccountControl accountExpires "
    "pwdLastSet whenCreated "
    "whenChanged uSNChanged manager member managedBy groupType employeeID employeeNumber proxyAddresses "
    "isDeleted lastKnownParent parentGUID "
)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """An authority's file and a server that it vouches for."""
    authority, context, _ = certify(tmp_path_factory.mktemp("tls"), address="127.0.0.1")
    return authority, context


@pytest.fixture
def directory():
    """A directory with one unit, one account and one group."""
    made = Directory(names=SCHEMA.split())
    made.put("Brugere", "organizationalUnit", below=BASE)
    hans = made.put(
        "Hans Hansen", sAMAccountName="hhan", userAccountControl=512, employeeID="0101901234", sn="Hansen"
    )
    made.put("Alle", "group", sAMAccountName="alle", groupType=-2147483646, links={"member": [hans]})
    return made


@pytest.fixture
def serve(certificates):
    """Serve a directory and return its settings: ``serve(directory, page_size=10)``."""
    authority, context = certificates
    with ExitStack() as stack:

        def start(directory: Directory, **settings) -> AdSettings:
            tls = settings.get("url", "ldaps") == "ldaps"
            port = stack.enter_context(serving(directory, context, tls=tls))
            given = {
                "name": "admin",
                "username": USER,
                "password": Secret(PASSWORD),
                "ca_file": str(authority),
                "cpr_attribute": "employeeID",
                "timeout": 5.0,
                **settings,
            }
            return AdSettings(**given | {"url": f"{'ldaps' if tls else 'ldap'}://localhost:{port}"})

        yield start


@pytest.fixture
def open_source(serve):
    """Serve a directory and return a source of it, closed after the test."""
    with ExitStack() as stack:

        def start(directory: Directory, *, way: str = "", **settings) -> LdapSource:
            return stack.enter_context(LdapSource(serve(directory, **settings), way=way))

        yield start
