"""SD's own department of an engagement, where the integration keeps it in an association."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sd._rows import rows_of
from motoolkit.sd.mo._numbers import read_numbers
from motoolkit.sd.mo._reading import ask, classes_of, period, with_classes

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.mirror import Mirror
    from motoolkit.sd.mapping import Mapping


def associated(mirror: Mirror, mapping: Mapping, engagements: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of sd_unit that associations tell: same person, same number, with or without prefix."""
    joins, values = classes_of("a", ["association_type"])
    query = with_classes(
        f"SELECT {period('a')}, a.user_key, a.person_uuid, a.org_unit_uuid AS value, '' AS cpr"
        f" FROM associations a {joins} WHERE {values['association_type']} = $association_type"
    )
    found = ask(mirror, query, {"association_type": mapping.association_type})
    numbered = read_numbers(found, mapping)[["start", "end", "value", "person_uuid", "plain"]]
    owners = engagements[["person_uuid", "plain", "subject"]].drop_duplicates()
    return rows_of(numbered[numbered["plain"] != ""].merge(owners, on=["person_uuid", "plain"]), "sd_unit")
