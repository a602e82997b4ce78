"""The planted cases of the directories by name: what is odd, where, and what an audit finds of it, exactly.

A case without findings is a near miss: it looks like one and is none.  ``needs_mo`` are the cases for which
MO must be odd too: they are there with ``--ad everything`` only.  ``always`` are those of MO itself, which
are found in every mode, ``clean`` too; they are examples, and ``Directory.expected`` has all of that sort.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.ad._cases_always import ALWAYS
from motoolkit.sandbox.ad._cases_groups import GROUPS
from motoolkit.sandbox.ad._cases_links import LIFE, LINKS, NAMES
from motoolkit.sandbox.ad._cases_odd import NEEDING_MO
from motoolkit.sandbox.ad._cases_shown import PLACES, SHOWN

if TYPE_CHECKING:
    from motoolkit.sandbox.ad._case import AdCase

AD_PLANTED: Final[dict[str, AdCase]] = {
    **ALWAYS,
    **LIFE,
    **LINKS,
    **NAMES,
    **SHOWN,
    **PLACES,
    **GROUPS,
    **NEEDING_MO,
}
"""Every planted case by name; the GUIDs and names are the same in every municipality."""
