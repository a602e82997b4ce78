"""Searching among what can be chosen, the best first, while people type (newsletter 11).

MO's own search has no ranking and minds the order of words (mo-graphql 6); this one has and does not.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from motoolkit.forms._options import Found
from motoolkit.model import danish_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from motoolkit.forms._options import Option

_SPELLINGS: Final = str.maketrans(
    {
        "å": "aa",
        "æ": "ae",
        "ä": "ae",
        "ø": "oe",
        "ö": "oe",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
    }
)
_WORD: Final = re.compile(r"[^\W_]+")
_AROUND: Final = "\0"


class Index:
    """Options that are searched by every word typed, in any order; 20,000 of them within a keystroke.

    A word fits where it occurs in the label, the hint or the words of an option.  Upper and lower case,
    accents, and å, æ, ø or aa, ae, oe make no difference.
    """

    def __init__(self, options: Iterable[Option]) -> None:
        self._options = sorted(options, key=lambda o: (danish_key(o.label), danish_key(o.hint), o.value))
        self._places = {option.value: at for at, option in enumerate(self._options)}
        self._labels = [_spaced(option.label) for option in self._options]
        self._texts = [
            label + _spaced(f"{option.hint} {option.words}")
            for label, option in zip(self._labels, self._options, strict=True)
        ]
        self._wholes = [_wholes(option) for option in self._options]

    def __len__(self) -> int:
        return len(self._options)

    def get(self, value: str) -> Option | None:
        """Return the option with a UUID."""
        at = self._places.get(value)
        return None if at is None else self._options[at]

    def search(self, text: str, limit: int = 30) -> Found:
        """Return what fits a text, the best first.

        First come those whose label or user_key is the text, then those whose label begins with it, those
        where every word begins a word of the label, those where it begins a word of the hint or the other
        words, and last those where it stands inside a word; each lot in Danish order.  A UUID finds its
        option only, and no text at all finds all.
        """
        if (only := self.get(text.strip().lower())) is not None:
            return Found((only,), 1)
        if not text.strip():
            return Found(tuple(self._options[:limit]), len(self))
        typed = words_of(text)
        hits = _having(typed, range(len(self)), self._texts) if typed else []
        best = islice(self._ranked(hits, typed), limit)
        return Found(tuple(self._options[at] for at in best), len(hits))

    def _ranked(self, hits: Sequence[int], typed: Sequence[str]) -> Iterator[int]:
        """Yield hits from the best on; ranks that nobody asks for are not looked at."""
        told: set[int] = set()
        for rank in self._ranks(hits, typed):
            best = [at for at in rank if at not in told]
            told.update(best)
            yield from best

    def _ranks(self, hits: Sequence[int], typed: Sequence[str]) -> Iterator[Sequence[int]]:
        wholes, labels = self._wholes, self._labels
        whole = f"{_AROUND}{' '.join(typed)}{_AROUND}"
        begins = f" {' '.join(typed)}"
        starts = [f" {word}" for word in typed]
        yield [at for at in hits if whole in wholes[at]]
        yield [at for at in hits if labels[at].startswith(begins)]
        yield _having(starts, hits, labels)
        yield _having(starts, hits, self._texts)
        yield hits


def spelled(text: str) -> str:
    """Return a text as it is compared: å as aa, æ as ae, ø as oe, é as e, all in lower case."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SPELLINGS)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared; whatever is neither letter nor digit parts them."""
    return _WORD.findall(spelled(text))


def marks(text: str, typed: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is what somebody typed; to show why it was found.

    >>> marks("Åse Holm", "hol aa")
    [('Å', True), ('se ', False), ('Hol', True), ('m', False)]
    """
    letters = unicodedata.normalize("NFC", text)
    pieces = [spelled(letter) for letter in letters]
    flat = "".join(pieces)
    letter_at = [at for at, piece in enumerate(pieces) for _ in piece]
    marked: set[int] = set()
    for word in words_of(typed):
        if found := re.search(rf"(?<![^\W_]){word}", flat) or re.search(word, flat):
            marked.update(letter_at[found.start() : found.end()])
    parts = groupby(enumerate(letters), key=lambda pair: pair[0] in marked)
    return [("".join(letter for _, letter in part), is_marked) for is_marked, part in parts]


def _spaced(text: str) -> str:
    # A blank before each word, so that one that begins with "ha" has " ha" in it.
    return "".join(f" {word}" for word in words_of(text))


def _wholes(option: Option) -> str:
    wholes = [option.label, option.words, *option.words.split()]
    return _AROUND + _AROUND.join(" ".join(words_of(whole)) for whole in wholes) + _AROUND


def _having(words: Iterable[str], places: Sequence[int], texts: Sequence[str]) -> Sequence[int]:
    """Return the places whose texts have all of the words in them."""
    for word in sorted(words, key=len, reverse=True):
        places = [at for at in places if word in texts[at]]
    return places
