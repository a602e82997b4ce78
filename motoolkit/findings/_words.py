"""What the names in findings are called by those who read them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from motoolkit.language import N_, tr

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.findings._finding import Finding
    from motoolkit.findings._findings import Findings
    from motoolkit.model import Validity

_WORDS: Final = {
    "employment": N_("Employment"),
    "unit": N_("Unit"),
    "person": N_("Person"),
    "active": N_("Employed"),
    "job_function": N_("Job function"),
    "title": N_("Title"),
    "sd_unit": N_("Department in SD"),
    "unit_code": N_("Department code"),
    "engagement_type": N_("Engagement type"),
    "fraction": N_("Fraction"),
    "leave": N_("Leave"),
    "name": N_("Name"),
    "level": N_("Level"),
    "parent": N_("Parent unit"),
    "p_number": N_("P-number"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "postal": N_("Postal address"),
    "past": N_("past"),
    "current": N_("current"),
    "future": N_("future"),
    "shifted_start": N_("starts on another day"),
    "shifted_end": N_("ends on another day"),
    "off_by_one": N_("one day off"),
    "gap": N_("gap"),
    "overlap": N_("overlap"),
    "future_not_loaded": N_("not loaded yet"),
    "future_only_in_mo": N_("planned in MO only"),
    "explained_by_unit_rule": N_("as a rule allows"),
    "manual_mo_edit": N_("changed by hand in MO"),
    "new": N_("new"),
    "still": N_("still there"),
    "gone": N_("gone"),
    "unseen": N_("not looked at this time"),
    "undecided": N_("undecided"),
    "account": N_("Account"),
    "group": N_("Group"),
    "ou": N_("OU"),
    "ad": N_("Directory"),
    "org_unit": N_("Unit"),
    "engagement": N_("Engagement"),
    "ituser": N_("IT user"),
    "itsystem": N_("IT system"),
    "address": N_("Address"),
    "rolebinding": N_("Role"),
    "class": N_("Class"),
    "sam": N_("Username"),
    "any_sam": N_("Username"),
    "username": N_("Username"),
    "upn": N_("UPN"),
    "mail": N_("E-mail"),
    "cpr": N_("CPR number"),
    "external_id": N_("GUID in MO"),
    "start": N_("First day"),
    "end": N_("Last day"),
    "manager": N_("Manager"),
    "member": N_("Member"),
    "mailbox": N_("Mailbox"),
    "managedby": N_("Owner, managedBy"),
    "publicdelegates": N_("Delegates, publicDelegates"),
    "accountexpires": N_("Expires, accountExpires"),
    "useraccountcontrol": N_("Account flags, userAccountControl"),
    "whencreated": N_("Created, whenCreated"),
    "whenchanged": N_("Changed, whenChanged"),
    "lastlogontimestamp": N_("Last logon, lastLogonTimestamp"),
    "grouptype": N_("Group type, groupType"),
    "givenname": N_("Given name, givenName"),
    "sn": N_("Surname, sn"),
    "displayname": N_("Displayed name, displayName"),
    "cn": N_("Object name, cn"),
    "proxyaddresses": N_("Mail addresses, proxyAddresses"),
    "telephonenumber": N_("Telephone, telephoneNumber"),
    "mobile": N_("Mobile telephone, mobile"),
    "physicaldeliveryofficename": N_("Office, physicalDeliveryOfficeName"),
    "department": N_("Department, department"),
    "company": N_("Company, company"),
    "info": N_("Notes, info"),
    "streetaddress": N_("Street, streetAddress"),
    "postalcode": N_("Postal code, postalCode"),
    "l": N_("Town, l"),
    "employeeid": N_("Employee's ID, employeeID"),
    "employeenumber": N_("Employee's number, employeeNumber"),
}
"""By the name in lower case, for a directory's attributes are written in any; whoever mends one needs it."""


def word(name: str) -> str:
    """Return what a name is called; unknown ones as they are."""
    return tr(_WORDS.get(name.lower(), name))


def how(finding: Finding) -> str:
    """Return how both sides differ, in words: the time, the patterns, then its own detail."""
    named = [finding.tense, *finding.patterns, "undecided" if finding.undecided else ""]
    told = ", ".join(word(name) for name in named if name)
    return ". ".join(part for part in (told, finding.detail) if part)


def period(validity: Validity | None) -> str:
    """Return a period with its last day, as people say it."""
    if validity is None:
        return ""
    first, last = validity.start, last_day(validity)
    if first is None:
        return tr("always") if last is None else tr("until {day}", day=danish(last))
    if last is None:
        return tr("from {day}", day=danish(first))
    return danish(first) if first == last else f"{danish(first)} – {danish(last)}"


def last_day(validity: Validity) -> date | None:
    """Return the last day of a period, None when it is open."""
    return None if validity.end is None else validity.end - timedelta(days=1)


def danish(day: date) -> str:
    """Return a day as Danes write it."""
    return f"{day:%d-%m-%Y}"


def accepted(finding: Finding) -> str:
    """Return why it is accepted and until when; blank when it is not."""
    if (held := finding.accepted) is None:
        return ""
    who = f" ({held.who})" if held.who else ""
    return tr("Accepted until {day}: {reason}", day=danish(held.until), reason=held.reason) + who


def headline(findings: Findings) -> str:
    """Return how many there are of each severity."""
    told = [f"{s.label}: {number}" for s, number in findings.severities().items() if number]
    return ", ".join(told) or tr("Nothing was found.")


def since(findings: Findings) -> str:
    """Return what became of the findings of the run before; blank when there is none."""
    if findings.previous is None:
        return ""
    return tr(
        "Since {day}: {new} new, {still} still there, {gone} gone",
        day=danish(findings.previous),
        new=sum(finding.seen == "new" for finding in findings),
        still=sum(finding.seen == "still" for finding in findings),
        gone=len(findings.gone),
    )


def unseen(findings: Findings) -> str:
    """Return how many findings of the run before can not be told of; blank when there are none."""
    if not findings.unseen:
        return ""
    return tr(
        "{number} not looked at this time: nothing was answered about them, or they could not be compared,"
        " so they are neither still there nor gone.",
        number=len(findings.unseen),
    )


def put_aside(findings: Findings) -> str:
    """Return how many findings fail nothing, and why; blank when there are none."""
    numbers = {
        N_("accepted"): sum(finding.accepted is not None for finding in findings),
        N_("undecided"): sum(finding.undecided for finding in findings),
    }
    return ", ".join(f"{number} {tr(name)}" for name, number in numbers.items() if number)
