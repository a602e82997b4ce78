"""Classes as reports need them: their names on the date, and the ones that the parameters name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import ParameterError

if TYPE_CHECKING:
    from motoolkit.reports.facts import Class
    from motoolkit.reports.notices import Notices
    from motoolkit.reports.parameters import ReportParameters


class Classes:
    """The classes on one date; what can not be found is warned about and stays blank."""

    def __init__(self, classes: dict[str, Class], notices: Notices) -> None:
        self._classes = classes
        self._notices = notices

    def name(self, uuid: str | None) -> str:
        """Return the class's name on the date, blank (and a warning) when it has none."""
        return found.name if (found := self.valid(uuid)) else ""

    def valid(self, uuid: str | None) -> Class | None:
        """Return the class when it is valid on the date; warn when a reference leads nowhere."""
        if uuid is None:
            return None
        found = self._classes.get(uuid)
        if found is None or not found.valid:
            self._notices.add("class_not_valid", f"{found.name if found else 'Ukendt klasse'} ({uuid})")
            return None
        return found

    def configured(self, parameters: ReportParameters, setting: str) -> tuple[str, ...]:
        """Return the UUIDs of the classes that the parameter ``setting`` names, in its order.

        A name that only the preset gave may be missing: this MO has no such class, which is a warning.

        Raises:
            ParameterError: the caller named a class that does not exist in the facet.
        """
        facet = parameters.facet(setting)
        found: list[str] = []
        for name in getattr(parameters, setting):
            matches = self._find(facet, name)
            if not matches and parameters.departs(setting):
                raise ParameterError.unknown(f"class in the facet {facet} called", name, self._known(facet))
            if not matches:
                self._notices.once("missing_configured_class", f"{name} ({facet})")
            found += matches
        return tuple(found)

    def _find(self, facet: str, name: str) -> list[str]:
        # Ended classes too: objects go on referring to them.
        in_facet = [c for c in self._classes.values() if c.facet == facet]
        folded = name.casefold()
        return (
            [c.uuid for c in in_facet if name in (c.user_key, c.uuid)]
            or [c.uuid for c in in_facet if c.name.casefold() == folded]
            or [c.uuid for c in in_facet if c.user_key.casefold() == folded]
        )

    def _known(self, facet: str) -> list[str]:
        return [key for c in self._classes.values() if c.facet == facet for key in {c.user_key, c.name}]
