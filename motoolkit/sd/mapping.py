"""How an integration writes SD's values into MO: a mapping profile, as data."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.sd import _mapping_values as values

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from datetime import date

_WORDS: Final[MappingOf[str, tuple[str, ...]]] = {
    "hours": ("hourly", "full", "part"),
    "status": ("0", "1", "3", "4"),
    "salaried": ("salaried", "hourly"),
    "number": ("salaried", "hourly"),
    "": (),
}


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What MO should hold for what SD holds, as one customer's integration does it.

    ``Mapping.read`` makes one of a preset or a TOML file.  An empty text means: is not compared.

    Attributes:
        name: the preset, or the file's name.
        prefix: whether ``user_key`` of engagements begins with the institution (``NS-04711``).
        padding: the digits that a number is filled up to with zeros; 0 takes it as SD writes it.
        active: the status codes of those who are employed.
        leave: the status codes of those on leave.
        leave_types: user_keys of the leave types that are SD's; none means any.
        job_function: what of the job function is SD's: its ``user_key`` (the job code), or its ``name``
            (the employment's title).
        unknown_job_function: the user_key of the class that stands for codes that MO does not have.
        engagement_type: what decides it: ``hours`` (hourly, full, part), ``status`` (0, 1, 3, 4),
            ``salaried`` (salaried, hourly) or ``number`` (below ``divide``: salaried, else hourly).
        engagement_types: SD's word, as above, to the class' user_key.
        divide: the first number of those paid by the hour, for ``number``.
        title: the extension column with the free title.
        raw_unit: where SD's own department is kept: ``extension_5`` or ``association``.
        association_type: the user_key of the type of those associations.
        unit_code: the extension column with the department's code.
        fraction: whether the fraction is compared.
        fraction_synced: whether the integration writes the fraction at all.
        placement: which unit an engagement is put in: ``none`` (the department), ``parent`` (one up, or as
            long as the level is in ``too_deep``), ``manager`` (the unit led through the engagement, else the
            department) or ``region`` (MO's own choice while the department stays, else a related unit).
        too_deep: the levels that ``parent`` climbs out of; none means exactly one step.
        climb: whether ``manager`` goes one step up for those who lead nothing, and ``region`` looks for
            relations of the units above.
        unknown_unit: UUID, user_key or name of the unit for what can not be placed.
        unit_prefix: whether the user_key of a unit begins with the institution.
        units: whether units are compared.
        unit_addresses: p_number, phone, email, postal to the user_key of their address type.
        person_names: whether the names of persons are compared.
        clamp: the day before which nothing is compared: earlier starts count as this day.
        ignore_unit_names: regular expressions; units whose names begin like that are left out.
        nameless_unit: what a unit is called that SD has no name for.
        resync: whose door can load again what differs: ``sdtool-plus``.
    """

    name: str
    prefix: bool = False
    padding: int = 0
    active: frozenset[str] = frozenset("0134")
    leave: frozenset[str] = frozenset("3")
    leave_types: tuple[str, ...] = ()
    job_function: str = "user_key"
    unknown_job_function: str = ""
    engagement_type: str = ""
    engagement_types: MappingOf[str, str] = field(default_factory=dict)
    divide: int = 0
    title: str = ""
    raw_unit: str = ""
    association_type: str = ""
    unit_code: str = ""
    fraction: bool = True
    fraction_synced: bool = True
    placement: str = "none"
    too_deep: tuple[str, ...] = ()
    climb: bool = False
    unknown_unit: str = ""
    unit_prefix: bool = False
    units: bool = True
    unit_addresses: MappingOf[str, str] = field(default_factory=dict)
    person_names: bool = True
    clamp: date | None = None
    ignore_unit_names: tuple[str, ...] = ()
    nameless_unit: str = ""
    resync: str = ""

    def __post_init__(self) -> None:
        if self.engagement_type:
            self._check_engagement_types()
        if self.engagement_type == "number" and not self.divide:
            raise self._unfit("engagement_type = 'number' needs divide", "Give the first hourly number.")
        if self.raw_unit == "association" and not self.association_type:
            raise self._unfit("raw_unit = 'association' needs association_type", "Give the class' user_key.")
        if not self.leave <= self.active:
            extra = ", ".join(sorted(self.leave - self.active))
            raise self._unfit(f"the leave codes {extra} are not among the active", "Add them to active.")

    def _check_engagement_types(self) -> None:
        words = _WORDS[self.engagement_type]
        for word in self.engagement_types:
            if word not in words:
                raise InputError.unknown(
                    f"word of engagement_type {self.engagement_type!r} called", word, list(words)
                )
        if missing := [word for word in words if word not in self.engagement_types]:
            raise self._unfit(
                f"engagement_types has no class for {', '.join(missing)}",
                "Add each as WORD = 'user_key of the class'.",
            )

    def _unfit(self, what: str, remedy: str) -> InputError:
        return InputError(f"The mapping {self.name!r} does not hold together: {what}.", remedy=remedy)

    @classmethod
    def read(cls, source: str | Path | Mapping, **overrides: Any) -> Mapping:
        """Return a preset, or what a TOML file says, with ``overrides`` on top.

        A file names the preset that it is ``base``d on (without: the plain defaults), and whatever differs
        from it, under the names of the attributes.

        Raises:
            InputError: there is no such preset, file or attribute, or one has no usable value.
        """
        if isinstance(source, Mapping):
            return _changed(source, overrides, "the mapping")
        if isinstance(source, str) and not source.endswith(".toml"):
            return _changed(preset(source), overrides, "the mapping")
        path = Path(source)
        settings = values.read_file(path)
        base = settings.pop("base", None)
        mapping = cls(name=path.stem) if base is None else replace(preset(base), name=path.stem)
        return _changed(_changed(mapping, settings, f"the mapping file {path}"), overrides, "the mapping")

    def compares(self, attribute: str) -> bool:
        """Tell whether both sides hold this attribute of employments."""
        return {
            "job_function": bool(self.job_function),
            "title": bool(self.title),
            "sd_unit": bool(self.raw_unit),
            "unit_code": bool(self.unit_code),
            "engagement_type": bool(self.engagement_type),
            "fraction": self.fraction,
        }.get(attribute, True)

    def to_toml(self) -> str:
        """Return the mapping as the text of a file that ``read`` understands."""
        return values.to_toml({f.name: getattr(self, f.name) for f in fields(self) if f.name != "name"})


def preset(name: Any) -> Mapping:
    """Return one of the mappings that come with the toolkit.

    Raises:
        InputError: there is no such preset.
    """
    if not isinstance(name, str) or name not in PRESETS:
        raise InputError.unknown("mapping of SD to MO", str(name), list(PRESETS))
    return PRESETS[name]


def _changed(mapping: Mapping, settings: MappingOf[str, Any], place: str) -> Mapping:
    return replace(mapping, **values.read_settings(settings, place)) if settings else mapping


_SDTOOL_PLUS: Final = Mapping(
    name="sdtool-plus-municipality",
    leave_types=("Orlov",),
    unknown_job_function="unknown",
    engagement_type="hours",
    engagement_types={"hourly": "timelønnet", "full": "fuldtid", "part": "deltid"},
    title="extension_1",
    raw_unit="extension_5",
    association_type="SD-medarbejder",
    unit_code="extension_4",
    fraction_synced=False,
    unknown_unit="Unknown",
    nameless_unit="(intet navn)",
    unit_addresses={"p_number": "Pnummer", "phone": "lokation_telefon_lokal", "postal": "AdresseSDOrgUnit"},
    resync="sdtool-plus",
)

PRESETS: Final[MappingOf[str, Mapping]] = {
    "sdtool-plus-municipality": _SDTOOL_PLUS,
    "sdtool-plus-region": replace(
        _SDTOOL_PLUS, name="sdtool-plus-region", prefix=True, unit_prefix=True, placement="region"
    ),
    "sdlon": Mapping(
        name="sdlon",
        padding=5,
        # It does not know status 4, and leaves the engagement as it is.
        engagement_type="salaried",
        engagement_types={"salaried": "månedsløn", "hourly": "timeløn"},
        association_type="SD-Medarbejder",
        unit_addresses={"p_number": "Pnummer", "email": "EmailUnit"},
    ),
}
"""The integrations that are in use, as they are when nobody has set anything."""
