"""The magics as IPython knows them; each imports what it does when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from motoolkit.kernel._session import Session

_LINE = "mo"
_CELLS = ("mo", "mosql")


def install(shell: InteractiveShell, session: Session) -> None:
    """Register ``%mo``, ``%%mo`` and ``%%mosql``."""

    def mo(line: str) -> Any:
        """Ask about this MO, or change what the notebook works with.

        %mo                         who and where: profile, versions, actor, roles
        %mo use PROFILE             another MO; without PROFILE the environment's, else the sandbox
        %mo at DATE                 the day of everything after; %mo at today
        %mo doctor                  what works between here and MO, and what to do about the rest
        %mo mirror [load|refresh]   a copy of MO in memory, for %%mosql
        %mo person WHO              a name, a CPR number, a username, a UUID
        %mo unit NAME               a name, a user_key, a UUID
        %mo diff UUID               what changed, when, by whom
        %mo explain [QUERY]         how to read a nested query flat: that of the last %%mo cell, or this
        %mo help NAME               a field, argument or type of MO's: employees.filter
        """
        from motoolkit.kernel.magics._line import run_line

        return run_line(session, line)

    def mo_cell(line: str, cell: str) -> Any:
        """Run the GraphQL in this cell: %%mo [NAME] [--at DATE] [--var X=EXPRESSION] [--all] [--raw] ...

        NAME             the variable that gets the frame
        --at DATE        the day, for this cell
        --var X=EXPR     the value of $X; without it Python's variable X
        --all            read on past the query's own limit
        --raw            MO's JSON instead of a frame
        --show-cpr       show CPR numbers
        --explain        how to read it flat; nothing is sent
        --write          send a mutation, which is otherwise only shown
        """
        from motoolkit.kernel.magics._cell import run_graphql

        return run_graphql(session, shell.user_ns, line, cell)

    def mosql(line: str, cell: str) -> Any:
        """Ask the mirror in SQL: %%mosql [NAME] [--var X=EXPRESSION] [--show-cpr].

        The tables are MO's collections, and engagements_at($as_of) is one on the day of %mo at.
        """
        from motoolkit.kernel.magics._cell import run_sql

        return run_sql(session, shell.user_ns, line, cell)

    register = shell.magics_manager.register_function
    register(mo, "line", _LINE)
    register(mo_cell, "cell", "mo")
    register(mosql, "cell", "mosql")


def uninstall(shell: InteractiveShell) -> None:
    """Take the magics away."""
    magics = shell.magics_manager.magics
    magics["line"].pop(_LINE, None)
    for name in _CELLS:
        magics["cell"].pop(name, None)
