"""What a mirror holds, as SQL derived from the catalogue.

- ``base``      what was loaded: a table a collection, MO's registrations, and notes about the load;
- ``incoming``  a load that is under way;
- ``main``      what people query: a view and an ``<collection>_at(day)`` macro a collection, CPR masked;
- ``private``   the same views where CPR numbers are shown;
- ``unhandled`` of a mirror that follows events: the rows from before those that are not settled.

CPR numbers are in tables called ``cpr_persons`` only, so that whatever names one can be refused.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE, Reference, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.catalogue import Collection
    from motoolkit.catalogue._shapes import Field

LAYOUT = 1
"""The number of this layout; a file with a higher one is of a newer toolkit."""

CPR_TABLE = "cpr_persons"
SCHEMAS = ("base", "incoming", "private")

_TYPES = {"Int": "INTEGER", "Date": "DATE", "Boolean": "BOOLEAN"}
_DERIVED = {
    "persons": (
        "trim(concat_ws(' ', given_name, surname)) AS name",
        "trim(concat_ws(' ', nickname_given_name, nickname_surname)) AS nickname",
    )
}
_MASKED = (
    "CASE WHEN regexp_full_match(trim({0}), '[0-9]{{6}}-?[0-9A-Za-z]{{4}}')"
    " THEN left(trim({0}), 6) || '-xxxx' ELSE 'xxxxxx-xxxx' END"
)

META = "CREATE TABLE IF NOT EXISTS {schema}.meta (name VARCHAR PRIMARY KEY, value VARCHAR)"
CURSORS = "CREATE TABLE incoming.cursors (collection VARCHAR, cursor VARCHAR, done BOOLEAN, objects INTEGER)"


def fingerprint() -> str:
    """Return a digest of all tables and columns; it changes when the catalogue does."""
    text = "\n".join(f"{c.name} {definition(c)}" for c in CATALOGUE.values())
    return sha256(text.encode()).hexdigest()[:16]


def table(collection: str) -> str:
    """Return the name of the collection's table in ``base`` and ``incoming``."""
    return CPR_TABLE if collection == "persons" else collection


def definition(collection: Collection) -> str:
    """Return the columns of a collection's table as a statement that makes it has them."""
    columns = ", ".join(f"{f.column} {column_type(f)}" for f in collection.stored)
    return f"(uuid VARCHAR, valid_from DATE, valid_to DATE, {columns})"


def column_type(field: Field) -> str:
    """Return the DuckDB type of a field's column."""
    if isinstance(field, Scalar):
        return _TYPES.get(field.type, "VARCHAR")
    return "VARCHAR[]" if field.many else "VARCHAR"


def casts(collection: Collection) -> str:
    """Return the select list that turns a batch of texts into the table's columns."""
    dates = "CAST(valid_from AS DATE), CAST(valid_to AS DATE)"
    return ", ".join(["uuid", dates, *(_cast(f) for f in collection.stored)])


def _cast(field: Field) -> str:
    if isinstance(field, Reference) and field.many:
        return f"CASE WHEN {field.column} = '' THEN [] ELSE string_split({field.column}, ' ') END"
    kind = column_type(field)
    return field.column if kind == "VARCHAR" else f"CAST({field.column} AS {kind})"


def publish(collection: str) -> Iterator[str]:
    """Yield what brings a collection's views in line with its ``base`` table."""
    columns = ", ".join(["*", *_DERIVED.get(collection, ())])
    if collection == "persons":
        yield f"CREATE OR REPLACE TABLE base.persons AS {masked(f'base.{CPR_TABLE}')}"
        yield f"CREATE OR REPLACE VIEW private.persons AS SELECT {columns} FROM base.{CPR_TABLE}"
    yield f"CREATE OR REPLACE VIEW main.{collection} AS SELECT {columns} FROM base.{collection}"
    yield (
        f"CREATE OR REPLACE MACRO main.{collection}_at(day) AS TABLE"
        f" SELECT * FROM {collection} WHERE {valid_at('CAST(day AS DATE)')}"
    )


def withdraw(collection: str) -> Iterator[str]:
    """Yield what takes a collection out of the mirror."""
    yield f"DROP MACRO TABLE IF EXISTS main.{collection}_at"
    for schema in ("main", "private"):
        yield f"DROP VIEW IF EXISTS {schema}.{collection}"
    for name in {collection, table(collection)}:
        yield f"DROP TABLE IF EXISTS base.{name}"


def valid_at(day: str, alias: str = "") -> str:
    """Return the condition that a row is valid on ``day``, an SQL expression."""
    of = f"{alias}." if alias else ""
    begun = f"({of}valid_from IS NULL OR {of}valid_from <= {day})"
    return f"{begun} AND ({of}valid_to IS NULL OR {day} < {of}valid_to)"


def masked(table: str) -> str:
    """Return the query for persons with the number masked, and the user_key of those whose user_key it is."""
    number = _MASKED.format("cpr_number")
    return (
        f"SELECT * REPLACE (CASE WHEN cpr_number IS NULL THEN NULL ELSE {number} END AS cpr_number,"
        " CASE WHEN replace(user_key, '-', '') = replace(cpr_number, '-', '')"
        f" THEN {_MASKED.format('user_key')} ELSE user_key END AS user_key) FROM {table}"
    )
