"""A FastRAMQPI integration that writes down when it handles an event; run by the Python that has FastRAMQPI.

``fastramqpi_listener.py NAMESPACE USER_KEY ROUTING_KEY PARALLELISM LOG``; the rest is in its environment.
"""

from __future__ import annotations

import sys
import time

import uvicorn
from fastapi import APIRouter
from fastramqpi.config import Settings
from fastramqpi.events import GraphQLEvents, Listener
from fastramqpi.main import FastRAMQPI

namespace, user_key, routing_key, parallelism, log = sys.argv[1:]
router = APIRouter()
lines = open(log, "a", buffering=1)  # noqa: PTH123, SIM115 - open for as long as the process lives


@router.post("/event")
async def handle() -> None:
    """Write down the time."""
    lines.write(f"{time.monotonic()}\n")


listener = Listener(namespace, user_key, routing_key, "/event", int(parallelism))
integration = FastRAMQPI(
    "benchmark",
    Settings(log_level="WARNING"),
    graphql_version=25,
    graphql_events=GraphQLEvents(declare_listeners=[listener]),
)
app = integration.get_app()
app.include_router(router)
uvicorn.run(app, host="127.0.0.1", port=8000, log_level="warning")
