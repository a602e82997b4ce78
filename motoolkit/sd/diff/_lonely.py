"""Whole subjects: those on one side only, those that can not be compared, and what their keys tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motoolkit.model import MISSING
from motoolkit.model.sweep import AFTER_ALL, BEFORE_ALL
from motoolkit.sd.diff import _rows
from motoolkit.sd.diff._details import NO_NUMBER
from motoolkit.sd.diff._pairs import Number, texts
from motoolkit.sd.diff._rows import Rows
from motoolkit.sd.diff._timelines import Hull

if TYPE_CHECKING:
    from motoolkit.model.sweep import Flags, Numbers
    from motoolkit.sd._side import Side
    from motoolkit.sd.diff._oddities import Oddities
    from motoolkit.sd.diff._pairs import Pairs
    from motoolkit.sd.diff._rows import Objects
    from motoolkit.sd.mapping import Mapping

_KINDS: Final = {
    ("person", False): "person_missing_in_mo",
    ("person", True): "person_missing_in_sd",
    ("employment", False): "engagement_missing_in_mo",
    ("employment", True): "engagement_missing_in_sd",
    ("unit", False): "unit_missing",
    ("unit", True): "unit_extra",
}
"""By sort, and whether it is MO that has it."""


def one_sided(pairs: Pairs, sd: Hull, mo: Hull, *, numbers: Objects, considered: Flags, as_of: int) -> Rows:
    """Return what is on one side only: a person, else each of the employments; and units."""
    employment = pairs.are("employment")
    parts = []
    for in_mo, own, other, alive in ((False, pairs.sd, pairs.mo, sd), (True, pairs.mo, pairs.sd, mo)):
        lonely = considered & (own >= 0) & (other < 0)
        active = lonely & alive.alive
        elsewhere = pairs.anyone((pairs.sorts != "unit") & (other >= 0))
        persons = pairs.are("person") & lonely & ~elsewhere & pairs.anyone(employment & active)
        employments = employment & active & ~pairs.anyone(persons)
        missing = persons | employments | (pairs.are("unit") & active)
        spans = _with_persons(alive, pairs, employment & active)
        parts.append(_missing(pairs, np.flatnonzero(missing), spans, as_of=as_of, in_mo=in_mo))
    rows = Rows.joined(parts)
    numberless = rows.are("engagement_missing_in_sd")
    numberless[numberless] = numbers[pairs.mo[rows.pairs[numberless]]] == ""
    return rows.having(details=np.where(numberless, NO_NUMBER, rows.details))


def _with_persons(spans: Hull, pairs: Pairs, employments: Flags) -> Hull:
    """Give persons the days of all their employments."""
    starts, ends = np.full(len(pairs) + 1, AFTER_ALL), np.full(len(pairs) + 1, BEFORE_ALL)
    np.minimum.at(starts, pairs.persons[employments], spans.starts[employments])
    np.maximum.at(ends, pairs.persons[employments], spans.ends[employments])
    person = pairs.are("person")
    return Hull(
        np.where(person, starts[pairs.persons], spans.starts),
        np.where(person, ends[pairs.persons], spans.ends),
    )


def _missing(pairs: Pairs, chosen: Numbers, spans: Hull, *, as_of: int, in_mo: bool) -> Rows:
    starts = spans.starts[chosen]
    future = _rows.ONLY_IN_MO if in_mo else _rows.NOT_LOADED
    there = np.full(len(chosen), "true", object)
    return Rows.of(
        chosen,
        kinds=_column([_KINDS[sort, in_mo] for sort in pairs.sorts[chosen]]),
        starts=starts,
        ends=spans.ends[chosen],
        futures=np.where(starts > as_of, future, _rows.NO_FUTURE),
        **{"mo" if in_mo else "sd": there},
    )


def undated(kind: str, pairs: Flags, **columns: object) -> Rows:
    """Return a finding without a period for each of some pairs."""
    return Rows.of(np.flatnonzero(pairs), kinds=kind, dated=False, **columns)


def several(pairs: Pairs, mo: Side, oddities: Oddities, contested: Flags) -> Rows:
    """Return where a side has several subjects, so that none can be compared.

    Of a number of several institutions MO may have several.
    """
    found: dict[int, tuple[str, ...]] = dict.fromkeys(np.flatnonzero(pairs.twice_in_mo).tolist(), ())
    uuids = texts(mo, "uuid")
    for row in np.flatnonzero(pairs.twice_in_mo[pairs.of_mo]):
        found[int(pairs.of_mo[row])] += (uuids[row],)
    told = [one for one in oddities.all if one.kind == "duplicate_in_mo" and one.whole and one.pair >= 0]
    for one in told:
        found.setdefault(one.pair, tuple(value for value in one.claims if isinstance(value, str)))
    found = {pair: ones for pair, ones in found.items() if not contested[pair]}
    listed = _column([", ".join(sorted(ones)) or MISSING for ones in found.values()])
    in_mo = Rows.of(np.array(list(found), np.int64), kinds="duplicate_in_mo", dated=False, mo=listed)
    twice = pairs.twice_in_sd & ~pairs.are("person")
    return Rows.joined([in_mo, undated("overlap_in_sd", twice, undecided=True, overlaps=True)])


def ambiguous(pairs: Pairs, sd: Side, mo: Side, contested: Flags) -> Rows:
    """Return MO's numbers that do not tell which of several institutions they are of, each once."""
    heads = np.flatnonzero(contested & (pairs.contested == np.arange(len(pairs))))
    institutions, numbers = texts(sd, "institution"), texts(sd, "number")
    claims: dict[int, list[str]] = {head: [] for head in heads.tolist()}
    for pair in np.flatnonzero(contested & (pairs.sd >= 0)):
        row = pairs.sd[pair]
        claims[int(pairs.contested[pair])].append(f"{institutions[row]}-{numbers[row]}")
    return Rows.of(
        heads,
        kinds="key_ambiguous",
        dated=False,
        sd=_column([tuple(sorted(each)) for each in claims.values()]),
        mo=texts(mo, "number")[pairs.mo[heads]],
        undecided=True,
    )


def respelled(pairs: Pairs, sd: Side, mo: Side, mapping: Mapping, considered: Flags) -> Rows:
    """Return the engagements whose number is not written as the mapping says."""
    chosen = np.flatnonzero(considered & pairs.are("employment") & (pairs.sd >= 0) & (pairs.mo >= 0))
    ours, theirs = pairs.sd[chosen], pairs.mo[chosen]
    institutions, numbers = texts(sd, "institution")[ours], texts(sd, "number")[ours]
    expected = [
        f"{institution}-{number.zfill(mapping.padding)}" if mapping.prefix else number.zfill(mapping.padding)
        for institution, number in zip(institutions, numbers, strict=True)
    ]
    wanted, written = _column(expected), texts(mo, "number")[theirs]
    upper = _column([number.upper() for number in expected])
    wrong = (wanted != written) & (upper != written)
    return Rows.of(chosen[wrong], kinds="key_format", dated=False, sd=wanted[wrong], mo=written[wrong])


def reused(pairs: Pairs, sd: Side, mo: Side, *, first: Numbers, considered: Flags) -> Rows:
    """Return each number of one institution that several persons have, with who has it last."""
    keys = np.full(len(pairs), "", object)
    own = _institutions(pairs, sd, mo)
    for side, of in ((mo, pairs.of_mo), (sd, pairs.of_sd)):
        keys[of] = [Number.of(number).bare for number in texts(side, "number")]
    chosen = np.flatnonzero(considered & pairs.are("employment") & (keys != "") & (first < AFTER_ALL))
    table = pd.DataFrame(
        {
            "pair": chosen,
            "key": pd.Series(own[chosen] + "-" + keys[chosen], dtype=object),
            "person": pairs.persons[chosen],
            "first": first[chosen],
        }
    )
    table = table[table.duplicated("key", keep=False)]
    shared = table[table.groupby("key")["person"].transform("nunique") > 1]
    last = shared.sort_values(["key", "first", "pair"]).drop_duplicates("key", keep="last")
    return Rows.of(last["pair"].to_numpy(np.int64), kinds="key_reused", dated=False)


def _institutions(pairs: Pairs, sd: Side, mo: Side) -> Objects:
    """Return the institution of each pair; MO's is in the number, or the only one that was asked."""
    found = np.full(len(pairs), "", object)
    known = texts(sd, "institution")[texts(sd, "sort") == "employment"]
    only = known[0] if len(known) and (known == known[0]).all() else ""
    found[pairs.of_mo] = [
        own or Number.of(number).institution or only
        for own, number in zip(texts(mo, "institution"), texts(mo, "number"), strict=True)
    ]
    found[pairs.of_sd] = texts(sd, "institution")
    return found


def _column(values: list[Any]) -> Objects:
    column = np.empty(len(values), object)
    column[:] = values
    return column
