"""The two reports of the OS2mo newsletter 2025 Q2-Q3, section 1.1, with its headings in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.model import danish_key
from motoolkit.reports.columns import Column
from motoolkit.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.reports.facts import Engagement, Role
    from motoolkit.reports.rows import Row

_EMAIL_WIDTH: Final = 34


def _of_engagement(value: Callable[[Row, Engagement], str]) -> Callable[[Row], str]:
    """Make a getter that is blank in rows without an engagement."""
    return lambda row: "" if row.engagement is None else value(row, row.engagement)


def _of_own_role(value: Callable[[Row, Role], str]) -> Callable[[Row], str]:
    """Make a getter of the person's preferred role in the unit, blank for those who lead nothing there."""
    return lambda row: value(row, row.own_roles[0]) if row.own_roles else ""


def _unit_role(key: str, heading: str) -> Column:
    return Column(key, heading, lambda row: row.context.unit_roles.name(key, row.unit))


def _responsibilities(row: Row, role: Role) -> str:
    """Return the role's responsibilities in Danish order, personnel management first."""
    first = row.context.configured("personnel_responsibilities")
    named = [(uuid not in first, row.context.classes.name(uuid)) for uuid in role.responsibilities]
    ordered = sorted(named, key=lambda each: (each[0], danish_key(each[1])))
    names = [name for _, name in ordered if name]
    return ", ".join(names[:1] if row.context.parameters.responsibilities_shown == "preferred" else names)


def _level(row: Row, role: Role) -> str:
    return row.context.classes.name(role.level)


def _level_of_choice(row: Row) -> str:
    if row.context.parameters.level_of == "employee":
        return _own_level(row)
    leader = row.context.unit_roles.leader(row.unit)
    return "" if leader is None else _level(row, leader)


def _unit_leader_email(row: Row) -> str:
    leader = row.context.unit_roles.leader(row.unit)
    return "" if leader is None else row.context.role_email(leader)


def _job_function(row: Row, engagement: Engagement) -> str:
    found = row.context.classes.valid(engagement.job_function)
    if found is None:
        return ""
    return _JOB_FUNCTION[row.context.parameters.job_function_format].format(
        code=found.user_key, name=found.name
    )


_JOB_FUNCTION: Final = {
    "code_name": "{code} {name}",
    "name_code": "{name} ({code})",
    "code": "{code}",
    "name": "{name}",
}

_own_level = _of_own_role(_level)

_EMPLOYEE = Column("employee", "Medarbejder", lambda row: row.name)
_EMAIL = Column(
    "email",
    "E-mail",
    lambda row: row.context.email(row.person, row.engagement.uuid if row.engagement else None),
    width=_EMAIL_WIDTH,
)
_TJENESTENUMMER = Column(
    "tjenestenummer", "Tjenestenummer", _of_engagement(lambda row, e: row.context.tjenestenummer(e.user_key))
)
_USER_KEY = Column("user_key", "Brugervendt Nøgle (BvN)", _of_engagement(lambda _, e: e.user_key))
_ENGAGEMENT_TYPE = Column(
    "engagement_type",
    "Engagementstype",
    _of_engagement(lambda row, e: row.context.classes.name(e.engagement_type)),
)


class EngagementsAndManagersWithCpr(Report):
    """Engagementer og ledere med cpr-numre: who works where, as what, and for whom."""

    name = "engagements-managers-cpr"
    title = "Engagementer og ledere med cpr-numre"
    file_name = "engagementer_og_ledere_cpr"
    columns = (
        Column("unit_name", "Enhedsnavn", lambda row: row.context.unit_name(row.unit)),
        Column("unit_type", "Enhedstype", lambda row: row.context.unit_type(row.unit)),
        _EMPLOYEE,
        Column("title", "Stilling", _of_engagement(lambda row, e: row.context.title(e))),
        Column("manager_level", "Lederniveau", _own_level),
        Column(
            "manager_type",
            "Lederbetegnelse",
            _of_own_role(lambda row, role: row.context.classes.name(role.manager_type)),
        ),
        Column("responsibilities", "Lederansvar", _of_own_role(_responsibilities)),
        _TJENESTENUMMER,
        Column(
            "cpr_number",
            "CPR-nummer",
            lambda row: row.context.ages.cpr(row.person),
            width=13,
            sensitive=True,
            reads_cpr=True,
        ),
        _EMAIL,
        Column(
            "age",
            "Alder",
            lambda row: row.context.ages.age(row.person),
            kind="int",
            width=8,
            reads_cpr=True,
        ),
        Column("leader", "Leder", lambda row: ", ".join(map(row.context.role_name, row.leaders))),
        Column(
            "leader_email",
            "Leders e-mail",
            lambda row: ", ".join(filter(None, map(row.context.role_email, row.leaders))),
            width=_EMAIL_WIDTH,
        ),
        _USER_KEY,
        _ENGAGEMENT_TYPE,
    )


class EngagementsAndManagers(Report):
    """Engagementer og ledere: who holds which role in each unit, and who works there."""

    name = "engagements-managers"
    title = "Engagementer og ledere"
    file_name = "engagementer_og_ledere"
    columns = (
        _unit_role("unit_leader", "Leder"),
        _unit_role("co_manager_1", "Medleder 1"),
        _unit_role("co_manager_2", "Medleder 2"),
        _unit_role("administrator", "Administrator"),
        _unit_role("administrative_responsible", "Administrativ ansvarlig"),
        _unit_role("personnel_manager", "Personaleledelse"),
        _unit_role("education_responsible", "Uddannelsesansvarlig"),
        Column("manager_level", "Lederniveau", _level_of_choice),
        _USER_KEY,
        _TJENESTENUMMER,
        _EMPLOYEE,
        _EMAIL,
        Column("job_function", "Stillingskode", _of_engagement(_job_function)),
        _ENGAGEMENT_TYPE,
        Column("leader_email", "Leders e-mail", _unit_leader_email, width=_EMAIL_WIDTH),
    )
