"""What is done to a domain from inside, its server stopped, by the Python that has Samba's modules.

``python3 ad_dc_inside.py CONFIG BASE WORK`` reads what to do it with as JSON:

- ``prepare``: the password of two service accounts, ``svc-audit`` that may see what changed and what was
  deleted and ``svc-plain`` without any right of its own; and Exchange's attributes, as far as audits read
  them.  Over LDAP the schema could not be read anew: ldap3 does not change the entry without a DN.
- ``backdate``: values by attribute, by GUID, that only a server writes.
- ``fill``: attributes of accounts by DN; it takes half of what it takes over LDAP.
"""

from __future__ import annotations

import json
import re
import sys
from uuid import UUID

import ldb
from samba import Ldb
from samba.auth import system_session
from samba.dcerpc import security
from samba.param import LoadParm
from samba.samdb import SamDB
from samba.sd_utils import SDUtils

TEXT, NUMBER, BYTES, LINK = (
    ("2.5.5.12", "64"),
    ("2.5.5.16", "65"),
    ("2.5.5.10", "4"),
    ("2.5.5.1", "127"),
)
EXCHANGE = {
    **{f"extensionAttribute{number}": TEXT for number in range(1, 16)},
    "mailNickname": TEXT,
    "targetAddress": TEXT,
    "msExchRecipientTypeDetails": NUMBER,
    "msExchMailboxGuid": BYTES,
    "publicDelegates": LINK,
}
OWN = "1.2.840.113556.1.8000.2554.1.1"
"""Numbers that Microsoft gives out for tests; the product's own are not needed to read them by name."""
REPLICATE = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"
READ = "RPLCLORC"
AT_ONCE = 100


def extend(samdb: SamDB) -> None:
    """Add the attributes and allow them where mail is received: on users, groups and contacts."""
    schema = str(samdb.get_schema_basedn())
    for number, (name, (syntax, kind)) in enumerate(EXCHANGE.items(), 1):
        samdb.add(
            {
                "dn": f"CN={name},{schema}",
                "objectClass": "attributeSchema",
                "lDAPDisplayName": name,
                "attributeID": f"{OWN}.{number}",
                "attributeSyntax": syntax,
                "oMSyntax": kind,
                "isSingleValued": "FALSE" if kind == "127" else "TRUE",
                # 1.2.840.113556.1.2.50 lets the directory number the link.
                **({"linkID": "1.2.840.113556.1.2.50", "oMObjectClass": ADDRESS} if kind == "127" else {}),
            }
        )
    samdb.set_schema_update_now()
    change = ldb.Message(ldb.Dn(samdb, f"CN=Mail-Recipient,{schema}"))
    change["mayContain"] = ldb.MessageElement(list(EXCHANGE), ldb.FLAG_MOD_ADD, "mayContain")
    samdb.modify(change)
    samdb.set_schema_update_now()


ADDRESS = b"\x2b\x0c\x02\x87\x73\x1c\x00\x85\x4a"
"""The oMObjectClass of DNs."""


def prepare(samdb: SamDB, base: str, password: str) -> None:
    """Make what every domain of the tests has."""
    extend(samdb)
    grant(samdb, base, password)


def grant(samdb: SamDB, base: str, password: str) -> None:
    """Make the two accounts, and let the first read changes and deleted objects."""
    for name in ("svc-audit", "svc-plain"):
        samdb.newuser(name, password)
    found = samdb.search(base, expression="(sAMAccountName=svc-audit)", attrs=["objectSid"])
    sid = samdb.schema_format_value("objectSid", found[0]["objectSid"][0]).decode()
    rights = SDUtils(samdb)
    rights.dacl_add_ace(base, f"(OA;;CR;{REPLICATE};;{sid})")
    deleted, shown = f"CN=Deleted Objects,{base}", ["show_deleted:1"]
    held = rights.read_sd_on_dn(deleted, controls=shown).as_sddl()
    # Before the list's first entry; behind its last one begins the list of what is audited.
    wider = re.sub(r"D:[A-Z]*", rf"\g<0>(A;CI;{READ};;;{sid})", held, count=1)
    rights.modify_sd_on_dn(deleted, security.descriptor.from_sddl(wider, rights.domain_sid), controls=shown)


def backdate(samdb: SamDB, base: str, past: dict[str, dict[str, str]]) -> None:
    """Write into the database itself: the directory would refuse, or write the present."""
    place = samdb.url.removeprefix("tdb://").removesuffix(".ldb")
    held = Ldb(f"{place}.ldb.d/{base.upper()}.ldb")
    held.transaction_start()
    for found in held.search(base, ldb.SCOPE_SUBTREE, "(objectGUID=*)", ["objectGUID"]):
        change = ldb.Message(found.dn)
        for name, value in past.get(str(UUID(bytes_le=found["objectGUID"][0])), {}).items():
            change[name] = ldb.MessageElement([value], ldb.FLAG_MOD_REPLACE, name)
        if len(change):
            held.modify(change)
    held.transaction_commit()


def fill(samdb: SamDB, _: str, accounts: dict[str, dict[str, str]]) -> None:
    """Add accounts, some at a time: the larger a transaction, the slower each."""
    waiting = list(accounts.items())
    while waiting:
        some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        samdb.transaction_start()
        for place, values in some:
            samdb.add({"dn": place, "objectClass": "user", "userAccountControl": "514", **values})
        samdb.transaction_commit()


def main(config: str, base: str, work: str) -> None:
    """Do one of these things to the domain that a configuration is of."""
    parameters = LoadParm()
    parameters.load(config)
    samdb = SamDB(lp=parameters, session_info=system_session(parameters))
    {"prepare": prepare, "backdate": backdate, "fill": fill}[work](samdb, base, json.load(sys.stdin))


if __name__ == "__main__":
    main(*sys.argv[1:])
