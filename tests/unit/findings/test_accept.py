"""The accept list: what is known of, why, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from motoolkit.errors import InputError
from motoolkit.findings import Acceptance, AcceptList

ENTRY = """\
[[accept]]
kind = "{kind}"
subject = "{subject}"
reason = "Aftalt med Løn"
until = {until}
"""


@pytest.fixture
def accept(tmp_path):
    """Return what reads an accept list from a text."""

    def accept(text):
        path = tmp_path / "accept.toml"
        path.write_text(text)
        return AcceptList.read(path)

    return accept


def entry(kind="wrong_unit", subject="NS-04711/250284-xxxx", until="2027-03-01"):
    """Return one entry as text."""
    return ENTRY.format(kind=kind, subject=subject, until=until)


def accepted(findings):
    """Return the kinds that are accepted."""
    return [finding.kind.code for finding in findings if finding.accepted]


def test_an_accepted_finding_stays_and_fails_nothing(accept, three, make):
    """It is marked with the reason and the last day."""
    found = accept(entry()).apply(make(three[1]))
    assert found[0].accepted == Acceptance("Aftalt med Løn", date(2027, 3, 1))
    assert (found.exit_code(), make(three[1]).exit_code()) == (0, 1)
    assert found.notices == ()


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"subject": "NS-*"}, ["wrong_unit"]),
        ({"subject": "XX-*"}, []),
        ({"subject": "NS-04711/2502841234"}, ["wrong_unit"]),
        ({"kind": "active_extra", "subject": "b0b0b0b0-0000-4000-8000-000000000000"}, ["active_extra"]),
        ({"until": "2026-11-23"}, ["wrong_unit"]),
        ({"until": "2026-11-22"}, []),
    ],
)
def test_entries_fit_by_kind_and_subject_until_their_last_day(accept, three, changed, kinds):
    """The subject is a key, a pattern of keys, or MO's UUID; a CPR number in it is masked before."""
    assert accepted(accept(entry(**changed)).apply(three)) == kinds


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ('attribute = "unit"', True),
        ('attribute = "title"', False),
        ("start = 2026-03-01", True),
        ("start = 2026-03-02", False),
    ],
)
def test_attribute_and_first_day_narrow_it(accept, three, more, fits):
    """Where the same kind is found twice about one subject."""
    assert accepted(accept(entry() + more).apply(three)) == (["wrong_unit"] if fits else [])


def test_expired_entries_and_those_that_fit_nothing_are_told(accept, three):
    """Or the list grows for ever, and hides what nobody knows of any more."""
    text = entry(until="2026-11-22") + entry(subject="NS-9*") + entry(kind="wrong_unti")
    assert accept(text).apply(three).notices == (
        "The accept list's entry in line 1 (wrong_unit, NS-04711/250284-xxxx) expired on 22-11-2026.",
        "The accept list's entry in line 6 (wrong_unit, NS-9*) fits nothing.",
        "The accept list's entry in line 11 names a kind that is not known: wrong_unti.",
    )


def test_a_run_for_one_person_does_not_say_that_the_others_entries_fit_nothing(accept, three, make):
    """They would, had everything been compared."""
    assert accept(entry()).apply(make(three[2]), whole=False).notices == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[accept]]\nkind = ", "is no valid TOML: Invalid value"),
        ("# First\n\n" + entry().replace("reason", "reasons"), "line 3: an entry has no 'reasons'"),
        (entry() + "\n" + entry().replace('"Aftalt med Løn"', '" "'), "line 7: the entry has no reason"),
        (entry().replace("until = 2027-03-01\n", ""), "line 1: the entry has no until"),
        (entry(until='"1/3"'), "line 1: until is no date"),
        (entry(until="2027-03-01T12:00:00"), "line 1: until is no date"),
        (entry().replace('"wrong_unit"', "7"), "line 1: kind is no text"),
        ("accepted = 1", "has 'accepted', which means nothing"),
        ("accept = 1", "has an 'accept' that is no list"),
        ('accept = [{kind = "wrong_unit"}]', r"has entries without \[\[accept\]\] above"),
    ],
)
def test_a_list_that_is_not_as_it_should_be_is_one_error(accept, text, told):
    """It names the file, the line, and how to write it."""
    with pytest.raises(InputError, match=rf"accept\.toml.*{told}") as caught:
        accept(text)
    assert caught.value.remedy


def test_a_list_that_is_not_there_is_an_error(tmp_path):
    """A misspelt path must not look like an empty list."""
    with pytest.raises(InputError, match=r"There is no accept list .*none\.toml"):
        AcceptList.read(tmp_path / "none.toml")


def test_a_finding_can_be_accepted_from_a_notebook(accept, three):
    """The entry stands at the end, comments stay, and the finding is accepted from then on."""
    wanted = accept("# Ours.\n\n" + entry("wrong_title") + "# Until Easter.\n")
    more = wanted.add(three[1], reason="Flytter i marts", until=date(2027, 4, 1), who="KK")
    assert wanted.path.read_text() == (
        "# Ours.\n\n"
        + entry("wrong_title")
        + "# Until Easter.\n"
        + """
[[accept]]
kind = "wrong_unit"
subject = "NS-04711/250284-xxxx"
attribute = "unit"
start = 2026-03-01
reason = "Flytter i marts"
until = 2027-04-01
who = "KK"
"""
    )
    assert accepted(more.apply(three)) == ["wrong_unit", "wrong_title"]


def test_the_first_entry_makes_the_file(tmp_path, three):
    """For its owner only: names of people may be in it."""
    path = tmp_path / "accepts" / "sd.toml"
    AcceptList(path=path).add(three[0], reason="2502841234 er på orlov", until=date(2027, 1, 1))
    assert oct(path.stat().st_mode) == "0o100600"
    assert 'reason = "250284-xxxx er på orlov"' in path.read_text()


def test_nothing_is_accepted_without_a_reason(tmp_path, three):
    """And nothing is written."""
    with pytest.raises(InputError, match="without a reason"):
        AcceptList(path=tmp_path / "sd.toml").add(three[0], reason=" ", until=date(2027, 1, 1))
    assert list(tmp_path.iterdir()) == []
