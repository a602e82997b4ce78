"""SD's own department of an engagement, where the integration keeps it in an association."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sd._rows import oddities_of, rows_of, within
from motoolkit.sd.mo._numbers import read_numbers
from motoolkit.sd.mo._reading import ask, classes_of, period, with_classes

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping

_KEY = ["person_uuid", "plain"]


def associated(
    mirror: Mirror, mapping: Mapping, engagements: pd.DataFrame, active: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of sd_unit that associations tell while active, and what can not be told.

    An association is of the engagement with its person, institution and number. Integrations leave the
    institution out; where the number then is that of several engagements, it is of none for certain.
    """
    joins, values = classes_of("a", ["association_type"])
    query = with_classes(
        f"SELECT {period('a')}, a.user_key, a.person_uuid, a.org_unit_uuid AS value, '' AS cpr"
        f" FROM associations a {joins} WHERE {values['association_type']} = $association_type"
    )
    found = read_numbers(ask(mirror, query, {"association_type": mapping.association_type}))
    told = found[["start", "end", "value", "institution", *_KEY]].rename_axis("association").reset_index()
    owners = engagements[["institution", *_KEY, "subject"]].drop_duplicates()
    fitting = _fitting(told[told["plain"] != ""].merge(owners, on=_KEY, suffixes=("", "_of")))
    several = fitting.groupby("association")["subject"].transform("nunique") > 1
    rows, unsure = (within(rows_of(fitting[part], "sd_unit"), active) for part in (~several, several))
    return rows, oddities_of(unsure, "key_ambiguous", "association")


def _fitting(joined: pd.DataFrame) -> pd.DataFrame:
    """Keep those of one institution; where an association has none, those that may be meant."""
    same = joined["institution"] == joined["institution_of"]
    exactly = same.groupby(joined["association"]).transform("any")
    either = (joined["institution"] == "") | (joined["institution_of"] == "")
    return joined[same | (~exactly & either)]
