"""Questions to a mirror: SQL in, rows out, CPR numbers only for those who ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.errors import MirrorError
from motoolkit.mirror import _layout
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from motoolkit.mirror._store import Store


def run(
    store: Store, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None, *, show_cpr: bool
) -> duckdb.DuckDBPyConnection:
    """Run one question and return the connection that holds the answer.

    Raises:
        MirrorError: it is no question, it can not be answered, or it names the table of CPR numbers
            without ``show_cpr``.
    """
    import duckdb

    cursor = store.cursor(show_cpr=show_cpr)
    try:
        _check(cursor, query, parameters, show_cpr=show_cpr)
        return cursor.execute(query, parameters)
    except duckdb.Error as error:
        raise _unanswerable(error) from None


def parameters(store: Store, query: str) -> set[str]:
    """Return the names of the parameters of one question.

    Raises:
        MirrorError: it is no SQL.
    """
    import duckdb

    try:
        found = store.cursor(show_cpr=False).extract_statements(query)
    except duckdb.Error as error:
        raise _unanswerable(error) from None
    return {name for statement in found for name in statement.named_parameters}


def _unanswerable(error: Exception) -> MirrorError:
    return MirrorError(
        f"The query can not be answered: {mask_all(str(error).splitlines()[0])}",
        remedy="The tables are named as MO's collections; DESCRIBE engagements shows the columns.",
    )


def _check(
    cursor: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Sequence[Any] | Mapping[str, Any] | None,
    *,
    show_cpr: bool,
) -> None:
    from duckdb import StatementType

    kinds = [statement.type for statement in cursor.extract_statements(query)]
    if kinds not in ([StatementType.SELECT], [StatementType.EXPLAIN]):
        raise MirrorError(
            "A mirror answers one SELECT at a time and is changed by load() and refresh() only.",
            remedy="Use mirror.connection for anything else.",
        )
    if show_cpr or kinds == [StatementType.EXPLAIN]:
        return
    if _layout.CPR_TABLE in _tables(cursor, query, parameters):
        raise MirrorError(
            "The query reads CPR numbers.", remedy="Pass show_cpr=True, or query the view persons."
        )


def _tables(
    cursor: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None
) -> set[str] | str:
    """Return the names of the tables below the views, macros and ``query()`` of a query; a plan has them too.

    DuckDB names the tables only of queries without parameters (1.5).
    """
    if not parameters:
        return cursor.get_table_names(query)
    cursor.execute("SET explain_output = 'all'")
    plan: str = cursor.execute(f"EXPLAIN (FORMAT json) {query}", parameters).fetchall()[0][1]
    return plan
