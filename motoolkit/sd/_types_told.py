"""By which of SD's flags engagement types are told apart, seen from the classes in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_ASCII: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_HOURLY: Final = ("timeloen", "hourly")
_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "hours": {"hourly": _HOURLY, "full": ("fuldtid",), "part": ("deltid",)},
    "status": {code: (f"status{code}",) for code in "0134"},
    "salaried": {"salaried": ("maanedsloen", "monthly"), "hourly": _HOURLY},
}
_ENOUGH: Final = 2


def engagement_types(engagements: pd.DataFrame) -> tuple[str, dict[str, str]]:
    """Return the rule and its classes, "" and none if none fits.

    Classes are recognised by user_key, else by name; one that is not in use yet is called as the
    integration calls it.
    """
    used = engagements[["type", "type_name"]].dropna(subset=["type"]).drop_duplicates()
    classes = [(str(key), str(name)) for key, name in zip(used["type"], used["type_name"], strict=True)]
    for rule, words in _WORDS.items():
        found = {word: key for word, stems in words.items() if (key := _class(classes, stems))}
        if len(found) >= _ENOUGH:
            return rule, {word: found.get(word, stems[0]) for word, stems in words.items()}
    return "", {}


def _class(classes: list[tuple[str, str]], stems: tuple[str, ...]) -> str:
    """Return the user_key of the first class that begins with one of the stems."""
    for at in (0, 1):
        for one in classes:
            if one[at].lower().translate(_ASCII).startswith(stems):
                return one[0]
    return ""
