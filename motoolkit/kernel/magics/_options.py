"""The words after a magic: options and names, and one sentence about those that are not understood."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Options(argparse.ArgumentParser):
    """argparse that raises what the toolkit raises, and never ends the kernel."""

    def __init__(self, name: str) -> None:
        super().__init__(prog=name, add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise InputError(f"{self.prog}: {message}.", remedy=f"It takes {self.usage_line()}.")

    def usage_line(self) -> str:
        """Return the usage on one line."""
        return " ".join(self.format_usage().removeprefix("usage:").split())

    def read(self, line: str) -> argparse.Namespace:
        """Return what a line says; quotes hold words together.

        Raises:
            InputError: it is not understood.
        """
        try:
            words = [_unquoted(word) for word in shlex.split(line, posix=False)]
        except ValueError as error:
            raise InputError(
                f"{self.prog}: the line can not be read ({error}).", remedy="Close the quotes."
            ) from None
        return self.parse_args(words)


def _unquoted(word: str) -> str:
    """Drop the quotes around a whole word; those inside belong to its Python."""
    quoted = len(word) > 1 and word[0] == word[-1] and word[0] in "\"'"
    return word[1:-1] if quoted else word


def cell_options(name: str) -> Options:
    """Return what ``%%mo`` and ``%%mosql`` have in common."""
    options = Options(name)
    options.add_argument("name", nargs="?", help="the variable that gets the frame")
    options.add_argument("--var", action="append", default=[], metavar="NAME=EXPRESSION")
    options.add_argument("--show-cpr", action="store_true")
    return options


def check_name(name: str | None) -> None:
    """Make sure that a cell can give its frame this name.

    Raises:
        InputError: it is no name of Python's.
    """
    if name is not None and not name.isidentifier():
        raise InputError(f"{name!r} is no name for a variable.", remedy="Write letters, digits and _.")


def evaluated(given: list[str], names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of ``--var NAME=EXPRESSION`` in the notebook's namespace.

    Raises:
        InputError: there is no ``=``, or Python can not evaluate the expression.
    """
    values = {}
    for one in given:
        name, equals, expression = one.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(f"--var {one} is no NAME=EXPRESSION.", remedy="Write --var limit=10.")
        try:
            values[name] = eval(expression, dict(names))  # noqa: S307 - the notebook's own Python
        except Exception as error:
            raise InputError(
                f"--var {name}: {type(error).__name__}: {error}.",
                remedy="Put quotes around the whole when it has blanks or quotes: --var 'name=\"Børn\"'.",
            ) from error
    return values
