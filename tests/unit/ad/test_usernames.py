"""Usernames are made and checked as the integration makes and checks them (domain facts, section 3.5)."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from ad_stage import Stage, uid

from motoolkit.ad.usernames import candidates, check, fits, own_names, suggest
from motoolkit.profile.ad import AdSettings, UsernameRules

AGO = date(2022, 1, 1)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def combining(*combinations, **values):
    """Return rules of generator A."""
    return UsernameRules(method="combinations", combinations=combinations, **values)


def first(rules, given_name, surname, number=3):
    """Return the first names that rules make."""
    return list(islice(candidates(rules, given_name, surname), number))


# Making


@pytest.mark.parametrize(
    ("combination", "given_name", "surname", "made"),
    [
        ("FFLL", "Hans", "Holm", ["haho"]),
        ("FLXX", "Anna", "Bo", ["ab22", "ab33", "ab44"]),
        ("FXL", "Anna", "Bo", ["a2b", "a3b", "a4b"]),
        ("F1L", "Hans Peter", "Holm", ["hph"]),
        ("F123L", "Hans Peter Bo Ib Egon", "Holm", ["hpbih"]),
        ("F1L", "Hans", "Holm", []),
        ("FFFFFL", "Hans", "Holm", []),
        ("FLLL", "Hans", "Bo", []),
        ("FL", "Hans", "", []),
        ("FF", "Hans", "", ["ha"]),
        ("FL", "", "Holm", []),
        ("FFFLLLL", "Søren", "Østergård", ["soeoest"]),
        ("FFFL", "André", "Holm", ["andh"]),
        ("FFFFFL", "André", "Holm", []),
        ("FLLLLLL", "Hans", "af Berg-Bo", ["hafberg"]),
        ("FLF", "Hans", "Holm", ["hhh"]),
    ],
)
def test_a_combination_takes_runs_of_letters_from_parts_of_the_name(combination, given_name, surname, made):
    """A run that is longer than its part skips the combination; X tries 2 to 9, all X the same."""
    assert first(combining(combination), given_name, surname) == made


def test_combinations_come_one_after_the_other():
    """All numbers of one, then the next."""
    made = list(candidates(combining("FLX", "FFL"), "Hans", "Holm"))
    assert made == [f"hh{digit}" for digit in range(2, 10)] + ["hah"]


def test_a_forbidden_stem_forbids_its_numbers():
    """In any case."""
    assert first(combining("FLX", "FFL", forbidden=("HH",)), "Hans", "Holm") == ["hah"]


def test_vowels_are_left_out_of_all_parts_but_the_first():
    """And y is one of them."""
    assert first(combining("FFLLL", remove_vowels=True), "Eva", "Nyborg") == ["evnbr"]


@pytest.mark.parametrize(
    ("given_name", "surname", "made"),
    [
        ("Hans", "Holm", ["hhl1", "hhl2", "hhl3"]),
        ("Eva", "Bo Yde", ["ebd1", "ebd2", "ebd3"]),
        ("Hans-Peter", "Holm", ["hpt1", "hpt2", "hpt3"]),
        ("Hans", "", ["hhn1", "hhn2", "hhn3"]),
        ("Hans", "Bo", ["hbn1", "hbn2", "hbn3"]),
        ("Ea", "Bo", ["ebb1", "ebb2", "ebb3"]),
        ("Ea", "Yoe", []),
        ("Ø", "Holm", []),
        ("Åse", "Holm", ["shl1", "shl2", "shl3"]),
    ],
)
def test_a_permutation_takes_a_letter_two_consonants_and_a_number(given_name, surname, made):
    """From the parts that follow, then from the first; y is a vowel, and letters beyond z are none."""
    assert first(UsernameRules(method="permutation"), given_name, surname) == made


def test_a_permutation_is_forbidden_as_a_whole():
    """Its letters alone forbid nothing."""
    rules = UsernameRules(method="permutation", forbidden=("hhl", "HHL1"))
    assert first(rules, "Hans", "Holm", 1) == ["hhl2"]


@pytest.mark.parametrize(
    ("rules", "username", "expected"),
    [
        (combining("FLX"), "hh7", True),
        (combining("FLX"), "HH7", True),
        (combining("FLX"), "hh1", False),
        (combining("FLX"), "hh", False),
        (combining("FLXX"), "hh33", True),
        (combining("FLXX"), "hh34", False),
        (combining("FL"), "hh", True),
        (UsernameRules(method="permutation"), "hhl117", True),
        (UsernameRules(method="permutation"), "hhl0", False),
        (UsernameRules(method="permutation"), "hhl", False),
    ],
)
def test_a_name_that_the_rules_can_make(rules, username, expected):
    """Whatever number it has."""
    assert fits(rules, "Hans", "Holm", username) is expected


# Checking


def _stage(reuse=False, **rules):
    stage = Stage(
        AdSettings(name="admin", usernames=combining("FLX", "FFL", reuse_own=reuse, **rules)),
        AdSettings(name="skole", itsystem="SKOLE-AD"),
    )
    stage.mo("itsystems", "SKOLE-AD", user_key="SKOLE-AD")
    for name, cpr in (("hans", "0101901233"), ("bo", "0202801233")):
        stage.mo("persons", name, cpr=cpr, given_name=name.title(), surname="Holm")
    return stage


def _held(stage, person, user_key="hh2", end=AGO, system="AD", **values):
    made = {"user_key": user_key, "itsystem": uid(system), "person": uid(person)}
    stage.mo("itusers", f"{person}-{user_key}-{system}", end=end, **(made | values))


@pytest.mark.parametrize(
    ("own", "other", "reuse", "free"),
    [
        (False, False, False, True),
        (False, False, True, True),
        (True, False, False, False),
        (True, False, True, True),
        (False, True, False, False),
        (False, True, True, False),
        (True, True, False, False),
        (True, True, True, False),
    ],
)
def test_a_name_of_before_is_free_for_the_only_one_who_ever_had_it(own, other, reuse, free):
    """Where the rules let names be used again, and for nobody else."""
    stage = _stage(reuse)
    if own:
        _held(stage, "hans")
    if other:
        _held(stage, "bo")
    assert check(stage.world(), "HH2", person=uid("hans"), ad="admin").free is free


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda stage: stage.account("HH2"), "An account in admin has it."),
        (lambda stage: stage.account("x", upn="hh2@nordby.example"), "begins with it"),
        (lambda stage: stage.account("hh2", "skole"), "An account in skole has it."),
        (lambda stage: stage.tombstone("hh2"), "deleted in admin"),
        (lambda stage: stage.tombstone("hh2", "skole"), "deleted in skole"),
        (lambda stage: _held(stage, "bo", "HH2"), "somebody else's username in admin"),
        (lambda stage: _held(stage, "bo", end=None), "somebody else's username in admin"),
        (lambda stage: _held(stage, "bo", system="SKOLE-AD"), "somebody else's username in skole"),
        (lambda stage: _held(stage, "hans"), "had it before"),
    ],
)
def test_why_a_name_is_not_free(make, reason):
    """All directories, their deleted accounts, and the whole of MO's history are asked."""
    stage = _stage()
    make(stage)
    (told,) = check(stage.world(), "hh2", person=uid("hans"), ad="admin").reasons
    assert reason in told


@pytest.mark.parametrize(
    ("username", "reason"),
    [
        ("", "empty"),
        (" hh2", "blank"),
        ("h" * 21, "longer than 20"),
        ("h+h", "AD does not allow +"),
        ("fy3", "forbidden"),
        ("hh2", "does not fit the pattern"),
    ],
)
def test_which_rule_a_name_breaks(username, reason):
    """In plain words."""
    stage = _stage(forbidden=("fy",), pattern="h{1,3}|fy3| hh2|h[+]h|h{21}|")
    assert reason in " ".join(check(stage.world(), username, ad="admin").reasons)


def test_ones_own_account_in_another_directory_speaks_for_a_name():
    """A deleted one of one's own does so too."""
    stage = _stage(reuse=True)
    stage.account("hh2", "skole", cpr="0101901233", upn="hh2@skole.example")
    gone = stage.tombstone("hh2")
    _held(stage, "hans", "other", external_id=gone.guid)
    world = stage.world()
    assert check(world, "hh2", person=uid("hans"), ad="admin").free
    assert not check(world, "hh2", person=uid("bo"), ad="admin").free


# Suggesting


def test_the_first_free_name_with_what_was_passed_over():
    """And why."""
    stage = _stage()
    stage.account("hh2")
    _held(stage, "bo", "hh3")
    proposal = suggest(stage.world(), "admin", given_name="Hans", surname="Holm")
    assert proposal.username == "hh4"
    assert [verdict.username for verdict in proposal.passed_over] == ["hh2", "hh3"]


def test_no_name_is_left():
    """The generator has an end; the person's name is MO's."""
    stage = _stage()
    for name in [f"hh{digit}" for digit in range(2, 10)] + ["hah"]:
        stage.account(name)
    proposal = suggest(stage.world(), "admin", person=uid("hans"))
    assert (proposal.username, len(proposal.passed_over)) == ("", 9)


@pytest.mark.parametrize(("reuse", "name"), [(True, "gammel1"), (False, "hh2")])
def test_who_comes_back_gets_the_last_name_of_before(reuse, name):
    """Where the rules say so."""
    stage = _stage(reuse)
    _held(stage, "hans", "ældst", end=date(2021, 1, 1))
    _held(stage, "hans", "gammel1")
    world = stage.world()
    assert own_names(world, "admin", uid("hans")) == ("gammel1", "ældst")
    assert suggest(world, "admin", person=uid("hans")).username == name
