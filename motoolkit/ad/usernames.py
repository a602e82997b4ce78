"""Usernames: those that the rules make of a name, and whether one may be taken.

Two generators (domain facts, section 3.5).  *Combinations* takes runs of letters from the parts of a name, in
an order that the customer wrote down.  *Permutation* takes the first letter and two consonants and a number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, count, groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from motoolkit.ad import mo
from motoolkit.ad.matching import itsystem, person_of
from motoolkit.ad.records import guid_of
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.ad.world import World
    from motoolkit.profile.ad import AdSettings, UsernameRules

DISALLOWED: Final = frozenset('"/\\[]:;|=,+*?<>@')
"""Characters that AD has in no sAMAccountName."""

_VOWELS: Final = re.compile("[aeiouy]")
_NOT_A_LETTER: Final = re.compile("[^a-z]+")
_GIVEN_NAMES: Final = 4
_DIGITS: Final = "23456789"
_MOST: Final = 1000
"""So many candidates are tried of a generator that never ends."""


class Verdict(NamedTuple):
    """Whether somebody may have a username.

    Attributes:
        username: the name.
        reasons: why not, in plain sentences; none for a name that is free.
    """

    username: str
    reasons: tuple[str, ...]

    @property
    def free(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


class Proposal(NamedTuple):
    """The username that the rules give somebody.

    Attributes:
        username: the first that is free, "" where the generator has no more.
        passed_over: those before it, with the reasons.
    """

    username: str
    passed_over: tuple[Verdict, ...]


def candidates(rules: UsernameRules, given_name: str, surname: str) -> Iterator[str]:
    """Yield the usernames that the rules make of a name, the best first; forbidden ones are left out."""
    forbidden = _folded(rules.forbidden)
    for stem in _stems(rules, given_name, surname):
        # A forbidden stem forbids its numbers; permutations are forbidden as a whole.
        if rules.method == "combinations" and stem.replace("X", "") in forbidden:
            continue
        yield from (name for name in _numbered(rules, stem) if name not in forbidden)


def fits(rules: UsernameRules, given_name: str, surname: str, username: str) -> bool:
    """Tell whether the rules can make a username of a name, whatever number it has."""
    name = username.casefold()
    digits = "".join(each for each in name if each.isdigit())
    for stem in _stems(rules, given_name, surname):
        if rules.method == "permutation":
            if re.fullmatch(re.escape(stem) + "[1-9][0-9]*", name):
                return True
        elif name == stem or (digits[:1] in _DIGITS and digits and name == stem.replace("X", digits[0])):
            return True
    return False


def _stems(rules: UsernameRules, given_name: str, surname: str) -> Iterator[str]:
    """Yield what usernames are made of: X stands for a digit; a permutation's number comes last."""
    if rules.method == "permutation":
        letters = _letters(f"{given_name} {surname}")
        yield from [letters] if letters else []
    elif rules.method == "combinations":
        parts = _parts(rules, given_name, surname)
        made = (_combined(parts, combination) for combination in rules.combinations)
        yield from dict.fromkeys(stem for stem in made if stem)


def _numbered(rules: UsernameRules, stem: str) -> Iterator[str]:
    if rules.method == "permutation":
        return (f"{stem}{number}" for number in count(1))
    return (stem.replace("X", digit) for digit in _DIGITS) if "X" in stem else iter([stem])


def _parts(rules: UsernameRules, given_name: str, surname: str) -> list[str]:
    """Return the first given name, the middle ones and the surname, of letters from a to z only."""
    parts = [_plain(rules, part) for part in (*given_name.split()[:_GIVEN_NAMES], surname)]
    if rules.remove_vowels:
        parts[1:] = [_VOWELS.sub("", part) for part in parts[1:]]
    return parts


def _plain(rules: UsernameRules, part: str) -> str:
    lower = part.lower()
    for old, new in rules.replacements:
        lower = lower.replace(old.lower(), new.lower())
    return _NOT_A_LETTER.sub("", lower)


def _combined(parts: list[str], combination: str) -> str:
    """Return a combination's stem, "" where the name has no such part or too short a one."""
    if not parts[:-1]:
        return ""
    given, *middle, surname = parts
    named = {"F": given, "L": surname} | {str(at): part for at, part in enumerate(middle, 1)}
    stem = ""
    for letter, run in groupby(combination):
        length = len(list(run))
        part = "X" * length if letter == "X" else named.get(letter, "")
        if len(part) < length:
            return ""
        stem += part[:length]
    return stem


def _letters(name: str) -> str:
    """Return a permutation's letter and two consonants (y is a vowel), "" where the name has too few."""
    first, *rest = [part for part in re.split(r"[-\s]+", name.lower()) if part] or [""]
    begin = _NOT_A_LETTER.sub("", first)[:1]
    consonants = [_VOWELS.sub("", _NOT_A_LETTER.sub("", part)) for part in (first, *rest)]
    following = "".join(consonants[1:])
    # Falling back to the first part, the generator goes on counting where the last part ended.
    more = consonants[0][len(consonants[-1]) :] + following * 2 if rest else consonants[0]
    two = (following + more)[:2]
    return begin + two if begin and len(two) == len("bc") else ""


def check(world: World, wished: str, *, person: str = "", ad: str = "") -> Verdict:
    """Tell whether a username may be given, or why not.

    It is looked for in every directory, among deleted accounts and in MO's whole history.  One that somebody
    had before and nobody else ever is free for them again where the directory's rules say so.

    Args:
        world: both sides.
        wished: the username, in any case.
        person: MO's UUID of whom it is for, "" for somebody new.
        ad: the directory it is for, whose rules count; "" for all of them.
    """
    wanted = [world.settings[ad]] if ad else list(world.settings.values())
    reasons: list[str] = []
    for settings in wanted:
        reasons += rule_reasons(settings.usernames, wished)
        reasons += _taken_here(world, settings, wished, person)
    for other in world.settings.values():
        if other not in wanted:
            reasons += _taken_there(world, other, wished, person)
    return Verdict(wished, tuple(dict.fromkeys(reasons)))


def rule_reasons(rules: UsernameRules, username: str) -> list[str]:
    """Return which rules a username breaks, whoever has it."""
    found = []
    if not username or username != username.strip():
        found.append(tr("It is empty, or begins or ends with a blank."))
    if len(username) > rules.longest:
        found.append(tr("It is longer than {longest} characters.", longest=rules.longest))
    if bad := sorted(set(username) & DISALLOWED):
        found.append(tr("AD does not allow {characters} in it.", characters=" ".join(bad)))
    if is_forbidden(rules, username):
        found.append(tr("It is on the list of forbidden names."))
    if rules.pattern and not re.fullmatch(rules.pattern, username, re.IGNORECASE):
        found.append(tr("It does not fit the pattern {pattern}.", pattern=rules.pattern))
    return found


def is_forbidden(rules: UsernameRules, username: str) -> bool:
    """Tell whether nobody may have a username; combinations are looked up without their numbers too."""
    name, forbidden = username.casefold(), _folded(rules.forbidden)
    stem = name.translate(dict.fromkeys(map(ord, _DIGITS))) if rules.method == "combinations" else name
    return name in forbidden or stem in forbidden


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(each.casefold() for each in names)


def holders(world: World, ad: str, username: str) -> frozenset[str]:
    """Return whose IT users in a directory's system ever had a username: UUIDs, "" for a unit's."""
    system = world.ask(itsystem, world.settings[ad].itsystem)
    rows = world.itusers.by("user_key", username.casefold())
    return frozenset(row.person for row in rows if system and row.itsystem == system)


def had_before(world: World, ad: str, username: str) -> frozenset[str]:
    """Return whose the deleted accounts with a username were, "" for those of whom that is not known."""
    return frozenset(
        next((row.person for row in _itusers_of_guid(world, stone.guid)), "")
        for stone in world.tombstones.by("sam", (ad, username.casefold()))
    )


def _itusers_of_guid(world: World, guid: str) -> Iterator[mo.ItUser]:
    found = (*world.itusers.by("external_id", guid), *world.itusers.by("user_key", guid))
    return (row for row in found if row.person and guid in {guid_of(row.external_id), guid_of(row.user_key)})


def _taken_here(world: World, settings: AdSettings, username: str, person: str) -> Iterator[str]:
    yield from _accounts_with(world, settings.name, username, own="")
    mine = {person} if person and settings.usernames.reuse_own else set()
    if world.ask(holders, settings.name, username) - mine:
        others = world.ask(holders, settings.name, username) - {person}
        yield (
            tr("MO knows it as somebody else's username in {ad}, now or before.", ad=settings.name)
            if others
            else tr("The person had it before, and names are not used again in {ad}.", ad=settings.name)
        )
    if world.ask(had_before, settings.name, username) - mine:
        yield tr("An account that was deleted in {ad} had it.", ad=settings.name)


def _taken_there(world: World, settings: AdSettings, username: str, person: str) -> Iterator[str]:
    """Yield why another directory speaks against it; the person's own account there does not."""
    yield from _accounts_with(world, settings.name, username, own=person)
    if world.ask(holders, settings.name, username) - {person}:
        yield tr("MO knows it as somebody else's username in {ad}, now or before.", ad=settings.name)
    if world.ask(had_before, settings.name, username) - {person}:
        yield tr("An account that was deleted in {ad} had it.", ad=settings.name)


def _accounts_with(world: World, ad: str, username: str, *, own: str) -> Iterator[str]:
    name = username.casefold()
    by_sam = world.accounts.by("sam", (ad, name))
    by_upn = [account for account in world.accounts.by("upn_name", name) if account.ad == ad]
    for accounts, told in (
        (by_sam, tr("An account in {ad} has it.", ad=ad)),
        (by_upn, tr("The userPrincipalName of an account in {ad} begins with it.", ad=ad)),
    ):
        if any(not own or world.ask(person_of, account.key) != own for account in accounts):
            yield told


def suggest(world: World, ad: str, *, person: str = "", given_name: str = "", surname: str = "") -> Proposal:
    """Return the first free username that a directory's rules give somebody.

    Who comes back gets the name of before where the rules say so and it is free.

    Args:
        world: both sides.
        ad: the directory.
        person: MO's UUID of whom it is for; the name is MO's unless it is given.
        given_name: given names, for somebody whom MO does not have.
        surname: the surname, likewise.
    """
    settings = world.settings[ad]
    row = mo.at(world.persons.of(person), world.as_of) if person else None
    if row and not (given_name or surname):
        given_name, surname = row.given_name, row.surname
    before = own_names(world, ad, person) if person and settings.usernames.reuse_own else ()
    made = candidates(settings.usernames, given_name, surname)
    passed_over: list[Verdict] = []
    for name in dict.fromkeys(chain(before, islice(made, _MOST))):
        verdict = check(world, name, person=person, ad=ad)
        if verdict.free:
            return Proposal(name, tuple(passed_over))
        passed_over.append(verdict)
    return Proposal("", tuple(passed_over))


def own_names(world: World, ad: str, person: str) -> tuple[str, ...]:
    """Return the usernames that somebody had in a directory and has no more, the last one first."""
    system = world.ask(itsystem, world.settings[ad].itsystem)
    rows = [row for row in world.itusers.by("person", person) if system and row.itsystem == system]
    now = {row.user_key.casefold() for row in rows if not row.over(world.as_of)}
    past = [row for row in rows if row.over(world.as_of) and not guid_of(row.user_key)]
    past.sort(key=lambda row: (str(row.end), row.user_key), reverse=True)
    names = {row.user_key.casefold(): row.user_key for row in reversed(past)}
    return tuple(names[name] for name in reversed(names) if name not in now)
