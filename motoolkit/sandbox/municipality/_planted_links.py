"""Seats with deputies, owners, rights and accounts of the planted cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._line_units import unit_uuid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast


def write_links(cast: Cast) -> None:
    """Write what links planted persons to committees, units and each other."""
    _write_committee(cast)
    _write_owners(cast)
    _write_rights(cast)


def _write_committee(cast: Cast) -> None:
    book = cast.book
    start, stop = book.month(-24), book.month(-9)
    chief, two_b = uid("persons", "chief"), uid("persons", "two-b")
    seats: tuple[tuple[str, str, str, str, str | None, str | None, dict[str, Any]], ...] = (
        ("formand", "Hoved-MED", "chief", "Formand", two_b, None, {}),
        # The deputy was removed nine months ago, the seat goes on (newsletter section 8.1).
        (
            "næstformand",
            "Hoved-MED",
            "nickname",
            "Næstformand",
            chief,
            "HK",
            {"changes": [(stop, {"substitute": None})]},
        ),
        ("amr", "Lokal-MED Ravnsnæs Skole", "hans", "AMR", uid("persons", "tutor"), "DLF", {}),
        ("tr", "Lokal-MED Vig Skole", "hans", "TR", None, "DLF", {}),
        ("left", "Lokal-MED Rådhuset", "married", "Medlem", None, "HK", {"end": stop}),
    )
    for key, committee, person, kind, deputy, union, more in seats:
        book.write(
            "associations",
            key,
            start,
            **more,
            person=uid("persons", person),
            org_unit=unit_uuid(committee),
            association_type=class_uuid("association_type", kind),
            substitute=deputy,
            trade_union=class_uuid("trade_union", union) if union else None,
        )


def _write_owners(cast: Cast) -> None:
    start = cast.book.month(-15)
    owners: dict[str, dict[str, Any]] = {
        "unit": {"org_unit": unit_uuid("Data og Integration"), "owner": uid("persons", "it")},
        "person": {"person": uid("persons", "formula"), "owner": uid("persons", "it")},
        "inferred": {"person": uid("persons", "opus"), "owner_inference_priority": "ENGAGEMENT"},
    }
    for key, values in owners.items():
        cast.book.write("owners", key, start, **values)


def _write_rights(cast: Cast) -> None:
    start = cast.book.month(-14)
    for key, account, role, unit in (
        ("hans-laerer", "hans/3", "fag-laerer", None),
        ("hans-vig", "hans/5", "fag-leder", "Vig Skole"),
        ("it-admin", "it/1", "ad-admin", None),
    ):
        cast.book.write(
            "rolebindings",
            key,
            start,
            ituser=uid("itusers", account),
            role=class_uuid("role", role),
            org_unit=unit_uuid(unit) if unit else None,
        )
