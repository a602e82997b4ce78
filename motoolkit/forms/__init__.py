"""Forms without a face: what can be chosen, what is wrong with it, and the plan that comes of it."""

from __future__ import annotations

from motoolkit.forms._choices import Choices
from motoolkit.forms._days import read_day
from motoolkit.forms._options import Found, Option, Source
from motoolkit.forms._persons import LivePersons, persons_index
from motoolkit.forms._search import Index, marks
from motoolkit.forms._trouble import FormError, Trouble

__all__ = [
    "Choices",
    "FormError",
    "Found",
    "Index",
    "LivePersons",
    "Option",
    "Source",
    "Trouble",
    "marks",
    "persons_index",
    "read_day",
]
