"""What a run did not look at is not gone only because the run did not find it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest

from motoolkit.findings import AcceptList, Finding, FindingStore, LeftOut, Subject, write_workbook
from motoolkit.mirror import Mirror

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEFORE = date(2026, 11, 20)
TOLD = (
    "2 not looked at this time: nothing was answered about them, or they could not be compared,"
    " so they are neither still there nor gone."
)


@pytest.fixture
def run(make):
    """Return what makes a run that did not look at some."""

    def run(*items, names=(), but=(), as_of=date(2026, 11, 23)):
        found = make(*items, as_of=as_of)
        found.left_out = LeftOut(frozenset(names), frozenset(but))
        return found

    return run


@pytest.fixture
def kaj_unseen(run, three):
    """A run that did not look at Kaj, after one that found three things, two of them about him."""
    return run(names=["250284-xxxx"]).compared(run(*three, as_of=BEFORE).compared(None))


def codes(findings):
    """Return kinds, and what is said of each."""
    return [(finding.kind.code, finding.seen) for finding in findings]


class TestNames:
    """How those are called who were not looked at."""

    @pytest.mark.parametrize(
        ("names", "held"),
        [
            (["NS-04711/250284-xxxx"], True),
            (["250284-xxxx"], True),
            (["b0b0b0b0-0000-4000-8000-000000000000"], True),
            (["*"], True),
            (["NS-0471", "010160-xxxx", ""], False),
            ([], False),
        ],
        ids=["key", "part of the key", "uuid", "everybody", "others", "nobody"],
    )
    def test_a_subject_is_named_by(self, names, held):
        """Its key, MO's UUID, or a part of the key."""
        kaj = Subject(
            "employment", "NS-04711/250284-xxxx", "Kaj", uuid="b0b0b0b0-0000-4000-8000-000000000000"
        )
        assert LeftOut(frozenset(names)).holds(kaj) is held

    def test_whom_one_looked_at_all_the_same(self):
        """Trap: several persons are born on a day, and one number of a person may be known."""
        left_out = LeftOut(frozenset({"250284-xxxx"}), frozenset({"NS-04711/250284-xxxx"}))
        assert not left_out.holds(Subject("employment", "NS-04711/250284-xxxx", ""))
        assert left_out.holds(Subject("employment", "NS-04712/250284-xxxx", ""))

    def test_no_cpr_number_is_held(self):
        """Whoever gives one."""
        assert "1234" not in repr(LeftOut(frozenset({"2502841234"}), frozenset({"NS-1/2502841234"})))


class TestCompared:
    """With the runs before and after."""

    def test_it_is_neither_there_nor_gone_nor_new(self, kaj_unseen):
        """Only what was looked at is gone."""
        assert codes(kaj_unseen.gone) == [("active_extra", "gone")]
        assert codes(kaj_unseen.unseen) == [("wrong_unit", "unseen"), ("wrong_title", "unseen")]
        assert len(kaj_unseen) == kaj_unseen.exit_code() == 0

    def test_the_next_run_is_compared_with_it(self, run, three, kaj_unseen):
        """Then one is there still, since the first day, and the other is gone."""
        later = run(three[1]).compared(kaj_unseen)
        assert [(f.kind.code, f.seen, f.first_seen) for f in later] == [("wrong_unit", "still", BEFORE)]
        assert codes(later.gone) == [("wrong_title", "gone")]
        assert later.unseen == ()

    def test_it_may_be_left_out_for_several_runs(self, run, kaj_unseen):
        """It stays what it is."""
        again = run(names=["250284-xxxx"]).compared(kaj_unseen)
        assert codes(again.unseen) == codes(kaj_unseen.unseen)
        assert again.gone == ()

    def test_what_is_found_is_found_though_its_subject_was_left_out(self, run, three):
        """As that nothing was answered."""
        found = run(three[1], names=["250284-xxxx"]).compared(run(*three, as_of=BEFORE).compared(None))
        assert codes(found) == [("wrong_unit", "still")]
        assert codes(found.unseen) == [("wrong_title", "unseen")]

    def test_of_namesakes_one_may_be_unseen(self, run, three):
        """Two findings with one key are two."""
        twin = Finding(three[0].kind, Subject("person", "250284-xxxx", "Kaj"))
        found = run(twin, names=["250284-xxxx"]).compared(run(twin, twin, as_of=BEFORE))
        assert (codes(found)[0][1], len(found.unseen), found.gone) == ("still", 1, ())

    def test_it_is_kept(self, run, three):
        """In the store too, where it does not count as found."""
        with Mirror.open() as mirror:
            store = FindingStore(mirror)
            store.keep(run(*three, as_of=BEFORE), ran_at=NOON)
            second = store.keep(run(names=["250284-xxxx"]), ran_at=NOON)
            again = store.last("sd", "NS")
            assert (list(again), codes(again.unseen)) == ([], codes(second.unseen))
            third = store.keep(run(three[2]), ran_at=NOON)
            assert [(each.findings, each.new) for each in store.runs()] == [(1, 0), (0, 0), (3, 0)]
        assert [(f.seen, f.first_seen) for f in third] == [("still", BEFORE)]
        assert codes(third.gone) == [("wrong_unit", "gone")]


class TestShown:
    """One line with the number, wherever runs are compared."""

    def test_in_text_and_on_a_page_and_in_json(self, kaj_unseen):
        """Beside what is new and gone."""
        assert kaj_unseen.text().splitlines()[1:3] == [
            "Since 20-11-2026: 0 new, 0 still there, 1 gone",
            TOLD,
        ]
        assert TOLD in re.sub(r"<[^>]+>", " ", kaj_unseen.html())
        held = json.loads(kaj_unseen.to_json())
        assert [each["seen"] for each in (*held["gone"], *held["unseen"])] == ["gone", "unseen", "unseen"]

    def test_in_a_workbook(self, kaj_unseen, tmp_path):
        """A line in front, and a sheet with what was found the last time."""
        book = openpyxl.load_workbook(write_workbook(kaj_unseen, tmp_path))
        assert book.sheetnames == ["Overview", "Gone", "Not looked at", "About the report"]
        assert TOLD in [cell.value for cell in book["Overview"]["A"]]
        assert {cell.value for cell in book["Not looked at"]["B"]} >= {"not looked at this time"}

    def test_nothing_is_said_where_all_was_looked_at(self, run, three):
        """No line and no sheet."""
        found = run(three[0]).compared(run(*three, as_of=BEFORE).compared(None))
        assert "not looked at" not in found.text() + found.html()


@pytest.mark.parametrize(
    ("subject", "notices"),
    [("NS-04711/250284-xxxx", 0), ("NS-04711/*", 0), ("*/250284-xxxx", 0), ("NS-00012/*", 1)],
)
def test_an_entry_of_an_accept_list_that_may_fit_is_not_told_as_one_too_many(run, tmp_path, subject, notices):
    """Trap: whoever takes it out gets the finding back with the next run."""
    path = tmp_path / "accept.toml"
    path.write_text(
        f'[[accept]]\nkind = "wrong_unit"\nsubject = "{subject}"\nreason = "Aftalt"\nuntil = 2027-03-01\n'
    )
    found = run(names=["250284-xxxx", "NS-04711/250284-xxxx"])
    assert len(AcceptList.read(path).apply(found).notices) == notices
