"""The fields of onboarding as data: what each step asks for, and how each value is read, shown and checked.

From MO's own onboarding (newsletter section 2, mo-graphql 17), with what that lacks: fractions (newsletter
3.2), extension fields, accounts linked to engagements, addresses linked to either, dates of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.language import N_, tr
from motoolkit.plan import FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "text",
    "cpr",
    "day",
    "last day",
    "percent",
    "unit",
    "class",
    "classes",
    "itsystem",
    "roles",
    "link",
    "links",
]
"""How a value is read.

``day``: the first day.  ``last day``: kept as the first day after.  ``percent``: of full time.  ``unit``,
``class``, ``itsystem``: a UUID.  ``classes``, ``roles``, ``links``: several.  ``link``: another row's UUID.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row.

    Attributes:
        name: as the catalogue has it, but for ``percent`` (fraction) and ``roles`` (role bindings).
        label: English; shown through ``tr``.
        kind: how it is read.
        required: whether there must be a value.
        facets: of a class: the user_keys of the facets that it may be of.
        to: of a link: the step whose rows it names.
        hint: what people should know, in English.
        folded: shown when asked for.
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    facets: tuple[str, ...] = ()
    to: str = ""
    hint: str = ""
    folded: bool = False


def _class(collection: str, name: str, label: str, *, required: bool = False, hint: str = "") -> Field:
    return Field(name, label, "class", required, FACETS[collection, name], hint=hint)


START: Final = Field("start", N_("First day"), "day", required=True)
END: Final = Field("end", N_("Last day"), "last day", hint=N_("Empty: until further notice."))
_ADDRESS_FACETS: Final = ("employee_address_type", "engagement_address_type", "ituser_address_type")

STEPS: Final[Mapping[str, tuple[Field, ...]]] = MappingProxyType(
    {
        "person": (
            Field("cpr_number", N_("CPR number"), "cpr", hint=N_("Masked when you leave the field.")),
            Field("given_name", N_("Given name"), required=True),
            Field("surname", N_("Surname"), required=True),
            Field("nickname_given_name", N_("Nickname, given name"), folded=True),
            Field("nickname_surname", N_("Nickname, surname"), folded=True),
        ),
        "engagements": (
            Field("org_unit", N_("Unit"), "unit", required=True),
            _class("engagements", "job_function", N_("Job function"), required=True),
            _class("engagements", "engagement_type", N_("Engagement type"), required=True),
            _class("engagements", "primary", N_("Primary")),
            Field(
                "percent", N_("Percent of full time"), "percent", hint=N_("Between 0 and 100, as 80 or 92.5.")
            ),
            Field("user_key", N_("Employment id"), hint=N_("Empty: MO's own id.")),
            START,
            END,
            *(Field(f"extension_{n}", N_("Extension {n}"), folded=True) for n in range(1, 11)),
        ),
        "itusers": (
            Field("itsystem", N_("IT system"), "itsystem", required=True),
            Field("user_key", N_("Username"), required=True),
            _class("itusers", "primary", N_("Primary")),
            START,
            END,
            Field("roles", N_("Roles"), "roles", facets=FACETS["rolebindings", "role"]),
            Field("engagements", N_("For the engagements"), "links", to="engagements"),
            Field("external_id", N_("External id"), folded=True),
            Field("note", N_("Note"), folded=True, hint=N_("Stands in MO's history of the account.")),
        ),
        "managers": (
            Field("org_unit", N_("Unit"), "unit", required=True),
            _class("managers", "manager_type", N_("Manager type"), required=True),
            _class("managers", "manager_level", N_("Manager level"), required=True),
            START,
            END,
            Field("engagement", N_("In the engagement"), "link", to="engagements"),
            Field(
                "responsibilities",
                N_("Responsibilities"),
                "classes",
                required=True,
                facets=FACETS["managers", "responsibilities"],
            ),
        ),
        "addresses": (
            Field("address_type", N_("Address type"), "class", required=True, facets=_ADDRESS_FACETS),
            Field("value", N_("Value"), required=True),
            _class("addresses", "visibility", N_("Visibility")),
            START,
            END,
            Field("engagement", N_("Of the engagement"), "link", to="engagements"),
            Field("ituser", N_("Of the account"), "link", to="itusers"),
        ),
    }
)
"""The fields of each step, in the order in which people fill them in."""

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": N_("Person"),
        "engagements": N_("Engagements"),
        "itusers": N_("IT accounts"),
        "managers": N_("Manager roles"),
        "addresses": N_("Addresses"),
    }
)
"""What the steps are called, in English."""

NOUNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": N_("Person"),
        "engagements": N_("Engagement"),
        "itusers": N_("IT account"),
        "managers": N_("Manager role"),
        "addresses": N_("Address"),
    }
)
"""What one row of a step is called, in English."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "person",
        "engagements": "engagement",
        "itusers": "ituser",
        "managers": "manager",
        "addresses": "address",
    }
)
"""The plan's kind of what a row of each step becomes."""


def label(field: Field) -> str:
    """Return what a field is called, in the language in use."""
    number = field.name.removeprefix("extension_")
    return tr(field.label, n=number) if number != field.name else tr(field.label)


def within(field: Field) -> str:
    """Return what a field is called in the middle of a sentence."""
    called = label(field)
    return called if called[1:2].isupper() else called[:1].lower() + called[1:]


def field_of(step: str, name: str) -> Field:
    """Return a field of a step."""
    return next(field for field in STEPS[step] if field.name == name)
