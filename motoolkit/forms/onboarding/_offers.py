"""What a field offers: the classes, units, systems and roles that fit the rest of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from motoolkit.forms._choices import Choices
    from motoolkit.forms._options import Option
    from motoolkit.forms.onboarding._fields import Field


def offered(choices: Choices, field: Field, row: Mapping[str, Any], on: date) -> Sequence[Option]:
    """Return what can be chosen in a field.

    Args:
        choices: of the MO.
        field: ``unit``, ``class``, ``classes``, ``itsystem`` or ``roles``.
        row: the rest of the row: its unit decides on classes with owners, its system on roles.
        on: the first day of the row.
    """
    if field.kind == "unit":
        return choices.units(on)
    if field.kind == "itsystem":
        return choices.itsystems(on)
    if field.kind == "roles":
        return choices.roles(row.get("itsystem") or "", on)
    return choices.classes(field.facets, on, row.get("org_unit"))


def only(options: Iterable[Option], text: str, label: str) -> Option:
    """Return the one option of a name or a user_key.

    Raises:
        InputError: there is none, or there are several.
    """
    wanted = text.casefold()
    found = [each for each in options if wanted in (each.label.casefold(), each.words.casefold())]
    if not found:
        raise InputError(tr("There is no {text} to choose in {field}.", text=repr(text[:40]), field=label))
    if len(found) > 1:
        hints = ", ".join(f"{each.words} ({each.hint})" if each.hint else each.words for each in found[:4])
        raise InputError(
            tr("{text} may be several: {hints}. Give its key instead.", text=repr(text[:40]), hints=hints)
        )
    return found[0]
