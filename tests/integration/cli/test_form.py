"""``motoolkit form`` refuses what it can not serve; what it serves is tried in tests/browser."""

from __future__ import annotations

import subprocess
import sys

import pytest


def _form(*words):
    command = [sys.executable, "-m", "motoolkit", "form", *words, "--no-browser"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("onbording",), "There is no notebook 'onbording'."),
        (("onboarding", "-p", "enhed", "Vig Skole"), "onboarding has no parameter 'enhed'."),
        (("onboarding", "-p", "as_of", "i overmorgen"), "Parameter 'as_of' can not be 'i overmorgen'."),
    ],
)
def test_what_can_not_be_served_is_one_sentence(words, told):
    """Before anything starts."""
    code, out, errors = _form(*words)
    assert (code, out) == (2, "")
    assert told in errors
    assert "Traceback" not in errors
