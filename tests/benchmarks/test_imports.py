"""What ``import motoolkit`` costs beside ``import httpx``: a ratio within one run."""

from __future__ import annotations

import os
import subprocess
import sys

ROUNDS = 7


def cost(statement: str) -> float:
    """Return the least CPU seconds of a Python that runs one statement."""

    def once() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", statement], check=True)
        after = os.times()
        return (after.children_user - before.children_user) + (after.children_system - before.children_system)

    return min(once() for _ in range(ROUNDS))


def test_the_import_costs_less_than_twice_that_of_httpx(capsys):
    """Beyond the interpreter's own start."""
    bare = cost("pass")
    ours, httpx = cost("import motoolkit") - bare, cost("import httpx") - bare
    with capsys.disabled():
        print(f"\nimport motoolkit {ours:.3f} s, import httpx {httpx:.3f} s: {ours / httpx:.2f} times")
    assert ours < 2 * httpx
