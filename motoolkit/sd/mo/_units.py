"""MO's units as a side: those that SD knows, by a level of their own or because SD says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from motoolkit.sd._keys import UUID, texts
from motoolkit.sd._rows import (
    all_rows,
    clamped,
    oddities_of,
    rows_of,
    side_of,
    subject_oddities,
    untangled,
    within,
)
from motoolkit.sd._side import ACTIVE, empty_intervals
from motoolkit.sd._unit_values import ADDRESSES, level_key
from motoolkit.sd.mo._reading import ask, classes_of, one_of, period, with_classes
from motoolkit.sd.timelines import ignored_names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from motoolkit.mirror import Mirror
    from motoolkit.sd._side import Side
    from motoolkit.sd.mapping import Mapping


def unit_side(mirror: Mirror, mapping: Mapping, *, known: Collection[str] = (), others: bool = True) -> Side:
    """Return the units' side: those in ``known`` and, with ``others``, all that MO ever gives a level."""
    slices = _slices(mirror, None if others else sorted(known))
    levelled = (slices["level"] != "").groupby(slices["uuid"]).transform("any")
    slices = slices[levelled | slices["uuid"].isin(set(known))].reset_index(drop=True)
    codes, _ = pd.factorize(slices["uuid"])
    slices = slices.assign(subject=codes.astype(np.int64))
    subjects = _subjects(slices)
    ignored = ignored_names(slices, mapping)
    kept = clamped(slices[~slices["subject"].isin(ignored)], mapping.clamp)
    active, _ = untangled(rows_of(kept, ACTIVE, "true"), "overlap_in_mo")
    own = [
        rows_of(kept.assign(value=kept[name].where(kept[name] != "", None)), name)
        for name in ("name", "unit_code", "level", "parent")
    ]
    addresses, odd = _addresses(mirror, mapping, subjects, active, all_units=others)
    clean, disputed = untangled(all_rows(*own, addresses), "overlap_in_mo")
    told = subject_oddities(subjects.loc[sorted(ignored)], "ignored_by_rule", "unit_name")
    return side_of(subjects, [active, clean], [disputed, odd, told])


def _slices(mirror: Mirror, only: Sequence[str] | None) -> pd.DataFrame:
    joins, values = classes_of("u", ["unit_level"])
    chosen, wanted = one_of("u.uuid", only)
    query = with_classes(
        f"SELECT u.uuid, {period('u')}, u.name, u.user_key AS unit_code, u.parent_uuid AS parent,"
        f" {values['unit_level']} AS level FROM org_units u {joins} WHERE {chosen}"
        " ORDER BY u.uuid, u.valid_from NULLS FIRST"
    )
    frame = ask(mirror, query, wanted)
    plain = {name: texts(frame[name]) for name in ("name", "unit_code", "parent")}
    return frame.assign(**plain, level=level_key(frame["level"]))


def _subjects(slices: pd.DataFrame) -> pd.DataFrame:
    latest = slices.drop_duplicates("subject", keep="last").sort_values("subject", ignore_index=True)
    return pd.DataFrame(
        {
            "sort": "unit",
            "pair": latest["uuid"],
            "institution": "",
            "number": latest["unit_code"],
            "cpr": "",
            "label": latest["name"],
            "uuid": latest["uuid"],
            "person_uuid": "",
        }
    ).astype(object)


def _addresses(
    mirror: Mirror, mapping: Mapping, subjects: pd.DataFrame, active: pd.DataFrame, *, all_units: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of addresses while the unit is active.

    Of an address that MO keeps as a reference (DAR) only the presence is known: an oddity tells where, and
    it is not compared.
    """
    if not mapping.unit_addresses:
        return empty_intervals(), oddities_of(empty_intervals(), "")
    joins, values = classes_of("a", ["address_type"])
    chosen, wanted = one_of("a.org_unit_uuid", None if all_units else list(subjects["uuid"]))
    query = with_classes(
        f"SELECT {period('a')}, a.org_unit_uuid, a.value, {values['address_type']} AS address_type"
        f" FROM addresses a {joins} WHERE a.org_unit_uuid IS NOT NULL AND {chosen}"
    )
    found = ask(mirror, query, wanted).merge(
        pd.DataFrame({"org_unit_uuid": subjects["uuid"], "subject": subjects.index}), on="org_unit_uuid"
    )
    rows = [_read(found[found["address_type"] == key], name) for name, key in mapping.unit_addresses.items()]
    reached = within(clamped(all_rows(*rows), mapping.clamp), active)
    opaque = (reached["attribute"] == "postal") & reached["value"].astype(str).str.fullmatch(UUID)
    return reached[~opaque], oddities_of(reached[opaque], "ignored_by_rule", "dar_address")


def _read(addresses: pd.DataFrame, name: str) -> pd.DataFrame:
    values: pd.Series[Any] = ADDRESSES[name](texts(addresses["value"]))
    return rows_of(addresses.assign(value=values)[values != ""], name)
