"""Facets and their classes: what the municipality can call things."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.municipality._class_lists import FACETS, FIXED_UUIDS, JOB_GROUPS, ROLES, TRADE_UNIONS
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._itsystems import itsystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.sandbox.municipality._book import Book
    from motoolkit.sandbox.municipality._class_lists import Families

Key = tuple[str, str]
"""The user_keys of a facet and of one of its classes."""

_SINCE = date(1960, 1, 1)
_RENAMED = {
    # What a class was called until some day.
    "2008": ("Kontorelev (HK)", date(2019, 8, 1)),
    "5001": ("Plejehjemsassistent", date(2012, 1, 1)),
}


def _uuid(facet: str, user_key: str) -> str:
    return FIXED_UUIDS.get(user_key) or uid("classes", f"{facet}/{user_key}")


def _keys() -> Iterator[Key]:
    yield from ((facet, row[0]) for facet, rows in FACETS.items() for row in rows)
    for group, (_, functions) in JOB_GROUPS.items():
        yield from (("engagement_job_function", key) for key in (group, *functions))
    for confederation, (_, unions) in TRADE_UNIONS.items():
        yield "confederation", confederation
        yield from (("trade_union", key) for key in unions)
    yield from (("role", key) for roles in ROLES.values() for key in roles)


_UUIDS: dict[Key, str] = {key: _uuid(*key) for key in _keys()}

SUBSTITUTE_ROLES = tuple(_UUIDS["association_type", key] for key in ("Formand", "Næstformand", "AMR"))
"""Association types that may have a deputy: what MO's ``CONFDB_SUBSTITUTE_ROLES`` has to list."""


def class_uuid(facet: str, user_key: str) -> str:
    """Return the UUID of a class.

    Raises:
        KeyError: the municipality has no such class.
    """
    return _UUIDS[facet, user_key]


def write_classes(book: Book) -> None:
    """Write all facets and classes, parents first."""
    for facet in FACETS:
        book.write("facets", facet, _SINCE, user_key=facet, published="Publiceret")
    for facet, rows in FACETS.items():
        for user_key, name, *scope in rows:
            _write(book, facet, user_key, name, scope=scope[0] if scope else None)
    _write_families(book, "engagement_job_function", "engagement_job_function", JOB_GROUPS)
    _write_families(book, "confederation", "trade_union", TRADE_UNIONS)
    for system, roles in ROLES.items():
        for user_key, name in roles.items():
            _write(book, "role", user_key, name, it_system=itsystem(system))


def _write_families(book: Book, parent_facet: str, facet: str, families: Families) -> None:
    for parent, (name, children) in families.items():
        above = _write(book, parent_facet, parent, name)
        for user_key, child in children.items():
            _write(book, facet, user_key, child, parent=above)


def _write(book: Book, facet: str, user_key: str, name: str, **values: Any) -> str:
    first, until = _RENAMED.get(user_key, (name, _SINCE))
    return book.write(
        "classes",
        f"{facet}/{user_key}",
        # Old installations have classes without a beginning.
        None if facet == "visibility" else _SINCE,
        changes=[(until, {"name": name})],
        uuid=class_uuid(facet, user_key),
        user_key=user_key,
        name=first,
        facet=uid("facets", facet),
        published="Publiceret",
        **values,
    )
