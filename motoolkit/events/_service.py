"""What a listener answers to those who look after it: ``/health`` and ``/metrics`` over HTTP."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, make_server

from motoolkit.errors import EventError
from motoolkit.events._health import examine
from motoolkit.model import COPENHAGEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from motoolkit.events._stats import Stats

_PATHS: Final = ("/health", "/metrics")


def application(listener: str, stats: Callable[[], Stats]) -> WSGIApplication:
    """Return the WSGI application of a listener.

    ``/health`` answers 200 while it listens and 503 with a sentence when it is ill, blocked, hangs or has
    had no answer from MO for a while; ``/metrics`` is for Prometheus.  Neither asks MO for anything.
    """
    from prometheus_client import make_wsgi_app

    from motoolkit.events._metrics import registry

    metrics: WSGIApplication = make_wsgi_app(registry(listener, stats))

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        match environ.get("PATH_INFO"):
            case "/metrics":
                return metrics(environ, start_response)
            case "/health":
                health = examine(stats(), datetime.now(COPENHAGEN))
                status = "200 OK" if health.ok else "503 Service Unavailable"
                return _json(start_response, status, health.as_json(listener))
            case _:
                return _json(start_response, "404 Not Found", {"paths": _PATHS})

    return answer


@contextmanager
def serving(listener: str, stats: Callable[[], Stats], *, host: str, port: int) -> Iterator[str]:
    """Answer in a thread of its own, also while a handler blocks the event loop; yield the URL.

    Args:
        listener: its name, the label of all numbers.
        stats: reads the numbers.
        host: the address to listen on.
        port: 0 takes a free one.

    Raises:
        EventError: the port can not be had.
        ModuleNotFoundError: prometheus_client is not installed.
    """
    from prometheus_client.exposition import ThreadingWSGIServer

    try:
        server = make_server(host, port, application(listener, stats), ThreadingWSGIServer, _Silent)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise EventError(
            f"Nothing can be served at {host}:{port}: {told}.",
            remedy="Choose another with --port (0 takes a free one) or --host.",
        ) from None
    thread = threading.Thread(target=server.serve_forever, name="motoolkit health", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: whoever looks comes every few seconds."""


def _json(start_response: StartResponse, status: str, told: dict[str, Any]) -> list[bytes]:
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
