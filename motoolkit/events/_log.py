"""The log of a service: JSON lines for programs, readable lines on a terminal, never a CPR number."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

_TALKATIVE: Final = ("httpx", "httpcore", "gql")
_PLAIN: Final = (str, int, float, bool, type(None))


def mask_cpr(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Mask CPR numbers in all that a line says, however deep."""
    return {name: _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    match value:
        case dict():
            return {mask_all(str(name)): _masked(each) for name, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(each) for each in value]
        case _:
            told, text = mask_all(str(value)), str(value)
            return value if told == text and isinstance(value, _PLAIN) else told


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send all that is logged, by structlog or by Python's own, to standard error as structured lines.

    Raises:
        ModuleNotFoundError: structlog is not installed.
    """
    import structlog

    people = sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if people else "iso", utc=not people),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask_cpr,
            *([structlog.dev.ConsoleRenderer(colors=True)] if people else _json_lines()),
        ],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _json_lines() -> list[Processor]:
    from structlog.processors import JSONRenderer

    return [_readable_order, JSONRenderer(ensure_ascii=False)]


def _readable_order(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Begin a line with when, how grave and what."""
    first = {"timestamp": event.pop("timestamp"), "level": event.pop("level"), "message": event.pop("event")}
    return {**first, **event}
