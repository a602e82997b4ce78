"""Deputies in committees (MED, TR): find the seats, remove or replace a deputy, look all of them through.

In MO a seat is an association, and its deputy the association's ``substitute``.
"""

from __future__ import annotations

from motoolkit.forms.deputies._finding import seats
from motoolkit.forms.deputies._lanes import SeatLanes, Stretch
from motoolkit.forms.deputies._removal import Removal, check_removal, plan_removal, removal, remove_deputy
from motoolkit.forms.deputies._review import CODES, Remark, Review, review
from motoolkit.forms.deputies._seats import Named, Seat, Seats

__all__ = [
    "CODES",
    "Named",
    "Remark",
    "Removal",
    "Review",
    "Seat",
    "SeatLanes",
    "Seats",
    "Stretch",
    "check_removal",
    "plan_removal",
    "removal",
    "remove_deputy",
    "review",
    "seats",
]
