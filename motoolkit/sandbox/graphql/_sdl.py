"""The schema's text for each GraphQL version, derived from the catalogue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from motoolkit.catalogue import (
    CATALOGUE,
    CONDITIONS,
    TREE,
    WITHOUT_REGISTRATION,
    Nested,
    Values,
    condition_of,
)
from motoolkit.sandbox.graphql import _events, _files, _refresh
from motoolkit.sandbox.graphql._mutation_sdl import mutation_fields, mutation_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Collection, Condition, Listing

TYPED_REGISTRATIONS: Final = 26
"""From here ``registrations`` is the interface ``IRegistration`` with one type a model."""
RESPONSE_REGISTRATIONS: Final = 27
"""From here a Response's registrations have ``current`` and ``validities`` of their own."""
BOUND_MANAGERS: Final = 24
"""From here a unit's managers have a bound filter and a ``managers_response``."""
KLE_NUMBER_LIST: Final = 23
"""From here the deprecated ``kle_number`` is a list."""

DEPRECATED: Final = '@deprecated(reason: "Superseded; see the field with _response.")'
_COMMON: Final = (
    "uuids: [UUID!] user_keys: [String!] from_date: DateTime to_date: DateTime registration_time: DateTime"
)
_PAGED: Final = "limit: int, cursor: Cursor"
_REGISTRATION: Final = (
    "registration_id: Int! start: DateTime! end: DateTime actor: UUID! model: String! uuid: UUID! "
    "note: String actor_object: Actor!"
)
_ROLE_FILTER: Final = {"rolebindings": "RoleRegistrationFilter"}

_ACTOR: Final = f"uuid: UUID! display_name: String {_events.ACTOR_SDL}"

_FIXED: Final = f"""
scalar int scalar Cursor scalar UUID scalar DateTime scalar Date scalar CPR
enum OwnerInferencePriority {{ ENGAGEMENT ASSOCIATION }}
enum HardcodedActor {{
  NO_AUTH LEGACY_AUTH BEFORE_ACTOR LORA_USER UNABLE_TO_PARSE_TOKEN MISSING_UUID_ON_TOKEN NO_AUTH_MIDDLEWARE
}}
type PageInfo {{ next_cursor: Cursor }}
type Validity {{ from: DateTime! to: DateTime }}
type OpenValidity {{ from: DateTime to: DateTime }}
interface Actor {{ {_ACTOR} }}
type SpecialActor implements Actor {{ {_ACTOR} key: HardcodedActor! }}
type UnknownActor implements Actor {{ {_ACTOR} error: String! }}
type ActorPaged {{ objects: [Actor!]! page_info: PageInfo! }}
input ActorFilter {{ uuids: [UUID!] }}
type Myself {{ actor: Actor! email: String username: String roles: [String!]! }}
type Version {{ mo_version: String mo_hash: String lora_version: String {DEPRECATED} }}
type Organisation {{ uuid: UUID! user_key: String! name: String! type: String! municipality_code: Int }}
type Health {{ identifier: String! status: Boolean }}
type HealthPaged {{ objects: [Health!]! page_info: PageInfo! }}
input HealthFilter {{ identifiers: [String!] }}
interface ResolvedAddress {{ value: String! }}
type DefaultAddress implements ResolvedAddress {{ value: String! }}
type MultifieldAddress implements ResolvedAddress {{ value: String! value2: String! name: String! }}
interface RegistrationBase {{ {_REGISTRATION} }}
input RegistrationFilter {{
  uuids: [UUID!] actors: [UUID!] models: [String!] start: DateTime end: DateTime
}}
input ModelsUuidsBoundRegistrationFilter {{ actors: [UUID!] start: DateTime end: DateTime }}
"""

_QUERY: Final = f"""
  me: Myself! version: Version! org: Organisation!
  healths(filter: HealthFilter, {_PAGED}): HealthPaged!
  actors(filter: ActorFilter, {_PAGED}): ActorPaged!
"""

_INHERIT: Final = "inherit: Boolean! = false"
OWN_PARTS: Final = (_files, _events, _refresh)
"""The modules with types, fields and resolvers of their own, beside what the catalogue derives."""
EXTRA: Final = {
    "facets": f"org_uuid: UUID! {DEPRECATED} description: String {DEPRECATED}",
    "classes": f"top_level_facet: Facet! {DEPRECATED} full_name: String! {DEPRECATED} "
    f"example: String {DEPRECATED} org_uuid: UUID! {DEPRECATED}",
    "org_units": "ancestors: [OrganisationUnit!]! root_response: OrganisationUnitResponse "
    f"root(filter: DescendantParentBoundOrganisationUnitFilter, {_PAGED}): [OrganisationUnit!] {DEPRECATED} "
    "child_count(filter: ParentBoundOrganisationUnitFilter): Int! "
    "has_children(filter: ParentBoundOrganisationUnitFilter): Boolean! "
    f"leaves_response(filter: OrgUnitboundleavefilter, {_PAGED}): LeaveResponsePaged! "
    f"leaves(filter: OrgUnitboundleavefilter, {_PAGED}): [Leave!]! {DEPRECATED} "
    f"owners(filter: OrgUnitboundownerfilter, {_INHERIT}): [Owner!]!",
    "engagements": f"managers(filter: OrgUnitboundmanagerfilter, {_INHERIT}, "
    "exclude_self: Boolean! = false): [Manager!]! leave_response: LeaveResponse "
    f"leave(filter: UuidsBoundLeaveFilter, {_PAGED}): Leave {DEPRECATED} leave_uuid: UUID {DEPRECATED}",
    "associations": f"dynamic_class_response: ClassResponse {DEPRECATED}",
    "itusers": "engagement_response: EngagementResponse "
    f"engagement(filter: UuidsBoundEngagementFilter, {_PAGED}): [Engagement!] {DEPRECATED} "
    f"engagement_uuid: UUID {DEPRECATED}",
    "addresses": "resolve: ResolvedAddress!",
}
"""Fields that follow from no rule of the catalogue."""


@cache
def sdl(version: int) -> str:
    """Return the schema of a GraphQL version; its names and types are some of the real one's."""
    parts = [_FIXED, *_registration_types(version), *_collections(version), _query(version)]
    mutations = [*mutation_fields(), *(own.MUTATION_SDL for own in OWN_PARTS)]
    mutation = f"type Mutation {{ {' '.join(mutations)} }}"
    return "\n".join([*parts, *mutation_types(), *(own.SDL for own in OWN_PARTS), mutation])


def bound_filter(seed: str, target: Collection) -> str:
    """Return MO's name for a filter of ``target`` that has one condition filled in.

    The name is made of the condition's: MO capitalises what has no underscore and lowers the rest otherwise.
    """
    if "_" in seed:
        return f"{''.join(part.capitalize() for part in seed.split('_'))}bound{target.type.lower()}filter"
    return f"{seed.capitalize()}Bound{target.filter_type}"


def _collections(version: int) -> Iterator[str]:
    filters: dict[str, str] = {}
    for collection in CATALOGUE.values():
        yield _object(collection, version)
        yield _response(collection, version)
        yield from _filters(collection)
        for listing in collection.listings:
            seed = condition_of(listing)
            filters[bound_filter(seed, CATALOGUE[listing.target])] = _bound(listing.target, seed)
        for reference in collection.references:
            target = CATALOGUE[reference.target]
            filters[bound_filter("uuids", target)] = _bound(reference.target, "uuids")
    filters["OrgUnitboundownerfilter"] = _bound("owners", "org_unit")
    filters["OrgUnitboundleavefilter"] = _bound("leaves", "org_unit")
    filters["UuidsBoundLeaveFilter"] = _bound("leaves", "uuids")
    filters["DescendantParentBoundOrganisationUnitFilter"] = _bound("org_units", "descendant", "parent")
    for name, fields in filters.items():
        yield f"input {name} {{ {fields} }}"


def _object(collection: Collection, version: int) -> str:
    fields = ["uuid: UUID!", f"validity: {collection.validity_type}!"]
    if collection.name != "rolebindings":
        fields.append(f"type: String! {DEPRECATED}")
    for scalar in collection.scalars:
        fields.append(f"{scalar.name}: {scalar.graphql_type}")
        fields += [f"{twin}: {kind} {DEPRECATED}" for twin, kind in scalar.twins.items()]
    for reference in collection.references:
        target = CATALOGUE[reference.target]
        ending = "Paged!" if reference.many else "!" if reference.required else ""
        arguments = f"(filter: {bound_filter('uuids', target)}, {_PAGED})"
        fields.append(
            f"{reference.field}{arguments if reference.many else ''}: {target.response_type}{ending}"
        )
        fields += [
            f"{twin}{'' if 'UUID' in kind else arguments}: {kind} {DEPRECATED}"
            for twin, kind in reference.twins.items()
        ]
    fields += [_listing(listing, version) for listing in collection.listings]
    if collection.name == "kles":
        kind = "[Class!]!" if version >= KLE_NUMBER_LIST else "Class!"
        fields.append(f"kle_number(filter: UuidsBoundClassFilter, {_PAGED}): {kind} {DEPRECATED}")
    return f"type {collection.type} {{ {' '.join(fields)} {EXTRA.get(collection.name, '')} }}"


def _listing(listing: Listing, version: int) -> str:
    target = CATALOGUE[listing.target]
    arguments = f"filter: {bound_filter(condition_of(listing), target)}, {_PAGED}"
    if listing.target == "managers":
        arguments += f", {_INHERIT}"
    new = f"{listing.field}({arguments}): {target.response_type}Paged!" if listing.since <= version else ""
    if listing.twin is None:
        return new
    if listing.twin == "managers" and version < BOUND_MANAGERS:
        arguments = f"filter: ManagerFilter, {_INHERIT}"
    kind = target.response_type if listing.twin_of_responses else target.type
    return f"{new} {listing.twin}({arguments}): [{kind}!]! {DEPRECATED}"


def _response(collection: Collection, version: int) -> str:
    name = collection.type
    period = "start: DateTime, end: DateTime, registration_time: DateTime"
    registration = f"{name}ResponseRegistration" if version >= RESPONSE_REGISTRATIONS else "Registration"
    return f"""
type {collection.response_type} {{
  uuid: UUID!
  current(at: DateTime, registration_time: DateTime): {name}
  validities({period}): [{name}!]!
  objects({period}): [{name}!]! {DEPRECATED}
  registrations(filter: ModelsUuidsBoundRegistrationFilter, {_PAGED}): [{registration}!]!
}}
type {collection.response_type}Paged {{ objects: [{collection.response_type}!]! page_info: PageInfo! }}"""


def registration_type(collection: Collection) -> str:
    """Return the type of a collection's registrations from v26; persons are called so only here."""
    return "PersonRegistration" if collection.name == "persons" else f"{collection.type}Registration"


def _registration_types(version: int) -> Iterator[str]:
    if version < RESPONSE_REGISTRATIONS:
        yield f"type Registration implements RegistrationBase {{ {_REGISTRATION} }}"
    if version < TYPED_REGISTRATIONS:
        yield "type RegistrationPaged { objects: [Registration!]! page_info: PageInfo! }"
        return
    yield f"interface IRegistration {{ {_REGISTRATION} }}"
    yield "type IRegistrationPaged { objects: [IRegistration!]! page_info: PageInfo! }"
    for collection in CATALOGUE.values():
        content = (
            f"{_REGISTRATION} current(at: DateTime): {collection.type} "
            f"validities(start: DateTime, end: DateTime): [{collection.type}!]!"
        )
        name = registration_type(collection)
        yield f"type {name} implements IRegistration & RegistrationBase {{ {content} }}"
        if version >= RESPONSE_REGISTRATIONS:
            yield f"type {collection.type}ResponseRegistration implements RegistrationBase {{ {content} }}"


def _filters(collection: Collection) -> Iterator[str]:
    yield f"input {collection.filter_type} {{ {_bound(collection.name)} }}"
    if collection.name == "org_units":
        yield f"input ClassOwnerFilter {{ {_bound(collection.name)} include_none: Boolean! = false }}"
    if collection.name not in WITHOUT_REGISTRATION:
        yield f"input {_registration_filter(collection)} {{ actors: [UUID!] start: DateTime end: DateTime }}"


def _registration_filter(collection: Collection) -> str:
    return _ROLE_FILTER.get(collection.name, f"{collection.type}RegistrationFilter")


def _bound(name: str, *seeds: str) -> str:
    """Return the conditions of a filter, without those that are filled in and their deprecated twins."""
    collection = CATALOGUE[name]
    fields = [_COMMON if "uuids" not in seeds else _COMMON.replace("uuids: [UUID!] ", "")]
    if name not in WITHOUT_REGISTRATION:
        fields.append(f"registration: {_registration_filter(collection)}")
    if name in ("persons", "org_units"):
        fields.append("query: String")
    if name == "managers":
        fields.append("exclude: EmployeeFilter")
    if name == "associations":
        fields.append("it_association: Boolean")
    if name == "org_units":
        fields += [f"{place}: OrganisationUnitFilter" for place in _places(seeds)]
        fields += [] if "parent" in seeds else ["parents: [UUID!]"]
    fields += [
        _condition(name, key, condition) for key, condition in CONDITIONS[name].items() if key not in seeds
    ]
    return " ".join(fields)


def _places(seeds: tuple[str, ...]) -> Iterator[str]:
    yield from (place for place in TREE if place not in seeds)
    if "descendant" not in seeds:
        yield "subtree"


def _condition(collection: str, name: str, condition: Condition) -> str:
    if isinstance(condition, Values):
        return f"{name}: {condition.type}"
    if not isinstance(condition, Nested):
        return f"{name}: {CATALOGUE[condition.source].filter_type}"
    kind = "ClassOwnerFilter" if (collection, name) == ("classes", "owner") else ""
    twins = f"{condition.uuids}: [UUID!] " if condition.uuids else ""
    twins += f"{condition.user_keys}: [String!] " if condition.user_keys else ""
    return f"{name}: {kind or CATALOGUE[condition.target].filter_type} {twins}"


def _query(version: int) -> str:
    lines = []
    for collection in CATALOGUE.values():
        inherit = f", {_INHERIT}" if collection.name == "managers" else ""
        arguments = f"filter: {collection.filter_type}, {_PAGED}{inherit}"
        names = filter(None, (collection.name, collection.twin))
        lines += [f"{name}({arguments}): {collection.response_type}Paged!" for name in names]
    paged = "IRegistrationPaged" if version >= TYPED_REGISTRATIONS else "RegistrationPaged"
    lines.append(f"registrations(filter: RegistrationFilter, {_PAGED}): {paged}!")
    lines += [own.QUERY_SDL for own in OWN_PARTS]
    return f"type Query {{ {' '.join(lines)} {_QUERY} }}"
