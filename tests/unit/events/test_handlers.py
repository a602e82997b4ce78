"""Which functions can be handlers, and for which routing keys."""

from __future__ import annotations

import asyncio
import functools
import threading

import pytest

from motoolkit.errors import InputError
from motoolkit.events._handlers import Handler, Handlers, in_thread
from motoolkit.events._routing import ROUTING_KEYS, check_routing_key


def test_the_routing_keys_are_mos_own():
    """As a real MO sends them (domain 13)."""
    assert ROUTING_KEYS == (
        "address",
        "association",
        "class",
        "engagement",
        "facet",
        "itsystem",
        "ituser",
        "kle",
        "leave",
        "manager",
        "org_unit",
        "owner",
        "person",
        "related_unit",
        "rolebinding",
    )


@pytest.mark.parametrize(
    ("typo", "remedy"),
    [
        ("engagment", "Did you mean engagement?"),
        ("employee", "MO's events call it 'person'."),
        ("persons", "MO's events call it 'person'."),
        ("org_units", "MO's events call it 'org_unit'."),
        ("xyz", "Known: address, association, class"),
    ],
)
def test_a_mistyped_routing_key_is_an_error_here_since_mo_takes_it_in_silence(typo, remedy):
    """Trap: MO never validates a routing key, and never sends anything for a wrong one (domain 13)."""
    with pytest.raises(InputError, match="There is no routing key") as caught:
        Handlers("mo").add(print, (typo,))
    assert remedy in caught.value.remedy


def test_other_namespaces_have_whatever_keys_their_owner_sends():
    """Only MO's own can be known."""
    assert check_routing_key("lønkørsel", "sd") == "lønkørsel"
    with pytest.raises(InputError, match="A routing key is empty"):
        check_routing_key(" ", "sd")


def test_no_routing_key_at_all_is_an_error():
    """A handler of nothing would wait for ever."""
    with pytest.raises(InputError, match="No routing key was given"):
        Handlers("mo").add(print, ())


@pytest.mark.parametrize("function", [lambda: None, lambda _a, _b: None, "text"])
def test_a_function_that_takes_no_event_is_refused_at_once(function):
    """And not when the first event comes."""
    with pytest.raises(InputError, match="can not be called with an event"):
        Handler.of(function)


class Caller:
    """An object that can be awaited when called."""

    async def __call__(self, event):
        """Do nothing."""


async def handle(event, more=None):
    """Do nothing."""


@pytest.mark.parametrize("function", [handle, functools.partial(handle, more=1), Caller()])
def test_async_handlers_are_known_in_every_dress(function):
    """Functions, partial ones and objects."""
    assert Handler.of(function).is_async


def test_a_plain_function_runs_in_a_thread_of_its_own():
    """It can not block the event loop."""

    async def main():
        return await in_thread(threading.get_ident)

    assert asyncio.run(main()) != threading.get_ident()


def test_what_a_thread_raises_is_raised_where_it_is_awaited():
    """Nothing is swallowed."""

    async def main():
        await in_thread(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(main())
