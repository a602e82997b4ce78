"""Which GraphQL version is spoken, and what is checked against its schema before anything is sent."""

from __future__ import annotations

import os
import stat
import time
import warnings
from pathlib import Path

import pytest

from motoolkit.client import DeprecatedFieldWarning, connect
from motoolkit.errors import InputError, SchemaError, TransportError

UNITS = "{ org_units { objects { uuid } } }"


def test_the_newest_version_that_mo_serves_is_spoken(mo, way_in):
    """A MO of v28 and older is asked in v28."""
    mo.served = {25, 27, 28}
    with connect(mo.url, **way_in) as client:
        assert client.version == 28
        client.execute("{ me { username } }")
    assert mo.hits["/graphql/v28"] == 2


def test_a_pinned_version_that_mo_serves_is_spoken(mo, way_in):
    """Nothing newer is tried."""
    with connect(mo.url, graphql_version=25, **way_in) as client:
        assert client.version == 25
    assert "/graphql/v30" not in mo.hits


def test_a_version_that_mo_does_not_serve_is_named_with_those_it_does(mo, way_in):
    """One clear error when connecting."""
    mo.served = {25, 28}
    with pytest.raises(InputError) as caught:
        connect(mo.url, graphql_version=30, **way_in)
    assert caught.value.message == f"MO at {mo.url} does not serve GraphQL v30."
    assert (
        caught.value.remedy == "It serves v28, v25: change graphql_version, or leave it out for the newest."
    )


def test_an_address_without_mo_is_told_from_a_mo_without_the_version(mo, way_in):
    """Something answers, but with 404 to every version."""
    mo.served = set()
    with pytest.raises(TransportError, match="serves no GraphQL version that the toolkit knows"):
        connect(mo.url, **way_in)


def test_an_unknown_field_is_named_with_its_place_and_near_matches(mo, client):
    """Nothing is sent."""
    with pytest.raises(SchemaError) as caught:
        client.execute("{\n  org_unit { objects { uuid } }\n}")
    assert caught.value.message == "Line 2, column 3: Cannot query field 'org_unit' on type 'Query'."
    assert caught.value.remedy == "Did you mean 'org_units'?"
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert mo.asked == []


def test_who_forgot_current_is_shown_what_the_type_has(client):
    """A Response object has next to no fields, so all of them are listed."""
    with pytest.raises(SchemaError) as caught:
        client.execute("{ org_units { objects { uuid label } } }")
    assert caught.value.remedy == "OrganisationUnitResponse has current, uuid."


def test_a_field_of_a_newer_version_is_told_so(mo, way_in):
    """``managers_response`` came with v24 (the catalogue knows)."""
    with (
        connect(mo.url, graphql_version=22, **way_in) as client,
        pytest.raises(SchemaError, match=r"GraphQL v24 and later have it; this is v22\."),
    ):
        client.execute("{ org_units { objects { current { managers_response { uuid } } } } }")


def test_a_limit_of_type_int_with_capital_is_explained(client):
    """MO's ``int`` is a scalar of its own; Int does not fit it (measured)."""
    with pytest.raises(SchemaError, match=r"declare \$limit: int\."):
        client.execute("query($limit: Int) { org_units(limit: $limit) { objects { uuid } } }", {"limit": 1})


def test_a_variable_that_the_document_lacks_is_refused(mo, client):
    """MO would ignore it and read everything."""
    document = "query($filter: OrganisationUnitFilter) { org_units(filter: $filter) { objects { uuid } } }"
    with pytest.raises(SchemaError) as caught:
        client.execute(document, {"fitler": {"names": ["Skole"]}})
    assert str(caught.value) == "The document declares no variable $fitler. Did you mean $filter?"
    assert mo.asked == []


def test_a_variable_of_the_wrong_kind_is_refused_with_its_cpr_masked(client):
    """The value is named, so a CPR number in it must be masked."""
    document = "query($filter: OrganisationUnitFilter) { org_units(filter: $filter) { objects { uuid } } }"
    with pytest.raises(SchemaError) as caught:
        client.execute(document, {"filter": {"names": {"person": "0101901234"}}})
    assert "010190-xxxx" in caught.value.message
    assert "0101901234" not in str(caught.value)


def test_two_operations_in_a_document_are_refused(client):
    """MO would run the first and leave out the second without a word (measured)."""
    with pytest.raises(SchemaError, match="The document holds 2 operations"):
        client.execute("query A { me { username } } query B { me { email } }")


def test_text_that_is_no_graphql_is_refused(client):
    """With the place where the reader stumbled."""
    with pytest.raises(SchemaError, match=r"Line 1, column 6: Syntax Error: Expected Name, found <EOF>"):
        client.execute("{ me ")


def test_a_deprecated_field_warns_once_a_client(client):
    """The caller's line is where the warning points."""
    document = "{ org_units { objects { current { unit_type { name } } } } }"
    with pytest.warns(DeprecatedFieldWarning, match="Use 'unit_type_response' instead") as warned:
        client.execute(document)
    assert warned[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.execute(document)


def test_what_gql_made_of_a_document_can_be_executed(mo, client):
    """Requests of gql's own are printed and sent."""
    from gql import gql

    client.execute(gql("query { me { username } }"))
    assert mo.asked[0]["query"].split() == ["{", "me", "{", "username", "}", "}"]


def test_gql_can_use_the_transport_itself(mo, client):
    """For those who bring gql's own client; login and judgement of transport come along."""
    import gql

    mo.answers.append({"data": {"me": {"username": "hr"}}})
    session = gql.Client(transport=client.transport)
    assert session.execute(gql.gql("{ me { username } }")) == {"me": {"username": "hr"}}


def schema_hits(mo) -> int:
    """Count how often the schema was read from MO."""
    return mo.hits["/graphql/v30/schema.graphql"]


def cached() -> list[Path]:
    """List the cached schemas."""
    import platformdirs

    return sorted(Path(platformdirs.user_cache_dir("motoolkit")).glob("schemas/*.json"))


def execute(mo, way_in) -> None:
    """Run a document with a new client."""
    with connect(mo.url, **way_in) as client:
        client.execute("{ me { username } }")


def test_the_schema_is_kept_between_runs(mo, way_in):
    """It is read from MO once, and kept for the owner alone."""
    execute(mo, way_in)
    execute(mo, way_in)
    assert schema_hits(mo) == 1
    assert [stat.S_IMODE(path.stat().st_mode) for path in cached()] == [0o600]


def test_an_upgraded_mo_is_noticed(mo, way_in):
    """Its schema is read anew, and its new fields are known."""
    execute(mo, way_in)
    mo.mo_version = "24.12.0"
    mo.sdl = mo.sdl.replace("email: String", "email: String phone: String")
    with connect(mo.url, **way_in) as client:
        client.execute("{ me { phone } }")
    assert schema_hits(mo) == 2


def test_a_mo_that_tells_no_version_is_trusted_for_a_day(mo, way_in, monkeypatch):
    """Builds outside packages tell none (measured)."""
    mo.mo_version = None
    execute(mo, way_in)
    execute(mo, way_in)
    assert schema_hits(mo) == 1
    in_25_hours = time.time() + 90_000
    monkeypatch.setattr("time.time", lambda: in_25_hours)
    execute(mo, way_in)
    assert schema_hits(mo) == 2


@pytest.mark.parametrize(
    "spoilt", [b"", b'{"build": "24.11.1"}', b'{"build":"24.11.1","introspection":{"__schema":{}}}']
)
def test_a_spoilt_cache_is_read_anew(mo, way_in, spoilt):
    """Cut off, of another shape, or with nothing in it."""
    execute(mo, way_in)
    cached()[0].write_bytes(spoilt)
    execute(mo, way_in)
    assert schema_hits(mo) == 2


def test_old_schemas_are_dropped(mo, way_in):
    """Each sandbox has an address of its own; twenty schemas are kept, the newest."""
    execute(mo, way_in)
    newest = cached()[0]
    for n in range(25):
        (newest.parent / f"old{n:02}-v30.json").write_text("{}")
        os.utime(newest.parent / f"old{n:02}-v30.json", (n, n))
    mo.mo_version = "24.12.0"
    execute(mo, way_in)
    assert len(cached()) == 20
    assert newest in cached()
    assert not (newest.parent / "old05-v30.json").exists()


def test_a_cache_that_can_not_be_written_is_done_without(mo, way_in, monkeypatch, tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "cache").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    execute(mo, way_in)
    assert mo.asked


def test_only_graphql_need_be_reachable(mo, way_in):
    """Some hostings let nothing else through: /version/ answers 404."""
    mo.paths["/version/"] = mo.reply(b"not here", status=404)
    execute(mo, way_in)
    assert mo.asked
