"""The sandbox's schema against those that a real MO published: less, and nothing else."""

from __future__ import annotations

import pytest
from graphql import build_schema

from motoolkit.sandbox.graphql import sdl


@pytest.mark.parametrize("version", [22, 25, 28, 29, 30])
def test_names_and_types_are_some_of_the_real_ones(conformance, version):
    """Whoever writes a query against the sandbox can send it to a MO."""
    real = build_schema((conformance / "schema" / f"v{version}.graphql").read_text(), assume_valid=True)
    own = build_schema(sdl(version))
    missing = [name for name in own.type_map if name not in real.type_map]
    assert missing == []
    assert _not_real(own, real) == []


def _not_real(own, real):
    """Return the fields, arguments and inputs that the real schema lacks or types differently."""
    found = []
    for name, kind in own.type_map.items():
        if name.startswith("__"):
            continue
        theirs = getattr(real.type_map[name], "fields", {})
        for field, ours in getattr(kind, "fields", {}).items():
            if field not in theirs:
                found.append(f"{name}.{field}")
                continue
            if str(ours.type) != str(theirs[field].type):
                found.append(f"{name}.{field}: {ours.type} is {theirs[field].type}")
            for argument, given in getattr(ours, "args", {}).items():
                known = theirs[field].args.get(argument)
                if known is None or str(known.type) != str(given.type):
                    found.append(f"{name}.{field}({argument}: {given.type})")
    return found
