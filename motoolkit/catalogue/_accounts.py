"""Itusers, rolebindings, addresses: what people log on with, may do, and are reached at."""

from __future__ import annotations

from motoolkit.catalogue._links import to_class, to_person, to_unit
from motoolkit.catalogue._shapes import Collection, Listing, Reference, Scalar

ITUSERS = Collection(
    name="itusers",
    type="ITUser",
    noun="ituser",
    routing_key="ituser",
    model="ituser",
    role="ituser",
    scalars=(
        Scalar("user_key", required=True),
        Scalar("external_id"),
        Scalar("binding_type"),
    ),
    references=(
        Reference(
            "itsystem",
            "itsystems",
            required=True,
            twins={"itsystem": "ITSystem!", "itsystem_uuid": "UUID!"},
        ),
        to_person(),
        to_unit(),
        Reference(
            "engagements",
            "engagements",
            many=True,
            field="engagements_responses",
            column="engagement_uuids",
            uuids_field="engagement_uuids",
            twins={"engagements": "[EngagementResponse!]!", "engagement_uuids": "[UUID!]!"},
        ),
        to_class("primary"),
    ),
    listings=(
        Listing("addresses_response", "addresses", by="ituser", twin="addresses"),
        Listing("rolebindings_response", "rolebindings", by="ituser", twin="rolebindings"),
    ),
)

ROLEBINDINGS = Collection(
    name="rolebindings",
    type="RoleBinding",
    noun="rolebinding",
    routing_key="rolebinding",
    model="role",
    role="rolebinding",
    scalars=(Scalar("user_key", required=True),),
    references=(
        Reference("ituser", "itusers", required=True, twins={"ituser": "[ITUser!]!"}),
        Reference("role", "classes", required=True, twins={"role": "[Class!]!"}),
        Reference("org_unit", "org_units", twins={"org_unit": "[OrganisationUnit!]!"}),
    ),
)

ADDRESSES = Collection(
    name="addresses",
    type="Address",
    noun="address",
    routing_key="address",
    model="address",
    role="address",
    scalars=(
        Scalar("user_key", required=True),
        Scalar("value", required=True),
        Scalar("value2"),
        Scalar("name", derived=True),
        Scalar("href", derived=True),
    ),
    references=(
        to_class("address_type", required=True),
        to_class("visibility"),
        to_person(),
        to_unit(),
        Reference(
            "engagement", "engagements", twins={"engagement": "[Engagement!]", "engagement_uuid": "UUID"}
        ),
        Reference("ituser", "itusers", twins={"ituser": "[ITUser!]!", "ituser_uuid": "UUID"}),
    ),
)
