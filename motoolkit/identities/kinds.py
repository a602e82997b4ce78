"""What checks of identities can find."""

from __future__ import annotations

from typing import Final

from motoolkit.findings import Kind, Severity
from motoolkit.language import N_

_LINK_ACCOUNT: Final = N_("Link the account with the engagements that it is for, in MO.")

UNLINKED_ACCOUNT: Final = Kind(
    "account_without_engagement",
    Severity.WARNING,
    N_("Account for no engagement"),
    N_(
        "The person has several engagements at once, and MO does not say for which of them the account is,"
        " as it does of other accounts in that system."
    ),
    _LINK_ACCOUNT,
)
UNLINKED_SYSTEM: Final = Kind(
    "system_without_links",
    Severity.INFO,
    N_("System whose accounts are for no engagement"),
    N_(
        "MO links no account in this system with an engagement, though some of its users have several"
        " engagements at once. Perhaps one account a person is meant."
    ),
    N_("If accounts in the system are given for an engagement, link them in MO."),
)
UNCOVERED_ENGAGEMENT: Final = Kind(
    "engagement_without_account",
    Severity.WARNING,
    N_("Engagement without account"),
    N_(
        "The person has accounts for other engagements of the same time and none for this one."
        " What has not begun yet is told as information."
    ),
    N_("Create an account for the engagement, or link one of the person's accounts with it, too."),
)
NO_ACCOUNT: Final = Kind(
    "person_without_account",
    Severity.INFO,
    N_("Employed without any account"),
    N_("The person has an engagement and no account in any system."),
    N_("Create the accounts that the work needs. Who needs none may be accepted."),
)
OUTLIVING_ACCOUNT: Final = Kind(
    "account_outlives_engagements",
    Severity.ERROR,
    N_("Account goes on after its engagements"),
    N_(
        "Every engagement that the account is for has ended, and the account goes on."
        " An account for no engagement is for all of the person's. What is yet to come is told"
        " as information."
    ),
    N_("End the account in MO, or link it with an engagement that goes on."),
)
OTHERS_ENGAGEMENT: Final = Kind(
    "account_for_others_engagement",
    Severity.ERROR,
    N_("Account for somebody else's engagement"),
    N_("MO links the account with an engagement that another person has."),
    N_("Link the account with the person's own engagement."),
)
ACROSS: Final = Kind(
    "account_across_organisation",
    Severity.WARNING,
    N_("One account in different parts of the organisation"),
    N_(
        "The account is for engagements whose units have nothing above them in common but the top:"
        " what it may do in one job it may do in the other."
    ),
    N_("Create an account for each of the engagements, with what that job needs."),
)
MAIL_WITHOUT_ACCOUNT: Final = Kind(
    "mail_without_account",
    Severity.WARNING,
    N_("Mail address of no account"),
    N_(
        "The person has several accounts at once, and MO does not say to which of them the mail"
        " address belongs."
    ),
    N_("Link the mail address with its account, in MO."),
)
OTHERS_ACCOUNT: Final = Kind(
    "address_on_others_account",
    Severity.ERROR,
    N_("Address on somebody else's account"),
    N_("The address is one person's, and the account that MO links it with is another's."),
    N_("Link the address with the person's own account, or move it to the other person."),
)
OUTLIVING_ADDRESS: Final = Kind(
    "address_outlives_account",
    Severity.WARNING,
    N_("Address goes on after its account"),
    N_("The account that the address belongs to has ended, and the address goes on."),
    N_("End the address with its account, or link it with another account of the person."),
)
ADDRESS_DIFFERS: Final = Kind(
    "address_and_account_differ",
    Severity.WARNING,
    N_("Address and account for different engagements"),
    N_("MO links the address with one engagement, and its account with others."),
    N_("Link the address with an engagement of its account, or with the right account."),
)
SEVERAL_PRIMARY: Final = Kind(
    "several_primary_engagements",
    Severity.WARNING,
    N_("Several primary engagements"),
    N_("More than one of the person's engagements is primary at a time, and no one is so explicitly."),
    N_("Let MO calculate the primary engagement again, or say which one it is."),
)
NO_PRIMARY: Final = Kind(
    "no_primary_engagement",
    Severity.WARNING,
    N_("No primary engagement"),
    N_("None of the person's engagements is primary. Of who has only one it is told as information."),
    N_("Let MO calculate the primary engagement again, or say which one it is."),
)
SEVERAL_PRIMARY_ACCOUNTS: Final = Kind(
    "several_primary_accounts",
    Severity.WARNING,
    N_("Several primary accounts in a system"),
    N_("Several accounts for one and the same engagement in one system are primary at a time."),
    N_("Let one of them be primary."),
)
NO_PRIMARY_ACCOUNT: Final = Kind(
    "no_primary_account",
    Severity.WARNING,
    N_("No primary account in a system"),
    N_("Of several accounts for one and the same engagement in one system none is primary."),
    N_("Let one of them be primary."),
)
SHARED_USERNAME: Final = Kind(
    "username_of_several",
    Severity.ERROR,
    N_("One username, several persons"),
    N_("Several persons have accounts with the same username in one system at the same time."),
    N_("Find out whose the account is, and end the other in MO."),
)
REUSED_USERNAME: Final = Kind(
    "username_reused",
    Severity.WARNING,
    N_("Username that was another's"),
    N_("The username was another person's before. Mail and rights of that time may reach who has it now."),
    N_("Give a new username, or check mail, rights and logs of the former one and accept it."),
)
SHARED_ID: Final = Kind(
    "external_id_of_several",
    Severity.ERROR,
    N_("One account ID, several persons"),
    N_("Several persons have accounts with the same external ID (GUID) at the same time: it is one account."),
    N_("Find out whose the account is, and end the other in MO."),
)
REUSED_ID: Final = Kind(
    "external_id_reused",
    Severity.WARNING,
    N_("Account ID that was another's"),
    N_("The external ID (GUID) was another person's before: the account itself went from one to the other."),
    N_("Give a new account, or check mail, rights and logs of the former one and accept it."),
)
OTHER_SYSTEM: Final = Kind(
    "role_of_another_system",
    Severity.ERROR,
    N_("Role of another system"),
    N_(
        "The role belongs to another IT system than the account that has it, so it gives"
        " nothing, or too much."
    ),
    N_("Give the role to the person's account in its own system, and end this one."),
)
ROLE_AFTER_MOVE: Final = Kind(
    "role_after_move",
    Severity.WARNING,
    N_("Role in a unit that the person has left"),
    N_(
        "The role is for a unit where the person had an engagement and has none any more, but"
        " has one elsewhere."
    ),
    N_("End the role, or let it be for the unit of the new engagement."),
)
ACCOUNT_AFTER_MOVE: Final = Kind(
    "account_after_move",
    Severity.INFO,
    N_("Account kept through a move"),
    N_(
        "The engagement moved to another part of the organisation, and the account came along."
        " It is told for half a year after the move."
    ),
    N_("Check that what the account may do is what the new place needs."),
)
MITID: Final = Kind(
    "mitid_not_on_one_account",
    Severity.ERROR,
    N_("MitID not on exactly one account"),
    N_("A MitID address must belong to exactly one account, or it can not be told who logs on with it."),
    N_("Link the MitID address with the one account that it is for."),
)

KINDS: Final = (
    UNLINKED_ACCOUNT,
    UNLINKED_SYSTEM,
    UNCOVERED_ENGAGEMENT,
    NO_ACCOUNT,
    OUTLIVING_ACCOUNT,
    OTHERS_ENGAGEMENT,
    ACROSS,
    MAIL_WITHOUT_ACCOUNT,
    OTHERS_ACCOUNT,
    OUTLIVING_ADDRESS,
    ADDRESS_DIFFERS,
    SEVERAL_PRIMARY,
    NO_PRIMARY,
    SEVERAL_PRIMARY_ACCOUNTS,
    NO_PRIMARY_ACCOUNT,
    SHARED_USERNAME,
    REUSED_USERNAME,
    SHARED_ID,
    REUSED_ID,
    OTHER_SYSTEM,
    ROLE_AFTER_MOVE,
    ACCOUNT_AFTER_MOVE,
    MITID,
)
"""All of them, in the order of the figure: accounts, engagements, addresses, then what is shared."""
