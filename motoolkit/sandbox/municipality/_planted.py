"""The planted cases by name: what is odd, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.sandbox.municipality._ids import uid

Cases = dict[str, tuple[tuple[str, ...], str]]
"""Cases of one collection by name: the keys of the objects, and a sentence."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted case: what it is about, in a sentence, and the collection and UUIDs of its objects."""

    sentence: str
    collection: str
    uuids: tuple[str, ...]

    @property
    def uuid(self) -> str:
        """The first, often only, object."""
        return self.uuids[0]


_PERSONS: Final[Cases] = {
    "hans": (
        ("hans",),
        "Works at Ravnsnæs Skole and Vig Skole; every account has its mail address (newsletter 7).",
    ),
    "no_cpr": (("no-cpr",), "Has no CPR number, so no age, and exists for ever."),
    "replacement_cpr": (
        ("replacement",),
        "Has a replacement number, the day raised by 60; MO sees no birth date in it.",
    ),
    "replacement_then_cpr": (
        ("got-cpr",),
        "Had a replacement number until eight months ago, then a proper one.",
    ),
    "century_digit_5": (("century-5",), "Born in 2003: seventh digit 5 with a year up to 57."),
    "century_digit_8": (
        ("century-18",),
        "Born in 1899 by its number, seventh digit 8: most likely a mistake.",
    ),
    "century_digit_4": (("century-4",), "Born in 1961: seventh digit 4 with a year over 36."),
    "leap_day": (("leap-day",), "Born on 29 February 1996."),
    "fictive_cpr": (("fictive",), "A service account whose number ends in 0000, as SD makes them up."),
    "formula_name": (("formula",), "A name that starts with =, which must stay text in Excel."),
    "one_name": (("one-name",), "Has a given name and an empty surname."),
    "nickname": (("nickname",), "Has a nickname."),
    "long_name": (("long-name",), "Double names with hyphens, particles and Danish letters."),
    "renamed": (("married",), "Changed surname seven months ago."),
    "renamed_soon": (("marrying",), "Changes surname in two months."),
    "seniority": (("senior",), "Has a seniority date."),
    "no_engagement": (("no-job",), "Has never been engaged."),
    "two_mailboxes": (("mailboxes",), "Two engagements, each with an account and a mailbox of its own."),
    "five_engagements": (("five-jobs",), "Five engagements at once in five units."),
    "two_primaries": (("two-primaries",), "Two engagements that both count as primary."),
    "mail_bound_elsewhere": (
        ("bound-mail",),
        "The only mail address belongs to the second engagement; the first has none.",
    ),
    "secret_mail": (("secret-mail",), "The only mail address is SECRET."),
    "internal_mail": (("internal-mail",), "The only mail address is INTERNAL."),
    "unclassified_mail": (("plain-mail",), "The only mail address has no visibility."),
    "no_mail": (("no-mail",), "Has no mail address at all."),
    "on_leave": (("on-leave",), "Is on leave until four months from now."),
    "young": (("young",), "Fourteen years old."),
}
_ENGAGEMENTS: Final[Cases] = {
    "newsletter_engagements": (
        ("hans/1", "hans/2", "hans/3"),
        "Hans at Ravnsnæs Skole (1), Vig Skole (2), and there again in three months (3).",
    ),
    "engagement_mail": (
        ("engagement-mail/1",),
        "Has a mail address and a telephone of its own beside the person's mailbox.",
    ),
    "ended_yesterday": (("ended-yesterday/1",), "Yesterday was the last day."),
    "starts_tomorrow": (("starts-tomorrow/1",), "Tomorrow is the first day."),
    "job_changes": (("promoted/1",), "Three changes of job function, one of them next month."),
    "moves_next_month": (("moving/1",), "Moves to another unit next month."),
    "gap": (("came-back/1",), "Was interrupted for fifteen months."),
    "unit_closed": (("no-unit/1",), "Still valid although its unit closed six months ago."),
    "unknown_job_function": (("unknown-job/1",), "Its job function is a class that does not exist."),
    "title": (("title/1",), "Its title in extension_1 starts with @ and contains a semicolon."),
    "opus_key": (("opus/1",), "Its user_key is an OPUS number: eight digits, nothing to cut."),
    "uuid_key": (("uuid-key/1",), "Its user_key is a UUID."),
    "empty_key": (("no-key/1",), "Its user_key is empty, as MO's own front-end makes them."),
    "hourly": (("hourly/1",), "Paid by the hour, no fraction."),
    "councillor": (("councillor/1",), "A member of the council, engaged outside the line organisation."),
}
_MANAGERS: Final[Cases] = {
    "top_leader": (("chief",), "Leads the top unit and is employed there: has no leader."),
    "two_leaders": (("two-a", "two-b"), "Center for Skole has two roles of the type Leder."),
    "leads_two_units": (
        ("vig-head", "vig-head/2"),
        "One person leads Vig Skole and Ungdomsskolen Nordby, employed in the first.",
    ),
    "one_co_manager": (("Æblehaveskolen/1",), "Æblehaveskolen has one Medleder."),
    "two_co_managers": (
        ("Ravnsnæs Skole/1", "Ravnsnæs Skole/2"),
        "Ravnsnæs Skole has two of the type Medleder.",
    ),
    "three_co_managers": (
        ("Åvangskolen/1", "Åvangskolen/2", "Åvangskolen/3"),
        "Åvangskolen has three of type Medleder, one more than the report has columns.",
    ),
    "administrator": (("clerk",), "Administrator and Administrativ ansvarlig of Ravnsnæs Skole."),
    "education_responsible": (
        ("tutor",),
        "Uddannelsesansvarlig of Ravnsnæs Skole, neither Leder nor Medleder.",
    ),
    "vacant": (("tudsen",), "The Leder role of Børnehuset Tudsen was never filled; there is a Medleder."),
    "vacated": (
        ("soegaarden",),
        "The Leder of Plejecenter Søgården left two months ago, the seat is vacant since.",
    ),
    "vacant_director": (
        ("teknik",),
        "The seat of the director of Teknik, Miljø og Klima is vacant: climb to the top.",
    ),
    "leader_without_engagement": (
        ("aabrinken",),
        "The Leder of Plejecenter Åbrinken retired last month, the role is still there.",
    ),
    "leader_employed_elsewhere": (
        ("demens",),
        "Leads Åbrinken, demensafsnit; employed in Hjemmeplejen Nord, to which it is linked.",
    ),
    "linked_engagement": (
        ("roennebo",),
        "Has two engagements; the role at Plejecenter Rønnebo is linked to the second.",
    ),
    "leader_on_leave": (("hr",), "The Leder of HR og Løn is on leave."),
    "handover": (
        ("sundhed-old", "sundhed-new"),
        "Center for Sundhed og Forebyggelse changes Leder on the first of next month.",
    ),
    "role_ended_yesterday": (("misbrug-old",), "The Leder of Misbrugscenter Nordby stepped down yesterday."),
    "role_starts_tomorrow": (
        ("misbrug-new",),
        "The next Leder of Misbrugscenter Nordby begins tomorrow; today it inherits.",
    ),
    "level_changed": (("oekonomi",), "Rose from level 3 to level 2 fourteen months ago."),
    "responsibility_only": (("born-raad",), "Personaleledelse without the type Leder: a Teamkoordinator."),
    "no_responsibilities": (("beskaeft",), "A Leder with an empty list of responsibilities."),
    "unknown_level": (("borgerservice",), "Its manager level is a class that does not exist."),
    "two_roles_of_one": (
        ("museum", "museum/2"),
        "One person is Leder and Administrator of Nordby Museum og Arkiv.",
    ),
    "co_manager_only": (("vagt",), "Drift\\Vagt has a Medleder but no Leder."),
    "secret_leader": (("aeldre",), "The Leder of Center for Ældre has a SECRET mail address only."),
}
_ORG_UNITS: Final[Cases] = {
    "ravnsnaes": (("Ravnsnæs Skole",), "The school with a full set of roles, and Hans' first job."),
    "vig": (("Vig Skole",), "Hans' second job."),
    "inherits": (("Dagplejen, distrikt Vest",), "Has no manager role and inherits."),
    "renamed_unit": (
        ("Center for Sundhed og Forebyggelse",),
        "Was called Sundhedscentret until forty months ago.",
    ),
    "renamed_twice": (("Børn, Unge og Læring",), "Had two names before."),
    "moved_unit": (("Ejendomme",), "Belonged to Teknik, Miljø og Klima until two years ago."),
    "moved_and_renamed": (
        ("Idræt og Haller",),
        "Was Haller og Anlæg under Vej og Park until sixteen months ago.",
    ),
    "moves_soon": (("Ungdomsskolen Nordby",), "Moves to Kultur og Fritid next month."),
    "renamed_soon_unit": (("Data og Integration",), "Gets a longer name in two months."),
    "closed_unit": (("Nørreskov Skole",), "Closed twenty months ago."),
    "closed_today": (("Legatudvalget",), "Today is the first day without it."),
    "closed_parent": (
        ("Dokumentcentret",),
        "Closed six months ago, with a child and an engagement that live on.",
    ),
    "orphan": (("Byarkivet",), "Its parent is closed: a missing parent as of today."),
    "future_unit": (("Klimasekretariatet",), "Begins in three months."),
    "closes_soon": (("Vaccinationscentret",), "Ends in two months."),
    "short_lived": (("Valgsekretariatet",), "From three months ago to next month."),
    "reopened": (("Sommerskolen",), "Was closed for a year in between."),
    "unknown_type": (
        ("Projekthuset Delta",),
        "Its unit type is a class that does not exist; no level and no hierarchy.",
    ),
    "backslash": (("Drift\\Vagt",), "A name with a backslash."),
    "med_root": (("MED-organisationen",), "The root of the MED organisation."),
    "pay_root": (("Lønorganisation",), "The root of the pay organisation."),
    "outside_root": (("Eksterne",), "The root of those outside: no manager anywhere above."),
}
_ASSOCIATIONS: Final[Cases] = {
    "deputy": (("formand",), "The chair of Hoved-MED has a deputy."),
    "deputy_removed": (("næstformand",), "The vice-chair's deputy was removed nine months ago."),
    "trade_union": (("amr",), "A seat with a trade union and a deputy."),
    "seat_ended": (("left",), "A seat that ended nine months ago."),
}
_ITUSERS: Final[Cases] = {
    "account_moved": (
        ("account-moved",),
        "Served the first engagement until three months ago, then the second.",
    ),
    "newsletter_accounts": (
        ("hans/1", "hans/2", "hans/3", "hans/4", "hans/5"),
        "Hans' accounts; number 2 serves two engagements and has a telephone too.",
    ),
}
_ADDRESSES: Final[Cases] = {
    "mail_changed": (("mail-changed",), "A new mail address since eleven months, SECRET from next month on."),
}
_CLASSES: Final[Cases] = {
    "renamed_class": (
        ("engagement_job_function/2008",),
        "A job function with another name until August 2019.",
    ),
}
_OWNERS: Final[Cases] = {
    "owner_inferred": (("inferred",), "Its owner is inferred from the engagement."),
}

PLANTED: Final[dict[str, Planted]] = {
    name: Planted(sentence, collection, tuple(uid(collection, key) for key in keys))
    for collection, cases in {
        "persons": _PERSONS,
        "engagements": _ENGAGEMENTS,
        "managers": _MANAGERS,
        "org_units": _ORG_UNITS,
        "associations": _ASSOCIATIONS,
        "itusers": _ITUSERS,
        "addresses": _ADDRESSES,
        "classes": _CLASSES,
        "owners": _OWNERS,
    }.items()
    for name, (keys, sentence) in cases.items()
}
"""Every planted case by name; the UUIDs are the same in every municipality.

References that lead nowhere are only those of ``unknown_job_function``, ``unknown_level`` and
``unknown_type``.
"""
