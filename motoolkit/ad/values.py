"""What MO has for an account, by the names that ``FieldRule.mo`` uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.kinds import ancestors
from motoolkit.ad.linking import engagement_of
from motoolkit.ad.managing import leaders_of
from motoolkit.ad.matching import person_of
from motoolkit.ad.normal import postal
from motoolkit.ad.reach import reach_of, unit_reach
from motoolkit.ad.subjects import unit_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.ad.reach import Reach
    from motoolkit.ad.world import World

Key = tuple[str, str]
"""Of an account: the directory's name and the GUID."""
PATH_SEPARATOR: Final = "\\"
"""Between units, as the integration writes it (ORG_UNIT_PATH_STRING_SEPARATOR)."""


class Said(NamedTuple):
    """What MO says.

    Attributes:
        values: any of them is right, the first is what is told; none where MO has nothing.
        soft: what is not quite it: the nickname where the official name is meant.
        secret: what must not be seen in AD.
    """

    values: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()


class Value(NamedTuple):
    """One thing that MO has for an account.

    Attributes:
        code: what a difference is, unless the attribute has a code of its own.
        normal: how it is compared: a name of ``motoolkit.ad.normal.NORMAL``.
        say: returns it; None where MO can not tell: nobody's account, or nobody who works today.
    """

    code: str
    normal: str
    say: Callable[[World, Key], Said | None]


def value(name: str) -> Value | None:
    """Return what is meant by a name: one of ``VALUES`` or of ``PREFIXES``, None for what is not known."""
    if name in VALUES:
        return VALUES[name]
    prefix, _, rest = name.rpartition(".")
    made = PREFIXES.get(prefix)
    return made(rest) if made and rest else None


def _said(*values: str, soft: tuple[str, ...] = ()) -> Said:
    return Said(tuple(each for each in values if each), tuple(each for each in soft if each))


def _person(official: str, nickname: str, world: World, key: Key) -> Said | None:
    """Return names of the person; where the nickname is meant, who has none is called officially."""
    row = mo.at(world.persons.of(world.ask(person_of, key)), world.as_of)
    if row is None:
        return None
    called = f"{row.nickname_given_name} {row.nickname_surname}".strip()
    names = {"name": row.name, "nickname": called}
    first, second = (names[each] if each in names else getattr(row, each) for each in (official, nickname))
    return _said(first or second, soft=(second,))


def _engagement(field: str, world: World, key: Key) -> Said | None:
    row = world.ask(engagement_of, key)
    return _said(getattr(row, field)) if row else None


def _class(reference: str, field: str, world: World, key: Key) -> Said | None:
    row = world.ask(engagement_of, key)
    found = mo.at(world.classes.of(getattr(row, reference)), world.as_of) if row else None
    return _said(getattr(found, field)) if found else None


def _unit(field: str, world: World, key: Key) -> Said | None:
    row = world.ask(engagement_of, key)
    found = mo.at(world.org_units.of(row.org_unit), world.as_of) if row else None
    return _said(getattr(found, field)) if found else None


def path_of(world: World, unit: str) -> tuple[str, ...]:
    """Return the names of all units from the top down to one."""
    return tuple(unit_name(world, uuid) for uuid in reversed(world.ask(ancestors, unit)))


def _path(world: World, key: Key) -> Said | None:
    row = world.ask(engagement_of, key)
    return _said(PATH_SEPARATOR.join(world.ask(path_of, row.org_unit))) if row else None


def _level(level: int, world: World, key: Key) -> Said | None:
    """Return the unit of a level, the top being the first; who works above it has none there."""
    row = world.ask(engagement_of, key)
    names = world.ask(path_of, row.org_unit) if row else ()
    return _said(names[level - 1]) if 0 < level <= len(names) else None


def _manager(world: World, key: Key) -> Said | None:
    if world.ask(engagement_of, key) is None:
        return None
    rows = (mo.at(world.persons.of(uuid), world.as_of) for uuid in world.ask(leaders_of, key).persons)
    return _said(*(row.name for row in rows if row))


def _reached(purpose: str, world: World, key: Key) -> Said | None:
    return _shown(world.ask(reach_of, key, purpose)) if world.ask(person_of, key) else None


def _unit_reached(purpose: str, world: World, key: Key) -> Said | None:
    row = world.ask(engagement_of, key)
    return _shown(world.ask(unit_reach, row.org_unit, purpose)) if row else None


def _shown(reach: Reach) -> Said | None:
    if reach.unreadable and not reach.values:
        return None
    return Said(reach.values, secret=reach.secret)


def _part(place: int, say: Callable[[World, Key], Said | None], world: World, key: Key) -> Said | None:
    """Return one part of postal addresses: road, postal code or town; None where none has it."""
    found = say(world, key)
    if found is None or not found.values:
        return found
    parts = tuple(part for each in found.values if (part := postal(each)[place]))
    return Said(parts, secret=found.secret if place == 0 else ()) if parts else None


_street = partial(_reached, "street")
_unit_street = partial(_unit_reached, "street")

VALUES: Final[dict[str, Value]] = {
    "person.given_name": Value("ATTR-NAME", "name", partial(_person, "given_name", "nickname_given_name")),
    "person.surname": Value("ATTR-NAME", "name", partial(_person, "surname", "nickname_surname")),
    "person.name": Value("ATTR-DISPLAY", "name", partial(_person, "name", "nickname")),
    "person.nickname": Value("ATTR-DISPLAY", "name", partial(_person, "nickname", "name")),
    "engagement.user_key": Value("ATTR-TITLE", "text", partial(_engagement, "user_key")),
    "engagement.uuid": Value("ATTR-TITLE", "text", partial(_engagement, "uuid")),
    "job_function.name": Value("ATTR-TITLE", "text", partial(_class, "job_function", "name")),
    "job_function.user_key": Value("ATTR-TITLE", "text", partial(_class, "job_function", "user_key")),
    **{
        f"engagement.extension_{number}": Value(
            "ATTR-TITLE", "text", partial(_engagement, f"extension_{number}")
        )
        for number in range(1, 11)
    },
    "engagement_type.name": Value("ATTR-TITLE", "text", partial(_class, "engagement_type", "name")),
    "unit.name": Value("ATTR-DEPT", "text", partial(_unit, "name")),
    "unit.user_key": Value("ATTR-DEPT", "text", partial(_unit, "user_key")),
    "unit.uuid": Value("ATTR-DEPT", "text", partial(_unit, "uuid")),
    "unit.path": Value("ATTR-UNITPATH", "text", _path),
    "company": Value("ATTR-COMPANY", "text", partial(_level, 2)),
    "manager": Value("ATTR-TITLE", "name", _manager),
    "mail": Value("ATTR-MAIL", "mail", partial(_reached, "mail")),
    "phone": Value("ATTR-PHONE", "phone", partial(_reached, "phone")),
    "mobile": Value("ATTR-PHONE", "phone", partial(_reached, "mobile")),
    "office": Value("ATTR-OFFICE", "text", partial(_reached, "office")),
    "street": Value("ATTR-ADDRESS", "street", partial(_part, 0, _street)),
    "postal_code": Value("ATTR-ADDRESS", "digits", partial(_part, 1, _street)),
    "city": Value("ATTR-ADDRESS", "text", partial(_part, 2, _street)),
    "unit.mail": Value("ATTR-MAIL", "mail", partial(_unit_reached, "mail")),
    "unit.phone": Value("ATTR-PHONE", "phone", partial(_unit_reached, "phone")),
    "unit.street": Value("ATTR-ADDRESS", "street", partial(_part, 0, _unit_street)),
    "unit.postal_code": Value("ATTR-ADDRESS", "digits", partial(_part, 1, _unit_street)),
    "unit.city": Value("ATTR-ADDRESS", "text", partial(_part, 2, _unit_street)),
}
"""Everything that settings can name, but for what ``PREFIXES`` make."""


def _of_level(level: str) -> Value | None:
    return Value("ATTR-DEPT", "text", partial(_level, int(level))) if level.isdigit() else None


def _of_type(user_key: str) -> Value:
    return Value("ATTR-OFFICE", "text", partial(_reached, user_key))


PREFIXES: Final[dict[str, Callable[[str], Value | None]]] = {
    "unit.level": _of_level,
    "address": _of_type,
}
"""``unit.level.3`` is the unit's name on the third level, ``address.LocationEmployee`` is of that type."""
