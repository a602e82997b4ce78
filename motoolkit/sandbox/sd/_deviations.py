"""The planted cases as changes of SD's facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.municipality import uid, unit_uuid
from motoolkit.sandbox.sd._edits import Edit, Edits, UnitEdit
from motoolkit.sandbox.sd._employments import working_time
from motoolkit.sandbox.sd.facts import Department, Employment, Parent, Period, Section, Values, stamp
from motoolkit.sandbox.sd.planted import LONG_AGO, UNIT_OF_SD
from motoolkit.sandbox.sd.when import When, day, month

if TYPE_CHECKING:
    from datetime import date

Within = Callable[[str], Values]
"""Returns the section of those who work in a unit, by its name."""

MODES: Final = ("clean", "planted", "everything")
PROTECTED: Final = "**ADRESSEBESKYTTELSE**"
NEWCOMER: Final = "0707450103"
"""The CPR number of somebody whom MO does not know; it belongs to nobody, as it fails modulus 11."""


@dataclass(frozen=True, slots=True)
class Added:
    """An employment that MO lacks, of a person by the UUID in MO, else by number and name."""

    institution: str
    employment: Employment
    person: str = ""
    cpr: str = ""
    name: tuple[str, str] = ("", "")


@dataclass(slots=True)
class Plan:
    """How SD differs from MO.

    Attributes:
        employments: what to change, by institution and number.
        people: what an institution knows otherwise, by it and the person's UUID.
        added: employments that MO lacks.
        silent: employments about which SD answers nothing.
        units: what to change, by UUID.
        units_added: departments that MO lacks.
        hidden: departments that SD lacks.
        fictive: whether SD has persons whose number ends in 0000.
    """

    employments: dict[tuple[str, str], tuple[Edit, ...]] = field(default_factory=dict)
    people: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    silent: frozenset[tuple[str, str]] = frozenset()
    units: dict[str, UnitEdit] = field(default_factory=dict)
    units_added: tuple[Department, ...] = ()
    hidden: frozenset[str] = frozenset()
    fictive: bool = False


def deviations(mode: str, today: date, code_of: Callable[[str], str]) -> Plan:
    """Return how SD differs from MO in a mode; ``code_of`` tells the code of a department by UUID."""
    if mode == "clean":
        return Plan()
    edits = Edits(today)

    def within(name: str) -> Values:
        uuid = unit_uuid(name)
        return ("DepartmentIdentifier", code_of(uuid)), ("DepartmentUUIDIdentifier", uuid)

    employments = _existence(edits) | _attributes(edits, within) | _needing_mo(edits, within)
    return Plan(
        employments={("NK", number): changes for number, changes in employments.items()},
        people=_people(),
        added=_added(today, within),
        silent=frozenset({("NK", "00141")}),
        units=_units(edits),
        units_added=(_missing_unit(today),),
        hidden=frozenset({unit_uuid("Klimasekretariatet")}),
        fictive=True,
    )


def _code(code: str) -> Values:
    return (("EmploymentStatusCode", code),)


def _job(code: str, title: str = "") -> Values:
    named: Values = (("EmploymentName", title),) if title else ()
    return ("JobPositionIdentifier", code), *named, ("AppointmentCode", "0")


def _existence(edits: Edits) -> dict[str, tuple[Edit, ...]]:
    """Change when somebody is employed, and as what status."""
    put = edits.put
    return {
        "00031": (put("status", _code("0"), month(-60), month(-59)),),
        "00041": (put("status", _code("4"), month(-10), month(-9)),),
        "00121": (put("status", _code("3"), When(clocks=3), When(clocks=10)),),
        "00251": (edits.delete(day(-3)),),
        "00311": (put("status", _code("8"), month(-1), registered=day(-5)),),
        "00321": (put("status", _code("8"), month(2), registered=day(-2)),),
        "00411": (edits.long_in_place(LONG_AGO),),
        "00592": (edits.delete(day(-5)),),
        "00601": (edits.earlier(month(-62)),),
        "00621": (put("status", _code("8"), day(-1)),),
    }


def _attributes(edits: Edits, within: Within) -> dict[str, tuple[Edit, ...]]:
    """Change what somebody is employed as, where and how much."""
    put = edits.put
    return {
        "00071": (edits.cut("profession", month(-7), month(-6)),),
        "00081": (edits.without_element("department", "DepartmentUUIDIdentifier"),),
        "00221": (put("working_time", working_time(1_000_000, salaried="false"), month(-4)),),
        "00231": (put("working_time", working_time(864_900), month(-6)),),
        "00341": (put("department", within("Valgsekretariatet"), month(-6), month(-3)),),
        "00361": (put("department", within("Jobcenter Nordby"), month(1), registered=day(-1)),),
        "00371": (put("profession", _job("1003"), month(-12)),),
        "00761": (put("profession", _job("2007", "Chefkonsulent"), month(-60)),),
    }


def _needing_mo(edits: Edits, within: Within) -> dict[str, tuple[Edit, ...]]:
    """Change employments that only an odd MO has."""
    return {
        "04813": (edits.put("department", within("Vig Skole"), month(-15)),),
        "04814": (edits.put("profession", _job("4711"), month(-15)),),
    }


def _people() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        ("NK", uid("persons", "Åvangskolen/1")): {"surname": "Vinther"},
        ("N2", uid("persons", "two-b")): {"surname": "Beck"},
        ("NK", uid("persons", "Ravnsnæs Skole/2")): {"protected": True, "street": PROTECTED},
    }


def _added(today: date, within: Within) -> tuple[Added, ...]:
    home, nurses = within("Plejecenter Søgården"), within("Sygeplejen")

    def old(number: str) -> Employment:
        return _hired(today, number, month(-100), code="8", unit=nurses, job=_job("5003"))

    return (
        Added(
            "NK",
            _hired(today, "00242", month(-1), code="1", unit=home, job=_job("1008")),
            person=uid("persons", "soegaarden"),
        ),
        Added(
            "NK",
            _hired(today, "00251", day(-2), code="1", unit=home, job=_job("1008")),
            cpr=NEWCOMER,
            name=("Bjarne", "Nyansat"),
        ),
        Added("N2", old("00912"), person=uid("persons", "two-a")),
        Added("N2", old("01012"), person=uid("persons", "two-b")),
    )


def _hired(today: date, number: str, start: When, *, code: str, unit: Values, job: Values) -> Employment:
    """Return an employment that has been as it is since its first day."""
    first = start.on(today)

    def since(values: Values) -> tuple[Section, ...]:
        return (Section(first, None, values, stamp(first)),)

    return Employment(
        number, first, first, since(_code(code)), since(unit), since(job), since(working_time(1_000_000))
    )


def _units(edits: Edits) -> dict[str, UnitEdit]:
    return {
        unit_uuid("Servicedesk"): edits.parent(unit_uuid("Data og Integration"), month(-8)),
        unit_uuid("Energi og Indeklima"): edits.parent(
            unit_uuid("Plan og Byg"), month(-14), month(-13), beside=True
        ),
        unit_uuid("Parkering"): edits.unit(month(-5), name="Parkering og Byrum", code="PARK"),
        unit_uuid("Valgsekretariatet"): edits.unit_since(month(-6)),
        unit_uuid("Rengøring"): edits.unit(month(-9), level="NY2-niveau"),
        unit_uuid("Ungeindsatsen"): edits.unit(month(-2), phone="+4500009999"),
    }


def _missing_unit(today: date) -> Department:
    first = month(-11).on(today)
    return Department(
        "NK",
        UNIT_OF_SD,
        (Period(first, None, "LM01", "Afdelings-niveau", "Lønteam Midt"),),
        (Parent(first, None, unit_uuid("HR og Løn")),),
    )
