"""``%%mo`` and ``%%mosql``: a query in a cell, a frame below it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.kernel.magics._options import Options, cell_options, check_name, evaluated
from motoolkit.kernel.magics._values import filled

if TYPE_CHECKING:
    import argparse

    from motoolkit.kernel._session import Session


def graphql_options() -> Options:
    """Return what ``%%mo`` takes."""
    options = cell_options("%%mo")
    options.add_argument("--at", metavar="DATE", help="the day, for this cell")
    options.add_argument("--all", action="store_true", dest="every", help="read on past the limit")
    options.add_argument("--raw", action="store_true", help="MO's JSON instead of a frame")
    options.add_argument("--explain", action="store_true", help="how to read it flat; nothing is sent")
    options.add_argument("--write", action="store_true", help="send a mutation")
    return options


def run_graphql(session: Session, names: dict[str, Any], line: str, cell: str) -> Any:
    """Run the query in a cell, and give its frame a name.

    Raises:
        MoError: the line or the query is not understood, or MO did not answer as it should.
    """
    from motoolkit.kernel.magics._explain import Asked, explained
    from motoolkit.kernel.magics._mutation import Intended, send
    from motoolkit.query import ask

    options = graphql_options().read(line)
    check_name(options.name)
    # The magic's own line is the first of the cell, so errors name the line that people see.
    document = f"\n{cell.rstrip()}"
    client = session.client
    variables = _variables(document, options, names)
    session.asked = Asked(document, variables, options.at or session.as_of)
    if options.explain:
        return _kept(explained(client, session.asked), options, names)
    checked = client.check(document, variables)
    if not checked.repeatable:
        if not options.write:
            return Intended(checked, variables)
        return _kept(send(client, checked, variables, show_cpr=options.show_cpr), options, names)
    day = options.at or session.as_of
    query = ask(client, document, variables, as_of=day)
    _tell(query.deprecated, query.unsteered)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", _deprecation())
        if options.raw:
            found: Any = query.raw(every=options.every, show_cpr=options.show_cpr)
        else:
            found = query.frames(every=options.every, show_cpr=options.show_cpr)
            found = next(iter(found.values())) if len(found) == 1 else found
    return _kept(found, options, names)


def run_sql(session: Session, names: dict[str, Any], line: str, cell: str) -> Any:
    """Ask the mirror in SQL, and give the frame a name; ``$as_of`` is the day of ``%mo at``.

    Raises:
        MoError: the line or the SQL is not understood, or there is no mirror.
    """
    options = cell_options("%%mosql").read(line)
    check_name(options.name)
    mirror = session.mirror
    given = evaluated(options.var, names)
    wanted = mirror.parameters(cell)
    if unused := given.keys() - wanted:
        raise InputError(
            f"The query has no ${min(unused)}.", remedy="Write it where the value is to stand, or drop --var."
        )
    values = filled(wanted, frozenset(), given, {"as_of": session.today(), **names})
    return _kept(mirror.sql(cell, values or None, show_cpr=options.show_cpr), options, names)


def _variables(document: str, options: argparse.Namespace, names: dict[str, Any]) -> dict[str, Any]:
    from motoolkit.query import variables_of

    used, optional = variables_of(document)
    return filled(used, optional, evaluated(options.var, names), names)


def _kept(found: Any, options: argparse.Namespace, names: dict[str, Any]) -> Any:
    if options.name is not None:
        names[options.name] = found
    return found


def _tell(deprecated: tuple[str, ...], unsteered: tuple[str, ...]) -> None:
    for told in deprecated:
        print(f"Udgår: {told}")  # noqa: T201 - a notebook shows it above the frame
    if unsteered:
        fields = ", ".join(unsteered)
        told = f"{fields}: vises som i dag, for MO kan ikke svare for en anden dag."
        print(told)  # noqa: T201


def _deprecation() -> type[Warning]:
    from motoolkit.client import DeprecatedFieldWarning

    return DeprecatedFieldWarning
