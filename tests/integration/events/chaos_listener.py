"""A listener that writes down what it handles, to be killed: ``chaos_listener.py URL LOG SEED``."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import threading
import time

from motoolkit.errors import MoError
from motoolkit.events import Listener


def main(url: str, log: str, seed: str) -> None:
    """Listen until SIGTERM, and print the numbers."""
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    chance = random.Random(int(seed))  # noqa: S311 - no secret

    def note(what: str, subject: str) -> None:
        os.write(out, f"{what} {os.getpid()} {time.monotonic()} {subject}\n".encode())

    def judged(subject: str) -> None:
        if chance.random() < 0.005:
            note("failed", subject)
            raise RuntimeError("made to fail")
        note("ended", subject)

    async def handle(event):
        note("began", event.subject)
        await asyncio.sleep(chance.random() * 0.02)
        judged(event.subject)

    def handle_in_thread(event):
        note("began", event.subject)
        time.sleep(chance.random() * 0.02)
        judged(event.subject)

    listener = Listener(url, "chaos", namespace="kaos", parallel=20)
    listener.add(handle, "ting")
    listener.add(handle_in_thread, "sager")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=tell_when, args=(listener,), daemon=True).start()
    sys.stdout.write(f"{asyncio.run(listener.run())}\n")


def tell_when(listener: Listener) -> None:
    """Say so when the listener can be stopped cleanly."""
    while listener.stats.state != "listening":
        time.sleep(0.05)
    sys.stdout.write("listening\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except MoError as error:
        sys.exit(f"{error}")
