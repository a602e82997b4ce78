"""MO's object types, described once, as data.

Read queries, mirror tables, the sandbox's schema, completion and frame columns are all derived from here,
and so are plans and the sandbox's mutations (``WRITINGS``).
Adding a field is one line in one of the three data modules.  Names and types are those of MO's published
schema; a test holds every one of them against the real schemas of v22 to v30.
"""

from __future__ import annotations

from motoolkit.catalogue._accounts import ADDRESSES, ITUSERS, ROLEBINDINGS
from motoolkit.catalogue._conditions import (
    CONDITIONS,
    EITHER,
    TREE,
    WITHOUT_REGISTRATION,
    Backward,
    Condition,
    Nested,
    Values,
    condition_of,
)
from motoolkit.catalogue._inputs import WRITINGS
from motoolkit.catalogue._organisation import CLASSES, FACETS, ITSYSTEMS, KLES, ORG_UNITS, RELATED_UNITS
from motoolkit.catalogue._persons import ASSOCIATIONS, ENGAGEMENTS, LEAVES, MANAGERS, OWNERS, PERSONS
from motoolkit.catalogue._registry import Catalogue
from motoolkit.catalogue._roles import mutation_roles
from motoolkit.catalogue._scopes import FREE_SCOPES, SCOPES
from motoolkit.catalogue._shapes import FIRST_VERSION, Collection, Field, Listing, Reference, Scalar
from motoolkit.catalogue._writing import Action, Input, Writing, Writings
from motoolkit.catalogue.documents import EVER, as_of_document, read_document

CATALOGUE = Catalogue(
    (
        FACETS,
        CLASSES,
        ITSYSTEMS,
        ORG_UNITS,
        PERSONS,
        ENGAGEMENTS,
        MANAGERS,
        ASSOCIATIONS,
        ITUSERS,
        ROLEBINDINGS,
        ADDRESSES,
        LEAVES,
        KLES,
        RELATED_UNITS,
        OWNERS,
    )
)

MUTATION_ROLES = dict(mutation_roles(CATALOGUE.values()))
"""The role that each mutation of objects needs, by MO's name of it."""

VERSIONS = range(30, FIRST_VERSION - 1, -1)
"""The GraphQL versions that the toolkit knows, newest first."""

__all__ = [
    "CATALOGUE",
    "CONDITIONS",
    "EITHER",
    "EVER",
    "FIRST_VERSION",
    "FREE_SCOPES",
    "MUTATION_ROLES",
    "SCOPES",
    "TREE",
    "VERSIONS",
    "WITHOUT_REGISTRATION",
    "WRITINGS",
    "Action",
    "Backward",
    "Catalogue",
    "Collection",
    "Condition",
    "Field",
    "Input",
    "Listing",
    "Nested",
    "Reference",
    "Scalar",
    "Values",
    "Writing",
    "Writings",
    "as_of_document",
    "condition_of",
    "read_document",
]
