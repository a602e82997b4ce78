"""Which MO unit an engagement belongs in: the placement rules of the integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from motoolkit.model import bulk_join, bulk_mask, bulk_subtract, bulk_untangle
from motoolkit.sd._rows import all_oddities, all_rows, oddities_of, rows_of
from motoolkit.sd._side import empty_oddities
from motoolkit.sd.timelines._departments import levels, parents

if TYPE_CHECKING:
    from motoolkit.sd._facts import Facts
    from motoolkit.sd._shapes import Departments
    from motoolkit.sd.mapping import Mapping

_STEPS: Final = 12
"""No organisation is deeper; a ring of parents ends here too."""

_UNIT: Final = "unit"


class Placed(NamedTuple):
    """Rows of unit, rows of unit_code that a rule brings with it, and what can not be decided."""

    units: pd.DataFrame
    codes: pd.DataFrame
    oddities: pd.DataFrame


def place(
    departments: pd.DataFrame,
    pairs: pd.Series[Any],
    known: Departments | None,
    facts: Facts,
    mapping: Mapping,
) -> Placed:
    """Place what is in ``departments`` (rows of sd_unit; the pairs of their subjects in ``pairs``)."""
    rows = rows_of(departments, _UNIT)
    if mapping.placement == "manager":
        return _manager(rows, pairs, known, facts, mapping)
    if mapping.placement == "region":
        return _only(_region(rows, pairs, known, facts, mapping))
    if mapping.placement == "parent":
        return _only(*elevated(rows, known, mapping.too_deep))
    return _only(rows)


def _only(units: pd.DataFrame, oddities: pd.DataFrame | None = None) -> Placed:
    none = units.iloc[:0]
    return Placed(units, none, empty_oddities() if oddities is None else oddities)


def elevated(
    rows: pd.DataFrame, departments: Departments | None, too_deep: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put rows one step up, or as long as the level is in ``too_deep``, split where a parent changes.

    Returns:
        The rows, and an oddity for each stretch where the history has a hole or several parents.
    """
    ladder = _Ladder(departments)
    if not too_deep:
        return ladder.step(rows)
    arrived, odd, climbing = [], [], rows
    for _ in range(_STEPS):
        staying, climbing = ladder.parted(climbing, too_deep)
        arrived.append(staying)
        if not len(climbing):
            break
        climbing, found = ladder.step(climbing)
        odd.append(found)
    return all_rows(*arrived), all_oddities(*odd)


class _Ladder:
    """The levels and parents of departments through time."""

    def __init__(self, departments: Departments | None) -> None:
        self._levels = levels(departments).rename(columns={"uuid": "key"})
        self._parents, self._disputed = (f.rename(columns={"uuid": "key"}) for f in parents(departments))

    def step(self, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Replace units by their parents; units on top stay."""
        keyed = rows.assign(key=rows["value"])
        found = bulk_join(keyed, self._parents)
        up = found["parent"].where(found["parent"].notna(), found["value"])
        contested = bulk_mask(keyed, self._disputed)
        covered = pd.concat([self._parents, self._disputed], ignore_index=True)
        holes = bulk_subtract(keyed, covered)
        return rows_of(found.assign(value=up), _UNIT), all_oddities(
            oddities_of(contested, "overlap_in_sd", "parents"),
            oddities_of(holes, "gap_in_sd_attr", "parents"),
        )

    def parted(self, rows: pd.DataFrame, too_deep: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Part rows into those whose unit may be stayed in, and those that are too deep."""
        deep = self._levels[self._levels["level"].isin(too_deep)]
        keyed = rows.assign(key=rows["value"])
        return (
            rows_of(bulk_subtract(keyed, deep), _UNIT),
            rows_of(bulk_mask(keyed, deep), _UNIT),
        )


def _manager(
    rows: pd.DataFrame,
    pairs: pd.Series[Any],
    known: Departments | None,
    facts: Facts,
    mapping: Mapping,
) -> Placed:
    """Put who leads a unit in it, under its code; of several the manager with the lowest UUID counts."""
    led = _of_subjects(facts.managers, pairs)
    chosen = _first_of_several(led, key="subject", order=["manager", "unit"])
    placed = bulk_join(rows.drop(columns="value"), chosen, key="subject")
    others = bulk_subtract(rows, chosen, key="subject")
    others, odd = elevated(others, known, mapping.too_deep) if mapping.climb else (others, empty_oddities())
    led_units = rows_of(placed.assign(value=placed["unit"]), _UNIT)
    codes = rows_of(placed.assign(value=placed["unit_code"]), "unit_code")
    return Placed(all_rows(led_units, others), codes, odd)


def _region(
    rows: pd.DataFrame,
    pairs: pd.Series[Any],
    known: Departments | None,
    facts: Facts,
    mapping: Mapping,
) -> pd.DataFrame:
    """Keep MO's unit while SD's department is the one it was placed for, else take a related unit."""
    there = _first_of_several(_of_subjects(facts.kept, pairs), key="subject", order=["unit"])
    beside = bulk_join(rows, there, key="subject")
    stays = (beside["sd_unit"] == beside["value"]) & beside["unit"].notna()
    kept = beside[stays & (beside["unit"] != facts.unknown_unit)]
    placed = [rows_of(kept.assign(value=kept["unit"]), _UNIT)]
    left = bulk_subtract(rows, placed[0], key="subject")
    related = _first_of_several(facts.related.rename(columns={"unit": "key"}), key="key", order=["other"])
    ladder = _Ladder(known)
    looking = left
    for _ in range(_STEPS if mapping.climb else 1):
        found = bulk_join(looking.assign(key=looking["value"]), related)
        placed.append(rows_of(found.assign(value=found["other"]), _UNIT))
        looking = bulk_subtract(looking, placed[-1], key="subject") if len(found) else looking
        if not len(looking):
            break
        looking, _ = ladder.step(looking)
    unplaced = bulk_subtract(left, all_rows(*placed[1:]), key="subject")
    return all_rows(*placed, rows_of(unplaced.assign(value=facts.unknown_unit or None), _UNIT))


def _of_subjects(facts: pd.DataFrame, pairs: pd.Series[Any]) -> pd.DataFrame:
    subjects = pd.Series(pairs.index.to_numpy(), index=pairs.to_numpy())
    known = facts[facts["pair"].isin(subjects.index)]
    return known.assign(subject=known["pair"].map(subjects).astype("int64")).drop(columns="pair")


def _first_of_several(frame: pd.DataFrame, *, key: str, order: list[str]) -> pd.DataFrame:
    """Return rows of which no two of a key hold at a time: on every day the first in ``order`` does."""
    ranked = frame.sort_values(order, ignore_index=True)
    spans = ranked[[key, "start", "end"]].assign(value=ranked.index)
    clean, disputed = bulk_untangle(spans, key=key)
    chosen = [clean]
    while len(disputed):
        first = disputed.sort_values("value").drop_duplicates(key)
        chosen.append(first)
        disputed = bulk_subtract(disputed, first, key=key)
    found = pd.concat(chosen, ignore_index=True)
    return found.join(ranked.drop(columns=[key, "start", "end"]), on="value").drop(columns="value")
