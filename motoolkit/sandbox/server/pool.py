"""MO's connection pool, which leaks: after enough failures nothing is answered until a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import WRITINGS

if TYPE_CHECKING:
    from motoolkit.sandbox.server.document import Operation

PLACES: Final = 15
"""Five connections and an overflow of ten."""

EXHAUSTED: Final = {
    "data": None,
    "errors": [
        {
            "message": "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
            "path": [],
        }
    ],
}

_PLURAL: Final = frozenset(name for writing in WRITINGS.values() for name in writing.plural)


class Pool:
    """The connections that are left."""

    def __init__(self) -> None:
        self.left = PLACES

    def restart(self) -> None:
        """Give back every connection, as only a restart of MO does."""
        self.left = PLACES

    def note(self, operation: Operation, body: dict[str, Any]) -> None:
        """Lose a connection when a field failed while others of the request were still running.

        Aliased mutations run one after another and leak nothing, nor does the only field of a query; a plural
        create does, and a field that fails within an object (measured: MO does not wait for the rest).
        """
        paths = [error["path"] for error in body.get("errors", ()) if error.get("path")]
        together = not operation.is_mutation and len(operation.fields) > 1
        if any(together or len(path) > 1 or _PLURAL.intersection(operation.fields) for path in paths):
            self.left = max(0, self.left - 1)
