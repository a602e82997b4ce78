"""What changed in MO: its registrations now, compared with those that the mirror's rows come from.

``registrations(filter: {start: T})`` gives every registration that overlaps [T, now]: the current one of
each object and those that ended after T, at a tenth of what reading the objects takes (measured on a real
MO).  An object is as it was exactly when its current registration is the one from before; a deleted object
has none.  So nothing hangs on anybody's clock, and an object read once too often does no harm.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE
from motoolkit.mirror import _layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motoolkit.mirror._source import Source
    from motoolkit.mirror._store import Store
    from motoolkit.progress import Reporter

Changed = dict[str, list[str]]
"""UUIDs by collection."""

_SCAN = 'CREATE OR REPLACE TEMP TABLE scan (collection VARCHAR, uuid VARCHAR, start VARCHAR, "end" VARCHAR)'
# MO repeats the registration of a function once per period of its user_key (measured): hence max.
_CURRENT = (
    "CREATE OR REPLACE TEMP TABLE current AS SELECT collection, uuid, max(start) AS start FROM scan"
    ' WHERE "end" IS NULL GROUP BY ALL'
)
_SINCE = (
    "SELECT DISTINCT collection, uuid FROM scan"
    ' WHERE greatest(CAST(start AS TIMESTAMPTZ), CAST("end" AS TIMESTAMPTZ)) >= CAST(? AS TIMESTAMPTZ)'
    " ORDER BY ALL"
)
_DIFFERENT = (
    "SELECT collection, uuid FROM current FULL JOIN base.registrations AS known USING (collection, uuid)"
    " WHERE current.start IS DISTINCT FROM known.start ORDER BY ALL"
)
_NEWEST = (
    "SELECT arg_max(start, CAST(start AS TIMESTAMPTZ)) FROM"
    ' (SELECT start FROM scan UNION ALL SELECT "end" FROM scan WHERE "end" IS NOT NULL)'
)


def scan(store: Store, source: Source, collections: Iterable[str], since: str, report: Reporter) -> None:
    """Fetch the registrations that hold now or ended after ``since`` into temporary tables."""
    store.execute(_SCAN)
    seen = 0
    for chunk in source.registrations(collections, since):
        store.append_columns("scan", ("collection", "uuid", "start", "end"), chunk.rows)
        seen += chunk.objects
        report.update(f"{seen:,} registrations")
    store.execute(_CURRENT)


def no_scan(store: Store) -> None:
    """Leave empty tables where a scan would be."""
    store.execute(_SCAN, _CURRENT)


def changed_since(store: Store, moment: str) -> Changed:
    """Return the scanned objects that were changed or deleted at ``moment`` or later."""
    return _grouped(store.query(_SINCE, [moment]))


def changed_from_known(store: Store) -> Changed:
    """Return the objects whose current registration is another than the mirror's rows come from."""
    return _grouped(store.query(_DIFFERENT))


def newest(store: Store) -> str | None:
    """Return the latest moment in the scan, in MO's own words; None when MO is empty."""
    found: str | None = store.query(_NEWEST)[0][0]
    return found


def fetch(store: Store, source: Source, changed: Changed, report: Reporter) -> None:
    """Read the changed objects anew into temporary tables."""
    total = sum(map(len, changed.values()))
    for name, uuids in changed.items():
        store.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh_{name} {_layout.definition(CATALOGUE[name])}",
            f"CREATE OR REPLACE TEMP TABLE changed_{name} (uuid VARCHAR)",
        )
        store.append_columns(f"changed_{name}", ("uuid",), [(uuid,) for uuid in uuids])
    read = 0
    for chunk in source.objects(changed):
        store.append(f"fresh_{chunk.collection}", CATALOGUE[chunk.collection], chunk.rows)
        read += chunk.objects
        report.update(f"{read:,} changed objects", read, total)


def publish(store: Store, schema: str, collections: Sequence[str], changed: Changed) -> None:
    """Make the collections of ``schema``, with the changed objects in their place, what people query.

    Rows are kept in order of UUID and time, so that two mirrors of one MO are equal to the last row.
    """
    for name in collections:
        table = _layout.table(name)
        rows = f"SELECT * FROM {schema}.{table}"
        if name in changed:
            rows += f" WHERE uuid NOT IN (FROM changed_{name}) UNION ALL FROM fresh_{name}"
        store.execute(
            f"CREATE OR REPLACE TABLE base.{table} AS {rows} ORDER BY uuid, valid_from NULLS FIRST",
            *_layout.publish(name),
        )
    store.execute("CREATE OR REPLACE TABLE base.registrations AS FROM current ORDER BY ALL")


def _grouped(found: Iterable[tuple[str, str]]) -> Changed:
    grouped = defaultdict(list)
    for collection, uuid in found:
        grouped[collection].append(uuid)
    return dict(grouped)
