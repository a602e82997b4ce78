"""The suite: nested queries as people really send them, named, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.language import N_
from motoolkit.probes.probe import ENDINGS, Probe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_CLASS: Final = "{ current { name user_key } }"
_ADDRESS: Final = """{ objects { uuid current {
  value address_type_response { current { scope } } visibility_response { current { scope } } } } }"""
_PERSON: Final = f"""{{ uuid current {{ name addresses_response {_ADDRESS}
  engagements_response {{ objects {{ uuid current {{ user_key org_unit_response {{ uuid }} }} }} }} }} }}"""

TWINS: Final = Probe(
    "engagements-deprecated",
    """{ engagements { objects { uuid current { user_key
  person { name } org_unit { name } job_function { name } engagement_type { name } } } } }""",
    N_("Engagements by MO's deprecated links"),
)
LINKS: Final = Probe(
    "engagements-links",
    """{ engagements { objects { uuid current { user_key
  person_response { current { name } } org_unit_response { current { name } }
  job_function_response { current { name } } engagement_type_response { current { name } } } } } }""",
    N_("Engagements with person, unit and job title"),
)
ACCOUNTS: Final = Probe(
    "accounts",
    """{ itusers { objects { uuid current { user_key itsystem_response { current { name } }
  person_response { current { name } } engagements_responses { objects { uuid } }
  rolebindings_response { objects { uuid current { role_response { current { name } } } } } } } } }""",
    N_("Accounts with their roles"),
)
PERSONS: Final = Probe(
    "persons",
    f"""{{ persons {{ objects {{ uuid current {{ name addresses_response {_ADDRESS}
  itusers_response {{ objects {{ uuid current {{ user_key }} }} }}
  engagements_response {{ objects {{ uuid current {{ user_key
    job_function_response {_CLASS} org_unit_response {{ current {{ name }} }} }} }} }} }} }} }} }}""",
    N_("Persons with addresses, accounts and engagements"),
    page_size=60,
)
UNITS: Final = Probe(
    "units",
    """{ org_units { objects { uuid current { name child_count has_children ancestors { name }
  unit_type_response { current { name } } parent_response { current { name } } } } } }""",
    N_("Units with path and sub-units"),
    page_size=60,
)
INSIGHTS: Final = Probe(
    "insights",
    f"""{{ org_units {{ objects {{ uuid current {{ name ancestors {{ name }} unit_type_response {_CLASS}
  managers(inherit: true) {{ person_response {{ current {{ name }} }} }}
  engagements_response {{ objects {{ uuid current {{ user_key fraction
    person_response {{ current {{ name }} }} job_function_response {_CLASS}
    engagement_type_response {_CLASS} }} }} }}
  associations_response {{ objects {{ uuid current {{ association_type_response {_CLASS} }} }} }}
  }} }} }} }}""",
    N_("The front-end's insights: a unit with everything on it"),
    page_size=20,
)
REPORT: Final = Probe(
    "report-engagements",
    f"""{{ org_units {{ objects {{ uuid current {{ name ancestors {{ uuid name }}
  managers_response {{ objects {{ uuid current {{ person_response {{ current {{ name }} }}
    manager_type_response {_CLASS} manager_level_response {_CLASS} }} }} }}
  engagements_response {{ objects {{ uuid current {{ user_key extension_1
    engagement_type_response {_CLASS} job_function_response {_CLASS} person_response {_PERSON}
    managers(inherit: true, exclude_self: true) {{ uuid }} }} }} }} }} }} }} }}""",
    N_("The newsletter's report of engagements and managers, nested"),
    page_size=12,
)
REPORT_MANAGERS: Final = Probe(
    "report-managers",
    f"""{{ managers {{ objects {{ uuid current {{ org_unit_response {{ uuid }}
  manager_type_response {_CLASS} manager_level_response {_CLASS}
  responsibilities_response {{ objects {_CLASS} }} person_response {_PERSON} }} }} }} }}""",
    N_("The newsletter's report: managers with their engagements and addresses"),
    page_size=40,
)
TREE: Final = Probe(
    "tree",
    """{ org_units(filter: {parent: null}) { objects { uuid current { name
  children { name children { name children { name } } } } } } }""",
    N_("The tree of units, by nesting"),
)

SUITE: Final = {
    probe.name: probe
    for probe in (
        TWINS,
        LINKS,
        ACCOUNTS,
        PERSONS,
        UNITS,
        INSIGHTS,
        REPORT,
        REPORT_MANAGERS,
        TREE,
    )
}
"""The probes by name, the quick and simple ones first."""


def chosen(
    wanted: Iterable[str], variables: Mapping[str, Any] | None = None, *, page_size: int | None = None
) -> list[Probe]:
    """Return the probes that names and files stand for; all of the suite for none.

    Args:
        wanted: names of the suite, and paths of files that end in ``.graphql`` or ``.gql``.
        variables: of the documents in files.
        page_size: instead of the probes' own.

    Raises:
        InputError: there is no such probe, or a file can not be read.
        SchemaError: a file holds no query.
    """
    found: list[Probe] = []
    for each in list(wanted) or list(SUITE):
        if str(each).endswith(ENDINGS):
            found += Probe.read(each, variables)
        elif each in SUITE:
            found.append(SUITE[each])
        else:
            raise InputError.unknown("probe", each, list(SUITE))
    return [_sized(probe, page_size) for probe in found] if page_size else found


def _sized(probe: Probe, page_size: int) -> Probe:
    return Probe(probe.name, probe.document, probe.title, probe.variables, page_size)
