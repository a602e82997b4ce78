"""SD-Løn for Nordby Kommune: what its web services tell of the same people and units that MO holds."""

from __future__ import annotations

from motoolkit.sandbox.sd._deviations import MODES
from motoolkit.sandbox.sd.origin import SdLoen
from motoolkit.sandbox.sd.payroll import INSTITUTIONS, Payroll
from motoolkit.sandbox.sd.planted import SD_PLANTED, Expected, SdCase
from motoolkit.sandbox.sd.when import When

__all__ = ["INSTITUTIONS", "MODES", "SD_PLANTED", "Expected", "Payroll", "SdCase", "SdLoen", "When"]
