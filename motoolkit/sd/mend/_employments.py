"""What shall be true of an engagement, so that MO says what SD says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.sd.mend._companions import end_in, since, without
from motoolkit.sd.mend._terms import LeftError

if TYPE_CHECKING:
    from collections.abc import Collection

    from motoolkit.findings import Finding
    from motoolkit.model import Validity
    from motoolkit.sd.mend._draft import Draft
    from motoolkit.sd.mend._things import Thing

_KIND: Final = "engagement"
_PLACES: Final = ("unit", "sd_unit")
_LEAVE_IS_RIGHT: Final = N_("SD has the leave; what is missing is the engagement on those days.")
_WHICH_LEAVE: Final = N_("The mapping names no type of leave, and MO has several: say which with leave_type.")


def mend(draft: Draft, finding: Finding, thing: Thing, period: Validity) -> None:
    """Add to a draft what mends a finding about an engagement.

    Raises:
        LeftError: that can not be done; the message says why.
    """
    if finding.kind.code == "active_extra":
        _end(draft, thing, period)
    elif finding.kind.code == "active_missing":
        _revive(draft, thing, period)
    elif finding.kind.code == "wrong_leave":
        _leave(draft, finding, thing, period)
    else:
        names = [finding.attribute, *finding.facts.get("also", "").split(", ")]
        _say(draft, thing, period, [name for name in names if name])


def _end(draft: Draft, thing: Thing, period: Validity) -> None:
    end_in(draft.plan, _KIND, thing.uuid, period)
    draft.leaves(thing).end(draft.plan, period)
    if draft.associated:
        draft.associations(thing).end(draft.plan, period)


def _revive(draft: Draft, thing: Thing, period: Validity) -> None:
    """Let it live in a period, with all that SD says there; what SD says nothing of goes on as before."""
    since(period)
    for part, said in thing.pieces(period):
        values = draft.terms.values(thing.sort, said, part.start)
        draft.plan.update(_KIND, thing.uuid, start=part.start, end=part.end, prolong=True, **values)
        _raw_unit(draft, thing, part, said)
        if "leave" in said:
            _on_leave(draft, thing, part)
        else:
            draft.leaves(thing).end(draft.plan, part)


def _say(draft: Draft, thing: Thing, period: Validity, names: Collection[str]) -> None:
    for part, said in thing.pieces(period, names):
        values = draft.terms.values(thing.sort, dict.fromkeys(names) | said, part.start)
        if values:
            draft.plan.update(_KIND, thing.uuid, start=part.start, end=part.end, **values)
    if set(names) & set(_PLACES):
        for part, places in thing.pieces(period, _PLACES):
            _raw_unit(draft, thing, part, places)


def _raw_unit(draft: Draft, thing: Thing, period: Validity, said: dict[str, Any]) -> None:
    """Say SD's own department where the integration keeps it in an association, if it is another unit."""
    raw = said.get("sd_unit")
    if not draft.associated or not raw:
        return
    associations = draft.associations(thing)
    if raw == said.get("unit"):
        associations.end(draft.plan, period)
        return
    associations.hold(draft.plan, period, {"org_unit": raw}, lambda: _new_association(draft, thing, period))


def _new_association(draft: Draft, thing: Thing, period: Validity) -> dict[str, str]:
    key = draft.mapping.association_type
    kind = draft.terms.classes.uuid("associations", "association_type", key, period.start)
    return {"person": thing.person, "association_type": kind, "user_key": thing.number}


def _leave(draft: Draft, finding: Finding, thing: Thing, period: Validity) -> None:
    on_leave = thing.said.get("leave")
    if finding.source == "true":
        _on_leave(draft, thing, period)
        return
    wrong = [period] if on_leave is None else without(period, on_leave)
    if not wrong:
        raise LeftError(tr(_LEAVE_IS_RIGHT))
    for part in wrong:
        draft.leaves(thing).end(draft.plan, part)


def _on_leave(draft: Draft, thing: Thing, period: Validity) -> None:
    draft.leaves(thing).hold(draft.plan, period, {}, lambda: _new_leave(draft, thing, period))


def _new_leave(draft: Draft, thing: Thing, period: Validity) -> dict[str, str]:
    kind = _leave_type(draft, period)
    return {"person": thing.person, "engagement": thing.uuid, "user_key": thing.user_key, "leave_type": kind}


def _leave_type(draft: Draft, period: Validity) -> str:
    for key in draft.mapping.leave_types or filter(None, [draft.source.leave_type]):
        return draft.terms.classes.uuid("leaves", "leave_type", key, period.start)
    if len(draft.leave_types) != 1:
        raise LeftError(tr(_WHICH_LEAVE))
    (only,) = draft.leave_types
    return only
