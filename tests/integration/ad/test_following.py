"""A watch over MO's events and a directory: what changes is told, and comes to what an audit says."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import httpx
import pytest
from support import launch

from motoolkit import connect
from motoolkit.ad import COLLECTIONS, Watch, connect_ad, open_source
from motoolkit.ad.following import Following, told
from motoolkit.events import Listener
from motoolkit.mirror import Mirror

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Say it in English."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture
def town(tmp_path):
    """Serve a municipality in agreement with its directories, and keep one of these in a file."""
    box = launch("--today", str(TODAY), "--ad", "clean", "--sd", "clean", log=tmp_path / "sandbox.log")
    with ExitStack() as stack:
        stack.callback(box.stop)
        client, mirror = stack.enter_context(connect(box.url)), stack.enter_context(Mirror.open())
        mirror.load(client, COLLECTIONS)
        (told_of,) = [stack.enter_context(each) for each in connect_ad(box.url, ["admin"])]
        file = tmp_path / "admin.ldif"
        file.write_bytes(httpx.get(f"{box.url}/sandbox/ad/admin.ldif", timeout=60).content)
        source = open_source(replace(told_of.settings, files=(str(file),)))
        yield client, mirror, source, file


async def until(condition):
    """Wait until something has come about."""
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.1)
    pytest.fail("It did not come about within half a minute.")


def test_changes_of_both_sides_are_told_and_come_to_what_an_audit_says(town):
    """An IT user ends in MO; an account's name changes in AD; both at once is what a fresh look says."""
    client, mirror, source, file = town
    lines = []
    taken = source.snapshot()
    account = next(each for each in taken.accounts if each.surname == "Toft" and each.engagement)
    following = Following(
        Listener(client, "tests-ad", temporary=True),
        mirror,
        [(source, taken)],
        tell=lambda change: lines.extend(told(change)),
        complain=pytest.fail,
        every=1,
        today=lambda: TODAY,
    )
    assert following.watch.findings() == ()

    async def change():
        running = asyncio.create_task(following.run())
        await until(lambda: following._listener.stats.state == "listening")
        file.write_text(file.read_text().replace("\nsn: Toft\n", "\nsn: Tofte\n"))
        await until(lambda: any("Other name" in line or "name" in line.lower() for line in lines))
        plan = client.plan()
        ituser = next(mirror.rows("SELECT uuid FROM itusers WHERE external_id = $id", {"id": account.guid}))
        plan.terminate("ituser", ituser[0], end=TODAY)
        assert plan.apply(journal=False).ok
        await until(lambda: len({line.split(":")[0] for line in lines}) > 1)
        following._listener.stop()
        await running

    asyncio.run(change())
    mirror.refresh(client)
    world = following.watch.world
    fresh = Watch([source.settings], mirror, [source.snapshot()], as_of=TODAY, now=world.now)
    assert {f.key for f in following.watch.findings()} == {f.key for f in fresh.findings()}
    assert fresh.findings()
    assert not client.execute("{ event_listeners { objects { user_key } } }")["event_listeners"]["objects"]
