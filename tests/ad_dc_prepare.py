"""What a new domain gets before it is started; run with Debian's own Python, which has Samba's modules.

``python3 ad_dc_prepare.py CONFIG BASE PASSWORD`` adds Exchange's attributes that audits read, as far as they
are plain, and two service accounts: ``svc-audit`` that may see what changed and what was deleted, and
``svc-plain`` without any right of its own.  Over LDAP the schema could not be read anew: ldap3 does not
change the entry without a DN.
"""

from __future__ import annotations

import re
import sys

import ldb
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


def main(config: str, base: str, password: str) -> None:
    """Prepare the domain that a configuration is of."""
    parameters = LoadParm()
    parameters.load(config)
    samdb = SamDB(lp=parameters, session_info=system_session(parameters))
    extend(samdb)
    grant(samdb, base, password)


if __name__ == "__main__":
    main(*sys.argv[1:])
