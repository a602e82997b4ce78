"""The settings of a mapping: read one by one, each wrong value told with what would be right."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.model import as_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    Reader = Callable[[str, Any], Any]

_MOST_DIGITS = 12
_STATUS = ("0", "1", "3", "4", "7", "8", "9", "S")
_EXTENSIONS = tuple(f"extension_{number}" for number in range(1, 11))


def read_file(path: Path) -> dict[str, Any]:
    """Return what a mapping file says.

    Raises:
        InputError: it can not be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"There is no mapping file {path}.", remedy="Check the path, or name one of the presets."
        ) from None
    except OSError as error:
        raise InputError(
            f"The mapping file {path} can not be read: {error.strerror}.", remedy="Check its owner and mode."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"The mapping file {path} is no valid TOML: {error}.", remedy="Correct it in an editor."
        ) from None


def read_settings(settings: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return each setting as the mapping holds it.

    Raises:
        InputError: a setting is unknown or has no usable value.
    """
    return {name: _read(name, value, place) for name, value in settings.items()}


def _read(name: str, value: Any, place: str) -> Any:
    if name not in _READERS:
        raise InputError.unknown(f"setting of {place} called", name, list(_READERS))
    try:
        return _READERS[name](name, value)
    except _WrongError as error:
        raise InputError(
            f"{name} of {place} can not be {value!r}.", remedy=f"It is {error.args[0]}."
        ) from None


class _WrongError(Exception):
    """The argument says what would be right."""


def to_toml(settings: Mapping[str, Any]) -> str:
    """Return settings as TOML."""
    import tomlkit

    document = tomlkit.document()
    for name, value in settings.items():
        if value is not None:
            document[name] = _plain(value)
    return tomlkit.dumps(document)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _flag(_name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongError("true or false")
    return value


def _number(most: int) -> Reader:
    def read(_name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise _WrongError(f"a number from 0 to {most}")
        return value

    return read


def _text(_name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongError("a text")
    return value.strip()


def _one_of(*known: str) -> Reader:
    def read(name: str, value: Any) -> str:
        if isinstance(value, str) and value not in known and value:
            raise InputError.unknown(name, value, [word for word in known if word])
        if value not in known:
            raise _WrongError(f"one of {', '.join(repr(word) for word in known)}")
        return str(value)

    return read


def _texts(_name: str, value: Any) -> tuple[str, ...]:
    items = _items(value)
    if items is None or not all(isinstance(item, str) and item.strip() for item in items):
        raise _WrongError('a list of texts: ["one", "another"]')
    return tuple(item.strip() for item in items)


def _items(value: Any) -> list[Any] | None:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else None


def _statuses(_name: str, value: Any) -> frozenset[str]:
    items = list(value) if isinstance(value, str) else _items(value)
    if items is None:
        raise _WrongError('a list of status codes: ["0", "1", "3"]')
    codes = frozenset(str(item) for item in items)
    if wrong := codes - set(_STATUS):
        raise InputError.unknown("status code in SD called", min(wrong), _STATUS)
    return codes


def _expressions(name: str, value: Any) -> tuple[str, ...]:
    texts = _texts(name, value)
    for text in texts:
        try:
            re.compile(text)
        except re.error as error:
            raise _WrongError(f"a list of regular expressions, which {text!r} is not: {error}") from None
    return texts


def _day(_name: str, value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return as_date(value)
    except InputError:
        raise _WrongError("a date, as 1930-01-01") from None


def _table(known: Iterable[str] | None = None) -> Reader:
    def read(name: str, value: Any) -> dict[str, str]:
        entries = dict(value) if hasattr(value, "items") else None
        if entries is None or not all(isinstance(v, str) and v.strip() for v in entries.values()):
            raise _WrongError('a table of texts: {word = "user_key"}')
        for word in entries:
            if known is not None and word not in known:
                raise InputError.unknown(f"entry of {name} called", word, list(known))
        return {str(word): text.strip() for word, text in entries.items()}

    return read


_READERS: Final[dict[str, Reader]] = {
    "prefix": _flag,
    "padding": _number(_MOST_DIGITS),
    "active": _statuses,
    "leave": _statuses,
    "leave_types": _texts,
    "job_function": _one_of("user_key", "name", ""),
    "unknown_job_function": _text,
    "engagement_type": _one_of("hours", "status", "salaried", "number", ""),
    "engagement_types": _table(),
    "divide": _number(10**_MOST_DIGITS),
    "title": _one_of(*_EXTENSIONS, ""),
    "raw_unit": _one_of("extension_5", "association", ""),
    "association_type": _text,
    "unit_code": _one_of(*_EXTENSIONS, ""),
    "fraction": _flag,
    "fraction_synced": _flag,
    "placement": _one_of("none", "parent", "manager", "region"),
    "too_deep": _texts,
    "climb": _flag,
    "unknown_unit": _text,
    "unit_prefix": _flag,
    "units": _flag,
    "unit_addresses": _table(("p_number", "phone", "email", "postal")),
    "person_names": _flag,
    "clamp": _day,
    "ignore_unit_names": _expressions,
    "nameless_unit": _text,
    "resync": _one_of("sdtool-plus", ""),
}
