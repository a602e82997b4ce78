"""The organisation tree on one date."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.errors import InputError
from motoolkit.model import CYCLE, NAMELESS, UNKNOWN_PARENT, OrgTree

NORDBY = [
    ("skole", "Åskolen", "born"),
    ("born", "Børn og Unge", "top"),
    ("teknik", "Teknik", "top"),
    ("daginst", "Daginstitutioner", "born"),
    ("aeble", "Æblehaven", "daginst"),
    ("top", "Nordby Kommune", None),
    ("med", "MED-organisation", None),
]


class TestWholeTree:
    """A municipality without faults."""

    tree = OrgTree.from_units(NORDBY)

    def test_paths_start_at_the_root_and_end_at_the_unit(self):
        """The columns Niveau 1 to n of a report."""
        assert self.tree.path("aeble") == ("Nordby Kommune", "Børn og Unge", "Daginstitutioner", "Æblehaven")
        assert self.tree.path("top") == ("Nordby Kommune",)

    def test_levels_count_from_one_and_depth_is_the_deepest(self):
        """Depth is the number of columns that a report needs."""
        assert self.tree.level("top") == 1
        assert self.tree.level("aeble") == 4
        assert self.tree.depth == 4

    def test_ancestors_are_nearest_first_without_the_unit(self):
        """As MO's own field."""
        assert self.tree.ancestors("aeble") == ("daginst", "born", "top")
        assert self.tree.ancestors("top") == ()
        assert self.tree.parent("aeble") == "daginst"
        assert self.tree.parent("top") is None

    def test_subtree_holds_the_unit_and_all_below(self):
        """As MO's filter ``ancestor``; a unit stands before its children."""
        assert self.tree.subtree("born") == ("born", "daginst", "aeble", "skole")
        assert self.tree.subtree("aeble") == ("aeble",)

    def test_siblings_are_in_danish_order(self):
        """Å after D, whatever order MO answered in."""
        assert self.tree.roots == ("med", "top")
        assert self.tree.children("born") == ("daginst", "skole")
        assert list(self.tree) == ["med", "top", "born", "daginst", "aeble", "skole", "teknik"]

    def test_a_name_may_hold_a_backslash_and_be_missing(self):
        """Paths are no joined texts; a unit without a name breaks nothing."""
        tree = OrgTree.from_units([("a", "A\\B", None), ("b", None, "a"), ("c", "", "a")])
        assert tree.path("b") == ("A\\B", NAMELESS)
        assert tree.name("c") == NAMELESS

    def test_unknown_units_are_an_input_error(self):
        """A root that the parameters name may be closed on the date."""
        for question in (self.tree.path, self.tree.level, self.tree.subtree, self.tree.children):
            with pytest.raises(InputError, match="The unit lukket is not in the tree"):
                question("lukket")
        assert "lukket" not in self.tree
        assert "top" in self.tree

    def test_nothing_is_a_tree_too(self):
        """An empty MO has no units."""
        tree = OrgTree.from_units([])
        assert (len(tree), tree.depth, tree.roots, tree.problems) == (0, 0, (), ())

    def test_the_same_unit_twice_is_refused(self):
        """Slices of several dates do not make a tree."""
        with pytest.raises(InputError, match="The unit top occurs twice"):
            OrgTree.from_units([("top", "Før", None), ("top", "Nu", None)])

    def test_repr_is_short(self):
        """A notebook shows counts, not thousands of names."""
        assert repr(self.tree) == "<OrgTree: 7 units, 4 levels, 0 problems>"


class TestTopUnits:
    """What counts as a root."""

    def test_up_to_v27_the_parent_of_a_top_unit_is_the_organisation(self):
        """With its UUID given, that is a root and no problem."""
        tree = OrgTree.from_units([("top", "Nordby Kommune", "org"), ("a", "A", "top")], organisation="org")
        assert tree.path("a") == ("Nordby Kommune", "A")
        assert tree.problems == ()

    def test_from_v28_it_is_null(self):
        """Then no organisation is needed."""
        tree = OrgTree.from_units([("top", "Nordby Kommune", None)])
        assert tree.roots == ("top",)
        assert tree.problems == ()


class TestBrokenTrees:
    """Faults that MO lets through."""

    def test_a_missing_parent_marks_the_start_of_the_path(self):
        """A unit closed before its sub-units leaves them hanging, also below."""
        tree = OrgTree.from_units([("top", "Top", None), ("a", "A", "lukket"), ("b", "B", "a")])
        assert tree.path("b") == (UNKNOWN_PARENT, "A", "B") == ("(ukendt overenhed)", "A", "B")
        assert tree.level("b") == 3
        assert tree.depth == 3
        assert tree.roots == ("a", "top")
        (problem,) = tree.problems
        assert problem == (
            "missing_parent",
            ("a",),
            "Enheden A (a) har en overenhed, der ikke findes på datoen: lukket.",
        )

    def test_a_cycle_is_cut_at_its_first_name(self):
        """Its units and those below have paths from there, and one problem names them all."""
        tree = OrgTree.from_units(
            [("c", "Cecilie", "b"), ("x", "X", "c"), ("a", "Anna", "c"), ("b", "Bo", "a")]
        )
        assert tree.path("x") == (CYCLE, "Anna", "Bo", "Cecilie", "X")
        assert tree.ancestors("a") == ()
        (problem,) = tree.problems
        assert problem.kind == "cycle"
        assert problem.units == ("a", "c", "b")
        assert problem.message == (
            "Enhederne Anna, Cecilie, Bo er hinandens overenheder i ring; deres stier begynder ved Anna (a)."
        )

    def test_a_unit_can_be_its_own_parent(self):
        """The shortest cycle."""
        tree = OrgTree.from_units([("a", "Anna", "a"), ("b", "Bo", "a")])
        assert tree.path("b") == (CYCLE, "Anna", "Bo")
        assert tree.problems[0].message == "Enheden Anna (a) er sin egen overenhed."

    def test_a_long_cycle_is_told_in_short(self):
        """Five names and the rest as m.fl."""
        units = [(str(number), f"Enhed {number}", str((number + 1) % 9)) for number in range(9)]
        message = OrgTree.from_units(units).problems[0].message
        assert message.startswith("Enhederne Enhed 0, Enhed 1, Enhed 2, Enhed 3, Enhed 4 m.fl. er")


@st.composite
def unit_lists(draw):
    """Up to a dozen units whose parents are anything: each other, themselves, nobody, unknown."""
    uuids = [f"u{number}" for number in range(draw(st.integers(0, 12)))]
    parents = st.sampled_from([*uuids, None, "unknown", "org"])
    names = st.sampled_from(["Børn", "Ældre", "Åen", "Aa", "", "Teknik"])
    return [(uuid, draw(names), draw(parents)) for uuid in uuids]


class TestInvariants:
    """What holds for every list of units."""

    @given(unit_lists(), st.randoms())
    def test_every_unit_is_there_once_and_hangs_together(self, units, random):
        """Whatever the parents: paths, levels, subtrees and ancestors agree, in any order of the input."""
        tree = OrgTree.from_units(units, organisation="org")
        assert sorted(tree) == sorted(uuid for uuid, _, _ in units)
        assert [uuid for root in tree.roots for uuid in tree.subtree(root)] == list(tree)
        for uuid in tree:
            assert tree.level(uuid) == len(tree.path(uuid)) <= tree.depth
            assert tree.path(uuid)[-1] == tree.name(uuid)
            assert set(tree.subtree(uuid)) == {unit for unit in tree if uuid in (unit, *tree.ancestors(unit))}
            assert all(tree.parent(child) == uuid for child in tree.children(uuid))
        shuffled = random.sample(units, len(units))
        again = OrgTree.from_units(shuffled, organisation="org")
        assert list(again) == list(tree)
        assert sorted(again.problems) == sorted(tree.problems)

    @given(unit_lists())
    def test_problems_are_the_broken_starts(self, units):
        """Every marked path has its problem, and sound trees have none."""
        tree = OrgTree.from_units(units, organisation="org")
        marked = {uuid for uuid in tree.roots if tree.path(uuid)[0] in (CYCLE, UNKNOWN_PARENT)}
        assert marked == {problem.units[0] for problem in tree.problems}
        known = {uuid: parent for uuid, _, parent in units}
        missing = {uuid for uuid, parent in known.items() if parent == "unknown"}
        assert missing == {problem.units[0] for problem in tree.problems if problem.kind == "missing_parent"}


@pytest.mark.parametrize("parent_of", [lambda n: n - 1, lambda n: (n + 1) % 30_000, lambda n: n // 8])
def test_thirty_thousand_units_in_a_chain_a_ring_or_a_tree(parent_of):
    """No recursion limit, and nowhere near quadratic time."""
    units = [
        (str(n), f"Enhed {n}", None if parent_of(n) in (-1, n) else str(parent_of(n))) for n in range(30_000)
    ]
    started = process_time()
    tree = OrgTree.from_units(units)
    assert len(tree.subtree(tree.roots[0])) == 30_000
    assert process_time() - started < 3
