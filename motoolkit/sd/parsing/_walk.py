"""Walking an answer as it comes in: by local names, never more than one item in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from lxml import etree

from motoolkit.errors import SdUnreadableError
from motoolkit.sd.parsing._faults import fault_error
from motoolkit.sd.parsing._source import LIMIT, Readable, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    Handler = Callable[[Element], None]

T = TypeVar("T")
_MOST_NAMES: Final = 1000
_WRAPPERS: Final = frozenset({"Envelope", "Body"})
ECHOES: Final = ("RequestStructure", "RequestKey")
"""The element in which SD repeats what it was asked."""


class Names(dict[str, T | None], Generic[T]):
    """Values by an element's tag as lxml gives it, whatever its namespace; None for other tags."""

    def __init__(self, local: Mapping[str, T]) -> None:
        super().__init__()
        self._local = local

    def __missing__(self, tag: str) -> T | None:
        found = self._local.get(local_name(tag))
        if len(self) < _MOST_NAMES:
            self[tag] = found
        return found


def local_name(tag: object) -> str:
    """Return a tag without its namespace."""
    return str(tag).rpartition("}")[2]


def text_of(element: Element) -> str | None:
    """Return an element's text without what surrounds it; None when nothing is left."""
    return (element.text or "").strip() or None


def child_texts(element: Element) -> dict[str, str | None]:
    """Return the texts of the children by local name; of equal names the first counts."""
    texts: dict[str, str | None] = {}
    for child in element:
        texts.setdefault(local_name(child.tag), text_of(child))
    return texts


def walk(
    answer: bytes | Readable,
    services: Sequence[str],
    handlers: Mapping[str, Handler],
    *,
    institution: str = "",
    limit: int = LIMIT,
) -> str:
    """Hand each element that a handler is named for to it, then forget the element.

    Args:
        answer: the bytes, or a stream of them.
        services: what the root may be called, without the digits of a version.
        handlers: by local name; called at the end of each such element outermost of its name.
        institution: which one was asked for.
        limit: how many bytes the answer may have.

    Returns:
        The institution that the answer is about, or nothing where it does not say.

    Raises:
        SdClosedError, SdUnreadableError, SdFaultError: there is nothing to read.
    """
    source = Source(answer, limit)
    echo = _Echo(institution)
    wanted: dict[str, Handler] = {**handlers, **dict.fromkeys(ECHOES, echo), "Fault": _raise_fault}
    context = _events(source, wanted)
    try:
        _drive(context, Names(wanted))
        root = context.root
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        failure = SdUnreadableError(
            f"SD-Løn's answer is cut off or is no XML: it stops making sense in line {line}.",
            remedy="Try again; if it stays so, something between here and SD-Løn changes its answers.",
        )
    else:
        _check_root(root, services)
        return echo.found or institution
    raise failure


def _events(source: Source, wanted: Mapping[str, object]) -> etree.iterparse[tuple[str, Element]]:
    return etree.iterparse(
        source,
        events=("end",),
        tag=[f"{{*}}{name}" for name in wanted],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    )


def _drive(context: Iterator[tuple[str, Element]], handlers: Names[Handler]) -> None:
    for _, element in context:
        parent = element.getparent()
        if parent is not None and handlers[parent.tag] is not None:
            continue  # nested in one that is handled as a whole
        handler = handlers[element.tag]
        if handler is not None:
            handler(element)
        element.clear()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]


def _check_root(root: Element, services: Sequence[str]) -> None:
    while local_name(root.tag) in _WRAPPERS and len(root):
        root = root[-1]
    name = local_name(root.tag)
    if name.rstrip("0123456789") not in services:
        raise SdUnreadableError(
            f"SD-Løn answered with {name[:60]!r} where {services[0]} was asked.",
            remedy="Check sd_url: something else than SD-Løn answers there.",
        )


def _raise_fault(element: Element) -> None:
    raise fault_error(element)


class _Echo:
    """What SD says that it was asked, held against what was asked."""

    def __init__(self, asked: str) -> None:
        self._asked = asked
        self.found = ""

    def __call__(self, element: Element) -> None:
        self.found = child_texts(element).get("InstitutionIdentifier") or ""
        if self._asked and self.found and self.found.upper() != self._asked.upper():
            raise SdUnreadableError(
                f"SD-Løn answered for institution {self.found!r} where {self._asked!r} was asked.",
                remedy="Check sd_institutions, and that nothing caches answers before SD-Løn.",
            )
