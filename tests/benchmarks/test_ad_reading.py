"""What reading a domain costs beyond what the library and the server take for the same attributes.

``make bench`` prints it; asserted is the ratio within one run of the processor's seconds of both sides.
"""

from __future__ import annotations

import shutil
import time

import ldap3
import pytest
from ad_dc import DOMAINS, PASSWORD, SEES_ALL, DomainController, provisioned

ACCOUNTS = 3_000
ROUNDS = 3
MOST = 1.2
"""A snapshot is typed records with links as GUIDs, tombstones and where the next delta goes on."""


@pytest.fixture(scope="module")
def dc(tmp_path_factory):
    """A domain with 3,000 accounts, each with the attributes that people have."""
    folder = tmp_path_factory.mktemp("dc")
    template = provisioned(tmp_path_factory.getbasetemp() / "samba")
    controller = DomainController(DOMAINS[0], template / DOMAINS[0].name, folder / "dc").start()
    staff = controller.add("Ansatte", "organizationalUnit")
    boss = controller.user("boss", staff)
    controller.fill({f"CN=u{number:05},{staff}": _person(number, boss) for number in range(ACCOUNTS)})
    yield controller
    controller.stop()
    shutil.rmtree(folder)


def _person(number: int, boss: str) -> dict[str, str]:
    return {
        "sAMAccountName": f"u{number:05}",
        "displayName": f"Nora Holm {number}",
        "givenName": "Nora",
        "sn": f"Holm {number}",
        "mail": f"u{number:05}@nordby.example",
        "employeeID": f"{number % 28 + 1:02}0190{number:04}",
        "employeeNumber": f"NK-{number:05}",
        "title": "Sagsbehandler",
        "department": "Borgerservice",
        "telephoneNumber": f"+45{number:08}",
        "manager": boss,
    }


def _bare(dc, attributes, wanted) -> int:
    """Read with the library alone, and return how many entries came."""
    server = ldap3.Server(dc.address, 636, use_ssl=True, get_info=ldap3.NONE)
    user = f"{SEES_ALL}@{dc.domain.dns}"
    with ldap3.Connection(server, user, PASSWORD, raise_exceptions=True, check_names=False) as connection:
        found = connection.extend.standard.paged_search(
            dc.base, wanted, attributes=attributes, paged_size=500, generator=False
        )
    return sum(each["type"] == "searchResEntry" for each in found)


def _cost(dc, work) -> float:
    """Return the processor's seconds that some reading takes, of the reader and of the server."""
    started = time.process_time() + dc.processor_seconds()
    work()
    return time.process_time() + dc.processor_seconds() - started


def test_a_snapshot_costs_little_more_than_the_reading(dc):
    """Connecting, the schema and the tombstones included; the best of three, in turns."""
    read = {}

    def snapshot() -> None:
        with dc.source() as source:
            read["snapshot"] = source.snapshot()

    def bare() -> None:
        read["bare"] = _bare(dc, attributes, wanted)

    with dc.source() as source:
        source.snapshot()
        attributes, wanted = source._reader.attributes(), source._reader.classes()
    rounds = [(_cost(dc, bare), _cost(dc, snapshot)) for _ in range(ROUNDS)]
    least = min(one for one, _ in rounds), min(other for _, other in rounds)
    found = read["snapshot"]
    assert len(found.accounts) > ACCOUNTS
    assert len(found.accounts) + len(found.groups) + len(found.ous) == read["bare"]
    ratio = least[1] / least[0]
    print(f"\n{read['bare']} objects: bare {least[0]:.2f} s, snapshot {least[1]:.2f} s, x {ratio:.2f}")
    assert ratio <= MOST
