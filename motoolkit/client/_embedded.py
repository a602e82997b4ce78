"""A sandbox of one's own: a child process, one a Python process, gone when its parent is."""

from __future__ import annotations

import atexit
import re
import subprocess
import sys
import tempfile
import threading
from typing import IO, Final

from motoolkit.errors import TransportError
from motoolkit.model import mask_all

_READY: Final = re.compile(r"sandbox ready at (http://\S+)")
_SECONDS_TO_START: Final = 60
_SECONDS_TO_STOP: Final = 5

_TIED: Final = """\
import os, runpy, sys, threading
def end_with_parent():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module("motoolkit", run_name="__main__", alter_sys=True)
"""
"""Runs ``python -m motoolkit`` until its standard input ends: a killed kernel leaves no server behind."""


class _Embedded:
    """The one sandbox of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._url = ""

    def url(self) -> str:
        """Return where it answers; start it if it does not run."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process, self._url = _start()
                atexit.register(self.stop)
                # Not on stdout: a command's output may be read by a program.
                print(  # noqa: T201
                    f"No MO is chosen: this is the sandbox, a made-up municipality at {self._url}.",
                    file=sys.stderr,
                )
            return self._url

    def stop(self) -> None:
        """End it; a client of it then finds nobody."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


_EMBEDDED: Final = _Embedded()


def embedded_sandbox() -> str:
    """Return the URL of this process's sandbox, started and announced if it was not there.

    Raises:
        TransportError: it could not be started.
    """
    return _EMBEDDED.url()


def stop_embedded_sandbox() -> None:
    """End this process's sandbox, if it runs."""
    _EMBEDDED.stop()


def _start() -> tuple[subprocess.Popen[str], str]:
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-c", _TIED, "sandbox", "--port", "0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            # Interrupting a notebook cell must not interrupt the sandbox.
            start_new_session=True,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        too_late = threading.Timer(_SECONDS_TO_START, process.kill)
        too_late.start()
        for line in process.stdout:
            if found := _READY.search(line):
                too_late.cancel()
                threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
                return process, found[1]
        too_late.cancel()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        errors.seek(0)
        raise _not_started(errors.read())


def _drain(stream: IO[str]) -> None:
    """Read on, so that the sandbox never blocks on a full pipe."""
    try:
        for _ in stream:
            pass
    except ValueError:  # it was closed meanwhile
        return


def _not_started(log: str) -> TransportError:
    last = mask_all(log.strip().splitlines()[-1]) if log.strip() else "it said nothing"
    return TransportError(
        f"The embedded sandbox did not start: {last}",
        remedy="Install it with pip install 'motoolkit[sandbox]', or name a profile or a URL.",
    )
