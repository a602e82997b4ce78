"""The type-ahead in the kernel, as the browser's messages find it; no browser, no kernel."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import pytest

from motoolkit.errors import TransportError
from motoolkit.forms import Found, Index, Option
from motoolkit_widgets.typeahead import TypeAhead

PEOPLE = Index(
    [
        Option("u1", "Hans Holm", "25-01-1982 · haho01"),
        Option("u2", "Åse Møller", "11-12-1975 · åsmø"),
        Option("u3", "Hanne Bech", "040506-1234"),
    ]
)


class Sent(list):
    """What the widget sends to the browser."""


def telling(source=PEOPLE, **given):
    """Return a type-ahead and what it sends."""
    field, sent = TypeAhead(source, label="Person", **given), Sent()
    field.send = sent.append
    return field, sent


def tell(field, **message):
    """Tell the widget something, as the browser does."""
    field._handle_custom_msg(message, [])


def test_a_search_is_answered_with_its_number_and_what_fits():
    """The letters that fit are marked; CPR numbers are masked."""
    field, sent = telling()
    tell(field, search="aas", number=7)
    assert sent == [
        {
            "number": 7,
            "options": [
                {
                    "value": "u2",
                    "label": [("Ås", True), ("e Møller", False)],
                    "hint": [("11-12-1975 · ", False), ("ås", True), ("mø", False)],
                }
            ],
            "total": 1,
            "capped": False,
        }
    ]
    tell(field, search="bech", number=8)
    assert sent[1]["options"][0]["hint"] == [("040506-xxxx", False)]


def test_what_is_chosen_is_the_value():
    """Its label comes with it, and those who observe are told."""
    field, _ = telling()
    seen = []
    field.observe(lambda change: seen.append(change.new), "value")
    tell(field, choose="u1")
    assert (field.value, field.chosen_label, seen) == ("u1", "Hans Holm", ["u1"])


def test_a_value_set_in_python_shows_its_label():
    """From the start and later; what nobody knows is shown as it is, "" is nothing."""
    field, _ = telling(value="u2")
    assert field.chosen_label == "Åse Møller"
    field.value = "u9"
    assert field.chosen_label == "u9"
    field.value = ""
    assert field.chosen_label == ""


def test_text_that_chose_nothing_is_told_and_the_value_is_gone():
    """A CPR number in it is masked; choosing makes it good."""
    field, _ = telling(value="u1")
    tell(field, left="Hans 010190-1234")
    assert (field.value, field.unmatched) == ("", "Hans 010190-xxxx")
    assert field.trouble == (
        "Der er ikke valgt noget for »Hans 010190-xxxx«: vælg på listen, eller tøm feltet."
    )
    tell(field, choose="u1")
    assert (field.value, field.trouble) == ("u1", "")


def test_an_emptied_field_chooses_nothing_and_is_no_trouble():
    """Whether something has to be chosen is the form's to say."""
    field, _ = telling(value="u1", required=True)
    tell(field, left="  ")
    assert (field.value, field.trouble) == ("", "")


def test_the_forms_own_sentence_comes_before_ours():
    """And ours is still there when the form takes its own back."""
    field, _ = telling()
    tell(field, left="hans")
    field.error = "Enheden findes ikke den dag."
    assert field.trouble == "Enheden findes ikke den dag."
    field.error = ""
    assert field.trouble.startswith("Der er ikke valgt noget for »hans«")
    field.clear()
    assert field.trouble == ""


def test_several_are_chosen_once_each_and_removed():
    """As values; a text that chose nothing leaves them."""
    field, _ = telling(multiple=True)
    for value in ("u1", "u2", "u1"):
        tell(field, choose=value)
    assert (field.values, field.value) == (["u1", "u2"], "")
    assert [chip["label"] for chip in field._chips] == ["Hans Holm", "Åse Møller"]
    tell(field, remove="u1")
    tell(field, left="nobody")
    assert (field.values, field.unmatched) == (["u2"], "nobody")


def test_namesakes_among_several_are_told_apart():
    """By their hints, for those who see them and for those who hear "remove"."""
    twins = Index([Option("a", "Hans", "25-01-1982"), Option("b", "Hans", "02-03-1990"), Option("c", "Ida")])
    field, _ = telling(twins, multiple=True)
    field.values = ["a", "b", "c"]
    assert [chip["label"] for chip in field._chips] == ["Hans (25-01-1982)", "Hans (02-03-1990)", "Ida"]


def test_what_goes_wrong_in_a_search_is_told_in_the_list():
    """MO's troubles are a sentence; other errors are raised too, so that they are seen."""

    class Broken:
        error: Exception = TransportError("MO at http://mo answers nothing.", remedy="Try again.")

        def search(self, *_):
            raise self.error

    field, sent = telling(Broken())
    tell(field, search="x", number=1)
    assert sent[0]["number"] == 1
    assert sent[0]["failed"].startswith("MO at http://mo answers nothing.")
    Broken.error = ZeroDivisionError("040506-1234")
    with pytest.raises(ZeroDivisionError):
        field._told(field, {"search": "x", "number": 2}, [])
    assert sent[1] == {"number": 2, "failed": "040506-xxxx"}


def test_a_newer_search_cancels_an_older_one():
    """Only the last is answered; the one before was stopped, not just dropped."""

    class Slow:
        stopped: ClassVar[list[str]] = []

        async def asearch(self, text, _limit):
            try:
                await asyncio.sleep(5 if text == "h" else 0)
            except asyncio.CancelledError:
                self.stopped.append(text)
                raise
            return Found((), 0, capped=True)

    async def typed():
        field, sent = telling(Slow())
        for number, text in enumerate(("h", "ha"), 1):
            tell(field, search=text, number=number)
            await asyncio.sleep(0.01)
        return sent

    assert asyncio.run(typed()) == [{"number": 2, "options": [], "total": 0, "capped": True}]
    assert Slow.stopped == ["h"]


def test_a_message_that_is_none_of_ours_is_left_alone():
    """Whatever a page sends."""
    field, sent = telling(value="u1")
    for message in ({}, {"search": 1, "number": 1}, {"choose": None}, {"search": "x"}):
        tell(field, **message)
    assert (sent, field.value) == ([], "u1")


def test_texts_are_in_the_language_in_use(monkeypatch):
    """Danish unless MOTOOLKIT_LANG says English."""
    assert TypeAhead(PEOPLE).placeholder == "Skriv for at søge"
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")
    english = TypeAhead(PEOPLE)
    assert (english.placeholder, english._texts["none"]) == ("Type to search", "No hits")
