"""MO's persons as a side: everybody with a CPR number, by the name of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.sd._keys import why_ignored
from motoolkit.sd._rows import always, side_of, subject_oddities
from motoolkit.sd.mo._engagements import persons_query
from motoolkit.sd.mo._reading import ask

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from motoolkit.mirror import Mirror
    from motoolkit.sd._side import Side
    from motoolkit.sd.mapping import Mapping


def person_side(
    mirror: Mirror, mapping: Mapping, *, as_of: date, cprs: Collection[str] | None = None
) -> Side:
    """Return the persons' side; ``cprs`` None means all.  Two with one number are one, and told."""
    persons, wanted = persons_query(cprs)
    query = f"SELECT * FROM ({persons}) WHERE cpr <> '' ORDER BY cpr, person_uuid"
    found = ask(mirror, query, {"as_of": as_of} | wanted)
    kept = found.drop_duplicates("cpr", ignore_index=True)
    subjects = pd.DataFrame(
        {
            "sort": "person",
            "pair": kept["cpr"],
            "institution": "",
            "number": "",
            "cpr": kept["cpr"],
            "label": kept["label"],
            "uuid": kept["person_uuid"],
            "person_uuid": kept["person_uuid"],
        }
    ).astype(object)
    ignored = why_ignored(subjects["cpr"])
    twice = subjects[subjects["cpr"].isin(found["cpr"][found["cpr"].duplicated()])]
    odd = [
        subject_oddities(subjects[ignored != ""], "ignored_by_rule", ignored[ignored != ""].to_numpy()),
        subject_oddities(twice, "duplicate_in_mo", "several_persons"),
    ]
    names = (
        always(subjects["label"], "name") if mapping.person_names else always(subjects["label"][:0], "name")
    )
    return side_of(subjects, [names], odd)
