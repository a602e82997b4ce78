"""Methods of IPython's own objects, taken over and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ORIGINAL: Final = "_motoolkit_original"


def take_over(owner: Any, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put what ``make`` makes of a method in its place; a second time changes nothing."""
    original = getattr(owner, name)
    if not hasattr(original, _ORIGINAL):
        replacement = make(original)
        setattr(replacement, _ORIGINAL, original)
        setattr(owner, name, replacement)


def give_back(owner: Any, name: str) -> None:
    """Put a method back, unless somebody else has taken it over since."""
    original = getattr(getattr(owner, name), _ORIGINAL, None)
    if original is not None:
        setattr(owner, name, original)
