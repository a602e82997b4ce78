"""Writing a directory's settings as the table that the profile file has for it."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motoolkit.profile.ad import AdSettings


def ad_settings_to_toml(settings: AdSettings, profile: str) -> str:
    """Return a directory as the text of a profile file: what differs from what goes without saying.

    Args:
        settings: of the directory; a password is not written.
        profile: whose directory it is.
    """
    import tomlkit

    table = _plain(settings)
    del table["name"]
    table.pop("password", None)
    document = {"profiles": {profile: {"ad": {settings.name: _nested_last(table)}}}}
    return tomlkit.dumps(document)


def _nested_last(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with its own tables after all else, as TOML wants it."""
    return dict(sorted(table.items(), key=lambda item: _is_table(item[1])))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_is_table, value)))


def _plain(settings: Any) -> dict[str, Any]:
    found = {}
    for each in fields(settings):
        value = getattr(settings, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if value != default:
            found[each.name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if is_dataclass(value):
        return _plain(value)
    return [_value(each) for each in value] if isinstance(value, tuple) else value
