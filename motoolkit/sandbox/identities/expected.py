"""The planted cases of identities by name: what is odd in MO, and what checks find of it, exactly.

A case without findings is a near miss: it looks like one and is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.sandbox.identities._book import key_of
from motoolkit.sandbox.municipality import uid
from motoolkit.sandbox.municipality._itsystems import ITSYSTEMS, itsystem
from motoolkit.sandbox.sd.when import When, month


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that checks have to come to.

    Attributes:
        kind: its code.
        key: of its subject: the UUID of an account, an engagement, an address, a role binding or a person.
        start: its first day; None for one without period.
        severity: another than the kind's: "INFO".
        person: whose it is.
    """

    kind: str
    key: str
    start: When | None = None
    severity: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class IdentityCase:
    """A planted case.

    Attributes:
        sentence: what it is.
        person: the UUID of the person in MO.
        findings: what checks find.
    """

    sentence: str
    person: str = ""
    findings: tuple[Expected, ...] = ()


_SHORT: Final = {
    "ituser": "itusers",
    "engagement": "engagements",
    "address": "addresses",
    "role": "rolebindings",
    "person": "persons",
}


def _case(person: str, sentence: str, *findings: Expected) -> IdentityCase:
    return IdentityCase(sentence, uid("persons", key_of(person)), findings)


def _of(kind: str, person: str, thing: str, start: int, *, severity: str = "") -> Expected:
    """Return what is found of a thing of a person (``ituser/2``) since so many months."""
    sort, _, number = thing.partition("/")
    key = uid(_SHORT[sort], key_of(person, number))
    return Expected(kind, key, month(start), severity, uid("persons", key_of(person)))


def _value(kind: str, person: str, key: str, start: int) -> Expected:
    return Expected(kind, key, month(start), "", uid("persons", key_of(person)))


def _name(system: str) -> str:
    return ITSYSTEMS[system]


_ACCOUNTS: Final = {
    "account_without_engagement": _case(
        "unlinked",
        "An account for none of two engagements, where others of the system are for one.",
        _of("account_without_engagement", "unlinked", "ituser/2", -20),
    ),
    "account_without_engagement, one job": _case(
        "unlinked-single", "An account for no engagement of somebody who has only one."
    ),
    "account_without_engagement, one job after another": _case(
        "unlinked-in-turn", "An account for no engagement of somebody with two, but never at once."
    ),
    "system_without_links": IdentityCase(
        "A system that links no account; Ulla Udenlink has one in it, and two engagements.",
        findings=(Expected("system_without_links", itsystem("OPUS")),),
    ),
    "engagement_without_account": _case(
        "uncovered",
        "An account for one of two engagements.",
        _of("engagement_without_account", "uncovered", "engagement/2", -12),
    ),
    "engagement_without_account, soon": _case(
        "uncovered-soon",
        "The second engagement begins in two months, and has no account yet.",
        _of("engagement_without_account", "uncovered-soon", "engagement/2", 2, severity="INFO"),
    ),
    "engagement_without_account, one after another": _case(
        "uncovered-in-turn", "Each of two engagements had its own account, one after the other."
    ),
    "person_without_account": _case(
        "nothing",
        "Employed, and without any account.",
        _of("person_without_account", "nothing", "person", -40),
    ),
    "person_without_account, payroll only": _case("payroll-only", "Has an account in SD-Løn alone."),
    "nobody": _case("blank", "Has nothing at all: no engagement, no account, no address."),
    "account_outlives_engagements": _case(
        "outliving",
        "The engagement ended two months ago, the account goes on.",
        _of("account_outlives_engagements", "outliving", "ituser/1", -2),
    ),
    "account_outlives_engagements, for none": _case(
        "outliving-all",
        "The only engagement ended three months ago; the account is for none and goes on.",
        _of("account_outlives_engagements", "outliving-all", "ituser/1", -3),
    ),
    "account_outlives_engagements, soon": _case(
        "outliving-soon",
        "The engagement ends in three months, the account does not.",
        _of("account_outlives_engagements", "outliving-soon", "ituser/1", 3, severity="INFO"),
    ),
    "account_outlives_engagements, one of two": _case(
        "outliving-one-of-two", "One of the account's two engagements has ended, the other goes on."
    ),
    "account_outlives_engagements, ended with it": _case(
        "ended-with-job", "The account ended on the day on which its engagement did."
    ),
    "account_outlives_engagements, not begun": _case(
        "early-account", "The account was made a month before its engagement begins."
    ),
    "account_for_others_engagement": _case(
        "others",
        "An account for her own engagement and for another person's.",
        _of("account_for_others_engagement", "others", "ituser/2", -8),
    ),
    "account_for_others_engagement, owner": _case(
        "others-owner", "The other person: nothing is wrong with his."
    ),
    "account_across_organisation": _case(
        "across",
        "One account at a school and in the technical administration.",
        _of("account_across_organisation", "across", "ituser/1", -14),
    ),
    "account_across_organisation, two schools": _case("across-schools", "One account at two schools."),
    "account_across_organisation, one after another": _case(
        "across-in-turn", "From the technical administration to a school, never both at once."
    ),
}
_ADDRESSES: Final = {
    "mail_without_account": _case(
        "loose-mail",
        "Two accounts, and a mail address on neither.",
        _of("mail_without_account", "loose-mail", "address/2", -40),
    ),
    "mail_without_account, others": _case(
        "loose-others", "A private mail address, a telephone, and a mail address for the engagement."
    ),
    "mail_without_account, one account": _case("loose-single", "One account, and a mail address not on it."),
    "mail_without_account, payroll": _case(
        "loose-payroll", "Two accounts, one of them in SD-Løn, where nobody has mail, and a mail address."
    ),
    "address_on_others_account": _case(
        "others-mail",
        "A mail address on another person's account.",
        _of("address_on_others_account", "others-mail", "address/2", -6),
    ),
    "address_outlives_account": _case(
        "late-mail",
        "The account ended three months ago, its mail address did not.",
        _of("address_outlives_account", "late-mail", "address/3", -3),
    ),
    "address_and_account_differ": _case(
        "differing-mail",
        "A mail address for one engagement, on the account for the other; the next one is right.",
        _of("address_and_account_differ", "differing-mail", "address/2", -12),
    ),
    "mitid_not_on_one_account": _case(
        "mitid-none",
        "A MitID on no account.",
        _of("mitid_not_on_one_account", "mitid-none", "address/2", -40),
    ),
    "mitid_not_on_one_account, several": _case(
        "mitid-several",
        "A MitID on two accounts.",
        Expected(
            "mitid_not_on_one_account",
            # The address that MO lists first.
            min(uid("addresses", key_of("mitid-several", number)) for number in (2, 3)),
            month(-9),
            person=uid("persons", key_of("mitid-several")),
        ),
    ),
    "mitid_not_on_one_account, one": _case("mitid-one", "A MitID on one account."),
}
_PRIMARIES: Final = {
    "several_primary_engagements": _case(
        "two-primary",
        "Two primary engagements.",
        _of("several_primary_engagements", "two-primary", "person", -11),
    ),
    "several_primary_engagements, explicit": _case(
        "explicit", "Two primary engagements, one of them explicitly."
    ),
    "no_primary_engagement": _case(
        "no-primary",
        "Two engagements, none primary; before that he had one, not primary either.",
        _of("no_primary_engagement", "no-primary", "person", -11),
    ),
    "no_primary_engagement, only one": _case(
        "no-primary-single",
        "One engagement, and not primary.",
        _of("no_primary_engagement", "no-primary-single", "person", -40, severity="INFO"),
    ),
    "several_primary_accounts": _case(
        "two-primary-accounts",
        "Two primary accounts in AD for one engagement.",
        _of("several_primary_accounts", "two-primary-accounts", "person", -7),
    ),
    "no_primary_account": _case(
        "no-primary-account",
        "Two accounts in AD for one engagement, none primary.",
        _of("no_primary_account", "no-primary-account", "person", -7),
    ),
    "several_primary_accounts, each its job": _case(
        "primary-each", "Two primary accounts in AD, each for its own engagement; Hans is so, too."
    ),
}
_SHARED: Final = {
    "username_of_several": _case(
        "name-b",
        "Two persons with one username in AD, in other letters.",
        _value("username_of_several", "name-a", f"{_name('AD')}/idens7", -18),
    ),
    "username_of_several, other system": _case(
        "other-system", "That username in another system, and somebody else's."
    ),
    "username_reused": _case(
        "used-b",
        "The username was another's until a year ago.",
        _value("username_reused", "used-b", f"{_name('AD')}/idbrugt", -6),
    ),
    "username_reused, own": _case("own-again", "Somebody came back and got the old username again."),
    "external_id_of_several": _case(
        "guid-b",
        "Two persons' accounts with one GUID, once in braces.",
        _value("external_id_of_several", "guid-a", f"{_name('AD')}/{uid('idn', 'shared guid')}", -16),
    ),
    "external_id_reused": _case(
        "guid-used-b",
        "The account with this GUID was another's until a year ago.",
        _value("external_id_reused", "guid-used-b", f"{_name('AD')}/{uid('idn', 'reused guid')}", -6),
    ),
}
_ROLES: Final = {
    "role_of_another_system": _case(
        "wrong-role",
        "A role of the school's system on an account in AD; the other roles are right.",
        _of("role_of_another_system", "wrong-role", "role/1", -9),
    ),
    "role_after_move": _case(
        "left-role",
        "A role for the school that the person left; one for all schools and one given later are right.",
        _of("role_after_move", "left-role", "role/1", -5),
    ),
    "account_after_move": _case(
        "moved",
        "The engagement went to another part of the organisation, and the account with it.",
        _of("account_after_move", "moved", "ituser/1", -2),
    ),
    "account_after_move, near": _case("moved-near", "From one school to another."),
    "account_after_move, long ago": _case("moved-long-ago", "Ten months ago."),
    "account_after_move, new account": _case("moved-new-account", "With a new account from that day."),
}
_MANY: Final = {
    "six engagements, nine accounts": _case(
        "many",
        "Three of nine accounts are wrong, and two mail addresses.",
        _of("account_outlives_engagements", "many", "ituser/7", -1),
        _of("account_across_organisation", "many", "ituser/8", -9),
        _of("account_without_engagement", "many", "ituser/9", -6),
        _of("mail_without_account", "many", "address/11", -12),
        _of("address_and_account_differ", "many", "address/13", -12),
    ),
}

IDENTITIES_PLANTED: Final[dict[str, IdentityCase]] = {
    **_ACCOUNTS,
    **_ADDRESSES,
    **_PRIMARIES,
    **_SHARED,
    **_ROLES,
    **_MANY,
}
"""Every planted case by name; the UUIDs are the same in every municipality."""
