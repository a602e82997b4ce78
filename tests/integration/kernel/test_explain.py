"""``%mo explain`` and ``%%mo --explain`` as they are typed, in a real IPython on a real sandbox."""

from __future__ import annotations

NESTED = "{ engagements(limit: $n) { objects { uuid current { user_key person { name } } } } }"


def test_a_cell_is_explained_and_not_sent(bench):
    """The tree of the query, the reads, the joins; Python's variables are its own."""
    bench.run("n = 3")
    ran = bench.run(f"%%mo how --explain\n{NESTED}")
    assert bench.names["how"] is ran.value
    assert [read.collection for read in ran.value.reads] == ["persons", "engagements"]
    assert [join.condition for join in ran.value.joins] == ["engagements.person_uuid = persons.uuid"]
    assert [path for path, _ in ran.value.slow] == ["engagements.person"]
    assert "given_name, surname" in ran.value._repr_html_()


def test_the_last_cell_is_explained(bench):
    """With its variables and its day."""
    bench.run("n = 3")
    assert len(bench.run(f"%%mo --at 2025-05-01\n{NESTED}").value) == 3
    (persons, engagements) = bench.run("%mo explain").value.reads
    assert str(persons.day) == str(engagements.day) == "2025-05-01"


def test_a_query_on_the_line_is_explained(bench):
    """Of the day of ``%mo at``; one that does not fit says where."""
    assert bench.run("%mo explain { facets { objects { uuid } } }").value.ok
    told = bench.run("%mo explain { facets { objects { uid } } }").error
    assert "Did you mean 'uuid'?" in told


def test_what_can_not_be_had_is_said(bench):
    """Plainly, with the path."""
    ran = bench.run("%%mo --explain\n{ org_units { objects { current { name root { name } } } } }")
    assert ran.value.refusals[0].startswith("org_units.root ")
    assert not ran.value.ok


def test_a_mutation_is_no_query(bench):
    """Nothing can be explained about it."""
    bench.run("uuid = '661f4a4c-acc6-5b60-b01f-ddc86021d206'")
    told = bench.run("%%mo --explain\nmutation { org_unit_delete(uuid: $uuid) { uuid } }").error
    assert "changes something" in told


def test_nothing_asked_nothing_explained(bench):
    """And how to."""
    told = bench.run("%mo explain").error
    assert "%%mo --explain" in told
