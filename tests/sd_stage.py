"""A small real HTTP server that answers what a test says, for what the sandbox's SD never does."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager

import uvicorn
import uvicorn.loops.asyncio
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

PASSWORD = "hemmelig-4711"
XML = "text/xml;charset=UTF-8"


class Stage:
    """What the server is to answer, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.by_path: dict[str, deque] = {}

    def answers(self, service: str, *answers: bytes | Response) -> None:
        """Let a service answer so, in this order; the last one again and again."""
        self.by_path[service] = deque(answers)

    def of(self, service: str) -> list[dict[str, str]]:
        """Return the parameters with which a service was asked."""
        return [query for _, path, query in self.asked if path.rsplit("/", 1)[-1].startswith(service)]

    async def handle(self, request) -> Response:
        """Answer a request."""
        path = request.url.path
        self.asked.append((request.method, path, dict(request.query_params)))
        waiting = self.by_path.get(path.rsplit("/", 1)[-1]) or deque([Response(status_code=404)])
        answer = waiting.popleft() if len(waiting) > 1 else waiting[0]
        return Response(answer, media_type=XML) if isinstance(answer, bytes) else answer


@contextmanager
def serving():
    """Run a stage."""
    stage = Stage()
    app = Starlette(routes=[Route("/{rest:path}", stage.handle, methods=["GET", "POST"])])
    config = uvicorn.Config(
        app, port=0, log_level="error", lifespan="off", loop="asyncio", http="h11", ws="none"
    )
    config.load()  # imported here: two threads that import at the same time have tripped over each other
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while thread.is_alive() and not running.started:
        time.sleep(0.01)
    assert running.started, "the stage's server did not start"
    stage.url = f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    yield stage
    running.should_exit = True
    thread.join(timeout=10)
