"""What a report can be asked for: every choice as data, checked, with its default and Danish label."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ParameterError
from motoolkit.model import mask_all
from motoolkit.reports import _settings as read
from motoolkit.reports._settings import FROM_PRESET, setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PRESETS: Final = ("standard", "rsd")
"""``standard`` is the toolkit's own; ``rsd`` is how Region Syddanmark's report has always chosen."""

INHERITABLE: Final = (
    "unit_leader",
    "co_manager_1",
    "co_manager_2",
    "administrator",
    "administrative_responsible",
    "personnel_manager",
    "education_responsible",
)
"""The columns of "Engagementer og ledere" that can be taken from the unit above."""

TITLE_FIELDS: Final = ("job_function", "job_function_key", *(f"extension_{n}" for n in range(1, 11)))


@dataclass(frozen=True, kw_only=True)
class ReportParameters:
    """The parameters of a report: JSON-able values, checked when made.

    A parameter that is not given takes the preset's default. Classes are named by user_key, or by name
    regardless of case.

    Raises:
        ParameterError: a value is mistyped, or ``with_cpr`` is asked for without a ``purpose``.
    """

    as_of: date = setting("Opgjort pr.", read.day)  # noqa: RUF009  # a field, not a date
    preset: str = setting("Forudindstilling", read.choice(*PRESETS), "standard")
    # Which units: subtrees (UUID, user_key or name), or the units of one hierarchy.
    root: tuple[str, ...] = setting("Rodenhed", read.texts, ())
    hierarchy: str = setting("Hierarki", read.text, "")
    # Personal data.
    with_cpr: bool = setting("CPR-numre vises fuldt", read.flag, default=False)
    purpose: str = setting("Formål", read.text, "")
    # The path.
    min_levels: int | None = setting("Mindste antal niveauer", read.count, None, rsd=7)
    max_levels: int | None = setting("Største antal niveauer", read.count, None, rsd=7)
    overflow: str = setting("Dybere niveauer", read.choice("join", "cut"), "join", rsd="cut")
    drop_root: bool = setting("Rodniveau udelades", read.flag, default=False)
    include_self: bool = setting("Stien slutter med enheden selv", read.flag, default=True)
    # The nearest leader of a person.
    leader_inherit: bool = setting("Leder findes opad i organisationen", read.flag, default=True, rsd=False)
    leader_exclude_self: bool = setting("Ingen er sin egen leder", read.flag, default=True, rsd=False)
    leader_skip_vacant: bool = setting("Vakante lederposter springes over", read.flag, default=True)
    leader_types: tuple[str, ...] = setting("Ledertyper", read.texts, ("Leder",), facet="manager_type")
    leader_responsibilities: tuple[str, ...] = setting(
        "Lederansvar, når ledertyper mangler",
        read.texts,
        ("Personaleledelse",),
        facet="responsibility",
        rsd=(),
    )
    leader_any: bool = setting("Ellers en vilkårlig lederrolle", read.flag, default=True, rsd=False)
    join_leaders: bool = setting("Flere ledere vises sammen", read.flag, default=False)
    # Who holds which role in a unit.
    co_manager_types: tuple[str, ...] = setting(
        "Medledertyper", read.texts, ("Medleder",), facet="manager_type"
    )
    administrator_types: tuple[str, ...] = setting(
        "Administratortyper", read.texts, ("Administrator",), facet="manager_type"
    )
    administrative_responsibilities: tuple[str, ...] = setting(
        "Ansvar: administrativ ansvarlig", read.texts, ("Administrativ ansvarlig",), facet="responsibility"
    )
    personnel_responsibilities: tuple[str, ...] = setting(
        "Ansvar: personaleledelse", read.texts, ("Personaleledelse",), facet="responsibility"
    )
    education_responsibilities: tuple[str, ...] = setting(
        "Ansvar: uddannelsesansvarlig", read.texts, ("Uddannelsesansvarlig",), facet="responsibility"
    )
    inherit_unit_roles: tuple[str, ...] = setting("Kolonner, der arves", read.choices(*INHERITABLE), ())
    vacant_text: str = setting("Tekst ved vakant leder", read.text, "Vakant", rsd="")
    level_of: str = setting("Lederniveau gælder", read.choice("employee", "leader"), "employee")
    responsibilities_shown: str = setting(
        "Lederansvar viser", read.choice("all", "preferred"), "all", rsd="preferred"
    )
    # E-mail.
    email_type_priority: tuple[str, ...] = setting(
        "E-mailtyper i rækkefølge", read.texts, (), facet="employee_address_type"
    )
    visibility: tuple[str | None, ...] = setting(
        "Synlighed af e-mail",
        read.scopes,
        ("PUBLIC", "INTERNAL", None),
        rsd=("PUBLIC", "INTERNAL", "EXTERNAL", "SECRET", None),
    )
    email_per_engagement: bool = setting("E-mail vælges pr. engagement", read.flag, default=True, rsd=False)
    # Engagements.
    title_field: tuple[str, ...] = setting(
        "Stilling hentes fra",
        read.choices(*TITLE_FIELDS),
        ("extension_1", "job_function"),
        rsd=("extension_1",),
    )
    sensitive_titles: tuple[str, ...] = setting("Stillinger, der ikke vises", read.texts, ())
    job_function_format: str = setting(
        "Stillingskode vises som",
        read.choice("code_name", "name_code", "code", "name"),
        "code_name",
        rsd="name_code",
    )
    tjenestenummer_pattern: str = setting("Tjenestenummer", read.pattern, r"^[A-Z0-9]{2}-(\d+)$")
    engagement_types: tuple[str, ...] = setting(
        "Kun engagementstyper", read.texts, (), facet="engagement_type"
    )
    exclude_engagement_types: tuple[str, ...] = setting(
        "Uden engagementstyper", read.texts, (), facet="engagement_type"
    )
    show_leave: bool = setting("Kolonnen Orlov", read.flag, default=False)
    exclude_leave_types: tuple[str, ...] = setting("Uden orlovstyper", read.texts, (), facet="leave_type")
    person_once: bool = setting("Kun ét engagement pr. person", read.flag, default=False)
    exclude_fictive: bool = setting("Uden fiktive personer", read.flag, default=False)
    # Rows and columns.
    include_empty_units: bool = setting("Rækker for tomme enheder", read.flag, default=True)
    include_leaders_elsewhere: bool = setting("Rækker for ledere ansat andetsteds", read.flag, default=True)
    include_leaders_without_engagement: bool = setting(
        "Rækker for ledere uden engagement", read.flag, default=True, rsd=False
    )
    leader_engagement: str = setting(
        "Lederes engagement søges", read.choice("anywhere", "selection"), "anywhere", rsd="selection"
    )
    mark_leaders_elsewhere: bool = setting("Kolonnen Ansat andetsteds", read.flag, default=False)
    person_name: str = setting("Navn", read.choice("legal", "nickname"), "legal")
    sort: str = setting("Sortering", read.choice("unit", "employee"), "unit")
    leaders_first: bool = setting("Ledere først i enheden", read.flag, default=False)
    own_staff_first: bool = setting("Egne ansatte før underenheder", read.flag, default=True)
    columns: tuple[str, ...] = setting("Kun kolonner", read.texts, ())

    def __post_init__(self) -> None:
        preset = self._default("preset", "standard") if self.preset is FROM_PRESET else self.preset
        read.choice(*PRESETS)("preset", preset)
        for field in fields(self):
            given = getattr(self, field.name)
            value = self._default(field.name, preset) if given is FROM_PRESET else given
            object.__setattr__(self, field.name, field.metadata["read"](field.name, value))
        self._check_together()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> ReportParameters:
        """Make parameters of what a notebook, a command line or a JSON file holds.

        Raises:
            ParameterError: a name is unknown, ``as_of`` is missing, or a value is mistyped.
        """
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise ParameterError.unknown("report parameter", name, known)
        if values.get("as_of") is None:
            raise ParameterError(
                "The report needs the parameter as_of.", remedy="Give a date like 2026-11-23."
            )
        return cls(**values)

    def as_dict(self) -> dict[str, Any]:
        """Return every parameter as JSON knows it; ``from_mapping`` reads it back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def labelled(self) -> Iterator[tuple[str, str, bool]]:
        """Yield each parameter's Danish label and value, and whether it departs from the preset."""
        for field in fields(self):
            value = getattr(self, field.name)
            changed = field.name != "as_of" and self.departs(field.name)
            yield field.metadata["label"], _danish(value), changed

    def departs(self, name: str) -> bool:
        """Tell whether a parameter was given another value than the preset's default."""
        return bool(getattr(self, name) != self._default(name, self.preset))

    @classmethod
    def facet(cls, name: str) -> str:
        """Return the facet whose classes the parameter names, or a blank."""
        return str(cls.__dataclass_fields__[name].metadata["facet"])

    @classmethod
    def _default(cls, name: str, preset: str) -> Any:
        defaults = cls.__dataclass_fields__[name].metadata["defaults"]
        return defaults.get(preset, defaults["standard"])

    def _check_together(self) -> None:
        if self.with_cpr and not self.purpose:
            raise ParameterError(
                "CPR numbers are shown only for a purpose.",
                remedy='Give purpose="what the numbers are for" too.',
            )
        if mask_all(self.purpose) != self.purpose:
            raise ParameterError("The purpose holds a CPR number.", remedy="Say what for, not for whom.")
        if self.min_levels and self.max_levels and self.min_levels > self.max_levels:
            raise ParameterError(
                f"min_levels {self.min_levels} is more than max_levels {self.max_levels}.", remedy="Lower it."
            )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _danish(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, tuple):
        return ", ".join(_WORDS.get(item, str(item)) for item in value) or "–"
    return _WORDS.get(value, str(value))


_WORDS: Final[dict[Any, str]] = {
    None: "uden synlighed",
    "": "–",
    "standard": "Standard",
    "rsd": "Region Syddanmark (rsd)",
    "join": "samles i sidste niveau",
    "cut": "udelades",
    "employee": "medarbejderen",
    "leader": "lederen",
    "all": "alle",
    "anywhere": "overalt",
    "selection": "blandt de valgte enheder",
    "preferred": "det vigtigste",
    "job_function": "stillingsbetegnelsen",
    "job_function_key": "stillingskoden",
    "code_name": "kode og navn",
    "name_code": "navn (kode)",
    "code": "kode",
    "name": "navn",
    "legal": "juridisk navn",
    "nickname": "kaldenavn",
    "unit": "enhed, medarbejder",
}
