"""How MO writes: what each mutation checks, and which rows it leaves behind."""

from __future__ import annotations

from motoolkit.sandbox.writing._create import create
from motoolkit.sandbox.writing._refusal import BrokenError, RefusedError
from motoolkit.sandbox.writing._related import relate
from motoolkit.sandbox.writing._terminate import delete, terminate
from motoolkit.sandbox.writing._update import update

__all__ = ["BrokenError", "RefusedError", "create", "delete", "relate", "terminate", "update"]
