"""Starting the sandbox on this machine."""

from __future__ import annotations

import gc
import socket
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.model import today_in_denmark
from motoolkit.sandbox.ad import OFF, NordbyAd, tidied
from motoolkit.sandbox.events.generator import QUICK
from motoolkit.sandbox.identities import odd_identities, sound_identities
from motoolkit.sandbox.municipality import (
    SOMEBODY,
    SUBSTITUTE_ROLES,
    edited_by_hand,
    municipality,
    odd_for_ad,
    odd_for_sd,
)
from motoolkit.sandbox.sd import SdLoen
from motoolkit.sandbox.state import StateFile
from motoolkit.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from uvicorn import Server

    from motoolkit.sandbox.events.generator import Delay
    from motoolkit.sandbox.records import Record

HOST: Final = "127.0.0.1"
"""The sandbox is for this machine only: its secrets are public."""


def run_sandbox(
    *,
    port: int = 5000,
    persons: int = 400,
    today: date | None = None,
    seed: int = 1,
    empty: bool = False,
    sessions: Sequence[str] = (),
    substitute_roles: Sequence[str] = (),
    clients: Sequence[str] = (),
    token_lifetime: int = 300,
    faults: Sequence[str] = (),
    pace: float = 0.0,
    state: Path | None = None,
    event_delay: Delay = QUICK,
    sd: str = "planted",
    ad: str = "planted",
    identities: str = "off",
) -> None:
    """Serve until interrupted; says ``sandbox ready at http://127.0.0.1:PORT`` once it answers.

    Args:
        port: 0 takes a free one.
        persons: how many persons the municipality has; not used when ``empty``.
        today: the date at which the clock stands; None for the real time.
        seed: another one makes other ordinary persons.
        empty: serve a MO that holds nothing.
        sessions: the legacy sessions that are let in.
        substitute_roles: the association types that may have a deputy; by default the municipality's.
        clients: further service accounts, ``ID:SECRET[:ROLE,ROLE]``.
        token_lifetime: in seconds.
        faults: what goes wrong, ``NAME[=COUNT|RATE][@SECONDS]``.
        pace: milliseconds that each object takes; a real MO's are about 4.
        state: the file that the world is kept in; where it exists the world is read from it, and ``persons``,
            ``seed`` and ``empty`` are not used.
        event_delay: seconds from a change to its event; ``real`` waits 5 to 90, as MO does.
        sd: how SD-Løn, beside MO, sees the municipality: ``clean`` agrees with MO, ``planted`` deviates, and
            with ``everything`` MO is odd too where a deviation needs it.
        ad: likewise its two directories (AD); ``off`` is none.
        identities: ``clean`` leaves nothing odd about accounts in MO, ``planted`` adds what checks find.

    Raises:
        InputError: the port is taken, a client or a fault is malformed, or the state file can not be used.
    """
    from motoolkit.sandbox.server.app import make_app
    from motoolkit.sandbox.server.faults import Faults
    from motoolkit.sandbox.server.pace import Pace
    from motoolkit.sandbox.server.shared import Shared
    from motoolkit.sandbox.server.tokens import Client, Tokens

    listening = _listen(port)
    tokens = Tokens([Client.parse(text) for text in clients], token_lifetime)
    mishaps = Faults(list(faults))
    file = None if state is None else StateFile(state)
    if file is not None and file.path.exists():
        world = file.read(today=today, substitute_roles=substitute_roles)
    else:
        records = [] if empty else municipality(seed, persons, today=today or today_in_denmark())
        world = _world(
            records, today, substitute_roles or SUBSTITUTE_ROLES, sd=sd, ad=ad, identities=identities
        )
    shared = Shared(
        world,
        tokens,
        mishaps,
        frozenset(map(str, sessions)),
        Pace(pace),
        file=file,
        sd=SdLoen(world, sd),
        ad=None if ad == OFF else NordbyAd(world, ad),
        event_delay=event_delay,
    )
    server = _server(make_app(shared), f"http://{HOST}:{listening.getsockname()[1]}")
    if file is not None:
        file.start(world)
    # The world stays: looking through all of it for garbage again and again would only delay answers.
    gc.freeze()
    server.run(sockets=[listening])


def _world(
    records: list[Record],
    today: date | None,
    substitute_roles: Sequence[str],
    *,
    sd: str,
    ad: str,
    identities: str,
) -> World:
    """Return the world of a municipality, with ``everything`` also what the cases of SD or AD need in MO."""
    day = today or today_in_denmark()
    extra = odd_for_sd(day) if sd == "everything" and records else []
    if ad == "everything" and records:
        records = [*records, *odd_for_ad(records, day)]
    if ad == "clean" and records:
        records = tidied(records, day)
    if identities != OFF and records:
        records = sound_identities(records, day)
    if identities == "planted" and records:
        records = [*records, *odd_identities(day)]
    world = World([*records, *extra], today=today, substitute_roles=substitute_roles)
    if extra:
        world.put(edited_by_hand(records), actor=SOMEBODY)
    return world


def _listen(port: int) -> socket.socket:
    # Named, or asyncio leaves Nagle's algorithm on, which costs each answer 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise InputError(
            f"Port {port} on {HOST} is taken.", remedy="Stop what listens there, or give another --port."
        ) from None
    listening.listen()
    return listening


def _server(app: object, url: str) -> Server:
    from uvicorn import Config, Server

    class Announcing(Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"sandbox ready at {url}", flush=True)  # noqa: T201  # the line that others wait for

    # A fault cuts connections on purpose, and Starlette would log each as a crash.
    return Announcing(Config(app, log_level="critical", timeout_keep_alive=100, timeout_graceful_shutdown=2))  # type: ignore[arg-type]  # an ASGI application
