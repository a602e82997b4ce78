"""Samba as an Active Directory domain controller of one's own, on loopback (domain/ad.md, 9.2).

Samba's ports are fixed, so each controller has an address of its own in 127.0.0.0/8.  A domain is provisioned
once; every controller runs on a copy of it.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ldap3
from ad_server import certify
from ldap3.utils.dn import escape_rdn
from support import cannot_run

from motoolkit.ad import decode, dn
from motoolkit.ad.source._ldap import LdapSource
from motoolkit.profile.ad import AdSettings
from motoolkit.profile.secret import Secret

PASSWORD: Final = "Hemmeligt.1"
"""Of everybody who can log in."""
SEES_ALL, SEES_LIVING = "svc-audit", "svc-plain"
"""The service accounts: with and without the right to see deletions."""
DEBIANS_PYTHON: Final = "/usr/bin/python3"
INSIDE: Final = Path(__file__).with_name("ad_dc_inside.py")
CONFIG: Final = """[global]
netbios name = DC1
realm = {realm}
workgroup = {netbios}
server role = active directory domain controller
server services = ldap
interfaces = {address}/8
bind interfaces only = yes
ldb:nosync = true
dsdb:schema update allowed = true
private dir = {folder}/private
state directory = {folder}/state
cache directory = {folder}/cache
lock directory = {folder}
pid directory = {folder}/run
ncalrpc dir = {folder}/ncalrpc
log file = {folder}/log/samba
tls cafile = {folder}/tls/ca.pem
tls certfile = {folder}/tls/server.pem
tls keyfile = {folder}/tls/server.pem
"""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain below nordby.example, as the sandbox's directories are called."""

    name: str

    @property
    def dns(self) -> str:
        """Its name in DNS."""
        return f"{self.name}.nordby.example"

    @property
    def base(self) -> str:
        """The DN of its root."""
        return ",".join(f"DC={each}" for each in self.dns.split("."))


DOMAINS: Final = (Domain("admin"), Domain("skole"))


def provisioned(folder: Path) -> Path:
    """Return the folder with both domains, provisioned by whichever process asks first."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("samba", "samba-tool"))):
        cannot_run("there is no Samba, or this is not root")
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            with ThreadPoolExecutor(len(DOMAINS)) as pool:
                list(pool.map(lambda each: _provision(each, folder / each.name), DOMAINS))
            (folder / "ready").touch()
    return folder


def _provision(domain: Domain, folder: Path) -> None:
    for name in ("run", "ncalrpc", "log", "cache", "tls"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    empty = folder / "empty.conf"
    empty.write_text("[global]\n")
    _run(
        *("samba-tool", "domain", "provision", "-s", empty, "--quiet", f"--targetdir={folder}"),
        *(f"--realm={domain.dns.upper()}", f"--domain={domain.name.upper()}", "--server-role=dc"),
        *("--dns-backend=NONE", "--host-name=dc1", "--host-ip=127.0.0.1", f"--adminpass={PASSWORD}"),
        "--option=ldb:nosync=true",
    )
    _configure(domain, folder, "127.0.0.1")
    _inside(domain, folder, "prepare", PASSWORD)


def _run(*command: str | Path, given: str = "") -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout}{done.stderr}"


def _inside(domain: Domain, folder: Path, work: str, given: object) -> None:
    """Let Samba's own modules do something to a domain whose server is stopped."""
    _run(DEBIANS_PYTHON, INSIDE, folder / "dc.conf", domain.base, work, given=json.dumps(given))


def _configure(domain: Domain, folder: Path, address: str) -> None:
    names = {"realm": domain.dns.upper(), "netbios": domain.name.upper()}
    config = CONFIG.format(**names, folder=folder, address=address)
    (folder / "dc.conf").write_text(config)


def _free_address() -> str:
    """Return an address of loopback whose ports for LDAP nobody listens at."""
    chance = random.SystemRandom()
    while True:
        address = f"127.{chance.randint(2, 254)}.{chance.randint(0, 254)}.{chance.randint(1, 254)}"
        with suppress(OSError), socket.socket() as one, socket.socket() as other:
            one.bind((address, 389))
            other.bind((address, 636))
            return address


class DomainController:
    """A running controller of a domain, and what an administrator does in it.

    Args:
        domain: which.
        template: the provisioned folder of it, which is copied.
        folder: where the copy lies, a new one.
    """

    def __init__(self, domain: Domain, template: Path, folder: Path) -> None:
        self.domain = domain
        self.base = domain.base
        self.folder = folder
        self.address = _free_address()
        subprocess.run(["cp", "-a", template, folder], check=True)
        _configure(domain, folder, self.address)
        self.certify()
        self._process: subprocess.Popen | None = None
        self._connection: ldap3.Connection | None = None

    def certify(self, *, days: int = 30, address: str = "") -> None:
        """Give the server a certificate of an authority of its own; it counts from the next start on."""
        names = [f"dc1.{self.domain.dns}"]
        certify(self.folder / "tls", names=names, days=days, address=address or self.address)
        (self.folder / "tls" / "server.pem").chmod(0o600)

    def start(self) -> DomainController:
        """Start the server and wait until it listens."""
        command = ["samba", "-s", self.folder / "dc.conf", "-F", "--no-process-group", "--debug-stdout"]
        with (self.folder / "log" / "stdout").open("a") as log:
            # It ends by itself when the pipe does, so also when the tests were killed.
            self._process = subprocess.Popen(
                [*command, "-M", "single"], stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError), socket.create_connection((self.address, 636), timeout=5):
                return self
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"Samba did not start:\n{(self.folder / 'log' / 'stdout').read_text()[-4000:]}")

    def stop(self) -> None:
        """Stop the server."""
        if self._connection is not None:
            self._connection.strategy.close()
            self._connection = None
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process.stdin.close()
            self._process = None

    def restart(self) -> None:
        """Stop it and start it again."""
        self.stop()
        self.start()

    def backdate(self, past: dict[str, dict[str, str]]) -> None:
        """Give objects, by GUID, values that only a server writes: when they were created, last logons."""
        self._inside("backdate", past)

    def fill(self, accounts: dict[str, dict[str, str]]) -> None:
        """Add many accounts, disabled ones, by DN."""
        self._inside("fill", accounts)

    def _inside(self, work: str, given: object) -> None:
        self.stop()
        _inside(self.domain, self.folder, work, given)
        self.start()

    def settings(self, username: str = SEES_ALL, **settings) -> AdSettings:
        """Return the settings by which it is read."""
        given = {
            "name": self.domain.name,
            "url": f"ldaps://{self.address}",
            "username": f"{username}@{self.domain.dns}",
            "password": Secret(PASSWORD),
            "ca_file": str(self.folder / "tls" / "ca.pem"),
            "cpr_attribute": "employeeID",
        }
        return AdSettings(**given | settings)

    def source(self, username: str = SEES_ALL, *, way: str = "", **settings) -> LdapSource:
        """Return a source that reads it as a service account."""
        return LdapSource(self.settings(username, **settings), way=way)

    @property
    def admin(self) -> ldap3.Connection:
        """A connection that may do everything."""
        if self._connection is None:
            server = ldap3.Server(self.address, 636, use_ssl=True, get_info=ldap3.NONE)
            self._connection = ldap3.Connection(
                server,
                f"Administrator@{self.domain.dns}",
                PASSWORD,
                auto_bind=True,
                raise_exceptions=True,
                check_names=False,
            )
        return self._connection

    def add(self, name: str, kind: str = "user", below: str = "", values: dict | None = None, **more) -> str:
        """Add an object below a DN, the root by default, and return its DN."""
        rdn = "OU" if kind == "organizationalUnit" else "CN"
        place = f"{rdn}={escape_rdn(name)},{below or self.base}"
        self.admin.add(place, kind, {**(values or {}), **more})
        return place

    def user(
        self,
        sam: str,
        below: str = "",
        values: dict | None = None,
        *,
        password: bool = False,
        uac: int = 0,
        **more,
    ) -> str:
        """Add an account that is called by its username, and return its DN; disabled without a password."""
        uac = uac or (512 if password else 514)
        given = {"sAMAccountName": sam, "userAccountControl": uac, **(values or {}), **more}
        if password:
            given["unicodePwd"] = f'"{PASSWORD}"'.encode("utf-16-le")
        name = given.pop("cn", sam)
        return self.add(name, "user", below, given)

    def change(self, place: str, values: dict | None = None, **more) -> None:
        """Replace attributes of an object; None for none."""
        listed = {name: value if isinstance(value, list) else [value] for name, value in more.items()}
        listed |= values or {}
        changes = {
            name: [(ldap3.MODIFY_REPLACE, [] if value == [None] else value)] for name, value in listed.items()
        }
        self.admin.modify(place, changes)

    def members(self, group: str, *, add: tuple = (), remove: tuple = ()) -> None:
        """Put members into a group and take others out."""
        changes = [(ldap3.MODIFY_ADD, list(add))] * bool(add)
        changes += [(ldap3.MODIFY_DELETE, list(remove))] * bool(remove)
        self.admin.modify(group, {"member": changes})

    def move(self, place: str, *, name: str = "", below: str = "") -> str:
        """Give an object another name or another place and return its new DN."""
        parent = dn.parent(place)
        rdn = place.removesuffix(f",{parent}")
        rdn = f"{rdn.partition('=')[0]}={escape_rdn(name)}" if name else rdn
        self.admin.modify_dn(place, rdn, new_superior=below or None)
        return f"{rdn},{below or parent}"

    def delete(self, place: str) -> None:
        """Delete an object; it becomes a tombstone."""
        self.admin.delete(place)

    def processor_seconds(self) -> float:
        """Return how long the server has computed since it was started."""
        # Behind the command's name, which may hold blanks: utime and stime are the 14th and 15th.
        told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def guid(self, place: str) -> str:
        """Return the GUID of the object with a DN."""
        return self._raw(place, "objectGUID", decode.guid)

    def usn(self) -> int:
        """Return the number of the newest change."""
        return self._raw("", "highestCommittedUSN", int)

    def _raw(self, place, attribute, read):
        self.admin.search(place, "(objectClass=*)", ldap3.BASE, attributes=[attribute])
        return read(self.admin.response[0]["raw_attributes"][attribute][0])
