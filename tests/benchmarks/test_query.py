"""From MO's JSON to a frame beside ``json`` and ``pandas``, and what ``%load_ext motoolkit`` costs."""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import time
import tracemalloc
import uuid
from typing import TYPE_CHECKING

import orjson
import pandas as pd
import pytest
from graphql import build_schema, parse

from motoolkit.query._flatten import flatten
from motoolkit.query._shape import shape_of
from motoolkit.query._split import split
from motoolkit.query._typed import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 50_000
PAGE = 2_000
ROUNDS = 3

PLAIN = "{ engagements { objects { uuid } } }"
USUAL = """{ engagements { objects { uuid current { user_key fraction validity { from to }
    person_response { uuid } org_unit_response { uuid current { name } } } } } }"""


@pytest.fixture(scope="module")
def schema(conformance):
    """Return a real MO's schema."""
    return build_schema((conformance / "schema" / "v30.graphql").read_text(), assume_valid=True)


def made(document: str) -> list[dict[str, object]]:
    """Return so many engagements, as MO answers."""
    chance = random.Random(1)  # noqa: S311 - the same numbers in every run

    def some_uuid() -> str:
        return str(uuid.UUID(int=chance.getrandbits(128)))

    def values() -> dict[str, object]:
        return {
            "user_key": f"NS-{chance.randrange(10**5)}",
            "fraction": chance.choice([None, 370_000]),
            "validity": {"from": f"20{chance.randrange(10, 26)}-06-01T00:00:00+02:00", "to": None},
            "person_response": {"uuid": some_uuid()},
            "org_unit_response": {"uuid": some_uuid(), "current": {"name": f"Skole {chance.randrange(500)}"}},
        }

    more = document != PLAIN
    return [{"uuid": some_uuid()} | ({"current": values()} if more else {}) for _ in range(ROWS)]


def least(work: Callable[[], object]) -> float:
    """Return the least seconds of some rounds."""

    def once() -> float:
        gc.collect()
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return min(once() for _ in range(ROUNDS))


def peak(work: Callable[[], object]) -> int:
    """Return the most bytes that Python held beyond what it held before."""
    gc.collect()
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("document", [PLAIN, USUAL], ids=["plain", "usual"])
def test_a_frame_costs_at_most_half_more_than_pandas_own(schema, document, capsys):
    """And at most three times the answer's size in memory, as each page is flattened when it comes."""
    found = made(document)
    whole = json.dumps({"data": {"page": {"objects": found}}}).encode()
    pages = [
        json.dumps({"data": {"page": {"objects": found[at : at + PAGE]}}}).encode()
        for at in range(0, ROWS, PAGE)
    ]

    def theirs() -> pd.DataFrame:
        return pd.json_normalize(json.loads(whole)["data"]["page"]["objects"])

    def ours() -> pd.DataFrame:
        (reading,) = split(parse(document), {}, schema)
        node = shape_of(reading, schema)
        blocks = [flatten(node, orjson.loads(page)["data"]["page"]) for page in pages]
        return frame_of(node, blocks, 30, show_cpr=False)

    assert len(ours()) == ROWS
    ratio, memory = least(ours) / least(theirs), peak(ours) / len(whole)
    with capsys.disabled():
        print(f"\n{ROWS:,} rows: {ratio:.2f} of json and pandas; {memory:.1f} times the answer in memory")
    assert ratio < 1.5
    assert memory < 3


def test_loading_the_extension_costs_less_than_half_a_second(capsys):
    """Beyond IPython's own start, in CPU seconds of a fresh process."""
    start = "from IPython.core.interactiveshell import InteractiveShell as S; s = S(); "

    def cost(statement: str) -> float:
        def once() -> float:
            before = os.times()
            subprocess.run([sys.executable, "-c", start + statement], check=True)
            after = os.times()
            return after.children_user + after.children_system - before.children_user - before.children_system

        return min(once() for _ in range(ROUNDS))

    bare, loaded = cost("pass"), cost("s.extension_manager.load_extension('motoolkit')")
    with capsys.disabled():
        print(f"\n%load_ext motoolkit: {loaded - bare:.2f} s beyond IPython's {bare:.2f} s")
    assert loaded - bare < 0.5
