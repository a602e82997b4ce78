"""The planted cases by name: what is odd, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.sandbox.municipality._ids import uid


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


def _planted(collection: str, *keys: str, sentence: str) -> Planted:
    return Planted(sentence, collection, tuple(uid(collection, key) for key in keys))


PLANTED: Final[dict[str, Planted]] = {
    "hans": _planted(
        "persons",
        "hans",
        sentence="Has a job at Ravnsnæs Skole and one at Vig Skole, a third from three months on, and five accounts with a mail address each.",
    ),
    "no_cpr": _planted("persons", "no-cpr", sentence="Has no CPR number, so no age, and exists for ever."),
    "replacement_cpr": _planted(
        "persons",
        "replacement",
        sentence="Has a replacement number, the day raised by 60; MO knows no birth date, so the person exists for ever.",
    ),
    "replacement_then_cpr": _planted(
        "persons", "got-cpr", sentence="Had a replacement number until eight months ago, then a proper one."
    ),
    "century_digit_5": _planted(
        "persons", "century-5", sentence="Born in 2003: seventh digit 5 with a year up to 57."
    ),
    "century_digit_8": _planted(
        "persons",
        "century-18",
        sentence="Born in 1899 by its number, seventh digit 8: most likely a mistake.",
    ),
    "century_digit_4": _planted(
        "persons", "century-4", sentence="Born in 1961: seventh digit 4 with a year over 36."
    ),
    "leap_day": _planted("persons", "leap-day", sentence="Born on 29 February 1996."),
    "fictive_cpr": _planted(
        "persons", "fictive", sentence="A service account whose number ends in 0000, as SD makes them up."
    ),
    "formula_name": _planted(
        "persons", "formula", sentence="A name that starts with =, which must stay text in Excel."
    ),
    "one_name": _planted("persons", "one-name", sentence="Has a given name and an empty surname."),
    "nickname": _planted("persons", "nickname", sentence="Has a nickname."),
    "long_name": _planted(
        "persons", "long-name", sentence="Double names with hyphens, particles and Danish letters."
    ),
    "renamed": _planted("persons", "married", sentence="Changed surname seven months ago."),
    "renamed_soon": _planted("persons", "marrying", sentence="Changes surname in two months."),
    "seniority": _planted("persons", "senior", sentence="Has a seniority date."),
    "no_engagement": _planted("persons", "no-job", sentence="Has never been engaged."),
    "two_mailboxes": _planted(
        "persons", "mailboxes", sentence="Two engagements, each with an account and a mailbox of its own."
    ),
    "five_engagements": _planted("persons", "five-jobs", sentence="Five engagements at once in five units."),
    "two_primaries": _planted(
        "persons", "two-primaries", sentence="Two engagements that both count as primary."
    ),
    "mail_bound_elsewhere": _planted(
        "persons",
        "bound-mail",
        sentence="The only mail address belongs to the second engagement; the first has none.",
    ),
    "secret_mail": _planted("persons", "secret-mail", sentence="The only mail address is SECRET."),
    "internal_mail": _planted("persons", "internal-mail", sentence="The only mail address is INTERNAL."),
    "unclassified_mail": _planted(
        "persons", "plain-mail", sentence="The only mail address has no visibility."
    ),
    "no_mail": _planted("persons", "no-mail", sentence="Has no mail address at all."),
    "on_leave": _planted("persons", "on-leave", sentence="Is on leave until four months from now."),
    "young": _planted("persons", "young", sentence="Fourteen years old."),
    "newsletter_engagements": _planted(
        "engagements",
        "hans/1",
        "hans/2",
        "hans/3",
        sentence="Hans' engagements 1 (Ravnsnæs Skole), 2 (Vig Skole) and 3 (from three months on).",
    ),
    "engagement_mail": _planted(
        "engagements",
        "engagement-mail/1",
        sentence="Has a mail address and a telephone of its own beside the person's mailbox.",
    ),
    "ended_yesterday": _planted("engagements", "ended-yesterday/1", sentence="Yesterday was the last day."),
    "starts_tomorrow": _planted("engagements", "starts-tomorrow/1", sentence="Tomorrow is the first day."),
    "job_changes": _planted(
        "engagements", "promoted/1", sentence="Three changes of job function, one of them next month."
    ),
    "moves_next_month": _planted("engagements", "moving/1", sentence="Moves to another unit next month."),
    "gap": _planted("engagements", "came-back/1", sentence="Was interrupted for fifteen months."),
    "unit_closed": _planted(
        "engagements", "no-unit/1", sentence="Still valid although its unit closed six months ago."
    ),
    "unknown_job_function": _planted(
        "engagements", "unknown-job/1", sentence="Its job function is a class that does not exist."
    ),
    "title": _planted(
        "engagements", "title/1", sentence="Its title in extension_1 starts with @ and contains a semicolon."
    ),
    "opus_key": _planted(
        "engagements", "opus/1", sentence="Its user_key is an OPUS number: eight digits, nothing to cut."
    ),
    "uuid_key": _planted("engagements", "uuid-key/1", sentence="Its user_key is a UUID."),
    "empty_key": _planted(
        "engagements", "no-key/1", sentence="Its user_key is empty, as MO's own front-end makes them."
    ),
    "hourly": _planted("engagements", "hourly/1", sentence="Paid by the hour, no fraction."),
    "councillor": _planted(
        "engagements",
        "councillor/1",
        sentence="A member of the council, engaged outside the line organisation.",
    ),
    "top_leader": _planted(
        "managers", "chief", sentence="Leads the top unit and is employed there: has no leader."
    ),
    "two_leaders": _planted(
        "managers", "two-a", "two-b", sentence="Center for Skole has two roles of the type Leder."
    ),
    "leads_two_units": _planted(
        "managers",
        "vig-head",
        "vig-head/2",
        sentence="One person leads Vig Skole and Ungdomsskolen Nordby, employed in the first.",
    ),
    "one_co_manager": _planted("managers", "Æblehaveskolen/1", sentence="Æblehaveskolen has one Medleder."),
    "two_co_managers": _planted(
        "managers",
        "Ravnsnæs Skole/1",
        "Ravnsnæs Skole/2",
        sentence="Ravnsnæs Skole has two of the type Medleder.",
    ),
    "three_co_managers": _planted(
        "managers",
        "Åvangskolen/1",
        "Åvangskolen/2",
        "Åvangskolen/3",
        sentence="Åvangskolen has three of the type Medleder, one more than the report has columns.",
    ),
    "administrator": _planted(
        "managers", "clerk", sentence="Administrator and Administrativ ansvarlig of Ravnsnæs Skole."
    ),
    "education_responsible": _planted(
        "managers", "tutor", sentence="Uddannelsesansvarlig of Ravnsnæs Skole, neither Leder nor Medleder."
    ),
    "vacant": _planted(
        "managers",
        "tudsen",
        sentence="The Leder role of Børnehuset Tudsen was never filled; there is a Medleder.",
    ),
    "vacated": _planted(
        "managers",
        "soegaarden",
        sentence="The Leder of Plejecenter Søgården left two months ago, the role is vacant since.",
    ),
    "vacant_director": _planted(
        "managers",
        "teknik",
        sentence="The director's seat of Teknik, Miljø og Klima is vacant, so its centres climb to the top.",
    ),
    "leader_without_engagement": _planted(
        "managers",
        "aabrinken",
        sentence="The Leder of Plejecenter Åbrinken retired last month, the role is still there.",
    ),
    "leader_employed_elsewhere": _planted(
        "managers",
        "demens",
        sentence="Leads Åbrinken, demensafsnit but is employed in Hjemmeplejen Nord; the role is linked to that engagement.",
    ),
    "linked_engagement": _planted(
        "managers",
        "roennebo",
        sentence="Has two engagements; the role at Plejecenter Rønnebo is linked to the second.",
    ),
    "leader_on_leave": _planted("managers", "hr", sentence="The Leder of HR og Løn is on leave."),
    "handover": _planted(
        "managers",
        "sundhed-old",
        "sundhed-new",
        sentence="Center for Sundhed og Forebyggelse changes Leder on the first of next month.",
    ),
    "role_ended_yesterday": _planted(
        "managers", "misbrug-old", sentence="The Leder of Misbrugscenter Nordby stepped down yesterday."
    ),
    "role_starts_tomorrow": _planted(
        "managers",
        "misbrug-new",
        sentence="The next Leder of Misbrugscenter Nordby begins tomorrow, so today the unit inherits.",
    ),
    "level_changed": _planted(
        "managers", "oekonomi", sentence="Rose from level 3 to level 2 fourteen months ago."
    ),
    "responsibility_only": _planted(
        "managers", "born-raad", sentence="Personaleledelse without the type Leder: a Teamkoordinator."
    ),
    "no_responsibilities": _planted(
        "managers", "beskaeft", sentence="A Leder with an empty list of responsibilities."
    ),
    "unknown_level": _planted(
        "managers", "borgerservice", sentence="Its manager level is a class that does not exist."
    ),
    "two_roles_of_one": _planted(
        "managers",
        "museum",
        "museum/2",
        sentence="One person is Leder and Administrator of Nordby Museum og Arkiv.",
    ),
    "co_manager_only": _planted("managers", "vagt", sentence="Drift\\Vagt has a Medleder but no Leder."),
    "secret_leader": _planted(
        "managers", "aeldre", sentence="The Leder of Center for Ældre has a SECRET mail address only."
    ),
    "ravnsnaes": _planted(
        "org_units", "Ravnsnæs Skole", sentence="The school with a full set of roles, and Hans' first job."
    ),
    "vig": _planted("org_units", "Vig Skole", sentence="Hans' second job."),
    "inherits": _planted(
        "org_units", "Dagplejen, distrikt Vest", sentence="Has no manager role and inherits."
    ),
    "renamed_unit": _planted(
        "org_units",
        "Center for Sundhed og Forebyggelse",
        sentence="Was called Sundhedscentret until forty months ago.",
    ),
    "renamed_twice": _planted("org_units", "Børn, Unge og Læring", sentence="Had two names before."),
    "moved_unit": _planted(
        "org_units", "Ejendomme", sentence="Belonged to Teknik, Miljø og Klima until two years ago."
    ),
    "moved_and_renamed": _planted(
        "org_units",
        "Idræt og Haller",
        sentence="Was Haller og Anlæg under Vej og Park until sixteen months ago.",
    ),
    "moves_soon": _planted(
        "org_units", "Ungdomsskolen Nordby", sentence="Moves to Kultur og Fritid next month."
    ),
    "renamed_soon_unit": _planted(
        "org_units", "Data og Integration", sentence="Gets a longer name in two months."
    ),
    "closed_unit": _planted("org_units", "Nørreskov Skole", sentence="Closed twenty months ago."),
    "closed_today": _planted("org_units", "Legatudvalget", sentence="Today is the first day without it."),
    "closed_parent": _planted(
        "org_units",
        "Dokumentcentret",
        sentence="Closed six months ago, with a child and an engagement that live on.",
    ),
    "orphan": _planted(
        "org_units", "Byarkivet", sentence="Its parent is closed: a missing parent as of today."
    ),
    "future_unit": _planted("org_units", "Klimasekretariatet", sentence="Begins in three months."),
    "closes_soon": _planted("org_units", "Vaccinationscentret", sentence="Ends in two months."),
    "short_lived": _planted(
        "org_units", "Valgsekretariatet", sentence="From three months ago to next month."
    ),
    "reopened": _planted("org_units", "Sommerskolen", sentence="Was closed for a year in between."),
    "unknown_type": _planted(
        "org_units",
        "Projekthuset Delta",
        sentence="Its unit type is a class that does not exist; no level, no hierarchy, user_key is the UUID.",
    ),
    "backslash": _planted("org_units", "Drift\\Vagt", sentence="A name with a backslash."),
    "med_root": _planted("org_units", "MED-organisationen", sentence="The root of the MED organisation."),
    "pay_root": _planted("org_units", "Lønorganisation", sentence="The root of the pay organisation."),
    "outside_root": _planted(
        "org_units", "Eksterne", sentence="The root of those outside: no manager anywhere above."
    ),
    "deputy": _planted("associations", "formand", sentence="The chair of Hoved-MED has a deputy."),
    "deputy_removed": _planted(
        "associations", "næstformand", sentence="The vice-chair's deputy was removed nine months ago."
    ),
    "trade_union": _planted("associations", "amr", sentence="A seat with a trade union and a deputy."),
    "seat_ended": _planted("associations", "left", sentence="A seat that ended nine months ago."),
    "newsletter_accounts": _planted(
        "itusers",
        "hans/1",
        "hans/2",
        "hans/3",
        "hans/4",
        "hans/5",
        sentence="Hans' accounts; number 2 serves two engagements and has a mail address and a telephone.",
    ),
    "owner_inferred": _planted("owners", "inferred", sentence="Its owner is inferred from the engagement."),
}
"""Every planted case by name; the UUIDs are the same in every municipality.

Dangling on purpose are only ``unknown_job_function``, ``unknown_level`` and ``unknown_type``.
"""
