"""Hover help in notebooks: the kernel's inspection answers for MO's GraphQL too."""

from __future__ import annotations

import functools
import weakref
from typing import TYPE_CHECKING, Any

from motoolkit.kernel.completion._snippets import find_snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from IPython.core.interactiveshell import InteractiveShell

    from motoolkit.kernel.completion._awaited import Knowledge


_replaced: weakref.WeakKeyDictionary[InteractiveShell, tuple[Any, Any]] = weakref.WeakKeyDictionary()
"""What answers in each shell, and what answered before."""


def explain(shell: InteractiveShell, knowledge: Knowledge) -> None:
    """Answer the front end's questions (Shift-Tab) inside GraphQL; Python's go to IPython as ever.

    Only the kernel is given the whole cell; the shell behind it is asked about a name that was cut out of
    it as if it were Python.  A terminal has no kernel, and nothing is done there.
    """
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return
    python = kernel.do_inspect

    @functools.wraps(python)
    def do_inspect(code: str, cursor_pos: int, *args: Any, **options: Any) -> Any:
        try:
            reply = _reply(code, cursor_pos, knowledge, shell.user_ns)
        except Exception:  # noqa: BLE001 - help that fails is no help, and no traceback
            reply = None
        return python(code, cursor_pos, *args, **options) if reply is None else reply

    kernel.do_inspect = do_inspect
    _replaced[shell] = (do_inspect, python)


def explain_no_more(shell: InteractiveShell) -> None:
    """Leave inspection to IPython again; what somebody else put in between stays."""
    kernel = getattr(shell, "kernel", None)
    ours, python = _replaced.pop(shell, (None, None))
    if kernel is not None and ours is not None and kernel.do_inspect is ours:
        kernel.do_inspect = python


def _reply(code: str, cursor: int, knowledge: Knowledge, names: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the answer of an ``inspect_request``, None outside GraphQL."""
    snippet = find_snippet(code, cursor, names)
    if snippet is None:
        return None
    schema = knowledge.schema(snippet.client)
    told = None
    if schema is not None:
        from motoolkit.kernel.completion._help import help_for

        told = help_for(snippet.text, snippet.cursor, schema)
    data = {"text/plain": told, "text/markdown": told} if told else {}
    return {"status": "ok", "found": bool(told), "data": data, "metadata": {}}
