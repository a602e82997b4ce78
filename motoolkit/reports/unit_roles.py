"""Who holds which role in a unit: leader, co-managers, administrator and the three responsibilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.reports.leaders import of_type, with_responsibility

if TYPE_CHECKING:
    from motoolkit.reports.context import Context
    from motoolkit.reports.facts import Role
    from motoolkit.reports.leaders import Walk

LEADER: Final = "unit_leader"

_CO_MANAGERS: Final = ("co_manager_1", "co_manager_2")
_BY_TYPE: Final = {
    LEADER: "leader_types",
    "co_manager_1": "co_manager_types",
    "co_manager_2": "co_manager_types",
    "administrator": "administrator_types",
}
_BY_RESPONSIBILITY: Final = {
    "administrative_responsible": "administrative_responsibilities",
    "personnel_manager": "personnel_responsibilities",
    "education_responsible": "education_responsibilities",
}


class UnitRoles:
    """The holders of the roles of a unit, by the keys of the columns that show them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._walks: dict[str, Walk] = {}
        self._names: dict[tuple[str, str], str] = {}

    def name(self, key: str, unit: str) -> str:
        """Return the name to show for the role ``key`` in a unit, or a blank."""
        if (key, unit) not in self._names:
            self._names[key, unit] = self._name(key, unit)
        return self._names[key, unit]

    def leader(self, unit: str) -> Role | None:
        """Return the role behind the unit's "Leder", vacant or not."""
        return next(iter(self._roles(LEADER, unit)), None)

    def warn_about(self, unit: str) -> None:
        """Warn where the unit has more leaders or co-managers than there is room for, or a vacant seat."""
        notices, name = self._context.notices, self._context.facts.tree.name(unit)
        leaders = self._names_of(LEADER, unit)
        co_managers = self._names_of(_CO_MANAGERS[0], unit)
        if len(leaders) > 1 and not self._context.parameters.join_leaders:
            notices.add("several_leaders", f"{name}: også {', '.join(leaders[1:])}")
        if len(co_managers) > len(_CO_MANAGERS):
            notices.add("too_many_co_managers", f"{name}: også {', '.join(co_managers[len(_CO_MANAGERS) :])}")
        if not leaders and self.leader(unit):
            notices.add("vacant_leader", name)

    def _name(self, key: str, unit: str) -> str:
        names = self._names_of(key, unit)
        if key == LEADER:
            joined = ", ".join(names) if self._context.parameters.join_leaders else next(iter(names), "")
            return joined or (self._context.parameters.vacant_text if self.leader(unit) else "")
        position = _CO_MANAGERS.index(key) if key in _CO_MANAGERS else 0
        return names[position] if len(names) > position else ""

    def _names_of(self, key: str, unit: str) -> list[str]:
        """Return the names of who holds the role, each person once, the preferred first."""
        persons = dict.fromkeys(role.person for role in self._roles(key, unit) if role.person is not None)
        return [self._context.person_name(person) for person in persons]

    def _roles(self, key: str, unit: str) -> list[Role]:
        """Return the roles that fit, filled ones before vacant ones."""
        return sorted(self._walk(key).roles(unit), key=lambda role: role.person is None)

    def _walk(self, key: str) -> Walk:
        if key not in self._walks:
            self._walks[key] = self._context.leaders.walk(
                of_type(self._context.configured(_BY_TYPE[key]))
                if key in _BY_TYPE
                else with_responsibility(self._context.configured(_BY_RESPONSIBILITY[key])),
                inherit=key in self._context.parameters.inherit_unit_roles,
            )
        return self._walks[key]
