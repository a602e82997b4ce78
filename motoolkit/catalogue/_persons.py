"""Persons, engagements, managers, associations, leaves, owners: who is where, as what."""

from __future__ import annotations

from motoolkit.catalogue._shapes import Collection, Listing, Reference, Scalar

PERSONS = Collection(
    name="persons",
    twin="employees",
    type="Employee",
    noun="person",
    mutation="employee",
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
        Reference(
            "person",
            "persons",
            required=True,
            twins={"person": "[Employee!]!", "employee": "[Employee!]!", "employee_uuid": "UUID!"},
        ),
        Reference(
            "org_unit",
            "org_units",
            required=True,
            twins={"org_unit": "[OrganisationUnit!]!", "org_unit_uuid": "UUID!"},
        ),
        Reference(
            "job_function",
            "classes",
            required=True,
            twins={"job_function": "Class!", "job_function_uuid": "UUID!"},
        ),
        Reference(
            "engagement_type",
            "classes",
            required=True,
            twins={"engagement_type": "Class!", "engagement_type_uuid": "UUID!"},
        ),
        Reference("primary", "classes", twins={"primary": "Class", "primary_uuid": "UUID"}),
    ),
    listings=(
        Listing("addresses_response", "addresses", by="engagement"),
        Listing("itusers_response", "itusers", by="engagements"),
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
        Reference(
            "person",
            "persons",
            twins={"person": "[Employee!]", "employee": "[Employee!]", "employee_uuid": "UUID"},
        ),
        Reference(
            "org_unit",
            "org_units",
            required=True,
            twins={"org_unit": "[OrganisationUnit!]!", "org_unit_uuid": "UUID!"},
        ),
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
        Reference(
            "person",
            "persons",
            twins={"person": "[Employee!]!", "employee": "[Employee!]!", "employee_uuid": "UUID"},
        ),
        Reference(
            "org_unit",
            "org_units",
            required=True,
            twins={"org_unit": "[OrganisationUnit!]!", "org_unit_uuid": "UUID!"},
        ),
        Reference(
            "association_type",
            "classes",
            twins={"association_type": "Class", "association_type_uuid": "UUID"},
        ),
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
        Reference("primary", "classes", twins={"primary": "Class", "primary_uuid": "UUID"}),
        Reference("job_function", "classes", twins={"job_function": "Class", "job_function_uuid": "UUID"}),
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
        Reference(
            "person",
            "persons",
            required=True,
            twins={"person": "[Employee!]!", "employee": "[Employee!]!", "employee_uuid": "UUID!"},
        ),
        Reference(
            "engagement",
            "engagements",
            required=True,
            twins={"engagement": "Engagement!", "engagement_uuid": "UUID!"},
        ),
        Reference(
            "leave_type",
            "classes",
            required=True,
            twins={"leave_type": "Class!", "leave_type_uuid": "UUID!"},
        ),
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
        Reference(
            "org_unit", "org_units", twins={"org_unit": "[OrganisationUnit!]", "org_unit_uuid": "UUID"}
        ),
        Reference("owner", "persons", twins={"owner": "[Employee!]", "owner_uuid": "UUID"}),
    ),
)
