"""What ``import motoolkit`` offers, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

import motoolkit

HEAVY = {"gql", "graphql", "httpx", "pandas", "duckdb", "IPython", "papermill", "keyring", "stamina", "rich"}


def test_every_public_name_can_be_had():
    """They are sorted, and each is what its home calls by that name."""
    assert sorted(motoolkit.__all__) == sorted(set(motoolkit.__all__)) == dir(motoolkit)
    for name in motoolkit.__all__:
        assert getattr(motoolkit, name) is not None


def test_a_name_that_is_not_public_is_an_attribute_error():
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'motoolkit' has no attribute 'connekt'"):
        motoolkit.connekt  # noqa: B018 - the look-up is the test


def test_importing_loads_nothing_heavy():
    """Start-up stays light: each home is imported when it is asked for."""
    program = f"import sys, motoolkit; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_connecting_loads_no_pandas():
    """Reading JSON needs none."""
    program = (
        "import sys; from motoolkit import connect; print({'pandas', 'duckdb', 'keyring'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
