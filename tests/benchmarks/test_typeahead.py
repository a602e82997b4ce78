"""What a letter costs in the kernel with 20,000 persons: the budget is 50 ms."""

from __future__ import annotations

import time

from motoolkit.forms import Index, Option
from motoolkit_widgets.typeahead import TypeAhead

BUDGET = 0.050
MOST_RATIO = 40
PERSONS = 20_000
GIVEN = (
    "Peter",
    "Jens",
    "Søren",
    "Jan",
    "Åse",
    "Kåre",
    "Hans",
    "Hans-Jørgen",
    "Anne",
    "Mette",
    "Zoë",
    "Aage",
    "Bo",
)
SURNAMES = ("Nielsen", "Jensen", "Hansen", "Pedersen", "Møller", "Kjærgård", "Holm", "Østergaard", "Aaen")
TYPED = ("hans holm", "holm ha", "møller ka", "moeller", "e", "n s", "en en en", "0 1 9", "pqz", "hh01x")


def test_a_letter_costs_less_than_50_ms(capsys):
    """Through the widget's own message handler, each text letter by letter; the worst letter counts.

    Beside it ``text in label`` over all labels, in the same run, to tell a slow machine from slow code.
    """
    field = TypeAhead(Index(persons()), label="Person")
    field.send = [].append
    labels = [option.label for option in persons()]
    letters = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    costs = sorted((least(field._told, field, {"search": text, "number": 1}, []), text) for text in letters)
    plain = least(lambda: [label for label in labels if "hans" in label])
    (median, _), (worst, slowest) = costs[len(costs) // 2], costs[-1]
    with capsys.disabled():
        print(
            f"\ntype-ahead, {PERSONS:,} persons, {len(letters)} letters: median {median * 1000:.1f} ms, "
            f"worst {worst * 1000:.1f} ms ({slowest!r}); plain `in` {plain * 1000:.1f} ms"
        )
    assert worst < BUDGET
    assert worst < MOST_RATIO * plain


def persons():
    """Return persons of few names, so that hits are many: the dear case."""
    return [
        Option(
            str(number),
            f"{GIVEN[number % 13]} {GIVEN[number // 13 % 13]} {SURNAMES[number % 9]}",
            f"{number % 28 + 1:02}-{number % 12 + 1:02}-19{number % 59 + 40} · user{number:05}",
            f"NK-{number:05}",
        )
        for number in range(PERSONS)
    ]


def least(measure, *args):
    """Measure thrice: a garbage collection of the whole heap is not the letter's cost."""

    def once():
        began = time.perf_counter()
        measure(*args)
        return time.perf_counter() - began

    return min(once() for _ in range(3))
