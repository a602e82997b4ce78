"""Persons, engagements, managers, associations, leaves, owners: who is where, as what."""

from __future__ import annotations

from motoolkit.catalogue._links import to_class, to_person, to_unit
from motoolkit.catalogue._shapes import Collection, Listing, Reference, Scalar

PERSONS = Collection(
    name="persons",
    twin="employees",
    type="Employee",
    noun="person",
    routing_key="person",
    model="employee",
    role="employee",
    open_start=True,
    scalars=(
        Scalar("user_key", required=True),
        Scalar("cpr_number", "CPR", twins={"cpr_no": "CPR"}),
        Scalar("given_name", required=True, twins={"givenname": "String!"}),
        Scalar("surname", required=True),
        Scalar("nickname_given_name", twins={"nickname_givenname": "String"}),
        Scalar("nickname_surname"),
        Scalar("seniority", "Date"),
        Scalar("name", required=True, derived=True),
        Scalar("nickname", required=True, derived=True),
    ),
    listings=(
        Listing("engagements_response", "engagements", by="person", twin="engagements"),
        Listing("manager_roles_response", "managers", by="person", twin="manager_roles"),
        Listing("addresses_response", "addresses", by="person", twin="addresses"),
        Listing("leaves_response", "leaves", by="person", twin="leaves"),
        Listing("associations_response", "associations", by="person", twin="associations"),
        Listing("itusers_response", "itusers", by="person", twin="itusers"),
    ),
)

ENGAGEMENTS = Collection(
    name="engagements",
    type="Engagement",
    noun="engagement",
    routing_key="engagement",
    model="engagement",
    role="engagement",
    scalars=(
        Scalar("user_key", required=True),
        # Millionths of full time; MO reads a written 0 back as null.
        Scalar("fraction", "Int"),
        *(Scalar(f"extension_{n}") for n in range(1, 11)),
        Scalar("is_primary", "Boolean", required=True, derived=True),
    ),
    references=(
        to_person(required=True),
        to_unit(required=True),
        to_class("job_function", required=True),
        to_class("engagement_type", required=True),
        to_class("primary"),
    ),
    listings=(
        Listing("addresses_response", "addresses", by="engagement"),
        Listing("itusers_response", "itusers", by="engagements", twin="itusers", twin_of_responses=True),
    ),
)

MANAGERS = Collection(
    name="managers",
    type="Manager",
    noun="manager",
    routing_key="manager",
    model="manager",
    role="manager",
    scalars=(Scalar("user_key", required=True),),
    references=(
        # A manager without a person is a vacant seat.
        to_person(),
        to_unit(required=True),
        Reference("engagement", "engagements"),
        Reference("manager_type", "classes", twins={"manager_type": "Class!", "manager_type_uuid": "UUID"}),
        Reference(
            "manager_level", "classes", twins={"manager_level": "Class!", "manager_level_uuid": "UUID"}
        ),
        Reference(
            "responsibilities",
            "classes",
            many=True,
            column="responsibility_uuids",
            uuids_field="responsibility_uuids",
            twins={"responsibilities": "[Class!]!", "responsibility_uuids": "[UUID!]"},
        ),
    ),
)

ASSOCIATIONS = Collection(
    name="associations",
    type="Association",
    noun="association",
    routing_key="association",
    model="association",
    role="association",
    scalars=(Scalar("user_key", required=True),),
    references=(
        to_person(listed="[Employee!]!"),
        to_unit(required=True),
        to_class("association_type"),
        # Null unless MO lists the association type in CONFDB_SUBSTITUTE_ROLES.
        Reference("substitute", "persons", twins={"substitute": "[Employee!]!", "substitute_uuid": "UUID"}),
        Reference(
            "trade_union",
            "classes",
            twins={
                "trade_union": "Class",
                "trade_union_uuid": "UUID",
                "dynamic_class": "Class",
                "dynamic_class_uuid": "UUID",
            },
        ),
        to_class("primary"),
        to_class("job_function"),
        Reference("it_user", "itusers", twins={"it_user": "[ITUser!]!", "it_user_uuid": "UUID"}),
    ),
)

LEAVES = Collection(
    name="leaves",
    type="Leave",
    noun="leave",
    routing_key="leave",
    model="leave",
    role="leave",
    scalars=(Scalar("user_key", required=True),),
    references=(
        to_person(required=True),
        Reference(
            "engagement",
            "engagements",
            required=True,
            twins={"engagement": "Engagement!", "engagement_uuid": "UUID!"},
        ),
        to_class("leave_type", required=True),
    ),
)

OWNERS = Collection(
    name="owners",
    type="Owner",
    noun="owner",
    routing_key="owner",
    model="owner",
    role="owner",
    scalars=(
        Scalar("user_key", required=True),
        Scalar("owner_inference_priority", "OwnerInferencePriority"),
    ),
    references=(
        Reference(
            "person",
            "persons",
            twins={"person": "[Employee!]", "employee_uuid": "UUID"},
        ),
        to_unit(),
        Reference("owner", "persons", twins={"owner": "[Employee!]", "owner_uuid": "UUID"}),
    ),
)
