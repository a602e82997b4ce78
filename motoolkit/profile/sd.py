"""How one customer's SD-Løn is reached; beside the MO in its profile, as ``sd_url`` and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from motoolkit.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from motoolkit.profile._layers import Layer
    from motoolkit.profile.secret import Secret

DANISH: Final = "danish"
ISO: Final = "iso"
ALWAYS: Final = "always"
OPENING_HOURS: Final = "06:00-22:00"
"""Copenhagen time; SD is closed at night."""

T = TypeVar("T")
_PREFIX: Final = "sd_"
_CODE: Final = re.compile(r"[0-9A-ZÆØÅ]{2}")
_HOURS: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s*-\s*([01]?[0-9]|2[0-4]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class SdSettings:
    """How SD-Løn is reached.

    Attributes:
        url: the base address, without ``/sdws``; None where nothing says.
        username: whom SD knows us as; usually ``SY…``.
        password: the secret of that name.
        institutions: the two-character codes of the institutions that are meant.
        hours: when SD may be asked, in Copenhagen, ``06:00-22:00`` or ``always``; None where nothing says.
        dates: how dates are sent: ``danish`` (01.02.2025) or ``iso``.
        method: ``GET`` or ``POST``; either way the parameters are in the address.
        concurrency: requests under way at the same time.
        bulk: whether a whole institution's full span may be asked for in one request.
        cache_hours: how long answers are kept, encrypted; 0 for not at all.
    """

    url: str | None = None
    username: str | None = None
    password: Secret | None = None
    institutions: tuple[str, ...] = ()
    hours: str | None = None
    dates: str = DANISH
    method: str = "GET"
    concurrency: int = 1
    bulk: bool = False
    cache_hours: float = 12.0


def combine_sd(layers: Sequence[Layer]) -> SdSettings:
    """Return the settings; earlier layers win; credentials stay with the address beside them."""
    told = [
        {
            setting.removeprefix(_PREFIX): v
            for setting, v in layer.settings.items()
            if setting.startswith(_PREFIX)
        }
        for layer in layers
    ]
    merged: dict[str, Any] = {}
    for each in reversed(told):
        merged.update(each)
    usable = [each for each in told if each.get("url", merged.get("url")) == merged.get("url")]
    for name in ("username", "password"):
        merged.pop(name, None)
        merged.update(next(({name: each[name]} for each in usable if name in each), {}))
    return SdSettings(**{**merged, "institutions": tuple(merged.get("institutions", ()))})


def read_codes(value: Any) -> list[str]:
    """Return institution codes: of a list, or of a text with commas or blanks between them."""
    parts = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else list(value)
    codes = [str(part).strip().upper() for part in parts]
    if not codes or not all(_CODE.fullmatch(code) for code in codes):
        raise ProfileError("The setting is no list of institution codes.", remedy="Write it like XY, XZ.")
    return list(dict.fromkeys(codes))


def read_hours(value: Any) -> str:
    """Return opening hours: ``06:00-22:00`` or ``always``."""
    text = str(value).strip().lower()
    if text == ALWAYS:
        return ALWAYS
    found = _HOURS.fullmatch(text)
    if found is None or (opens := f"{int(found[1]):02}:{found[2]}") >= (
        closes := f"{int(found[3]):02}:{found[4]}"
    ):
        raise ProfileError(
            "The setting is no hours of a day.", remedy="Write it like 06:00-22:00, or always."
        )
    return f"{opens}-{closes}"


def read_dates(value: Any) -> str:
    """Return the form of dates: ``danish`` or ``iso``."""
    return _one_of(str(value).strip().lower(), {DANISH: DANISH, "dd.mm.yyyy": DANISH, ISO: ISO})


def read_method(value: Any) -> str:
    """Return ``GET`` or ``POST``."""
    return _one_of(str(value).strip().upper(), {"GET": "GET", "POST": "POST"})


def read_flag(value: Any) -> bool:
    """Return a yes or no."""
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    return _one_of(str(value).strip().lower(), words)


def read_hours_kept(value: Any) -> float:
    """Return a number of hours of zero or more."""
    try:
        hours = float(value)
    except (TypeError, ValueError):
        hours = -1.0
    if not 0 <= hours < float("inf"):
        raise ProfileError("The setting is no number of hours.", remedy="Write it like 12; 0 keeps nothing.")
    return hours


def _one_of(text: str, known: Mapping[str, T]) -> T:
    if text not in known:
        raise ProfileError("The setting has no such value.", remedy=f"Write {' or '.join(known)}.")
    return known[text]
