"""OpenLDAP with an AD-like schema and AD's limits, which Samba does not have (domain/ad.md, 9.4)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from ad_server import certify
from support import cannot_run

from motoolkit.profile.ad import AdSettings
from motoolkit.profile.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BASE: Final = "dc=nordby,dc=example"
PASSWORD: Final = "hemmeligt"
READER, SHORT_READER = f"cn=svc-audit,{BASE}", f"cn=svc-kort,{BASE}"
"""Who may read 1000 entries a page, and who may read no more than 1500 in all."""
PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin"
SCHEMA: Final = """
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName'
  EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.35 NAME 'employeeID'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.750 NAME 'groupType'
  EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL
  MAY ( sAMAccountName $ userAccountControl $ accountExpires $ employeeID ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL
  MUST cn MAY ( sAMAccountName $ groupType $ member $ owner $ description ) )
"""
CONFIG: Final = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/ad.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.pem
database mdb
suffix "{base}"
directory {folder}/db
maxsize 268435456
dbnosync
rootdn "cn=admin,{base}"
rootpw {password}
index objectClass,entryUUID eq
limits dn.exact="{reader}" size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited
limits dn.exact="{short}" size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=1500
access to attrs=userPassword by anonymous auth by * none
access to * by users read
"""


def entry(place: str, *classes: str, **values: str | list[str]) -> str:
    """Return an entry as LDIF."""
    listed = {"objectClass": list(classes), **values}
    lines = [f"dn: {place}"]
    for name, value in listed.items():
        lines += [f"{name}: {each}" for each in (value if isinstance(value, list) else [value])]
    return "\n".join(lines) + "\n"


@contextmanager
def serving(folder: Path, entries: Iterable[str]) -> Iterator[AdSettings]:
    """Serve entries below ``BASE`` and yield the settings by which they are read."""
    if not all(shutil.which(each, path=PATH) for each in ("slapd", "slapadd")):
        cannot_run("there is no OpenLDAP")
    (folder / "db").mkdir(parents=True)
    (folder / "ad.schema").write_text(SCHEMA)
    names = {"base": BASE, "reader": READER, "short": SHORT_READER, "password": PASSWORD}
    (folder / "slapd.conf").write_text(CONFIG.format(folder=folder, **names))
    authority, _, _ = certify(folder, address="127.0.0.1")
    own = [
        entry(BASE, "top", "domain", dc="nordby"),
        *(
            entry(each, "applicationProcess", "simpleSecurityObject", userPassword=PASSWORD)
            for each in (READER, SHORT_READER)
        ),
    ]
    (folder / "all.ldif").write_text("\n".join([*own, *entries]))
    config = ["-f", folder / "slapd.conf"]
    program = [shutil.which(each, path=PATH) for each in ("slapadd", "slapd")]
    subprocess.run([program[0], "-q", *config, "-l", folder / "all.ldif"], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"ldaps://127.0.0.1:{port}"
    process = subprocess.Popen([program[1], *config, "-h", url, "-d", "0"])
    try:
        _wait(process, port)
        yield AdSettings(
            name="ldap",
            url=url,
            username=READER,
            password=Secret(PASSWORD),
            ca_file=str(authority),
            base_dn=BASE,
            dialect="standard",
            cpr_attribute="employeeID",
        )
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.02)
    raise RuntimeError("OpenLDAP did not start.")
