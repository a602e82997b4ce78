"""Whoever types never waits long for a MO, and never sees that it fails."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from graphql import build_schema
from IPython.core.completer import CompletionContext

from motoolkit.kernel.completion import _awaited
from motoolkit.kernel.completion._awaited import Awaited, Knowledge
from motoolkit.kernel.completion._complete import matcher

SCHEMA = build_schema("type Query { persons: Int }")


class Session:
    """A session whose MO does as it is told."""

    def __init__(self, answer):
        self.connected = False
        self.client = None
        self._answer = answer
        self.asked = 0

    @property
    def schema(self):
        """Connect."""
        self.asked += 1
        return self._answer()


def complete(knowledge, cell, names=None):
    """Return what the matcher gives at the end of a cell."""
    lines = cell.split("\n")
    return matcher(knowledge, names or {})(
        CompletionContext(
            token="", full_text=cell, cursor_position=len(lines[-1]), cursor_line=len(lines) - 1, limit=500
        )
    )


def fail():
    """Be unreachable."""
    raise ConnectionError("no route")


@pytest.fixture
def impatient(monkeypatch):
    """Wait a tenth of a second instead of two."""
    monkeypatch.setattr(_awaited, "PATIENCE", 0.1)


def test_an_unreachable_mo_gives_nothing_and_is_not_asked_at_every_keystroke():
    """Half a minute passes before it is asked again."""
    session = Session(fail)
    knowledge = Knowledge(session)
    for cell in ("%%mo\n{ p", "%%mo\n{ pe", "%%mo\n{ per"):
        assert list(complete(knowledge, cell)["completions"]) == []
    assert session.asked == 1


def test_a_mo_that_failed_is_asked_again_later(monkeypatch):
    """And then completion works."""
    answers = [lambda: SCHEMA, fail]

    def answer():
        return answers.pop()()

    knowledge = Knowledge(Session(answer))
    assert knowledge.schema() is None
    monkeypatch.setattr(_awaited, "_AGAIN_AFTER", 0.0)
    assert knowledge.schema() is SCHEMA


@pytest.mark.usefixtures("impatient")
def test_a_mo_that_hangs_is_waited_for_once():
    """The wait is not repeated at the next keystroke, and what comes late is used."""
    answer = threading.Event()
    session = Session(lambda: answer.wait(30) and SCHEMA)
    knowledge = Knowledge(session)
    assert list(complete(knowledge, "%%mo\n{ p")["completions"]) == []
    began = time.monotonic()
    assert knowledge.schema() is None
    assert time.monotonic() - began < 0.05
    answer.set()
    for _ in range(100):
        if knowledge.schema() is not None:
            break
        time.sleep(0.01)
    assert [c.text for c in complete(knowledge, "%%mo\n{ p")["completions"]] == ["persons"]
    assert session.asked == 1


def test_what_is_there_is_not_fetched_again():
    """One call, however often it is asked for."""
    calls = []
    awaited = Awaited(lambda: calls.append(1) or "there")
    assert [awaited.value(), awaited.value()] == ["there", "there"]
    assert len(calls) == 1


def test_an_error_of_our_own_does_not_reach_the_prompt():
    """A session that breaks gives no completions."""
    assert list(complete(None, "%%mo\n{ p")["completions"]) == []


def test_completion_does_not_keep_a_closed_mo_alive():
    """A notebook that goes from MO to MO lets go of each."""

    class Client:
        schema = SCHEMA

    client = Client()
    knowledge = Knowledge(Session(fail))
    assert knowledge.schema(client) is SCHEMA
    assert len(knowledge._schemas) == 1
    del client
    gc.collect()
    assert len(knowledge._schemas) == 0


def test_descriptions_stay_on_one_line():
    """JupyterLab breaks them at blanks and hyphens, and draws what follows over the next offer."""
    schema = build_schema(
        'type Query { old: Int @deprecated(reason: "Use the re-made, and so much better new field.") }'
    )
    found = complete(Knowledge(Session(lambda: schema)), "%%mo\n{ ol")["completions"]
    assert [c.type for c in found] == [
        "Int, deprecated: use the re\N{NON-BREAKING HYPHEN}made, and so much better new fi…".replace(
            " ", "\N{NO-BREAK SPACE}"
        )
    ]


def test_ipython_replaces_what_was_typed():
    """And keeps the others away inside GraphQL, but not outside."""
    knowledge = Knowledge(Session(lambda: SCHEMA))
    inside = complete(knowledge, "%%mo\n{ per")
    assert (inside["matched_fragment"], inside["suppress"], inside["ordered"]) == ("per", True, True)
    assert complete(knowledge, "per")["suppress"] is False
    assert complete(knowledge, "%%mo fra")["suppress"] is True
