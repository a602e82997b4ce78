"""The UUIDs of a list: they follow from what its rows are about, so that sent again they are the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from motoolkit.forms.onboarding import STEPS
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from motoolkit.forms.onboarding import Draft

_NAMESPACE: Final = UUID("b0d7c0d1-5a68-4a53-9c6f-7d0f5a2f6e11")


def identify(draft: Draft, number: str) -> None:
    """Give the rows of a draft the UUIDs that follow from what they are about.

    A person is told by number in the list, birthday and name; a row by what must be filled in of it, and
    by how many like it stand above.  What else is corrected in a list that was sent is so no second object.
    CPR numbers count as they are masked: nobody shall find the rest of one by trying.
    """
    person = draft.person
    if not draft.existing:
        person["uuid"] = _uuid("person", number, *(person.get(each.name) for each in STEPS["person"][:3]))
    for step in STEPS:
        if step == "person":
            continue
        seen: Counter[str] = Counter()
        for row in draft.rows[step]:
            about = _uuid(
                person["uuid"], step, *(row.get(each.name) for each in STEPS[step] if each.required)
            )
            seen[about] += 1
            row["uuid"] = _uuid(about, seen[about])


def _uuid(*about: Any) -> str:
    return str(uuid5(_NAMESPACE, mask_all("\n".join(str(each).casefold() for each in about))))
