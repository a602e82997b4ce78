"""Answers as SD writes them: elements without attributes, dates in ISO form, the request echoed first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from motoolkit.sandbox.sd._asked import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from motoolkit.sandbox.sd._asked import Asked

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ACTOR: Final = "dk.eg.sd.loen.webservices.web.sdws.BusinessHandler.qm"


def element(name: str, text: object) -> str:
    """Return an element; None makes it empty."""
    return f"<{name}/>" if text is None or text == "" else f"<{name}>{escape(str(text))}</{name}>"


def within(name: str, *content: str, attributes: str = "") -> str:
    """Return an element around others."""
    return f"<{name}{attributes}>{''.join(content)}</{name}>"


def echo(asked: Asked, parameters: Iterable[str], name: str = "RequestStructure") -> str:
    """Return what was asked: dates in ISO form, indicators in lower case, also those that were not given."""
    return within(name, *(_echoed(asked, each) for each in parameters))


def _echoed(asked: Asked, name: str) -> str:
    if name.endswith("Indicator"):
        flag = asked.flag(name, default=name == "StatusActiveIndicator")
        return element(name, "true" if flag else "false")
    if not asked.text(name):
        return ""
    return element(name, asked.day(name).isoformat() if name.endswith("Date") else asked.text(name))


def answer(
    service: str, now: datetime, content: Iterable[str], attribute: str = "creationDateTime"
) -> Iterator[str]:
    """Yield an answer in pieces."""
    yield f'{DECLARATION}<{service} {attribute}="{now:%Y-%m-%dT%H:%M:%S}">'
    yield from content
    yield f"</{service}>"


def fault(service: str, sentence: str) -> str:
    """Return how SD refuses: HTTP 200, and a SOAP fault without namespaces."""
    return DECLARATION + within(
        "Envelope",
        within(
            "Body",
            within(
                "Fault",
                element("faultcode", "soapenv:soapenvClient.ParameterError"),
                element("faultstring", sentence),
                element("faultactor", f"{_ACTOR}.{service}BO"),
                within(
                    "detail",
                    element("string", f'Missing or invalid parameter from client: "{sentence}"'),
                ),
            ),
        ),
    )


def no_such(name: str, text: str) -> FaultError:
    """Return SD's refusal of something that it does not have."""
    return FaultError(f"The stated {name} '{text}' does not exist")
