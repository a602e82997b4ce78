"""Completion and hover help, hung into IPython: the one door of this part.

Nothing heavy is imported here: graphql comes with the first completion.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, Final

from motoolkit.kernel.completion._awaited import Knowledge
from motoolkit.kernel.completion._snippets import find_snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

    from motoolkit.kernel.completion._awaited import SessionLike
    from motoolkit.kernel.completion._fitting import Offer
    from motoolkit.kernel.completion._snippets import Snippet

_ID: Final = "motoolkit"
_UNBROKEN: Final = str.maketrans({" ": "\N{NO-BREAK SPACE}", "-": "\N{NON-BREAKING HYPHEN}"})
_LONGEST: Final = 60
_installed: weakref.WeakKeyDictionary[InteractiveShell, Any] = weakref.WeakKeyDictionary()


def install(shell: InteractiveShell, session: SessionLike) -> None:
    """Complete and explain MO's GraphQL in a shell; a second time changes nothing.

    Hover help needs a kernel; in a terminal there is completion alone.
    """
    if shell in _installed:
        return
    from motoolkit.kernel.completion._inspect import explain
    from motoolkit.kernel.completion._warming import warm_up

    knowledge = Knowledge(session)
    _installed[shell] = matcher(knowledge, shell.user_ns)
    shell.Completer.custom_matchers.append(_installed[shell])
    explain(shell, knowledge)
    warm_up(shell)


def uninstall(shell: InteractiveShell) -> None:
    """Take it away again."""
    from motoolkit.kernel.completion._inspect import explain_no_more

    found = _installed.pop(shell, None)
    if found in shell.Completer.custom_matchers:
        shell.Completer.custom_matchers.remove(found)
    explain_no_more(shell)


def matcher(knowledge: Knowledge, names: Mapping[str, Any]) -> Callable[[Any], SimpleMatcherResult]:
    """Return the matcher for IPython (its API, version 2).

    Args:
        knowledge: the schemas of the MOs in use.
        names: the notebook's variables.
    """
    from IPython.core.completer import context_matcher

    @context_matcher(identifier=_ID)  # type: ignore[untyped-decorator]
    def complete(context: CompletionContext) -> SimpleMatcherResult:
        try:
            return _complete(context.full_text, _offset(context), knowledge, names)
        except Exception:  # noqa: BLE001 - whoever types is never interrupted
            return _result("", [])

    return complete  # type: ignore[no-any-return]


def _offset(context: CompletionContext) -> int:
    lines = context.full_text.split("\n")[: context.cursor_line]
    return sum(len(line) + 1 for line in lines) + int(context.cursor_position)


def _complete(cell: str, cursor: int, knowledge: Knowledge, names: Mapping[str, Any]) -> SimpleMatcherResult:
    line = cell[cell.rfind("\n", 0, cursor) + 1 : cursor]
    if snippet := find_snippet(cell, cursor, names):
        typed, found = _graphql(snippet, knowledge, names)
        return _result(cell[cursor - typed : cursor], found, alone=True)
    if "%mo" in line:
        from motoolkit.kernel.completion._words import magic_line

        if words := magic_line(line, cell, _fillable(names), knowledge.schema):
            return _result(*words, alone=True)
    return _result("", [])


def _graphql(snippet: Snippet, knowledge: Knowledge, names: Mapping[str, Any]) -> tuple[int, list[Offer]]:
    """Return how many characters of a word have been typed, and what it may become."""
    schema = knowledge.schema(snippet.client)
    if schema is None:
        return 0, []
    from motoolkit.kernel.completion._cursor import find_place
    from motoolkit.kernel.completion._fitting import fitting
    from motoolkit.kernel.completion._keys import key_offers, wants_keys
    from motoolkit.kernel.completion._offers import offers

    place = find_place(snippet.text, snippet.cursor, schema)
    if place is None:
        return 0, []
    found = offers(place, _fillable(names) if snippet.is_cell else {})
    quote = '\\"' if snippet.quote == '"' else '"'
    if wants_keys(place) and (keys := knowledge.keys(snippet.client)):
        found = fitting(key_offers(place, keys, quote), place.fragment) + found
    return len(place.fragment), found


def _fillable(names: Mapping[str, Any]) -> dict[str, str]:
    """Return the notebook's variables that GraphQL may be filled with, and what they are."""
    return {
        name: f"Python {type(value).__name__}"
        for name, value in names.items()
        if not name.startswith("_") and type(value).__name__ in _PLAIN and name not in _OWN
    }


_PLAIN: Final = frozenset(
    {"str", "int", "float", "bool", "list", "tuple", "set", "dict", "date", "datetime", "Timestamp", "UUID"}
)
_OWN: Final = frozenset({"In", "Out"})
"""IPython's own variables."""


class _Sole(list[Any]):
    """Completions that keep other matchers away even when there are none: IPython asks for the length.

    Without this, Jedi would offer Python's names inside GraphQL, some seconds later at first.
    """

    def __len__(self) -> int:
        return max(1, super().__len__())


def _result(typed: str, found: Iterable[Offer], *, alone: bool = False) -> SimpleMatcherResult:
    from IPython.core.completer import SimpleCompletion

    completions = [SimpleCompletion(o.text, type=_on_one_line(o.about) or None) for o in found]
    return {
        "completions": _Sole(completions) if alone else completions,
        "suppress": alone,
        "matched_fragment": typed,
        "ordered": True,
    }


def _on_one_line(about: str) -> str:
    """Return a description that JupyterLab does not break: it would draw its lines over those below."""
    cut = about if len(about) <= _LONGEST else f"{about[: _LONGEST - 1]}…"
    return cut.translate(_UNBROKEN)
