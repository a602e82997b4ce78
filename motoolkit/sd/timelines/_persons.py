"""The persons that SD knows: names as of now, one subject an institution and person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from motoolkit.sd._keys import texts, why_ignored
from motoolkit.sd._rows import always, side_of, subject_oddities

if TYPE_CHECKING:
    from motoolkit.sd._shapes import Persons
    from motoolkit.sd._side import Side
    from motoolkit.sd.mapping import Mapping


def person_side(persons: Persons, mapping: Mapping) -> Side:
    """Return the persons' side; SD keeps no history of names, so they hold always.

    Somebody who is in two institutions is two subjects: the names may differ.
    """
    frame = persons.persons.assign(
        cpr=texts(persons.persons["cpr"]), institution=texts(persons.persons["institution"])
    ).drop_duplicates(["institution", "cpr"], ignore_index=True)
    names = (texts(frame["given_name"]) + " " + texts(frame["surname"])).str.strip()
    subjects = pd.DataFrame(
        {
            "sort": "person",
            "pair": frame["cpr"],
            "institution": frame["institution"],
            "number": "",
            "cpr": frame["cpr"],
            "label": names,
            "uuid": "",
            "person_uuid": "",
        }
    ).astype(object)
    ignored = why_ignored(subjects["cpr"])
    told = subject_oddities(subjects[ignored != ""], "ignored_by_rule", ignored[ignored != ""].to_numpy())
    if not mapping.person_names:
        return side_of(subjects, [], [told])
    return side_of(subjects, [always(names, "name")], [told])
