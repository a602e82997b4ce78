"""A line to MO that can be cut: forwards requests until it has forwarded enough."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable


class Line:
    """Forwards to ``target``; after ``cut(n)`` only ``n`` more GraphQL requests get through.

    ``requests`` are the bodies of the GraphQL requests that came.
    """

    def __init__(self, target: str) -> None:
        self.http = httpx.Client(base_url=target, timeout=60, trust_env=False)
        self.requests: list[bytes] = []
        self._left: int | None = None
        self._jobs: dict[bytes, Callable[[], object]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the line begins."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def cut(self, after: int) -> None:
        """Let ``after`` more GraphQL requests through."""
        self._left = after

    def mend(self) -> None:
        """Let everything through again."""
        self._left = None

    def when(self, text: bytes, job: Callable[[], object]) -> None:
        """Run ``job`` once, before the first request with ``text`` in it is forwarded."""
        self._jobs[text] = job

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self.http.close()

    def _admits(self, body: bytes) -> bool:
        with self._lock:
            self.requests.append(body)
            for text in [text for text in self._jobs if text in body]:
                self._jobs.pop(text)()
            if self._left is None:
                return True
            self._left -= 1
            return self._left >= 0

    def _handler(self):
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self):
                self._forward(b"")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if not self.path.startswith("/graphql/") or line._admits(body):
                    self._forward(body)
                else:
                    self.close_connection = True

            def _forward(self, body):
                keep = ("authorization", "session", "content-type", "accept")
                headers = {k: v for k, v in self.headers.items() if k.lower() in keep}
                answer = line.http.request(self.command, self.path, content=body, headers=headers)
                self.send_response(answer.status_code)
                self.send_header("content-type", answer.headers.get("content-type", "text/plain"))
                self.send_header("content-length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_args):
                pass

        return Handler
