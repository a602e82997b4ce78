"""What an integration has left behind in MO, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.sd._keys import texts
from motoolkit.sd.mo._reading import ask

if TYPE_CHECKING:
    import pandas as pd

    from motoolkit.mirror import Mirror

PREFIXED: Final = r"([0-9A-ZÆØÅ]{2})-([0-9A-ZÆØÅ]{1,6})"
_PLAIN: Final = r"[0-9]{1,6}"
SD_NUMBER: Final = f"{PREFIXED}|{_PLAIN}"
UNKNOWN_UNITS: Final = ("unknown", "ukendt", "ukendt enhed", "unknown unit")

_LATEST: Final = """
    (SELECT * FROM {0} QUALIFY row_number() OVER (PARTITION BY uuid ORDER BY valid_from DESC NULLS LAST) = 1)
"""
_CLASSES: Final = _LATEST.format("classes")
_ENGAGEMENTS: Final = f"""
    SELECT upper(trim(e.user_key)) AS user_key,
        regexp_full_match(upper(trim(e.user_key)), '{PREFIXED}') AS prefixed,
        t.user_key AS type, t.name AS type_name, j.user_key AS job, j.name AS job_name,
        e.fraction IS NOT NULL AS fraction, {", ".join(f"e.extension_{n}" for n in range(1, 11))}
    FROM {_LATEST.format("engagements")} AS e
    LEFT JOIN {_CLASSES} AS t ON t.uuid = e.engagement_type_uuid
    LEFT JOIN {_CLASSES} AS j ON j.uuid = e.job_function_uuid
    WHERE regexp_full_match(upper(trim(e.user_key)), '{SD_NUMBER}')
"""
_USED: Final = """
    SELECT c.user_key, c.name, c.scope, count(*) AS used
    FROM {0} AS o JOIN {1} AS c ON c.uuid = o.{2} {3} GROUP BY ALL ORDER BY used DESC, c.user_key
"""
_UNITS: Final = f"""
    SELECT u.uuid, u.user_key, u.name, l.user_key AS level
    FROM {_LATEST.format("org_units")} AS u LEFT JOIN {_CLASSES} AS l ON l.uuid = u.unit_level_uuid
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """What was counted.

    Attributes:
        engagements: a row each whose user_key is a number of SD's: user_key, prefixed (whether it begins with
            an institution), type, type_name, job, job_name, fraction (whether it has one), extension_1 to
            extension_10.
        total: how many engagements there are in all.
        leave_types: user_key, name, scope, used.
        association_types: the same.
        address_types: the same, of units.
        units: uuid, user_key, name, level.
        job_functions: user_keys of the job functions that can stand for unknown ones.
    """

    engagements: pd.DataFrame
    total: int
    leave_types: pd.DataFrame
    association_types: pd.DataFrame
    address_types: pd.DataFrame
    units: pd.DataFrame
    job_functions: tuple[str, ...]

    @classmethod
    def of(cls, mirror: Mirror) -> Traces:
        """Count them in a mirror."""
        ((total,),) = mirror.rows("SELECT count(DISTINCT uuid) FROM engagements")
        used = {
            name: ask(mirror, _USED.format(table, _CLASSES, column, where))
            for name, table, column, where in (
                ("leave_types", "leaves", "leave_type_uuid", ""),
                ("association_types", "associations", "association_type_uuid", ""),
                ("address_types", "addresses", "address_type_uuid", "WHERE o.org_unit_uuid IS NOT NULL"),
            )
        }
        unknown = ask(
            mirror, f"SELECT user_key FROM {_CLASSES} WHERE lower(user_key) IN ('unknown', 'ukendt')"
        )
        return cls(
            engagements=ask(mirror, _ENGAGEMENTS),
            total=int(total),
            units=ask(mirror, _UNITS),
            job_functions=tuple(unknown["user_key"]),
            **used,
        )

    @property
    def prefixed(self) -> pd.Series[bool]:
        """Which numbers begin with an institution."""
        return self.engagements["prefixed"].astype(bool)

    @property
    def prefix_share(self) -> float:
        """The share of those."""
        return float(self.prefixed.mean())

    @property
    def institutions(self) -> tuple[str, ...]:
        """What numbers begin with, most frequent first."""
        keys = self.engagements["user_key"][self.prefixed]
        return tuple(keys.str[:2].value_counts().index)

    def share(self, column: str, pattern: str = ".+") -> float:
        """Return the share of engagements whose column looks like ``pattern``."""
        counts = self.engagements[column].value_counts()
        alike = texts(counts.index.to_series()).str.fullmatch(pattern).to_numpy(bool)
        return float(counts[alike].sum() / max(len(self.engagements), 1))
