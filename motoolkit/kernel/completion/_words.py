"""Completion of the magics' own lines: ``%mo``'s commands and ``%%mo``'s options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.kernel.completion._fitting import Offer, fitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphql import GraphQLSchema

_SHARED: Final = (
    Offer("--var", "NAME=EXPRESSION"),
    Offer("--show-cpr", "CPR numbers in full"),
)
OPTIONS: Final[Mapping[str, tuple[Offer, ...]]] = {
    "mo": (
        Offer("--at", "DATE: the day, for this cell"),
        Offer("--all", "read on past the limit"),
        Offer("--raw", "MO's JSON instead of a frame"),
        Offer("--explain", "how to read it flat; nothing is sent"),
        Offer("--write", "send a mutation"),
        *_SHARED,
    ),
    "mosql": _SHARED,
}
"""What each cell magic takes."""
COMMANDS: Final = (
    Offer("use", "another MO: PROFILE"),
    Offer("at", "the day of everything after: DATE"),
    Offer("doctor", "what works, and what to do about the rest"),
    Offer("mirror", "a copy of MO in memory"),
    Offer("person", "NAME, CPR or USERNAME"),
    Offer("unit", "NAME"),
    Offer("diff", "UUID: what changed, when, by whom"),
    Offer("explain", "how to read the last query flat"),
    Offer("help", "a field, argument or type of MO's"),
)
"""What ``%mo`` takes."""
_CELL_LINE: Final = re.compile(r"\s*%%(?P<magic>mo|mosql)\s(?P<words>[^\n]*)$")
_LINE: Final = re.compile(r"\s*(?:\w+\s*=\s*)?%mo\s+(?P<words>[^\n]*)$")
_USED: Final = re.compile(r"\$(\w+)")


def magic_line(
    line: str, cell: str, python: Mapping[str, str], schema: Callable[[], GraphQLSchema | None]
) -> tuple[str, list[Offer]] | None:
    """Return what has been typed of a word in a magic's line, and what it may become.

    Args:
        line: the line up to the cursor.
        cell: the whole cell, whose variables ``--var`` fills.
        python: names of the notebook with what they are, to fill them with.
        schema: reads MO's schema, for ``%mo help``.

    None means that this is no such line.
    """
    if found := _CELL_LINE.match(line):
        return _options(found["words"], OPTIONS[found["magic"]], _variables(cell), python)
    if found := _LINE.match(line):
        return _commands(found["words"], schema)
    return None


def _variables(cell: str) -> list[str]:
    return list(dict.fromkeys(_USED.findall(cell)))


def _options(
    words: str, options: Iterable[Offer], variables: Iterable[str], python: Mapping[str, str]
) -> tuple[str, list[Offer]]:
    *before, typed = words.split(" ")
    if before and before[-1] == "--var":
        name, assigned, expression = typed.partition("=")
        if assigned:
            return expression, fitting([Offer(n, about) for n, about in python.items()], expression)
        return name, fitting([Offer(f"{n}=", "variable of the cell") for n in variables], name)
    if typed and not typed.startswith("-"):
        return typed, []
    used = set(before) - {"--var"}
    return typed, fitting([option for option in options if option.text not in used], typed)


def _commands(words: str, schema: Callable[[], GraphQLSchema | None]) -> tuple[str, list[Offer]]:
    *before, typed = words.split(" ")
    said = " ".join(filter(None, before))
    if said == "help":
        return typed, fitting(_names(typed, schema()), typed)
    if said.startswith("mirror load"):
        return typed, fitting(_collections(set(before)), typed)
    return typed, fitting(_FOLLOWING[said](), typed) if said in _FOLLOWING else []


def _profiles() -> list[Offer]:
    from motoolkit.profile import list_profiles

    return [Offer(profile.name, profile.mo_url) for profile in list_profiles() if profile.name]


def _names(typed: str, schema: GraphQLSchema | None) -> list[Offer]:
    if schema is None:
        return []
    from motoolkit.kernel.completion._paths import paths

    return paths(typed, schema)


def _collections(named: set[str]) -> list[Offer]:
    from motoolkit.catalogue import CATALOGUE

    return [Offer(name, "collection") for name in CATALOGUE if name not in named]


_FOLLOWING: Final[Mapping[str, Callable[[], Iterable[Offer]]]] = {
    "": lambda: COMMANDS,
    "use": _profiles,
    "doctor": _profiles,
    "at": lambda: (Offer("today", "as of today again"),),
    "mirror": lambda: (Offer("load", "read MO"), Offer("refresh", "what changed since")),
}
