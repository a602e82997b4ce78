"""``%mo``, ``%%mo`` and ``%%mosql`` as they are typed, in a real IPython on a real sandbox."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

UNITS = "{ org_units { objects { uuid current { name user_key } } } }"


def test_mo_alone_tells_who_and_where(bench, sandbox):
    """Profile, versions, actor, roles, day."""
    told = repr(bench.run("%mo").value)
    assert sandbox.url in told
    assert "v30" in told
    assert "service-account-motoolkit" in told
    assert "165: acknowledge_event" in told
    assert "Dato     i dag" in told


def test_a_query_is_a_frame_and_has_a_name(bench):
    """The value of the cell is the variable."""
    ran = bench.run(f"%%mo units\n{UNITS}")
    assert list(ran.value.columns) == ["uuid", "name", "user_key"]
    assert bench.names["units"] is ran.value
    assert len(ran.value) > 50


def test_an_error_has_the_line_of_the_cell_a_caret_and_the_nearest_name(bench):
    """The magic's own line is line 1, as JupyterLab counts."""
    told = bench.run("%%mo\n{ employees {\n    objects { current { nmae } } } }").error
    assert told == (
        "SchemaError: Line 3, column 25: Cannot query field 'nmae' on type 'Employee'.\n"
        "2 | { employees {\n"
        "3 |     objects { current { nmae } } } }\n"
        "  |                         ^\n"
        "Did you mean 'name'?"
    )


def test_a_brace_too_few_is_told_as_that(bench):
    """GraphQL's own sentence, and where to look."""
    told = bench.run("%%mo\n{ employees { objects { uuid }").error
    assert told.startswith("SchemaError: Line 2, column 31: Syntax Error: Expected Name, found <EOF>.")
    assert told.endswith("Look for a brace, bracket or quotation mark too many or too few before the caret.")


def test_a_deprecated_field_is_named_above_the_frame(bench):
    """And the frame is there all the same."""
    ran = bench.run("%%mo\n{ employees(limit: 1) { objects { current { cpr_no } } } }")
    assert ran.printed.startswith("Udgår: The field Employee.cpr_no is deprecated.")
    assert ran.value.cpr_no[0].endswith("-xxxx")


def test_variables_are_pythons(bench):
    """Lists, series, days and UUIDs, by name or by ``--var``; declared or not."""
    bench.run(f"%%mo units\n{UNITS}")
    bench.run("keys = units.user_key.head(3)")
    query = "{ org_units(filter: {user_keys: $keys}) { objects { uuid } } }"
    assert len(bench.run(f"%%mo\n{query}").value) == 3
    assert len(bench.run(f"%%mo --var keys=units.user_key[:2]\n{query}").value) == 2
    assert len(bench.run(f"%%mo --var 'keys=[k for k in keys if k != keys[0]]'\n{query}").value) == 2
    bench.run("import datetime; day = datetime.date(2026, 11, 23)")
    declared = (
        "query ($day: DateTime!, $limit: int = 2) { org_units(limit: $limit, filter: {from_date: $day}) "
    )
    assert len(bench.run(f"%%mo\n{declared} {{ objects {{ uuid }} }} }}").value) == 2


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%%mo\n{ org_units(filter: {user_keys: $keyz}) { objects { uuid } } }", "Did you mean $keys?"),
        (
            "%%mo\n{ org_units(filter: {user_keys: $nothing_like_it}) { objects { uuid } } }",
            "Set it: nothing_like_it",
        ),
        (
            "%%mo --var keys=missing\n{ org_units(filter: {user_keys: $keys}) { objects { uuid } } }",
            "NameError",
        ),
        ("%%mo --var keys\n{ facets { objects { uuid } } }", "--var keys is no NAME=EXPRESSION."),
        ("%%mo --var x=1\n{ facets { objects { uuid } } }", "The document declares no variable $x."),
        (
            "%%mo --var keys=print\n{ org_units(filter: {user_keys: $keys}) { objects { uuid } } }",
            "can not be sent",
        ),
        ("%%mo two names\n{ facets { objects { uuid } } }", "unrecognized arguments: names"),
        ("%%mo 3x\n{ facets { objects { uuid } } }", "'3x' is no name for a variable."),
        ("%%mo --at igår\n{ facets { objects { uuid } } }", "igår"),
        ("%%mo --at 2026-13-01\n{ facets { objects { uuid } } }", "2026-13-01"),
        ("%%mo --nonsense\n{ facets { objects { uuid } } }", "unrecognized arguments: --nonsense"),
        ("%mo pers Ib", "Did you mean person?"),
        ("%mo person", "%mo person wants to know of whom."),
        ("%mo use nobody", "There is no profile 'nobody'."),
        ("%mo at tomorrow", "tomorrow"),
        ("%mo mirror reload", "Did you mean load?"),
        ("%%mosql\nSELECT 1", "There is no mirror yet."),
    ],
)
def test_what_can_not_be_done_is_one_sentence_and_a_way_out(bench, cell, told):
    """Never a traceback."""
    bench.run("keys = ['a']")
    shown = bench.run(cell).error
    assert told in shown
    assert "Traceback" not in shown


def test_a_day_holds_for_everything_after(bench):
    """``--at`` holds for its cell, ``%mo at`` until another."""
    today = len(bench.run(f"%%mo\n{UNITS}").value)
    assert repr(bench.run("%mo at 01-01-1980").value) == "Alt vises som 01-01-1980."
    assert bench.run(f"%%mo\n{UNITS}").value.empty
    assert len(bench.run(f"%%mo --at 2026-11-23\n{UNITS}").value) == today
    assert repr(bench.run("%mo at i dag").value) == "Alt vises som i dag."
    assert len(bench.run(f"%%mo\n{UNITS}").value) == today


def test_what_can_not_be_had_of_another_day_is_named(bench):
    """MO's ``ancestors`` are today's."""
    ran = bench.run(
        "%%mo --at 2026-01-01\n{ org_units(limit: 1) { objects { current { ancestors { name } } } } }"
    )
    assert ran.printed.startswith("ancestors: vises som i dag, for MO kan ikke svare for en anden dag.\n")


def test_a_mutation_is_shown_and_not_sent(bench):
    """What it would do, with the values filled in, and the role that it needs."""
    bench.run(f"%%mo units\n{UNITS}")
    bench.run("unit = units.uuid[0]")
    update = (
        'mutation { org_unit_update(input: {uuid: $unit, validity: {from: "2026-12-01"}, name: "%s"})'
        ' { uuid current(at: "2026-12-01") { name } } }'
    )
    ran = bench.run(f"%%mo\n{update % 'Efter 0101901234'}")
    shown = repr(ran.value)
    assert "org_unit_update (kræver rollen update_org_unit)" in shown
    assert bench.names["unit"] in shown
    assert "010190-xxxx" in shown
    assert "Intet er sendt" in shown
    assert "0101901234" not in shown + ran.html
    assert bench.run(f"%%mo --at 2026-12-02\n{UNITS}").value.name[0] == bench.names["units"].name[0]


def test_a_mutation_is_sent_when_it_is_asked_for(bench):
    """``--write``, and MO's answer comes back."""
    bench.run(f"%%mo units\n{UNITS}")
    bench.run("unit, name = units.uuid[1], units.name[1]")
    update = """mutation { org_unit_update(input: {uuid: $unit, validity: {from: "2026-12-01"}, name: $name})
        { current(at: "2026-12-01") { name } } }"""
    ran = bench.run(f"%%mo --write\n{update}")
    assert ran.value == {"org_unit_update": {"current": {"name": bench.names["name"]}}}


def test_the_query_that_hands_out_an_event_wants_write_too(bench):
    """It is a query for GraphQL, and changes MO all the same."""
    listener = "00000000-0000-4000-8000-000000000001"
    cell = f'%%mo\n{{ event_fetch(filter: {{listener: "{listener}"}}) {{ subject }} }}'
    assert "Intet er sendt" in repr(bench.run(cell).value)


def test_sql_on_the_mirror_knows_the_day_and_pythons_variables(bench):
    """``$as_of`` is the day of ``%mo at``."""
    told = repr(bench.run("%mo mirror load org_units persons").value)
    assert "org_units" in told
    count = "%%mosql n\nSELECT count(*) AS n FROM org_units_at($as_of)"
    assert bench.run(count).value.n[0] > 50
    bench.run("%mo at 1980-01-01")
    assert bench.run(count).value.n[0] == 0
    assert bench.names["n"].n[0] == 0
    bench.run("wanted = 2")
    assert len(bench.run("%%mosql\nSELECT name FROM org_units LIMIT $wanted").value) == 2
    assert "$wantd has no value" in bench.run("%%mosql\nSELECT name FROM org_units LIMIT $wantd").error
    assert "The query has no $more" in bench.run("%%mosql --var more=1\nSELECT 1").error
    assert "Table with name units does not exist" in bench.run("%%mosql\nSELECT * FROM units").error


def test_the_notebooks_own_mo_and_mirror_are_used(bench, sandbox):
    """Who connected by hand is not asked for anything again, and keeps it."""
    bench.run(f"import motoolkit; mo = motoolkit.connect({sandbox.url!r}, graphql_version=28)")
    bench.run("mirror = motoolkit.Mirror.open(); _ = mirror.load(mo, ['facets'])")
    assert "v28" in repr(bench.run("%mo").value)
    assert bench.run("%%mosql\nSELECT count(*) AS n FROM facets").value.n[0] > 5
    bench.run("%unload_ext motoolkit")
    assert len(bench.run("len(mirror.frame('facets')), mo.version").value) == 2
    bench.run("mirror.close(); mo.close()")


def test_the_mo_and_the_mirror_are_the_notebooks_own(bench):
    """``mo`` and ``mirror`` are there once they are made; a name that is taken stays what it was."""
    bench.run("mirror = 'glas'")
    bench.run("%mo mirror load facets")
    assert bench.names["mirror"] == "glas"
    assert bench.run("mo.version").value == 30
    assert bench.run("%%mosql\nSELECT count(*) AS n FROM facets").value.n[0] > 5


def test_raw_is_mos_json(bench):
    """All pages, and CPR numbers masked unless they are asked for."""
    query = "{ employees(limit: 2) { objects { current { cpr_number } } } }"
    masked = bench.run(f"%%mo --raw\n{query}").value["employees"]["objects"]
    assert [one["current"]["cpr_number"][-5:] for one in masked] == ["-xxxx"] * 2
    shown = bench.run(f"%%mo --raw --show-cpr\n{query}").value["employees"]["objects"]
    assert all(one["current"]["cpr_number"].isdigit() for one in shown)


def test_all_reads_past_the_limit(bench):
    """``limit`` is the document's; ``--all`` is the reader's."""
    query = "{ employees(limit: 2) { objects { uuid } } }"
    assert len(bench.run(f"%%mo\n{query}").value) == 2
    everyone = "{ employees { objects { uuid } } }"
    assert len(bench.run(f"%%mo --all\n{query}").value) == len(bench.run(f"%%mo\n{everyone}").value) > 60


def test_several_frames_are_shown_one_below_another(bench):
    """By their names in the answer."""
    ran = bench.run(
        "%%mo\n{ facets(limit: 1) { objects { uuid } } units: org_units(limit: 1) { objects { uuid } } }"
    )
    assert list(ran.value) == ["facets", "units"]
    assert "<h4>units</h4>" in ran.html
    assert repr(ran.value).startswith("facets\n")


def test_no_cpr_number_reaches_the_history(bench):
    """IPython keeps it in a file, for years."""
    bench.run("%mo person 0101901234")
    bench.run("number = '010190-1234'")
    kept = [cell for *_, cell in bench.shell.history_manager.get_range(raw=True)]
    assert kept == ["%mo person 010190-xxxx", "number = '010190-xxxx'"]
    assert bench.names["In"][1:] == [
        "get_ipython().run_line_magic('mo', 'person 010190-xxxx')",
        "number = '010190-xxxx'",
    ]
    assert bench.names["number"] == "010190-1234"


def test_whos_and_errors_hold_no_secret(bench, sandbox, monkeypatch):
    """A client says where it is, and nothing of how it got in."""
    monkeypatch.setenv("MOTOOLKIT_TOKEN", "et-hemmeligt-token")
    wrong = bench.run("%mo use " + sandbox.url).error
    bench.run("import motoolkit; profile = motoolkit.load_profile()")
    shown = bench.run("%whos").printed + repr(bench.run("profile").value) + wrong
    assert "et-hemmeligt-token" not in shown


def test_unloaded_there_is_nothing_left(bench):
    """The magics are gone, and loading again brings them back."""
    bench.run("%mo")
    bench.run("%unload_ext motoolkit")
    assert bench.shell.find_line_magic("mo") is None
    assert bench.shell.find_cell_magic("mosql") is None
    assert "mo" not in bench.names
    bench.run("%load_ext motoolkit")
    assert bench.shell.find_line_magic("mo") is not None


def test_frames_hold_days_and_whole_numbers(bench):
    """``valid_from`` can be compared with a date at once."""
    query = "{ engagements { objects { uuid validities { fraction validity { from to } } } } }"
    bench.run(f"%%mo held\n{query}")
    assert str(bench.names["held"].fraction.dtype) == "Int64"
    assert bench.run("held[held.valid_from > '2026-01-01'].valid_from.min()").value > pd.Timestamp(
        dt.date(2026, 1, 1)
    )
