"""Any timeline, damaged in one known way on one side: the diff names that damage, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sd_sides import Writer

from motoolkit.model import Timeline, Validity
from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping

MAPPING = Mapping.read("sdtool-plus-municipality", prefix=True)
DAY_0 = date(2015, 1, 1)
LAST = 5_000
AS_OF = 2_500
"""Days count from DAY_0; None is no limit."""

KINDS = {
    "unit": "wrong_unit",
    "sd_unit": "wrong_unit",
    "unit_code": "wrong_unit_code",
    "job_function": "wrong_job_function",
    "title": "wrong_title",
    "engagement_type": "wrong_engagement_type",
    "fraction": "wrong_fraction",
    "leave": "wrong_leave",
}
OPTIONAL = ("title", "leave")
VALUES = {name: [f"{name} {letter}" for letter in "abc"] for name in KINDS} | {
    "fraction": [1_000_000, 864_900, 500_000],
    "leave": ["true"],
}


@dataclass(frozen=True)
class Expected:
    """The one finding that a damage is: its attribute decides on the kind where none is given."""

    attribute: str
    start: int | None
    end: int | None
    patterns: tuple[str, ...] = ()
    days: int = 0
    kind: str = ""


@st.composite
def timelines(draw):
    """An employment that is active once or more; each attribute has some values meanwhile."""
    cuts = sorted(draw(st.sets(st.integers(0, LAST // 10), min_size=2, max_size=6)))
    active = [(10 * start, 10 * end) for start, end in pairwise(cuts)][::2]
    if draw(st.booleans()):
        active[0] = (None, active[0][1])
    if draw(st.booleans()):
        active[-1] = (active[-1][0], None)
    made = {"active": [(*span, "true") for span in active]}
    for name in KINDS:
        made[name] = coalesced([part for span in active for part in draw(values(name, span))])
    return made


@st.composite
def values(draw, name, span):
    """Cut an active span up and give each part a value; optional attributes may have none."""
    low, high = limits(span)
    borders = [span[0], *sorted(draw(st.sets(st.integers(low + 1, high - 1), max_size=3))), span[1]]
    choices = [*VALUES[name], None] if name in OPTIONAL else VALUES[name]
    parts = [(start, end, draw(st.sampled_from(choices))) for start, end in pairwise(borders)]
    return [part for part in parts if part[2] is not None]


def limits(span):
    """The first and last days of a span as numbers."""
    return (-1000 if span[0] is None else span[0], LAST + 1000 if span[1] is None else span[1])


def coalesced(spans):
    """Merge what touches and is equal."""
    result = []
    for start, end, value in spans:
        if result and result[-1][1] == start is not None and result[-1][2] == value:
            result[-1] = (result[-1][0], end, value)
        else:
            result.append((start, end, value))
    return result


def without(made, low, high):
    """Take ``[low, high)`` out of all timelines; None is no limit."""
    outer = [(None, low), (high, None)]
    cut = {}
    for name, spans in made.items():
        cut[name] = [
            (*piece, value)
            for start, end, value in spans
            for bounds in outer
            if bounds != (None, None) and (piece := meet((start, end), bounds))
        ]
    return cut


def meet(span, other):
    """Return the days in both, None when there are none."""
    start = max((one[0] for one in (span, other) if one[0] is not None), default=None)
    end = min((one[1] for one in (span, other) if one[1] is not None), default=None)
    return (start, end) if start is None or end is None or start < end else None


def later(start, *, mo_changes):
    """The pattern of what is to come and changes on one side only."""
    if start is None or start <= AS_OF:
        return ()
    return ("future_only_in_mo",) if mo_changes else ("future_not_loaded",)


def shifted(which, days):
    """Return the patterns of a border that is shifted."""
    return (f"shifted_{which}", "off_by_one") if abs(days) == 1 else (f"shifted_{which}",)


@st.composite
def shifted_borders(draw, made):
    """Move a border of a value: a start when a value begins there, else an end."""
    in_mo = draw(st.booleans())
    borders = [(name, *one) for name in KINDS for one in inner_borders(made, name) if one[2] - one[1] > 2]
    if not borders:
        return None
    name, begins, low, high, day = draw(st.sampled_from(borders))
    new = draw(st.integers(low + 1, high - 1).filter(lambda new: new != day))
    spans = [
        (new if start == day else start, new if end == day else end, value)
        for start, end, value in made[name]
    ]
    damaged = made | {name: spans}
    days = new - day if in_mo else day - new
    which = "start" if begins else "end"
    expected = Expected(name, min(day, new), max(day, new), shifted(which, days), days)
    return in_mo, damaged, [expected]


def inner_borders(made, name):
    """Yield of borders inside active spans whether a value begins there, the room to move in, and the day."""
    starts, ends = {start for start, _, _ in made[name]}, {end for _, end, _ in made[name]}
    for span in made["active"]:
        low, high = limits(span)
        for day in sorted({day for day in (*starts, *ends) if day is not None and low < day < high}):
            others = [one for one in (*starts, *ends) if one is not None and one != day]
            room = (
                max([low, *(one for one in others if one < day)]),
                min([high, *(one for one in others if one > day)]),
            )
            yield day in starts, *room, day


@st.composite
def shifted_employments(draw, made):
    """Let the employment begin or end some days earlier or later."""
    in_mo = draw(st.booleans())
    at = draw(st.integers(0, len(made["active"]) - 1))
    which = draw(st.sampled_from([0, 1]))
    span = made["active"][at]
    if span[which] is None:
        return None
    low, high = limits(span)
    if which == 0:
        previous = limits(made["active"][at - 1])[1] if at else low - 300
        room = (previous + 1, high - 1)
    else:
        following = limits(made["active"][at + 1])[0] if at + 1 < len(made["active"]) else high + 300
        room = (low + 1, following - 1)
    new = draw(st.integers(*room).filter(lambda new: new != span[which]))
    damaged = _moved(made, span, which, new)
    start, end = sorted((span[which], new))
    days = new - span[which] if in_mo else span[which] - new
    longer = (new < span[0]) if which == 0 else (new > span[1])
    kind = "active_extra" if longer == in_mo else "active_missing"
    expected = Expected("active", start, end, shifted(("start", "end")[which], days), days, kind)
    return in_mo, damaged, [expected]


def _moved(made, span, which, new):
    """Move one border of an active span, and cut or stretch what holds there."""
    old, damaged = span[which], {}
    bounds = (new, span[1]) if which == 0 else (span[0], new)
    for name, spans in made.items():
        damaged[name] = []
        for start, end, value in spans:
            inside = meet((start, end), span[:2])
            if inside is None:
                damaged[name].append((start, end, value))
                continue
            stretched = (
                (new if start == old else start, end) if which == 0 else (start, new if end == old else end)
            )
            if piece := (meet(stretched, bounds) if holds_a_day(stretched) else None):
                damaged[name].append((*piece, value))
    return damaged


def holds_a_day(span):
    """Tell whether there is a day in it."""
    return None in span or span[0] < span[1]


@st.composite
def cut_off_ends(draw, made):
    """Let a side end what the other leaves open."""
    start, end, _ = made["active"][-1]
    if end is not None:
        return None
    in_mo = draw(st.booleans())
    day = draw(st.integers(limits((start, end))[0] + 1, LAST))
    kind = "active_missing" if in_mo else "active_extra"
    expected = Expected("active", day, None, later(day, mo_changes=in_mo), kind=kind)
    return in_mo, without(made, day, None), [expected]


@st.composite
def removed_spans(draw, made):
    """Take one of several active spans away."""
    if len(made["active"]) < 2:
        return None
    in_mo = draw(st.booleans())
    start, end, _ = draw(st.sampled_from(made["active"]))
    kind = "active_missing" if in_mo else "active_extra"
    expected = Expected("active", start, end, later(start, mo_changes=not in_mo), kind=kind)
    return in_mo, without(made, start, end), [expected]


@st.composite
def gaps(draw, made):
    """Interrupt an active span."""
    in_mo = draw(st.booleans())
    low, high = limits(draw(st.sampled_from(made["active"])))
    start, end = sorted(draw(st.sets(st.integers(low + 1, high - 1), min_size=2, max_size=2)))
    patterns = ("gap", "off_by_one") if in_mo and end - start == 1 else ("gap",)
    kind = "active_missing" if in_mo else "active_extra"
    patterns = (*patterns, *later(start, mo_changes=in_mo))
    expected = Expected("active", start, end, patterns, end - start, kind)
    return in_mo, without(made, start, end), [expected]


@st.composite
def changed_values(draw, made):
    """Let a side say something else in the midst of a stretch."""
    name = draw(st.sampled_from([one for one in KINDS if one != "leave"]))
    found = [span for span in made[name] if limits(span)[1] - limits(span)[0] > 2]
    if not found:
        return None
    in_mo = draw(st.booleans())
    span = draw(st.sampled_from(found))
    low, high = limits(span)
    start, end = sorted(draw(st.sets(st.integers(low + 1, high - 1), min_size=2, max_size=2)))
    off = draw(st.sampled_from([-1000, -2, -1, 1, 2])) if name == "fraction" else 0
    other = span[2] + off if name == "fraction" else "something else"
    parts = [(span[0], start, span[2]), (start, end, other), (end, span[1], span[2])]
    damaged = made | {name: [part for one in made[name] for part in (parts if one == span else [one])]}
    expected = Expected(name, start, end, later(start, mo_changes=in_mo))
    return in_mo, damaged, [] if abs(off) == 1 else [expected]


@st.composite
def replaced_values(draw, made):
    """Let a side say something else in all of a stretch."""
    name = draw(st.sampled_from([one for one in KINDS if one not in {"leave", "fraction"}]))
    if not made[name]:
        return None
    in_mo = draw(st.booleans())
    start, end, value = draw(st.sampled_from(made[name]))
    spans = [(s, e, "something else" if (s, e, v) == (start, end, value) else v) for s, e, v in made[name]]
    expected = Expected(name, start, end, later(start, mo_changes=False))
    return in_mo, made | {name: spans}, [expected]


@st.composite
def removed_objects(draw, made):
    """Take all of it away."""
    in_mo = draw(st.booleans())
    start, end = made["active"][0][0], made["active"][-1][1]
    kind = "engagement_missing_in_mo" if in_mo else "engagement_missing_in_sd"
    expected = Expected("", start, end, later(start, mo_changes=not in_mo), kind=kind)
    return in_mo, None, [expected]


DAMAGES = (
    shifted_borders,
    shifted_employments,
    cut_off_ends,
    removed_spans,
    gaps,
    changed_values,
    replaced_values,
    removed_objects,
)


@st.composite
def cases(draw):
    """Return both sides, and what is to be found."""
    made = draw(timelines())
    damage = draw(
        st.sampled_from(DAMAGES).flatmap(lambda damage: damage(made)).filter(lambda one: one is not None)
    )
    in_mo, damaged, expected = damage
    return (made, damaged, expected) if in_mo else (damaged, made, expected)


BATCHES = st.lists(cases(), min_size=1, max_size=12)
"""Several persons at a time: it is quicker, and none may meddle with another."""


def _side(many, *, in_mo, duplicates=False):
    """Write one side down: the timelines of one person after the other."""
    writer = Writer(in_mo=in_mo)
    for nth, made in enumerate(many):
        writer.person(_cpr(nth))
        if made is None:
            continue
        told = {
            name: [(_iso(start), _iso(end), value) for start, end, value in spans]
            for name, spans in made.items()
        }
        writer.employment(f"{nth:05}", cpr=_cpr(nth), **told)
        if duplicates:
            writer.odd("duplicate_in_mo", "active")
    return writer.side()


def _cpr(nth):
    return f"0101{nth:02}9996"


def _day(day):
    return None if day is None else DAY_0 + timedelta(days=day)


def _iso(day):
    return None if day is None else _day(day).isoformat()


def _compared(batch, as_of=AS_OF, **options):
    sd, mo = (
        _side([one[0] for one in batch], in_mo=False),
        _side([one[1] for one in batch], in_mo=True, **options),
    )
    return compare(sd, mo, MAPPING, as_of=_day(as_of))


QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(BATCHES)
def test_names_the_one_damage(batch):
    """Kind, attribute, period, patterns and days are those of the damage; nothing else is found."""
    found = _compared(batch)
    assert {_told(one) for one in found} == {
        (
            f"NS-{nth:05}/0101{nth:02}-xxxx",
            one.kind or KINDS[one.attribute],
            one.attribute,
            Validity(_day(one.start), _day(one.end)),
            one.patterns,
            one.days,
        )
        for nth, (_, _, expected) in enumerate(batch)
        for one in expected
    }
    assert len(found) == sum(len(expected) for *_, expected in batch)


def _told(one):
    days = int(one.facts.get("days", 0))
    return one.subject.key, one.kind.code, one.attribute, one.validity, one.patterns, days


@QUICK
@given(st.lists(timelines(), max_size=8))
def test_equal_sides_give_nothing(many):
    """Whatever the timelines are."""
    assert len(_compared([(made, made) for made in many])) == 0


@settings(QUICK, max_examples=4)
@given(BATCHES)
def test_duplicate_hides_all_else(batch):
    """Of an engagement that MO has twice nothing else is told."""
    both = [one for one in batch if one[0] is not None and one[1] is not None]
    assert [one.kind.code for one in _compared(both, duplicates=True)] == ["duplicate_in_mo"] * len(both)


@settings(QUICK, max_examples=5)
@given(BATCHES, st.integers(0, LAST))
def test_keys_are_the_same_on_another_day(batch, day):
    """What is found again another day has the same key: nothing in it hangs on as_of."""
    found, again = _compared(batch), _compared(batch, as_of=day)
    assert {one.key for one in found} == {one.key for one in again}
    assert len({one.key for one in found}) == len(found)


@settings(QUICK, max_examples=10)
@given(st.lists(st.tuples(timelines(), timelines()), min_size=1, max_size=4))
def test_periods_are_those_of_the_objects(many):
    """However much two sides differ: the periods are those that ``Timeline`` finds, one by one."""
    told = {
        (one.subject.key, attribute, one.validity)
        for one in _compared([(sd, mo, None) for sd, mo in many])
        for attribute in (one.attribute, *one.facts.get("also", "").split(", "))
        if attribute
    }
    assert told == {
        (f"NS-{nth:05}/0101{nth:02}-xxxx", attribute, validity)
        for nth, (sd, mo) in enumerate(many)
        for attribute, validity in _differences(_objects(sd), _objects(mo))
    }


def _objects(made):
    return {
        name: Timeline((Validity(_day(start), _day(end)), value) for start, end, value in spans)
        for name, spans in made.items()
    }


def _differences(sd, mo):
    """Yield what differs, as the rules have it: existence anywhere, values where both are active."""
    both = sd["active"].mask(mo["active"])
    for name in sd:
        sides = sd[name], mo[name]
        if name != "active":
            sides = tuple(side.mask(both) for side in sides)
        for found in sides[0].diff(sides[1]):
            yield name, found.validity
