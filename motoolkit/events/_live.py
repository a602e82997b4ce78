"""``events.live``: MO's events in JupyterLab, as they come, while the kernel is free for other cells."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from motoolkit.client import AsyncClient, Client, connect, profile_for
from motoolkit.errors import EventError, InputError
from motoolkit.events._backlog import Backlog
from motoolkit.events._ending import at_exit
from motoolkit.events._listener import Listener
from motoolkit.events._rate import Rate
from motoolkit.events._routing import ROUTING_KEYS
from motoolkit.model import COPENHAGEN, mask_all

if TYPE_CHECKING:
    from motoolkit.events._event import Event
    from motoolkit.events._live_look import Shot
    from motoolkit.events._stats import Stats
    from motoolkit.events._story import Story
    from motoolkit.mirror import Mirror
    from motoolkit.profile import Profile

_MOST_ROWS: Final = 50
_SECONDS_BETWEEN_LOOKS: Final = 0.4
_SECONDS_TO_STOP: Final = 60.0
_number = itertools.count(1)
_of_cells: dict[str, Live] = {}


def live(
    mo: Client | AsyncClient | Profile | str | None = None,
    *routing_keys: str,
    changes: bool = False,
    mirror: Mirror | None = None,
    minutes: float = 10,
) -> Live:
    """Show MO's events in JupyterLab as they come, with buttons to pause and to stop.

    It listens under a name of its own, so that nobody else misses an event, and leaves nothing in MO when it
    is stopped, its cell is run again, or the kernel ends.  Stopped, what it showed stays in the notebook.

    Args:
        mo: a client, a profile or its name, a URL; None as for ``motoolkit.connect``.
        routing_keys: what to listen for; everything without.
        changes: show what changed.  Without ``mirror`` MO is first read into memory.
        mirror: a loaded mirror that knows what things are called and what changed; it follows the events.
        minutes: how far back the picture of the rate goes.

    Raises:
        EventError: this is no notebook, or ipywidgets is missing.
        InputError: there is no such routing key.
        MoError: MO can not be listened to.
    """
    _check_notebook()
    if isinstance(mo, str) and mo in ROUTING_KEYS:
        raise InputError(
            f"The first argument is which MO to listen to, and {mo!r} is a routing key.",
            remedy=f'Write live(None, "{mo}"), or pass a client first: live(mo, "{mo}").',
        )
    cell = _cell()
    if cell in _of_cells:
        _of_cells.pop(cell).stop()
    begun = Live(mo, routing_keys or ROUTING_KEYS, mirror or (_read(mo) if changes else None), minutes)
    begun.show()
    if cell:
        _of_cells[cell] = begun
    return begun


class Live:
    """A live view; ``live`` makes it.  ``stop``, ``pause`` and ``resume`` do what its buttons do."""

    def __init__(
        self,
        mo: Client | AsyncClient | Profile | str | None,
        routing_keys: tuple[str, ...],
        mirror: Mirror | None,
        minutes: float,
    ) -> None:
        self._rate = Rate(minutes)
        self._mirror = mirror
        name = f"live-{socket.gethostname()}-{os.getpid()}-{next(_number)}"
        self._profile = mo.profile if isinstance(mo, Client | AsyncClient) else profile_for(mo, {})
        self._listener = Listener(self._profile, name, mirror=mirror, temporary=True)
        self._backlog = Backlog(self._profile, name)
        self._newest: deque[Event] = deque(maxlen=_MOST_ROWS)
        self._stories: dict[str, Story] = {}
        self._seen = 0
        self._since = ""
        self._failure = ""
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._listener.add(self._take, *routing_keys)

    def __repr__(self) -> str:
        return f"<Live {self._listener.name}: {self._seen} events; {self._listener.stats.state}>"

    @property
    def stats(self) -> Stats:
        """The listener's numbers."""
        return self._listener.stats

    def show(self) -> None:
        """Listen, and show what comes in the output of this cell."""
        from motoolkit.events._live_view import View

        self._since = f"{datetime.now(COPENHAGEN):%d-%m-%Y kl. %H:%M}"
        at_exit(self._listener, self._profile)
        try:
            self._listener.start()
            self._view = View(toggle=self._toggle, stop=self._stopping.set)
            self._view.display(self._shot())
        except BaseException:
            self._listener.stop()
            raise
        threading.Thread(target=self._look, name="motoolkit live", daemon=True).start()

    def pause(self) -> None:
        """Fetch nothing until ``resume``; MO keeps what happens meanwhile."""
        self._listener.pause()

    def resume(self) -> None:
        """Go on."""
        self._listener.resume()

    def stop(self) -> None:
        """Stop listening, delete the listener in MO, and let what was shown stay in the notebook."""
        self._stopping.set()
        self._ended.wait(_SECONDS_TO_STOP)

    def _toggle(self) -> None:
        if self.stats.state == "paused":
            self.resume()
        else:
            self.pause()

    async def _take(self, event: Event) -> None:
        with self._lock:
            self._newest.appendleft(event)
            self._seen += 1
            self._rate.add(time.time())

    def _look(self) -> None:
        """Show what is new, a few times a second, until it is over."""
        while not self._stopping.wait(_SECONDS_BETWEEN_LOOKS) and self.stats.state != "stopped":
            self._view.update(self._shot())
        self._view.stopping()
        try:
            self._listener.stop()
        except Exception as error:  # noqa: BLE001 - whatever ended it, it is for the page to show
            self._failure = mask_all(str(error))
        self._view.finish(self._shot())
        self._backlog.close()
        self._ended.set()

    def _shot(self) -> Shot:
        from motoolkit.events._live_look import Shot

        now, stats = time.time(), self.stats
        with self._lock:
            newest, seen = list(self._newest), self._seen
            bars, a_minute = self._rate.bars(now), self._rate.last_minute(now)
        return Shot(
            place=self._listener.url,
            state=stats.state,
            problem=self._failure or stats.problem,
            seen=seen,
            a_minute=a_minute,
            waiting=self._backlog.count() if stats.state == "paused" else stats.in_hand,
            minutes=self._rate.minutes,
            bars=bars,
            stories=self._told(newest),
            knows_changes=self._mirror is not None,
            since=self._since,
        )

    def _told(self, newest: list[Event]) -> list[Story]:
        self._stories = {event.token: self._stories.get(event.token) or self._tell(event) for event in newest}
        return list(self._stories.values())

    def _tell(self, event: Event) -> Story:
        from motoolkit.events._story import Story, tell
        from motoolkit.plan.danish import scalar

        try:
            return tell(event, self._mirror, scalar)
        except Exception:  # noqa: BLE001 - a mirror that was closed raises whatever DuckDB does
            return Story(event)


def _check_notebook() -> None:
    from importlib.util import find_spec

    from motoolkit.progress import in_notebook

    if not in_notebook() or find_spec("ipywidgets") is None:
        raise EventError(
            "A live view needs a notebook, and ipywidgets.",
            remedy="In a terminal: motoolkit events tail. For JupyterLab: pip install 'motoolkit[lab]'.",
        )


def _cell() -> str:
    """Return which cell runs; "" where the front end does not tell."""
    from IPython import get_ipython

    kernel: Any = get_ipython().kernel
    return str(kernel.get_parent("shell").get("metadata", {}).get("cellId", ""))


def _read(mo: Client | AsyncClient | Profile | str | None) -> Mirror:
    from motoolkit.mirror import Mirror

    mirror = Mirror.open()
    with connect(mo.profile if isinstance(mo, Client | AsyncClient) else mo) as client:
        mirror.load(client)
    return mirror
