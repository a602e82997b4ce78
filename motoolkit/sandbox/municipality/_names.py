"""Danish names, put together by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

_WOMEN: Final = (
    "Anne Kirstine Mette Hanne Helle Susanne Lene Marianne Lone Camilla Pia Louise Charlotte Tina Gitte Ida "
    "Emma Freja Sofie Laura Mathilde Cecilie Julie Maria Ane Birgitte Bodil Dorte Ellen Grethe Inge Jytte "
    "Karen Karin Kirsten Lis Lisbeth Merete Nanna Rikke Signe Sigrid Stine Trine Tove Vibeke Åse Ærta Bjørg "
    "Solvej Søs Gyða Fatima Amina Natalia Olga Zeynep Agnieszka Linh Maja Alberte Liv"
).split()
_MEN: Final = (
    "Peter Jens Lars Michael Henrik Thomas Søren Jan Christian Martin Niels Anders Morten Jesper Hans Jørgen "
    "Per Ole Rasmus Mads Erik Jacob Kim Bent Poul Steen Torben Frederik Kasper Emil Oliver Noah William Lucas "
    "Alfred Oscar Carl Malthe Magnus Viggo Aksel Åge Bjørn Børge Gøran Øjvind Ørn Ejnar Tage Kaj Bo Mikkel "
    "Mustafa Ahmed Piotr Ivan Minh Ali Hassan Tobias Sebastian Villads Troels Uffe"
).split()
_SURNAMES: Final = (
    "Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen Mikkelsen Holm "
    "Schmidt Lund Østergaard Kjær Nørgaard Søndergaard Dahl Bæk Bjerregaard Højgaard Ågård Aagaard Ærø Åkjær "
    "Overgaard Vestergaard Damgaard Krogh Bech Bruun Toft Kruse Winther Munk Fischer Bonde Lauridsen Frandsen "
    "Skov Juhl Lauritsen Iversen Enevoldsen Øster Ørum Yıldız Nguyen Kowalski Hussein Özdemir Nygård Skaarup"
).split()

_FOLDED: Final = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ö": "o", "ı": "i", "ð": "d", "ü": "u", " ": ".", "'": ""}
)


def given_names(rng: Random, *, woman: bool) -> str:
    """Return a given name, now and then a double one, with or without hyphen."""
    first, second = rng.sample(_WOMEN if woman else _MEN, 2)
    chance = rng.random()
    if chance < 0.12:
        return f"{first} {second}"
    return f"{first}-{second}" if chance < 0.15 else first


def surname(rng: Random) -> str:
    """Return a surname, now and then two of them."""
    last, second = rng.sample(_SURNAMES, 2)
    chance = rng.random()
    if chance < 0.2:
        return f"{second} {last}"
    return f"{second}-{last}" if chance < 0.23 else last


def plain(text: str) -> str:
    """Return ``text`` with nothing but a to z, digits, dots and hyphens: fit for a mail address."""
    return "".join(
        letter for letter in text.lower().translate(_FOLDED) if letter.isascii() and letter not in '"\\=+*'
    )
