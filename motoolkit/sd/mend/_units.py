"""What shall be true of a unit and its addresses, so that MO says what SD says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.sd._keys import texts
from motoolkit.sd._unit_values import ADDRESSES
from motoolkit.sd.mend._companions import end_in, since
from motoolkit.sd.mend._terms import LeftError

if TYPE_CHECKING:
    from motoolkit.findings import Finding
    from motoolkit.model import Validity
    from motoolkit.sd.mend._draft import Draft
    from motoolkit.sd.mend._things import Thing

_KIND: Final = "org_unit"
_PROTECTED: Final = "ADRESSEBESKYTTELSE"
_IS_PROTECTED: Final = N_("The address is protected.")
_DAR: Final = N_("MO keeps these addresses as references (DAR), which SD does not have.")


def mend(draft: Draft, finding: Finding, thing: Thing, period: Validity) -> None:
    """Add to a draft what mends a finding about a unit.

    Raises:
        LeftError: that can not be done; the message says why.
    """
    if finding.kind.code == "active_extra":
        end_in(draft.plan, _KIND, thing.uuid, period)
        for name in draft.mapping.unit_addresses:
            draft.addresses(thing, name).end(draft.plan, period)
    elif finding.kind.code in {"active_missing", "unit_shorter_than_engagement"}:
        _revive(draft, thing, period)
    elif finding.attribute in ADDRESSES:
        _address(draft, thing, finding.attribute, period, thing.at(finding.attribute, period))
    else:
        said = {finding.attribute: thing.at(finding.attribute, period)}
        values = draft.terms.values(thing.sort, said, period.start)
        draft.plan.update(_KIND, thing.uuid, start=period.start, end=period.end, **values)


def _revive(draft: Draft, thing: Thing, period: Validity) -> None:
    """Let it live in a period, with all that SD says there, addresses too."""
    since(period)
    for part, said in thing.pieces(period):
        values = draft.terms.values(thing.sort, said, part.start)
        draft.plan.update(_KIND, thing.uuid, start=part.start, end=part.end, prolong=True, **values)
        for name in draft.mapping.unit_addresses:
            _address(draft, thing, name, part, said.get(name))


def _address(draft: Draft, thing: Thing, name: str, period: Validity, value: Any) -> None:
    addresses = draft.addresses(thing, name)
    if not value:
        addresses.end(draft.plan, period)
        return
    if _PROTECTED in value:
        raise LeftError(tr(_IS_PROTECTED))
    key = draft.mapping.unit_addresses[name]
    kind = draft.terms.classes.uuid("addresses", "address_type", key, period.start)
    if draft.terms.classes.scope("addresses", "address_type", kind) == "DAR":
        raise LeftError(tr(_DAR))
    new = {"org_unit": thing.uuid, "address_type": kind}
    addresses.hold(draft.plan, period, {"value": _as_written(draft, thing, name, value)}, lambda: new)


def _as_written(draft: Draft, thing: Thing, name: str, value: str) -> str:
    """Return an address as SD writes it; what is compared has one spelling."""
    rows = draft.departments
    written = texts(rows[name][texts(rows["uuid"]).str.lower() == thing.uuid])
    same = written[ADDRESSES[name](written) == value]
    return str(same.iloc[0]) if len(same) else value
