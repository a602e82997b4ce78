"""Facets, classes, itsystems, org_units, related_units, kles: what the organisation is made of."""

from __future__ import annotations

from motoolkit.catalogue._links import to_class
from motoolkit.catalogue._shapes import Collection, Listing, Reference, Scalar

FACETS = Collection(
    name="facets",
    type="Facet",
    noun="facet",
    routing_key="facet",
    model="facet",
    role="facet",
    open_start=True,
    scalars=(Scalar("user_key", required=True), Scalar("published")),
    references=(Reference("parent", "facets", twins={"parent": "Facet", "parent_uuid": "UUID"}),),
    listings=(
        Listing("classes_responses", "classes", by="facet", twin="classes"),
        Listing("children_response", "facets", by="parent", twin="children"),
    ),
)

CLASSES = Collection(
    name="classes",
    type="Class",
    noun="class",
    routing_key="class",
    model="class",
    role="class",
    open_start=True,
    scalars=(
        Scalar("user_key", required=True),
        Scalar("name", required=True),
        Scalar("scope"),
        Scalar("published"),
        Scalar("description"),
    ),
    references=(
        Reference("facet", "facets", required=True, twins={"facet": "Facet!", "facet_uuid": "UUID!"}),
        to_class("parent"),
        Reference("it_system", "itsystems", twins={"it_system": "ITSystem", "it_system_uuid": "UUID"}),
        Reference("owner", "org_units", twins={"owner": "UUID"}),
    ),
    listings=(Listing("children_response", "classes", by="parent", twin="children"),),
)

ITSYSTEMS = Collection(
    name="itsystems",
    type="ITSystem",
    noun="itsystem",
    routing_key="itsystem",
    model="itsystem",
    role="itsystem",
    open_start=True,
    scalars=(Scalar("user_key", required=True), Scalar("name", required=True), Scalar("system_type")),
    listings=(Listing("roles_response", "classes", by="it_system", twin="roles", twin_of_responses=True),),
)

ORG_UNITS = Collection(
    name="org_units",
    type="OrganisationUnit",
    noun="org_unit",
    routing_key="org_unit",
    model="org_unit",
    role="org_unit",
    scalars=(Scalar("user_key", required=True), Scalar("name", required=True)),
    references=(
        Reference("parent", "org_units", twins={"parent": "OrganisationUnit", "parent_uuid": "UUID"}),
        to_class("unit_type"),
        to_class("unit_level", twin="org_unit_level"),
        Reference(
            "unit_hierarchy",
            "classes",
            twins={"org_unit_hierarchy_model": "Class", "org_unit_hierarchy": "UUID"},
        ),
        to_class("time_planning"),
    ),
    listings=(
        Listing("children_response", "org_units", by="parent", twin="children"),
        Listing("engagements_response", "engagements", by="org_unit", twin="engagements"),
        Listing("managers_response", "managers", by="org_unit", twin="managers", since=24),
        Listing("addresses_response", "addresses", by="org_unit", twin="addresses"),
        Listing("associations_response", "associations", by="org_unit", twin="associations"),
        Listing("itusers_response", "itusers", by="org_unit", twin="itusers"),
        Listing("kles_response", "kles", by="org_unit", twin="kles"),
        Listing("related_units_response", "related_units", by="org_units", twin="related_units"),
    ),
)

KLES = Collection(
    name="kles",
    type="KLE",
    noun="kle",
    routing_key="kle",
    model="kle",
    role="kle",
    scalars=(Scalar("user_key", required=True),),
    references=(
        # The list twin `kle_number` is one Class! up to v22 and [Class!]! from v23.
        Reference("kle_number", "classes", required=True, twins={"kle_number_uuid": "UUID!"}),
        Reference(
            "kle_aspects",
            "classes",
            many=True,
            column="kle_aspect_uuids",
            uuids_field="kle_aspect_uuids",
            twins={"kle_aspects": "[Class!]!", "kle_aspect_uuids": "[UUID!]!"},
        ),
        Reference(
            "org_unit", "org_units", twins={"org_unit": "[OrganisationUnit!]!", "org_unit_uuid": "UUID!"}
        ),
    ),
)

RELATED_UNITS = Collection(
    name="related_units",
    type="RelatedUnit",
    noun="related_unit",
    routing_key="related_unit",
    model="related",
    role="related_unit",
    scalars=(Scalar("user_key", required=True),),
    references=(
        Reference(
            "org_units",
            "org_units",
            many=True,
            column="org_unit_uuids",
            uuids_field="org_unit_uuids",
            twins={"org_units": "[OrganisationUnit!]!", "org_unit_uuids": "[UUID!]!"},
        ),
    ),
)
