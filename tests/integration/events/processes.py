"""The commands that listen, as processes, and what they say while they run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx


class Command:
    """``motoolkit …`` in a folder; its two outputs are files that may be read while it runs."""

    def __init__(self, folder, *words):
        place = Path(tempfile.mkdtemp(dir=folder))
        self._files = place / "out", place / "err"
        command = [sys.executable, "-m", "motoolkit", *map(str, words)]
        environ = {**os.environ, "MOTOOLKIT_EVENTS": str(folder / "events.sqlite3")}
        with self._files[0].open("w") as out, self._files[1].open("w") as err:
            self.process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=environ)

    @property
    def out(self):
        """Its standard output so far."""
        return self._files[0].read_text()

    @property
    def err(self):
        """Its standard error so far."""
        return self._files[1].read_text()

    @property
    def log(self):
        """What it logged so far, by line."""
        return [json.loads(line) for line in self.err.splitlines() if line.startswith("{")]

    def logged(self, **facts):
        """Return the lines of its log that say these things."""
        return [line for line in self.log if facts.items() <= line.items()]

    def wait_for(self, condition, seconds=20.0):
        """Wait until something holds, and return it; what it said is the message when it never does."""
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"it never came true:\n{self.out}\n{self.err}"
            time.sleep(0.05)
        return found

    def stop(self, number=signal.SIGTERM, seconds=30.0):
        """Send a signal and return the exit code, as a shell tells it.

        ``python -m`` ends by SIGINT itself, which shells call 130, when Ctrl-C fell into an ``exec`` of a
        text (dataclasses do that as they are imported), though it was handled (CPython 3.11).
        """
        self.process.send_signal(number)
        code = self.process.wait(timeout=seconds)
        return 130 if code == -signal.SIGINT else code

    def end(self):
        """Wait for its own end and return the exit code."""
        return self.process.wait(timeout=60)

    def health(self):
        """Ask a service how it fares."""
        (line,) = self.wait_for(lambda: self.logged(message="starting"))
        answer = httpx.get(line["health"], timeout=5)
        return answer.status_code, answer.json()

    def metrics(self):
        """Return a service's numbers by name."""
        (line,) = self.wait_for(lambda: self.logged(message="starting"))
        lines = [line.split("{") for line in httpx.get(line["metrics"], timeout=5).text.splitlines()]
        return {line[0]: float(line[1].split()[-1]) for line in lines if line[0][0] != "#"}
