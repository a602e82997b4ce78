"""``%mo``: who and where, another MO, another day, the mirror, the doctor, and quick looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.kernel._session import Session

    Command = Callable[[Session, str], Any]

_TODAY: Final = frozenset({"today", "now", "idag", "i dag", "nu", "off"})


def run_line(session: Session, line: str) -> Any:
    """Run what stands after ``%mo``.

    Raises:
        InputError: there is no such command.
        MoError: it failed.
    """
    word, _, rest = line.strip().partition(" ")
    if not word:
        return _status(session, "")
    if word not in COMMANDS:
        raise InputError.unknown("%mo command", word, list(COMMANDS))
    return COMMANDS[word](session, rest.strip())


def _status(session: Session, _: str) -> Any:
    from motoolkit.kernel.magics._status import status

    return status(session)


def _use(session: Session, rest: str) -> Any:
    session.use(rest or None)
    return _status(session, "")


def _at(session: Session, rest: str) -> Any:
    from motoolkit.kernel.magics._status import Told
    from motoolkit.model import as_date

    if rest:
        session.as_of = None if rest.lower() in _TODAY else as_date(rest)
    day = session.as_of
    return Told("Alt vises som i dag." if day is None else f"Alt vises som {day:%d-%m-%Y}.")


def _doctor(session: Session, rest: str) -> Any:
    from motoolkit.checkup import doctor

    return doctor(rest or (session.client.profile if session.connected else None))


def _mirror(session: Session, rest: str) -> Any:
    from motoolkit.kernel.magics._status import mirror_status

    word, *collections = rest.split()[:1] + rest.split()[1:] or [""]
    if word == "load":
        session.load_mirror(collections or None)
    elif word == "refresh":
        session.mirror.refresh(session.client)
    elif word:
        raise InputError.unknown("%mo mirror command", word, ["load", "refresh"])
    return mirror_status(session.mirror)


def _look(name: str, what: str) -> Command:
    def look(session: Session, rest: str) -> Any:
        if not rest:
            raise InputError(f"%mo {name} wants to know of whom.", remedy=f"Write %mo {name} {what}.")
        from motoolkit.kernel import looks

        return getattr(looks, f"{name}_look")(session, rest)

    return look


def _help(session: Session, rest: str) -> Any:
    from motoolkit.kernel.completion._paths import explained

    if not rest:
        raise InputError("%mo help wants to know of what.", remedy="Write %mo help employees.filter.")
    return explained(rest, session.schema)


def _explain(session: Session, rest: str) -> Any:
    from motoolkit.kernel.magics._explain import explain

    return explain(session, rest)


COMMANDS: Final[Mapping[str, Command]] = {
    "use": _use,
    "at": _at,
    "doctor": _doctor,
    "mirror": _mirror,
    "person": _look("person", "NAME, CPR or USERNAME"),
    "unit": _look("unit", "NAME"),
    "diff": _look("diff", "UUID"),
    "explain": _explain,
    "help": _help,
}
"""What may stand after ``%mo``."""
