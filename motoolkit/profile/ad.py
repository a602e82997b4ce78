"""How one customer's directories are reached and read: ``[profiles.NAME.ad.DIRECTORY]`` in the profile file.

domain facts: a directory is one AD (or one domain of it); the integration runs once for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from motoolkit.profile.secret import Secret

PERSON: Final = "person"
ACCOUNT_KINDS: Final = (
    PERSON,
    "external",
    "admin",
    "service",
    "mailbox",
    "test",
    "computer",
    "contact",
    "builtin",
    "unknown",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """One rule of what sort of account something is: all that is given must hold; the first that does wins.

    Attributes:
        kind: one of ``ACCOUNT_KINDS``.
        below: it is below this DN.
        sam: a regular expression that the whole sAMAccountName fits, in any case.
        recipient_types: it has one of these msExchRecipientTypeDetails.
        member_of: it is a direct member of the group with this DN or sAMAccountName.
    """

    kind: str
    below: str = ""
    sam: str = ""
    recipient_types: tuple[int, ...] = ()
    member_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """One attribute of accounts that must say what MO says.

    Attributes:
        attribute: the directory's name of it: ``department``.
        mo: what MO has for it, one of ``motoolkit.ad.values.VALUES``: ``unit.user_key``.
        authority: whose value is right where they differ.
        soft: a difference is worth no more than an information.
    """

    attribute: str
    mo: str
    authority: Literal["mo", "ad"] = "mo"
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """Which of a person's several accounts the integration takes (its DISCRIMINATOR_* settings).

    Attributes:
        fields: the attributes that the templates see; ``value`` is the only one's other name.
        filter: a Jinja2 template; accounts for which it gives ``True`` stay; "" keeps all.
        values: Jinja2 templates in order; the first that fits an account must fit exactly one.
        bypass_itsystem: user_key of an IT system whose only account of a person names the one to take, and
            without one it is that of the lowest DN; the templates are not asked then.
    """

    fields: tuple[str, ...] = ()
    filter: str = ""
    values: tuple[str, ...] = ()
    bypass_itsystem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsernameRules:
    """How usernames are made (generator "combinations" or "permutation"), as data.

    Attributes:
        method: which generator; "" for no rule.
        combinations: letters F (given name), 1 2 3 (middle names), L (surname), X (digit): ``FFLX``.
        replacements: characters that are replaced before all else: ø to oe.
        remove_vowels: leave vowels out of all parts but the first.
        forbidden: names, or stems of names, that nobody may have.
        pattern: a regular expression that every name must fit; "" for what the generator can make.
        reuse_own: somebody who comes back gets the name of before.
        longest: 20 in a real AD.
    """

    method: Literal["", "combinations", "permutation"] = ""
    combinations: tuple[str, ...] = ()
    replacements: tuple[tuple[str, str], ...] = (("æ", "ae"), ("ø", "oe"), ("å", "aa"))
    remove_vowels: bool = False
    forbidden: tuple[str, ...] = ()
    pattern: str = ""
    reuse_own: bool = False
    longest: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Externals:
    """External people whom the directory is the master of, and what MO makes of them (newsletter 5.1).

    Attributes:
        units: for each DN below which they are, MO's unit (user_key or UUID).
        engagement_type: user_key of the class in MO.
        job_function: user_key of the class in MO.
        owner_required: who has no manager in the directory is a finding.
    """

    units: tuple[tuple[str, str], ...] = ()
    engagement_type: str = "ekstern"
    job_function: str = ""
    owner_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRules:
    """Which groups give rights that MO decides.

    Attributes:
        below: DNs below which every group is meant to belong to a role in MO.
        role_pattern: sAMAccountName of a role's group; ``{itsystem}`` and ``{role}`` are user_keys.
        by_guid: the role's user_key in MO is the group's GUID.
        system_pattern: the group of everybody with an account in a system; "" for none.
        effective: members through other groups count as members.
        deepest: how many groups may stand between.
        privileged: sAMAccountNames of groups that no ordinary account may be in, beside AD's own.
        distribution_below: DNs of lists that only current staff may be on.
    """

    below: tuple[str, ...] = ()
    role_pattern: str = "{itsystem}_{role}"
    by_guid: bool = True
    system_pattern: str = ""
    effective: bool = True
    deepest: int = 2
    privileged: tuple[str, ...] = ()
    distribution_below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdSettings:
    r"""One directory.

    Attributes:
        name: what people call it, and the first part of every key.
        url: ``ldaps://dc1.ad1.example`` or ``ldap://…`` (then StartTLS, always); "" for files.
        username: DN, UPN or ``DOMAIN\name``.
        password: its secret.
        ca_file: certificates of the authority that the server's is signed by; "" for the machine's own.
        files: LDIF or CSV files that hold it instead of a server.
        base_dn: all that is read is below it.
        search_bases: where the integration looks for accounts (LDAP_OUS_TO_SEARCH_IN), full DNs; empty: all.
        dialect: ``AD``, or ``standard`` for OpenLDAP (entryUUID, uid).
        page_size: entries a page; a real AD gives at most 1000.
        timeout: seconds that one answer may take.
        itsystem: user_key of the IT system in MO whose accounts are this directory's.
        link_itsystem: user_key of the IT system whose user_key is the GUID (the old convention); "" for none.
        guid_in: where MO has the GUID: ``external_id`` of an IT user, or ``user_key`` (of link_itsystem's).
        fk_itsystem: user_key of FK Organisation's IT system, whose user_key is the GUID; "" for none.
        cpr_attribute: the attribute with the CPR number; "" for none.
        engagement_attribute: the attribute with the engagement's user_key (payroll number); "" for none.
        mo_uuid_attribute: the attribute with the person's UUID in MO; "" for none.
        scope_units: user_keys or UUIDs of units; who works below one must have an account here; empty: all.
        scope_engagement_types: user_keys; only these engagements need an account; empty: all but externals'.
        lead_days: an account should be there so many days before the first day of work.
        early_days: it may be enabled so many days before.
        grace_days: and so many days after the last.
        tolerance_days: how far accountExpires may be from the last day of work.
        lag_minutes: differences that are younger are perhaps only not synchronised yet; so are events that
            have waited for less.
        listeners: patterns of the user_keys of the integration's event listeners in MO: ``ldap*``; whose
            events wait too long is a finding; empty: none is looked at.
        stale_days: who has not logged on for so long does not need the account.
        unused_days: likewise for who never has since it was created; 0 where that is not known.
        licence_days: a disabled account may keep its mailbox so long.
        deny_vanish: per cent of accounts that may be gone since the read before; more is not believed.
        others_too: a person may have accounts in other directories as well.
        ou_root: below it the organisation's units are OUs; "" where they are not.
        ou_parking: where accounts wait that are disabled.
        ou_excluded: DNs that nothing is said about.
        ou_helpers: names of OUs that only sort what is below a unit's: Brugere, Computere; they are no units.
        ou_placement: accounts belong in the OU of their engagement's unit.
    """

    name: str
    url: str = ""
    username: str = ""
    password: Secret | None = None
    ca_file: str = ""
    files: tuple[str, ...] = ()
    base_dn: str = ""
    search_bases: tuple[str, ...] = ()
    dialect: Literal["AD", "standard"] = "AD"
    page_size: int = 500
    timeout: float = 60.0
    itsystem: str = "AD"
    link_itsystem: str = ""
    guid_in: Literal["external_id", "user_key"] = "external_id"
    fk_itsystem: str = ""
    cpr_attribute: str = ""
    engagement_attribute: str = ""
    mo_uuid_attribute: str = ""
    scope_units: tuple[str, ...] = ()
    scope_engagement_types: tuple[str, ...] = ()
    lead_days: int = 0
    early_days: int = 14
    grace_days: int = 0
    tolerance_days: int = 1
    lag_minutes: int = 15
    listeners: tuple[str, ...] = ()
    stale_days: int = 180
    unused_days: int = 90
    licence_days: int = 90
    deny_vanish: float = 5.0
    others_too: bool = True
    ou_root: str = ""
    ou_parking: str = ""
    ou_excluded: tuple[str, ...] = ()
    ou_helpers: tuple[str, ...] = ()
    ou_placement: bool = False
    kinds: tuple[KindRule, ...] = ()
    fields: tuple[FieldRule, ...] = ()
    discriminator: Discriminator = field(default_factory=Discriminator)
    usernames: UsernameRules = field(default_factory=UsernameRules)
    externals: Externals = field(default_factory=Externals)
    groups: GroupRules = field(default_factory=GroupRules)

    def __post_init__(self) -> None:
        # NAME is part of keys that must not be taken apart wrongly.
        if "/" in self.name:
            raise ValueError(self.name)
