"""SD's values in MO's terms: classes and units by their UUIDs, texts in their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import N_, tr
from motoolkit.plan import FACETS, read

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from motoolkit.client import Client
    from motoolkit.plan import Span
    from motoolkit.sd.mapping import Mapping

_CLASSES: Final = {"job_function": "engagements", "engagement_type": "engagements", "level": "org_units"}
_FIELDS: Final = {"level": "unit_level", "unit": "org_unit"}
_NO_CLASS: Final = N_("MO has no class {key} for {field}.")
UNIT_FIRST: Final = N_("The unit has to be there first; then the integration places the engagement.")
_NO_UNIT: Final = N_("SD gives no unit that MO could have.")


class LeftError(Exception):
    """What a finding says can not be mended by a plan; the message says why."""


@dataclass
class Classes:
    """MO's classes, read facet by facet when they are first asked for."""

    client: Client
    _read: dict[tuple[str, str], dict[str, tuple[Span, ...]]] = field(default_factory=dict)

    def uuid(self, collection: str, name: str, key: str, day: date | None, *, by: str = "user_key") -> str:
        """Return the class that is called so on a day, else one that was first called so.

        Raises:
            LeftError: there is none.
        """
        fitting = {
            uuid: spans
            for uuid, spans in self._of(collection, name).items()
            if any(_called(span, by) == key.lower() for span in spans)
        }
        when = day or date.min
        for uuid, spans in sorted(fitting.items()):
            if any(span.validity.contains(when) and _called(span, by) == key.lower() for span in spans):
                return uuid
        for uuid, spans in sorted(fitting.items()):
            if _called(spans[0], by) == key.lower():
                return uuid
        raise LeftError(tr(_NO_CLASS, key=key, field=name))

    def called(self, collection: str, name: str, keys: tuple[str, ...]) -> frozenset[str]:
        """Return the classes that are or were called by one of some user_keys."""
        lower = {key.lower() for key in keys}
        return frozenset(
            uuid
            for uuid, spans in self._of(collection, name).items()
            if any(_called(span, "user_key") in lower for span in spans)
        )

    def every(self, collection: str, name: str) -> frozenset[str]:
        """Return all classes that a field takes."""
        return frozenset(self._of(collection, name))

    def scope(self, collection: str, name: str, uuid: str) -> str:
        """Return the scope of a class."""
        return str(self._of(collection, name)[uuid][-1].values["scope"] or "")

    def _of(self, collection: str, name: str) -> dict[str, tuple[Span, ...]]:
        if (collection, name) not in self._read:
            chosen = {"facet": {"user_keys": list(FACETS[collection, name])}}
            fields = {"classes": ("user_key", "name", "scope")}
            found = read(self.client, "classes", chosen, fields)
            self._read[collection, name] = {uuid: spans for (_, uuid), spans in found.items()}
        return self._read[collection, name]


def _called(span: Span, by: str) -> str:
    return str(span.values[by] or "").lower()


@dataclass(frozen=True)
class Terms:
    """What the mapping makes of SD's values."""

    mapping: Mapping
    classes: Classes

    def values(self, sort: str, said: MappingOf[str, Any], day: date | None) -> dict[str, Any]:
        """Return the fields of an engagement or a unit that hold what is ``said``.

        What MO keeps in objects of their own (leaves, addresses, associations) is not in it.

        Raises:
            LeftError: MO has no word for one of them.
        """
        columns = self._columns(sort)
        return {
            columns[name]: self._value(name, value, day) for name, value in said.items() if name in columns
        }

    def _columns(self, sort: str) -> dict[str, str]:
        if sort == "unit":
            return {"name": "name", "unit_code": "user_key", "level": "unit_level", "parent": "parent"}
        own = {"unit": "org_unit", "job_function": "job_function", "engagement_type": "engagement_type"}
        own["fraction"] = "fraction"
        extensions = {"title": self.mapping.title, "unit_code": self.mapping.unit_code}
        if self.mapping.raw_unit.startswith("extension"):
            extensions["sd_unit"] = self.mapping.raw_unit
        return own | {name: column for name, column in extensions.items() if column}

    def _value(self, name: str, value: Any, day: date | None) -> Any:
        if name == "unit" and not value:
            raise LeftError(tr(_NO_UNIT))
        if name == "unit" and value == self.mapping.unknown_unit:
            raise LeftError(tr(UNIT_FIRST))
        if name not in _CLASSES or value is None:
            return value
        by = "name" if (name, self.mapping.job_function) == ("job_function", "name") else "user_key"
        return self.classes.uuid(_CLASSES[name], _FIELDS.get(name, name), value, day, by=by)
