"""OS2rollekatalog's assignments against MO's roles and AD's groups (newsletter 5.2)."""

from __future__ import annotations

from motoolkit.ad.rollekatalog._compare import KINDS, RoleComparison, RoleRow, compare_roles
from motoolkit.ad.rollekatalog._export import Assignment, RoleExport, read_export

__all__ = [
    "KINDS",
    "Assignment",
    "RoleComparison",
    "RoleExport",
    "RoleRow",
    "compare_roles",
    "read_export",
]
