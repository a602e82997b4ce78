"""External users from a directory to MO, of whom the directory is the master: a plan to be looked at.

Domain facts, section 5: private staff, council members, consultants.  They have no CPR number, so the key is
the GUID.
"""

from __future__ import annotations

from motoolkit.ad.external_users._plan import Account, ExternalsPlan, externals_plan
from motoolkit.ad.external_users._workbook import write_plan

__all__ = ["Account", "ExternalsPlan", "externals_plan", "write_plan"]
