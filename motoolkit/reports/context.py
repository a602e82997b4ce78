"""Everything that the columns of one report look things up in."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from motoolkit.reports.ages import Ages
from motoolkit.reports.classes import Classes
from motoolkit.reports.emails import SECRET, Emails
from motoolkit.reports.filters import EngagementFilter
from motoolkit.reports.leaders import (
    Leaders,
    NearestLeader,
    Preference,
    any_role,
    filled,
    of_type,
    with_responsibility,
)
from motoolkit.reports.paths import Levels
from motoolkit.reports.unit_roles import UnitRoles

if TYPE_CHECKING:
    from motoolkit.reports.facts import Engagement, Facts, Leave, Role
    from motoolkit.reports.notices import Notices
    from motoolkit.reports.parameters import ReportParameters
    from motoolkit.reports.selection import Selection

UNKNOWN_PERSON: Final = "(ukendt)"


class Context:
    """The facts of one report together with the rules that its parameters ask for."""

    def __init__(
        self, facts: Facts, parameters: ReportParameters, selection: Selection, notices: Notices
    ) -> None:
        self.facts = facts
        self.parameters = parameters
        self.selection = selection
        self.notices = notices
        self.classes = Classes(facts.classes, notices)
        self._configured: dict[str, tuple[str, ...]] = {}
        self.levels = Levels.of(facts.tree, selection.units, parameters)
        self.leaders = Leaders(facts.tree, facts.roles, self._preference())
        self.unit_roles = UnitRoles(self)
        self.filter = EngagementFilter(self)
        self.ages = Ages(facts, notices)
        self.emails = Emails(
            facts,
            types=self.configured("email_type_priority"),
            visibility=parameters.visibility,
            per_engagement=parameters.email_per_engagement,
        )
        self._tjenestenummer = re.compile(parameters.tjenestenummer_pattern)
        self._sensitive_titles = {title.casefold() for title in parameters.sensitive_titles}
        self._emails: dict[tuple[str | None, str | None], str] = {}
        self._role_emails: dict[str, str] = {}
        self._cells: dict[str, tuple[str, ...]] = {}

    def configured(self, setting: str) -> tuple[str, ...]:
        """Return the UUIDs of the classes that a parameter names."""
        if setting not in self._configured:
            self._configured[setting] = self.classes.configured(self.parameters, setting)
        return self._configured[setting]

    @cached_property
    def nearest_leader(self) -> NearestLeader:
        """Who leads a person in a unit: by manager type, else by responsibility, else by any role."""
        p = self.parameters
        tests = [of_type(self.configured("leader_types"))]
        if p.leader_responsibilities:
            tests.append(with_responsibility(self.configured("leader_responsibilities")))
        if p.leader_any:
            tests.append(any_role)
        walks = [
            self.leaders.walk(filled(test) if p.leader_skip_vacant else test, inherit=p.leader_inherit)
            for test in tests
        ]
        return NearestLeader(walks, exclude_self=p.leader_exclude_self)

    @cached_property
    def engagements_of_person(self) -> dict[str, list[Engagement]]:
        """Each person's engagements, the primary first, then by user_key."""
        found: dict[str, list[Engagement]] = defaultdict(list)
        for engagement in self.facts.engagements.values():
            found[engagement.person].append(engagement)
        for several in found.values():
            several.sort(key=lambda e: (not self.facts.is_primary(e.primary), e.user_key, e.uuid))
        return found

    @cached_property
    def leaves_of_engagement(self) -> dict[str, Leave]:
        """The leave of each engagement, the longest where there are several."""
        ordered = sorted(self.facts.leaves, key=lambda leave: (leave.until is None, str(leave.until)))
        return {leave.engagement: leave for leave in ordered}

    def level_cells(self, unit: str) -> tuple[str, ...]:
        """Return what the level columns show of a unit, blanks for one that does not exist on the date."""
        if unit not in self._cells:
            known = unit in self.facts.tree
            self._cells[unit] = self.levels.cells(unit) if known else ("",) * self.levels.count
        return self._cells[unit]

    def unit_name(self, unit: str) -> str:
        """Return the unit's name, the last known one where it does not exist on the date."""
        if unit in self.facts.tree:
            return self.facts.tree.name(unit)
        former = self.facts.former_units.get(unit)
        return former.name if former else ""

    def unit_type(self, unit: str) -> str:
        """Return the name of the unit's type, or a blank."""
        found = self.facts.units.get(unit)
        return self.classes.name(found.unit_type) if found else ""

    def person_name(self, person: str | None) -> str:
        """Return the name to show for a person; one that is not known on the date is warned about."""
        found = self.facts.persons.get(person or "")
        if found is None:
            self.notices.once("person_not_valid", f"Person {person}")
            return UNKNOWN_PERSON
        nickname = found.nickname if self.parameters.person_name == "nickname" else ""
        return nickname or found.name or UNKNOWN_PERSON

    def email(self, person: str | None, engagement: str | None) -> str:
        """Return the e-mail address of a person in an engagement, or a blank."""
        key = (person, engagement)
        if key not in self._emails:
            chosen = self.emails.choose(person, engagement)
            self._emails[key] = chosen.value if chosen else ""
            if chosen and self.emails.scope(chosen) == SECRET:
                self.notices.add("secret_email", self.person_name(person))
        return self._emails[key]

    def engagement_of_role(self, role: Role, *, inside: bool = False) -> Engagement | None:
        """Return the engagement that someone leads with.

        The role's own; else one in the role's unit; else the primary; else the lowest user_key. With
        ``inside``, engagements outside the selection do not count.
        """
        mine = [
            engagement
            for engagement in self.engagements_of_person.get(role.person or "", ())
            if not inside or engagement.unit in self.selection.units
        ]
        ordered = sorted(mine, key=lambda e: (e.uuid != role.engagement, e.unit != role.unit))
        return next(iter(ordered), None)

    def role_name(self, role: Role) -> str:
        """Return the name of who holds a role, or what stands for a vacant seat."""
        return self.parameters.vacant_text if role.person is None else self.person_name(role.person)

    def role_email(self, role: Role) -> str:
        """Return the e-mail address of who holds a role, for the engagement that they lead with."""
        if role.uuid not in self._role_emails:
            engagement = None if role.person is None else self.engagement_of_role(role)
            self._role_emails[role.uuid] = self.email(role.person, engagement.uuid if engagement else None)
        return self._role_emails[role.uuid]

    def tjenestenummer(self, user_key: str) -> str:
        """Return an engagement's number without the institution's prefix, where it has one."""
        found = self._tjenestenummer.search(user_key)
        return (found[1] or "") if found else user_key

    def title(self, engagement: Engagement) -> str:
        """Return the first title that the engagement has and that may be shown."""
        for field in self.parameters.title_field:
            title = self._title_from(field, engagement)
            if title and title.casefold() not in self._sensitive_titles:
                return title
        return ""

    def _title_from(self, field: str, engagement: Engagement) -> str:
        if field.startswith("extension_"):
            return (engagement.extensions[int(field.removeprefix("extension_")) - 1] or "").strip()
        found = self.classes.valid(engagement.job_function)
        return "" if found is None else (found.user_key if field == "job_function_key" else found.name)

    def _preference(self) -> Preference:
        types = ("leader_types", "co_manager_types", "administrator_types")
        return Preference(
            types=[uuid for setting in types for uuid in self.configured(setting)],
            responsibilities=self.configured("personnel_responsibilities"),
            units_of_engagements={e.uuid: e.unit for e in self.facts.engagements.values()},
            names={p.uuid: p.name for p in self.facts.persons.values()},
        )
