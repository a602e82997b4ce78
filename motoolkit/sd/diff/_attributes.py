"""What is compared of a subject, and which mismatch a difference is: data, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from motoolkit.sd._side import MEANT_UNIT


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute that the sides are compared in.

    Attributes:
        name: as the sides call it.
        kind: the mismatch that a difference is.
        section: of an employment in SD, when several attributes are read from one.
        owed: whether SD owes a value as long as the employment is active.
        unit: whether values are UUIDs of units.
        compared: whether MO has to say the same; else it is known for what it explains.
    """

    name: str
    kind: str
    section: str = ""
    owed: bool = False
    unit: bool = False
    compared: bool = True


ATTRIBUTES: Final = (
    Attribute("active", ""),
    Attribute("unit", "wrong_unit", "department", owed=True, unit=True),
    Attribute("sd_unit", "wrong_unit", "department", owed=True, unit=True),
    Attribute("unit_code", "wrong_unit_code", "department"),
    Attribute("job_function", "wrong_job_function", "profession", owed=True),
    Attribute("title", "wrong_title", "profession"),
    Attribute("fraction", "wrong_fraction", "working_time", owed=True),
    Attribute("engagement_type", "wrong_engagement_type", "working_time", owed=True),
    Attribute("leave", "wrong_leave"),
    Attribute("name", "wrong_name"),
    Attribute("level", "wrong_level"),
    Attribute("parent", "wrong_parent", unit=True),
    Attribute("p_number", "wrong_address"),
    Attribute("phone", "wrong_address"),
    Attribute("email", "wrong_address"),
    Attribute("postal", "wrong_address"),
    Attribute(MEANT_UNIT, "", unit=True, compared=False),
)
"""In the order in which one of a section speaks for the others; ``active`` is the first."""

ACTIVE: Final = 0
CODES: Final = {attribute.name: code for code, attribute in enumerate(ATTRIBUTES)}
UNIT: Final = CODES["unit"]
SD_UNIT: Final = CODES["sd_unit"]
MEANT: Final = CODES[MEANT_UNIT]
JOB_FUNCTION: Final = CODES["job_function"]
FRACTION: Final = CODES["fraction"]
NAME: Final = CODES["name"]
NO_ATTRIBUTE: Final = -1
WIDTH: Final = len(ATTRIBUTES)
"""A pair's number times this, plus the attribute's code, is the key of one timeline."""

_SECTIONS: Final = {
    section: tuple(code for code, one in enumerate(ATTRIBUTES) if one.section == section)
    for section in ("department", "profession", "working_time")
}
_FIELDS: Final = {
    "": (ACTIVE,),
    "status": (ACTIVE,),
    "department_code": (CODES["unit_code"],),
    "job_position": (JOB_FUNCTION,),
    "rate": (FRACTION,),
    "salaried": (CODES["engagement_type"],),
    "full_time": (CODES["engagement_type"],),
}


def meant(name: str) -> tuple[int, ...]:
    """Return the codes of what an oddity is about: an attribute, a section or a field of SD's."""
    if name in CODES:
        return (CODES[name],)
    return _SECTIONS.get(name, _FIELDS.get(name, ()))
