"""Completion of the magics' own lines: ``%mo``'s commands and ``%%mo``'s options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.kernel._offers import Offer, fitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_OPTIONS: Final = (
    Offer("--at", "date: what holds then"),
    Offer("--var", "name=expression"),
    Offer("--all", "follow the cursor to the end"),
    Offer("--raw", "the answer as MO gave it"),
    Offer("--write", "run the mutation"),
    Offer("--show-cpr", "CPR numbers in full"),
)
_COMMANDS: Final = (
    Offer("use", "another MO: a profile"),
    Offer("at", "the day of everything after"),
    Offer("doctor", "what is wrong"),
    Offer("mirror", "load or refresh"),
    Offer("person", "name, CPR or username"),
    Offer("unit", "name"),
    Offer("diff", "uuid"),
)
_CELL_LINE: Final = re.compile(r"\s*%%mo\s(?P<words>.*)", re.DOTALL)
_LINE: Final = re.compile(r"\s*(?:\w+\s*=\s*)?%mo\s+(?P<words>.*)", re.DOTALL)


def magic_line(line: str, python: Mapping[str, str]) -> tuple[str, list[Offer]] | None:
    """Return what has been typed of a word in a magic's line, and what it may become.

    Args:
        line: the line up to the cursor.
        python: names of the notebook with what they are, for ``--var``.

    None means that this is no such line.
    """
    if found := _CELL_LINE.match(line):
        return _options(found["words"], python)
    if found := _LINE.match(line):
        return _commands(found["words"])
    return None


def _options(words: str, python: Mapping[str, str]) -> tuple[str, list[Offer]]:
    *before, typed = words.split(" ")
    if before and before[-1] == "--var":
        name, assigned, expression = typed.partition("=")
        if not assigned:
            return name, fitting([Offer(f"{n}=", about) for n, about in python.items()], name)
        return expression, fitting([Offer(n, about) for n, about in python.items()], expression)
    if not typed.startswith("-"):
        return typed, [] if typed else list(_OPTIONS)
    used = set(before) - {"--var"}
    return typed, fitting([option for option in _OPTIONS if option.text not in used], typed)


def _commands(words: str) -> tuple[str, list[Offer]]:
    *before, typed = words.split(" ")
    said = " ".join(filter(None, before))
    return typed, fitting(_FOLLOWING[said](), typed) if said in _FOLLOWING else []


def _profiles() -> list[Offer]:
    from motoolkit.profile import list_profiles

    return [Offer(profile.name, profile.mo_url) for profile in list_profiles() if profile.name]


_FOLLOWING: Final[Mapping[str, Callable[[], Iterable[Offer]]]] = {
    "": lambda: _COMMANDS,
    "use": _profiles,
    "mirror": lambda: (Offer("load", "read MO"), Offer("refresh", "what changed since")),
}
