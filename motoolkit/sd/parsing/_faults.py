"""Faults, which come with HTTP 200: what SD-Løn says in them, and which of them mean "not there"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.errors import SdClosedError, SdFaultError, SdNotFoundError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_WORDS: Final = {
    "EmploymentIdentifier": "employment",
    "PersonCivilRegistrationIdentifier": "person",
    "DepartmentIdentifier": "department",
    "DepartmentUUIDIdentifier": "department",
}
_MISSING: Final = re.compile(
    rf"\b({'|'.join(_WORDS)})\b[^.;]*?\b(?:does not exist|was not found)", re.IGNORECASE
)
_CLOSED: Final = "the webservice has failed"
_LONGEST: Final = 300


def fault_error(fault: Element) -> SdFaultError | SdClosedError:
    """Return the error for a ``Fault`` element; CPR numbers in its words are masked."""
    texts = list(_texts(fault))
    told = next(iter(texts), "no reason")
    if any(_CLOSED in text.lower() for text in texts):
        return SdClosedError(
            "SD-Løn answered that its web service has failed, which is what it says when it is closed.",
            remedy="Try again within its opening hours, about 06:00 to 22:00.",
            repeatable=True,
        )
    sentence = f"SD-Løn answered with a fault: {mask_all(told)[:_LONGEST].rstrip('.')}."
    for text in texts:
        if found := _MISSING.search(text):
            what = next(word for name, word in _WORDS.items() if name.lower() == found[1].lower())
            return SdNotFoundError(sentence, remedy=f"SD-Løn has no such {what} there.", what=what)
    return SdFaultError(sentence, remedy="Check what was asked; SD's support knows what the fault means.")


def _texts(fault: Element) -> Iterator[str]:
    """Yield SD's words: of ``detail/string`` and ``faultstring``, the plainest first."""
    from motoolkit.sd.parsing._walk import local_name

    found: dict[str, list[str]] = {}
    for element in fault.iter():
        if text := " ".join((element.text or "").split()).strip("\"' "):
            found.setdefault(local_name(element.tag), []).append(text)
    for name in ("faultstring", "Text", "string", "faultcode"):
        yield from found.get(name, ())
