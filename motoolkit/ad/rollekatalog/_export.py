"""What OS2rollekatalog says: who has which role, from any of the files that it can be had as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A role that a user has.

    Attributes:
        user: the username; in OS2rollekatalog that is sAMAccountName.
        uuid: the user's extUuid, which MO's integration takes from FK Organisation; "" where none is told.
        name: what the user is called.
        role: what the role (jobfunktionsrolle) is called.
        identifier: its identifier, "" where none is told.
        groups: the identifiers of its system roles; where the IT system is an AD these are groups' names.
        itsystem: of the role, as OS2rollekatalog calls it; "" where none is told.
        start: the first day; None for always.
        end: the last day; None for ever.
        active: whether the user is.
        through: by what the role is assigned: directly, a unit, a title.
        line: where it stands in the file: a line, or a place in JSON.
    """

    user: str
    role: str
    uuid: str = ""
    name: str = ""
    identifier: str = ""
    groups: tuple[str, ...] = ()
    itsystem: str = ""
    start: date | None = None
    end: date | None = None
    active: bool = True
    through: str = ""
    line: str = ""

    def on(self, day: date) -> bool:
        """Tell whether it gives the role on a day."""
        begun = self.start is None or self.start <= day
        return self.active and begun and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class RoleExport:
    """All assignments of one file.

    Attributes:
        path: the file.
        assignments: in its order.
    """

    path: Path
    assignments: tuple[Assignment, ...]

    @property
    def itsystems(self) -> tuple[str, ...]:
        """The IT systems that are named, in order."""
        return tuple(sorted({each.itsystem for each in self.assignments if each.itsystem}))

    def __len__(self) -> int:
        return len(self.assignments)


Reader = Callable[[Path, str], Iterator[Assignment]]


def read_export(path: str | Path, *, itsystem: str = "") -> RoleExport:
    """Read what OS2rollekatalog gave.

    Args:
        path: the report with user roles as ``.xlsx`` or ``.csv``, or the answer of one of its calls as
            ``.json``: ``/api/read/itsystem/{system}`` (with ``indirectRoles=true``, or only direct ones are
            in it), ``/api/read/assigned/{id}``, ``/api/read/itsystem/roleAssignmentsWithContraints/{system}``
            or ``/api/ad/v2/sync?fullsync=true``.
        itsystem: the IT system that was asked for, which the answers do not tell.

    Raises:
        InputError: the file can not be read, is none of these, or a line of it is not as it should be.
    """
    from motoolkit.ad.rollekatalog._json import read_json
    from motoolkit.ad.rollekatalog._tables import read_csv, read_xlsx

    readers: Final[dict[str, Reader]] = {".csv": read_csv, ".xlsx": read_xlsx, ".json": read_json}
    file = Path(path)
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            tr("{name} is no export of OS2rollekatalog.", name=file.name),
            remedy=tr("Give a file that ends in {known}.", known=", ".join(sorted(readers))),
        )
    try:
        found = tuple(reader(file, itsystem))
    except OSError as error:
        raise InputError(
            tr("{path} can not be read: {reason}.", path=file, reason=error.strerror or error),
            remedy=tr("Check the path, and who may read it."),
        ) from None
    if not found:
        raise InputError(
            tr("{name} holds no assignments.", name=file.name),
            remedy=tr("Export again, without filters that leave everybody out."),
        )
    return RoleExport(file, found)
