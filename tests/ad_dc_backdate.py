"""Give objects of a domain the past that only a server writes; run with Debian's own Python, the server stopped.

``python3 ad_dc_backdate.py FOLDER BASE`` reads from its input JSON: values by attribute, by GUID.
"""

from __future__ import annotations

import json
import sys
from uuid import UUID

import ldb
from samba import Ldb


def main(folder: str, base: str, values: dict[str, dict[str, str]]) -> None:
    """Write into the database itself: the directory would refuse, or write the present."""
    held = Ldb(f"{folder}/private/sam.ldb.d/{base.upper()}.ldb")
    held.transaction_start()
    for found in held.search(base, ldb.SCOPE_SUBTREE, "(objectGUID=*)", ["objectGUID"]):
        wanted = values.get(str(UUID(bytes_le=found["objectGUID"][0])), {})
        change = ldb.Message(found.dn)
        for name, value in wanted.items():
            change[name] = ldb.MessageElement([value], ldb.FLAG_MOD_REPLACE, name)
        if wanted:
            held.modify(change)
    held.transaction_commit()


if __name__ == "__main__":
    main(*sys.argv[1:], json.load(sys.stdin))
