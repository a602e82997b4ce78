"""Danish names, put together by chance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.municipality._chance import happens

if TYPE_CHECKING:
    from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WOMEN: Final = _words(
    """
    Anne Kirstine Mette Hanne Helle Susanne Lene Marianne Lone Camilla Pia Louise Charlotte Tina Gitte
    Ida Emma Freja Sofie Laura Mathilde Cecilie Julie Maria Ane Birgitte Bodil Dorte Ellen Grethe Inge
    Jytte Karen Karin Kirsten Lis Lisbeth Merete Nanna Rikke Signe Sigrid Stine Trine Tove Vibeke Åse
    Bjørg Solvej Søs Gyða Fatima Amina Natalia Olga Zeynep Agnieszka Linh Maja Alberte Liv
    """
)
_MEN: Final = _words(
    """
    Peter Jens Lars Michael Henrik Thomas Søren Jan Christian Martin Niels Anders Morten Jesper Hans
    Jørgen Per Ole Rasmus Mads Erik Jacob Kim Bent Poul Steen Torben Frederik Kasper Emil Oliver Noah
    William Lucas Alfred Oscar Carl Malthe Magnus Viggo Aksel Åge Bjørn Børge Gøran Øjvind Ørn Ejnar
    Tage Kaj Bo Mikkel Mustafa Ahmed Piotr Ivan Minh Ali Hassan Tobias Sebastian Villads Troels Uffe
    """
)
_SURNAMES: Final = _words(
    """
    Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen
    Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen
    Mikkelsen Holm Schmidt Lund Østergaard Kjær Nørgaard Søndergaard Dahl Bæk Bjerregaard Højgaard Ågård
    Aagaard Ærø Åkjær Overgaard Vestergaard Damgaard Krogh Bech Bruun Toft Kruse Winther Munk Fischer
    Bonde Lauridsen Frandsen Skov Juhl Lauritsen Iversen Enevoldsen Øster Ørum Yıldız Nguyen Kowalski
    Hussein Özdemir Nygård Skaarup
    """
)

_FOLDED: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "o", "ı": "i", "ð": "d"})
_UNFIT: Final = re.compile(r"[^a-z0-9-]+")


def given_names(rng: Random, *, woman: bool) -> str:
    """Return a given name, now and then a double one, with or without hyphen."""
    first, second = rng.sample(_WOMEN if woman else _MEN, 2)
    if happens(rng, 0.12):
        return f"{first} {second}"
    return f"{first}-{second}" if happens(rng, 0.03) else first


def surname(rng: Random) -> str:
    """Return a surname, now and then two of them."""
    last, second = rng.sample(_SURNAMES, 2)
    if happens(rng, 0.2):
        return f"{second} {last}"
    return f"{second}-{last}" if happens(rng, 0.04) else last


def plain(text: str) -> str:
    """Return ``text`` in a to z, digits, hyphens and single dots: fit for a mail address."""
    return _UNFIT.sub(".", text.lower().translate(_FOLDED)).strip(".")
