"""Nested queries of real use: the reports', those of dashboards and insights, and each trap once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contract.nested import ALL_ACCOUNTS, ROLES, UNITS

from motoolkit.model import midnight

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract.conftest import Mo

ENGAGEMENT_TWINS = """{ engagements { objects { uuid current {
    user_key person { uuid name } org_unit { uuid name parent { name } } engagement_type { name }
    primary { user_key } validity { from to } } } } }"""
"""As many integrations still ask: every link of it is deprecated, and one query for each engagement."""

PERSONS = """{ persons { objects { uuid current {
    name nickname cpr_number user_key seniority
    engagements_response { objects { uuid current { user_key is_primary fraction extension_1
      org_unit_response { current { name } } job_function_response { current { name user_key } }
      engagement_type_response { current { name } } } } }
    addresses_response { objects { current { value address_type_response { current { name scope } }
      visibility_response { current { name } } } } }
    itusers_response { objects { current { user_key external_id itsystem_response { current { name } } } } }
  } } } }"""

INSIGHTS = """fragment Klasse on ClassResponse { current { name user_key } }
query ($units: [UUID!], $closed: Boolean = false) {
  org_units(filter: {ancestor: {uuids: $units}}) { objects { current {
    name user_key ancestors { name } parent_response { current { name } }
    unit_type_response { ...Klasse } unit_level_response { ...Klasse } time_planning_response { ...Klasse }
    engagements_response { objects { current {
      user_key type: engagement_type_response { ...Klasse } job: job_function_response { ...Klasse }
      primary_response { ...Klasse }
      person_response { current { name cpr_number addresses_response(
        filter: {address_type: {scope: ["EMAIL"]}}) { objects { current { value } } } } }
      managers(inherit: true, exclude_self: true) { person_response { current { name } } }
      validity { from to } } } }
    associations_response { objects { current { association_type_response { ...Klasse }
      person_response { current { name } } substitute_response { current { name } }
      trade_union_response { ...Klasse } } } }
    kles_response @include(if: $closed) { objects { uuid } }
  } } } }"""

MANAGERS = """{ managers { objects { uuid current {
    user_key person_response { uuid current { name } } org_unit_response { current { name
      addresses_response { objects { current { name href value value2
        address_type_response { current { scope } } } } } } }
    manager_type_response { current { name } } manager_level_response { current { name } }
    responsibilities_response { objects { uuid current { user_key } } } responsibility_uuids
  } } } }"""

TREE = """{ org_units(filter: {parent: null}) { objects { current { name child_count has_children
    children_response { objects { current { name child_count
      managers_response(inherit: true, filter: {employee: {}}) { objects { current {
        person_response { current { name } } } } }
      children_response(limit: 2) { objects { uuid current { name has_children } } } } } } } } } }"""

ACCOUNTS = """{ itusers { objects { uuid current {
    user_key external_id binding_type itsystem_response { current { name } }
    person_response { uuid current { name } } org_unit_response { current { name } }
    engagements_responses { objects { uuid current { user_key org_unit_response { current { name } } } } }
    engagement_uuids primary_response { current { user_key } }
    addresses_response { objects { current { value } } }
    rolebindings_response { objects { uuid current { role_response { current { name } } } } }
  } } } }"""

ROLEBINDINGS = """{ rolebindings { objects { uuid current { user_key
    role_response { current { name user_key it_system_response { current { name } } } }
    ituser_response { current { user_key person_response { current { name } } } }
    ituser { user_key } role { name } org_unit_response { uuid }
  } } } }"""

ASSOCIATIONS = """{ associations { objects { uuid current {
    association_type_response { current { name } } person_response { current { name } }
    org_unit_response { current { name } } substitute_response { uuid current { name } }
    trade_union_response { current { name } } dynamic_class_response { uuid }
    primary_response { uuid } job_function_response { uuid } it_user_response { uuid }
    person { name } substitute { name } validity { from to } } } } }"""

TWIN_LISTS = """{ org_units(limit: 40) { objects { uuid current {
    name engagements { uuid user_key validity { from } } managers { uuid person { name } }
    addresses { value } itusers { user_key } associations { uuid } kles { uuid } children { name }
    related_units { uuid org_unit_uuids } unit_type { name } parent_uuid org_unit_level { name }
  } } } }"""

PERSON_TWINS = """{ employees(limit: 60) { objects { current {
    givenname surname cpr_no engagements { uuid user_key job_function { name } org_unit_uuid }
    addresses { value } leaves { uuid } manager_roles { uuid responsibilities { name } }
    itusers { user_key itsystem { name } engagements { uuid } } associations { uuid } } } } }"""

HISTORY = """{ engagements(filter: {from_date: null, to_date: null}) { objects { uuid validities {
    user_key job_function_response { uuid } person_response { uuid current(at: $then) { name } }
    org_unit_response { validities(start: null, end: null) { name validity { from to } } }
    validity { from to } } } } }"""

FROM_NOW_ON = """{ org_units(filter: {from_date: $then, to_date: null}) { objects { uuid
    validities { name parent_uuid unit_type_response { current(at: $then) { name } } validity { from to } }
    then: current(at: $then) { name } now: current(at: $now) { name } } } }"""

FILTERED = """{ engagements(filter: {job_function: {user_keys: $jobs}, org_unit: {uuids: $units}}) {
    objects { uuid current { user_key job_function_response { current { name } } } } } }"""

OLD_FILTERS = """{ classes(filter: {facet_user_keys: ["engagement_job_function"]}) { objects { uuid current {
    name user_key scope published facet_response { current { user_key } } parent_response { uuid }
    facet { user_key } } } } }"""

LEAVES = """{ leaves { objects { uuid current { user_key leave_type_response { current { name } }
    person_response { current { name } } engagement_response { uuid current { user_key } }
    engagement_uuid validity { from to } } } } }"""

OF_UNITS = """{
  kles { objects { uuid current { user_key kle_number_response { current { name } } kle_aspect_uuids
    kle_aspects_response { objects { current { user_key } } } org_unit_response { current { name } } } } }
  related_units { objects { uuid current { org_units_response { objects { uuid current { name } } } } } }
  owners { objects { uuid current { owner_inference_priority owner_response { current { name } }
    person_response { current { name } } org_unit_response { current { name } } } } }
}"""

FACETS = """{ facets { objects { current { user_key
    classes_responses(filter: {from_date: null, to_date: null}) { objects { uuid
      validities(start: null, end: null) { name validity { from to } } } }
    children_response { objects { uuid } } } } }
  itsystems { objects { current { name user_key roles_response { objects { current { name } } } } } } }"""

ADDRESSES = """{ addresses(filter: {address_type: {scope: ["EMAIL", "PHONE"]}}) { objects { current {
    value name href user_key ... on Address { address_type { name } visibility { scope } }
    person { name } org_unit { name } engagement_response { uuid } ituser_response { current { user_key } }
    employee_uuid org_unit_uuid } } } }"""

VACANT = """{ managers(filter: {employee: null}) { objects { uuid current {
    org_unit_response { current { name } } person_response { uuid } } } } }"""

LEADERS_ABOVE = """{ managers(inherit: true, filter: {employee: {}, org_unit: {uuids: $units}}) {
    objects { uuid current { person_response { current { name } } org_unit_response { uuid } } } } }"""

LEAVES_OF_TREE = """{ org_units(filter: {child: null, ancestor: {uuids: $units}}) { objects { uuid current {
    name engagements_response(filter: {engagement_type: {user_keys: $types}}) { objects { uuid } } } } }
  up: org_units(filter: {descendant: {uuids: $leaf}}) { objects { current { name } } } }"""

ALIASES = """query ($n: int, $with: Boolean!) { some: org_units(limit: $n) { found: objects { id: uuid
    now: current { called: name boss: managers_response { objects { current {
      person_response @skip(if: $with) { uuid } who: person_response { uuid } } } } __typename } } } }"""


@dataclass(frozen=True)
class Case:
    """A nested query, its variables, the day it is asked for, and the GraphQL version."""

    document: str
    variables: Callable[[Mo, Facts], dict[str, Any]] = lambda _mo, _facts: {}
    days: int | None = None
    version: int = 30


@dataclass
class Facts:
    """UUIDs and keys of the municipality that queries name."""

    units: list[str] = field(default_factory=list)
    leaf: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


def _at(mo: Mo, facts: Facts) -> dict[str, Any]:
    return {"at": midnight(mo.today), "root": facts.units[:1]}


def _then(mo: Mo, _facts: Facts) -> dict[str, Any]:
    return {"then": "2024-05-17", "now": str(mo.today)}


def _units(_mo: Mo, facts: Facts) -> dict[str, Any]:
    return {"units": facts.units[:1]}


CASES = {
    "report: units with everything": Case(UNITS, _at),
    "report: leaders": Case(ROLES, lambda mo, _: {"at": midnight(mo.today)}),
    "report: accounts": Case(ALL_ACCOUNTS, lambda mo, _: {"at": midnight(mo.today)}),
    "insights": Case(INSIGHTS, _units),
    "insights, v25": Case(INSIGHTS.replace("parent_response { current { name } }", ""), _units, version=25),
    "engagements by twins, in the past": Case(ENGAGEMENT_TWINS, days=-400),
    "persons": Case(PERSONS),
    "persons, in the past": Case(PERSONS, days=-900),
    "persons, in the future, v25": Case(PERSONS, days=60, version=25),
    "managers": Case(MANAGERS),
    "tree": Case(TREE),
    "tree, in the past": Case(TREE, days=-700),
    "accounts": Case(ACCOUNTS),
    "accounts, in the future": Case(ACCOUNTS, days=45),
    "rolebindings": Case(ROLEBINDINGS),
    "associations": Case(ASSOCIATIONS),
    "lists by twins": Case(TWIN_LISTS),
    "lists by twins, in the past, v28": Case(TWIN_LISTS.replace("parent_uuid", ""), days=-500, version=28),
    "persons by twins": Case(PERSON_TWINS, days=-300),
    "history": Case(HISTORY, lambda _mo, _facts: {"then": "2024-05-17"}),
    "history, v25": Case(HISTORY, lambda _mo, _facts: {"then": "2024-05-17"}, version=25),
    "from then on": Case(FROM_NOW_ON, _then),
    "filters": Case(FILTERED, lambda _, facts: {"jobs": facts.jobs, "units": facts.units}),
    "filters, in the past": Case(
        FILTERED, lambda _, facts: {"jobs": facts.jobs, "units": facts.units}, days=-400
    ),
    "old filters": Case(OLD_FILTERS),
    "leaves": Case(LEAVES),
    "of units": Case(OF_UNITS),
    "facets": Case(FACETS),
    "addresses": Case(ADDRESSES),
    "vacant": Case(VACANT),
    "vacant says nothing in v24": Case(VACANT, version=24),
    "leaders above": Case(LEADERS_ABOVE, lambda _, facts: {"units": facts.units}),
    "leaves of the tree": Case(
        LEAVES_OF_TREE,
        lambda _, facts: {"units": facts.units[:1], "types": facts.types, "leaf": facts.leaf},
    ),
    "aliases": Case(ALIASES, lambda _mo, _facts: {"n": 25, "with": True}),
}
"""By what they are."""
