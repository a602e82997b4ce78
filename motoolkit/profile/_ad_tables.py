"""Reading ``[profiles.NAME.ad.DIRECTORY]`` tables, every part as its dataclass says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from motoolkit.errors import ProfileError, SecretError
from motoolkit.profile import ad
from motoolkit.profile.secret import Secret, secret_at

_NAME: Final = re.compile(r"[\w ÆØÅæøå.-]+")
_PAIR: Final = 2


def read_directories(place: str, tables: Any) -> tuple[ad.AdSettings, ...]:
    """Return the directories of a profile.

    Args:
        place: whose they are, in errors.
        tables: settings by the directory's name, as the file has them.

    Raises:
        ProfileError: a setting is unknown or has no usable value.
        SecretError: a password stands in plain text.
    """
    if not isinstance(tables, Mapping) or not all(isinstance(each, Mapping) for each in tables.values()):
        raise ProfileError(
            f"ad of {place} holds no tables of directories.",
            remedy="Write each as [profiles.NAME.ad.DIRECTORY].",
        )
    return tuple(read_directory(place, name, table) for name, table in tables.items())


def read_directory(place: str, name: str, table: Mapping[str, Any]) -> ad.AdSettings:
    """Return one directory."""
    where = f"directory {name!r} of {place}"
    if not _NAME.fullmatch(name):
        raise ProfileError(
            f"{name!r} can not be the name of a directory.", remedy="Use letters, digits, '-', '_' and '.'."
        )
    read: ad.AdSettings = _shaped(ad.AdSettings, {"name": name, **table}, where)
    _check(read, where)
    return read


def ad_settings_from_json(table: Mapping[str, Any]) -> ad.AdSettings:
    """Return one directory's settings from JSON, its name among them.

    Raises:
        ProfileError, SecretError: as in the profile file.
    """
    return read_directory(
        "the JSON", str(table.get("name", "")), {k: v for k, v in table.items() if k != "name"}
    )


def with_password(settings: ad.AdSettings) -> ad.AdSettings:
    """Return the settings with the password that the environment has for them, where it has one."""
    variable = f"MOTOOLKIT_AD_{re.sub('[^A-Z0-9]', '_', settings.name.upper())}_PASSWORD"
    return replace(settings, password=secret_at(f"env:{variable}")) if os.environ.get(variable) else settings


def _check(read: ad.AdSettings, where: str) -> None:
    schemes = ("ldaps://", "ldap://")
    if read.url and not read.url.startswith(schemes):
        raise ProfileError(
            f"url of {where} is no address of a directory.", remedy=f"Begin it with {' or '.join(schemes)}."
        )
    for kind in (rule.kind for rule in read.kinds):
        if kind not in ad.ACCOUNT_KINDS:
            raise ProfileError.unknown(f"kind of account in {where} called", kind, ad.ACCOUNT_KINDS)
    for pattern in (read.usernames.pattern, *(rule.sam for rule in read.kinds)):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ProfileError(
                f"{pattern!r} in {where} is no regular expression: {error}.", remedy="Correct it."
            ) from None


def _hints(shape: type[Any]) -> dict[str, Any]:
    return get_type_hints(shape, vars(ad) | {"Secret": Secret})


def _shaped(shape: type[Any], table: Mapping[str, Any], where: str) -> Any:
    """Return a dataclass filled from a table."""
    hints = _hints(shape)
    unknown = [name for name in table if name not in hints]
    if unknown:
        raise ProfileError.unknown(f"setting of {where} called", unknown[0], [*hints])
    needed = [each.name for each in fields(shape) if each.default is each.default_factory is MISSING]
    if missing := [name for name in needed if name not in table]:
        raise ProfileError(f"{where[:1].upper()}{where[1:]} lacks {missing[0]}.", remedy="Give it a value.")
    return shape(**{name: _value(hints[name], value, f"{name} of {where}") for name, value in table.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    """Return one value as its type says."""
    if hint == Secret | None:
        return _secret(value, where)
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise _mistyped(where, "a table")
        return _shaped(hint, value, where)  # type: ignore[arg-type]  # a class
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ProfileError.unknown(f"value for {where} called", str(value), [*map(str, get_args(hint))])
        return value
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0], value, where)
    return _plain(hint, value, where)


def _tuple(hint: Any, value: Any, where: str) -> tuple[Any, ...]:
    if get_origin(hint) is tuple and isinstance(value, Mapping):
        value = list(value.items())
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise _mistyped(where, "a list")
    if get_origin(hint) is tuple:
        if not all(isinstance(each, list | tuple) and len(each) == _PAIR for each in value):
            raise _mistyped(where, "a table, or a list of pairs")
        return tuple((_plain(str, one, where), _plain(str, other, where)) for one, other in value)
    return tuple(_value(hint, each, where) for each in value)


def _plain(hint: Any, value: Any, where: str) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if hint is not bool and isinstance(value, bool):
        raise _mistyped(where, _WORDS[hint])
    if not isinstance(value, hint):
        raise _mistyped(where, _WORDS[hint])
    if hint in {int, float} and value < 0:
        raise ProfileError(f"{where} is below zero.", remedy="Give zero or more.")
    return value


_WORDS: Final = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _secret(value: Any, where: str) -> Secret | None:
    if value is None or isinstance(value, Secret):
        return value
    try:
        return secret_at(str(value))
    except SecretError as error:
        raise SecretError(f"{where} stands in plain text.", remedy=error.remedy) from None


def _mistyped(where: str, what: str) -> ProfileError:
    return ProfileError(f"{where} is not {what}.", remedy=f"Write {what}.")
