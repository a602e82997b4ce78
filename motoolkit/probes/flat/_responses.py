"""The fields of MO's Responses: an object's UUID, its row of a day, and its rows over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.language import tr
from motoolkit.probes.flat._refused import Refused
from motoolkit.probes.flat._steps import Found
from motoolkit.probes.flat._windows import moment_window, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from motoolkit.catalogue import Collection
    from motoolkit.probes.flat._context import Context, Loader
    from motoolkit.probes.flat._needs import Join
    from motoolkit.probes.flat._rows import Row, Rows

HIDDEN: Final = frozenset({"objects", "current", "validities"})
"""Fields between an object and its values, which are in no path."""


class Above(NamedTuple):
    """What a field stands on.

    Attributes:
        collection: whose objects they are.
        path: where that is in the document.
        link: the join that leads there, None where it is a list, which has loaded what it gives.
    """

    collection: Collection
    path: str
    link: Join | None = None


def response_field(
    ctx: Context, name: str, given: Mapping[str, Any], above: Above, paths: tuple[str, str]
) -> Found:
    """Return what a field of a Response becomes.

    Args:
        ctx: where to note what is needed.
        name: MO's name of the field.
        given: its arguments.
        above: whose Response it is.
        paths: its path, and that with its name in the answer.

    Raises:
        Refused: it is about what was registered when, or MO gives what the mirror does not keep.
    """
    if name == "uuid":
        if above.link is not None:
            ctx.check_parent(above.link.collection, above.link.column)
        return Found(lambda _rows, uuid: uuid, "uuid")
    if name not in HIDDEN or given.get("registration_time") is not None:
        raise Refused(tr("what was registered when is MO's own"))
    ctx.needs.read(above.collection.name, paths[0])
    if above.link is not None:
        ctx.needs.follow(above.link)
    return (_current if name == "current" else _validities)(ctx, above, given, paths[1])


def _current(ctx: Context, above: Above, given: Mapping[str, Any], loaded: str) -> Found:
    collection = above.collection.name
    if given.get("at") is not None:
        day = moment_window(given["at"], "at")
        ctx.needs.of(collection).windows.add(day)

        def at(rows: Rows, uuid: str) -> Row | None:
            found = rows.within(collection, uuid, day)
            return found[-1] if found else None

        return Found(at, tr("the row of {day}", day=day))
    loader, today = _loader(ctx, above, loaded), ctx.today
    return Found(
        lambda rows, uuid: _latest(rows.within(collection, uuid, loader.window), today),
        tr("the row of {day}", day=today),
    )


def _validities(ctx: Context, above: Above, given: Mapping[str, Any], loaded: str) -> Found:
    collection = above.collection.name
    if "start" in given or "end" in given:
        asked = window(given, ctx.today, "start", "end")
        ctx.needs.of(collection).windows.add(asked)
        return Found(
            lambda rows, uuid: rows.within(collection, uuid, asked), tr("the rows of {days}", days=asked)
        )
    loader = _loader(ctx, above, loaded)
    return Found(
        lambda rows, uuid: rows.within(collection, uuid, loader.window), tr("the rows of the window")
    )


def _loader(ctx: Context, above: Above, loaded: str) -> Loader:
    return ctx.loader(above.collection.name, loaded, through_link=above.link is not None)


def _latest(slices: Iterable[Row], today: date) -> Row | None:
    """Return MO's ``current`` of what is loaded: both its days count, and the end that is last wins."""
    found = [
        row for row in slices if (row[1] is None or row[1] <= today) and (row[2] is None or today <= row[2])
    ]
    return max(found, key=lambda row: (row[2] is None, str(row[2] or ""))) if found else None
