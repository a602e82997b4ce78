"""The sandbox's schema against those that a real MO published: hardly less, and nothing else."""

from __future__ import annotations

import pytest
from graphql import build_schema

from motoolkit.sandbox.graphql import sdl


@pytest.mark.parametrize("version", [22, 25, 27, 28, 29, 30])
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


NOT_SERVED = {
    # The access log is off in MO unless ACCESS_LOG_ENABLE is set, and tells nothing that the toolkit needs.
    "AccessLog", "AccessLogFilter", "AccessLogModel", "AccessLogPaged", "Query.access_log",
    # Addresses at Denmark's address register need the register.
    "DARAddress",
    "Float",
}  # fmt: skip


@pytest.mark.parametrize("version", [22, 25, 27, 28, 29, 30])
def test_nothing_is_missing_but_what_is_known_to_be(conformance, version):
    """Whoever writes a query for a MO can send it to the sandbox."""
    real = build_schema((conformance / "schema" / f"v{version}.graphql").read_text(), assume_valid=True)
    # Up to v25 MO declares the types of v26's registrations, which nothing there returns.
    unused = {name for name in real.type_map if version < 26 and name.endswith("Registration")}
    assert set(_missing(build_schema(sdl(version)), real)) == NOT_SERVED | (unused - {"Registration"})


def _missing(own, real):
    """Yield the types, fields, arguments and enum values of the real schema that the sandbox's lacks."""
    for name, kind in real.type_map.items():
        ours = own.type_map.get(name)
        if ours is None:
            yield name
            continue
        yield from (f"{name}.{value}" for value in getattr(kind, "values", {}) if value not in ours.values)
        for field, theirs in getattr(kind, "fields", {}).items():
            if field not in ours.fields:
                yield f"{name}.{field}"
                continue
            known = getattr(ours.fields[field], "args", {})
            yield from (
                f"{name}.{field}({given})" for given in getattr(theirs, "args", {}) if given not in known
            )
