"""The many: persons with ordinary careers, each from its own chance, so that more persons change none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.sandbox.municipality._chance import chance_of, happens
from motoolkit.sandbox.municipality._cpr import birth_date
from motoolkit.sandbox.municipality._ids import uid
from motoolkit.sandbox.municipality._jobs import FULL_TIME, job, write_engagement, write_manager
from motoolkit.sandbox.municipality._line_tree import JOBS
from motoolkit.sandbox.municipality._line_units import LEADER_OF_STAFF, Unit, line_units, write_grown_units
from motoolkit.sandbox.municipality._names import given_names, surname
from motoolkit.sandbox.municipality._private_life import Engaged, write_private_life

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from motoolkit.sandbox.municipality._book import Book, Change
    from motoolkit.sandbox.municipality._people import People, Person

BLOCK: Final = 400
"""So many persons share a set of units; every further set of persons brings more units."""

_CAREERS: Final = {"steady": 66, "changed": 12, "moved": 7, "ended": 6, "ending": 4, "future": 3, "idle": 2}
_FRACTIONS: Final = (FULL_TIME,) * 5 + (864_900, 810_800, 756_800, 540_500, None)
_TYPES: Final = ("maanedsloen",) * 14 + ("timeloen",) * 3 + ("vikar", "elev", "ekstern", "frivillig")
_PRIMARIES: Final = ("primary",) * 9 + ("explicitly-primary",)
_TITLES: Final = ("konsulent", "koordinator", "vejleder", "specialist", "med særligt ansvar")
_LEADER_JOBS: Final = ("1001", "1002", "1003", "1004", "1005")
_SHARE_IN_OWN_UNITS: Final = 0.75
_SHARE_WITH_TWO_JOBS: Final = 0.13
_SHARE_WITH_TITLE: Final = 0.6
_SHARE_OF_LINKED_ROLES: Final = 0.6
_RESPONSIBILITIES: Final = (
    ("personaleledelse",),
    ("personaleledelse", "budgetansvarlig"),
    ("administrativ-ansvarlig", "personaleledelse"),
    ("arbejdsmiljoe", "personaleledelse", "uddannelsesansvarlig"),
)


class Post(NamedTuple):
    """What somebody is employed as, and where."""

    unit: Unit
    leads: bool


def write_staff(people: People, seed: int, count: int) -> None:
    """Write ``count`` persons with their engagements, roles, accounts and addresses."""
    for first in range(0, count, BLOCK):
        block = first // BLOCK
        own = write_grown_units(people.book, block) if block else line_units()
        led = [unit for unit in own if unit.leader == LEADER_OF_STAFF]
        for number in range(first, min(first + BLOCK, count)):
            rng = chance_of(seed, "staff", number)
            _write_colleague(people, rng, number, _post(rng, own, led, number - first))


def _post(rng: Random, own: Sequence[Unit], led: Sequence[Unit], place: int) -> Post:
    """Let the first persons of a block lead its units; the others work there or in the line organisation."""
    if place < len(led):
        return Post(led[place], leads=True)
    return Post(rng.choice(own if happens(rng, _SHARE_IN_OWN_UNITS) else line_units()), leads=False)


def _write_colleague(people: People, rng: Random, number: int, post: Post) -> None:
    woman = happens(rng, 0.7)
    age = rng.randrange(33, 66) if post.leads else rng.randrange(18, 69)
    born = birth_date(rng, people.book.today, age)
    person = people.person(
        rng,
        f"staff/{number}",
        given_names(rng, woman=woman),
        surname(rng),
        born=born,
        woman=woman,
        **_rarities(people, rng, born),
    )
    career = "steady" if post.leads else rng.choices([*_CAREERS], [*_CAREERS.values()])[0]
    engagements = [] if career == "idle" else _write_career(people, rng, person, post, career)
    write_private_life(people, rng, person, engagements, post.unit)


def _rarities(people: People, rng: Random, born: date) -> dict[str, Any]:
    """Return what one in a hundred has: no CPR number, a replacement number, a nickname."""
    rarity = rng.choices((None, "no number", "replacement", "nickname"), (970, 6, 9, 15))[0]
    if rarity == "nickname":
        return {"nickname_given_name": given_names(rng, woman=True), "nickname_surname": surname(rng)}
    if rarity == "replacement":
        return {"cpr": people.number(rng, born, woman=True, replacement=True)}
    return {"cpr": None} if rarity else {}


def _write_career(people: People, rng: Random, person: Person, post: Post, career: str) -> list[Engaged]:
    main = _write_job(people, rng, person, post, career)
    if post.leads:
        _write_leadership(people, rng, person, post.unit, main)
    jobs = [main]
    if happens(rng, _SHARE_WITH_TWO_JOBS):
        jobs.append(_write_side_job(people, rng, person, post.unit))
    return jobs


def _write_job(people: People, rng: Random, person: Person, post: Post, career: str) -> Engaged:
    book = people.book
    start, end = _period(rng, book, person, career)
    key = f"{person.key}/1"
    function = _LEADER_JOBS[post.unit.depth] if post.leads else rng.choice(JOBS[post.unit.work])
    kind = "maanedsloen" if post.leads else rng.choice(_TYPES)
    uuid = write_engagement(
        book,
        key,
        person.uuid,
        post.unit.uuid,
        function,
        start=start,
        end=end,
        type=kind,
        primary=rng.choice(_PRIMARIES),
        user_key=_user_key(people, rng, key),
        fraction=None if kind == "timeloen" else rng.choice(_FRACTIONS),
        extension_1=rng.choice(_TITLES).capitalize() if happens(rng, _SHARE_WITH_TITLE) else None,
        changes=_changes(rng, book, post, career, start),
    )
    return Engaged(1, uuid, start, end)


def _period(rng: Random, book: Book, person: Person, career: str) -> tuple[date, date | None]:
    if career == "future":
        return book.month(rng.randrange(1, 7)), None
    adult = (book.today.year - person.born.year - 16) * 12
    start = max(book.month(-rng.randrange(2, max(3, min(220, adult)))), book.founded)
    if career == "ended":
        return min(start, book.month(-4)), book.month(-rng.randrange(0, 3))
    return start, book.month(rng.randrange(1, 9)) if career == "ending" else None


def _changes(rng: Random, book: Book, post: Post, career: str, start: date) -> list[Change]:
    months = (book.today.year - start.year) * 12 + book.today.month - start.month
    when = book.month(rng.randrange(1 - months, 4)) if months > 1 else book.month(1)
    if career == "changed":
        return [(when, {"job_function": job(rng.choice(JOBS[post.unit.work])), "fraction": 918_900})]
    if career == "moved":
        return [(when, {"org_unit": rng.choice(line_units()).uuid})]
    return []


def _user_key(people: People, rng: Random, key: str) -> str:
    """Number engagements as SD does, as OPUS does, or not at all."""
    if happens(rng, 0.75):
        while not people.claim(number := f"{rng.choice(('NK', 'NS', 'N2'))}-{rng.randrange(100_000):05}"):
            pass
        return number
    return str(rng.randrange(10_000_000, 100_000_000)) if happens(rng, 0.6) else uid("engagements", key)


def _write_side_job(people: People, rng: Random, person: Person, not_here: Unit) -> Engaged:
    book = people.book
    unit = rng.choice([unit for unit in line_units() if unit is not not_here])
    key = f"{person.key}/2"
    start = book.month(-rng.randrange(1, 24))
    uuid = write_engagement(
        book,
        key,
        person.uuid,
        unit.uuid,
        rng.choice(JOBS[unit.work]),
        start=start,
        type="timeloen",
        primary="non-primary",
        user_key=_user_key(people, rng, key),
        fraction=None,
    )
    return Engaged(2, uuid, start, None)


def _write_leadership(people: People, rng: Random, person: Person, unit: Unit, main: Engaged) -> None:
    """Make the person the unit's Leder since some day of the engagement."""
    book = people.book
    write_manager(
        book,
        f"{unit.name}/leder",
        unit.uuid,
        person.uuid,
        start=main.start,
        level=f"niveau{unit.depth + 1}",
        responsibilities=rng.choice(_RESPONSIBILITIES),
        engagement=main.uuid if happens(rng, _SHARE_OF_LINKED_ROLES) else None,
    )
