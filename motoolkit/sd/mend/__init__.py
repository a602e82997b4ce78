"""What one does about findings: the call that lets the integration load again, or a plan for MO."""

from __future__ import annotations

from motoolkit.sd.mend._mending import Left, Mending, plan_for
from motoolkit.sd.mend._resync import Resync, resync, resync_call

__all__ = ["Left", "Mending", "Resync", "plan_for", "resync", "resync_call"]
