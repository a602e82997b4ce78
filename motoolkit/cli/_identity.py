"""Whom ``motoolkit identity show`` is about: a person or a unit, by whatever one has of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from motoolkit.errors import InputError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from motoolkit.identities.picture import IdentityPicture
    from motoolkit.mirror import Mirror

_MOST: Final = 20


def owner_of(mirror: Mirror, who: str, as_of: date) -> str:
    """Return the UUID of a person, else of a unit, else of the only person whom a search finds.

    Raises:
        InputError: there is nobody; or several, whom the remedy lists.
    """
    from motoolkit.identities import persons_of, unit_of

    try:
        return next(iter(persons_of(mirror, [who])))
    except (InputError, StopIteration) as error:
        nobody = error
    try:
        return unit_of(mirror, who, as_of)
    except InputError:
        pass
    return _searched(mirror, who, as_of, nobody)


def _searched(mirror: Mirror, who: str, as_of: date, nobody: Exception) -> str:
    from motoolkit.forms import persons_index

    found = persons_index(mirror, as_of).search(who, _MOST)
    if who.strip() and found.total == 1:
        return found.options[0].value
    if not who.strip() or not found.total:
        if isinstance(nobody, InputError):
            raise nobody
        raise InputError("Nobody was named.", remedy="Give a name, a username, a number or MO's UUID.")
    listed = [f"  {one.value}  {one.label}{f' · {one.hint}' if one.hint else ''}" for one in found.options]
    more = [f"  … and {found.total - len(listed)} more"] if found.total > len(listed) else []
    raise InputError(
        f"{found.total} persons fit {mask_all(who)!r} in MO.",
        remedy="\n".join(["Give the UUID of the one that is meant:", *listed, *more]),
    )


def check_endings(files: Mapping[str, str | None]) -> None:
    """Check before anything is read that each file's name ends as its option says.

    Raises:
        InputError: one does not.
    """
    for ending, file in files.items():
        if file and Path(file).suffix.lower() != ending:
            raise InputError(
                f"--{ending[1:]} writes no file that is called {Path(file).name!r}.",
                remedy=f"End the name in {ending}.",
            )


def save(picture: IdentityPicture, files: Mapping[str, str | None]) -> None:
    """Write a picture to the files that are asked for, and tell where they are.

    Raises:
        ReportError: one can not be written.
    """
    for file in filter(None, files.values()):
        click.echo(picture.save(file), err=True)
