"""Who leads what, in every way in which that can be odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.municipality._classes import class_uuid
from motoolkit.sandbox.municipality._other_units import UNKNOWN_CLASS

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._cast import Cast


def write_leaders(cast: Cast) -> None:
    """Write the planted leaders, from the top down."""
    _write_top(cast)
    _write_school_heads(cast)
    _write_co_managers(cast)
    _write_vacancies(cast)
    _write_odd_employments(cast)
    _write_changes(cast)
    _write_odd_roles(cast)


def _write_top(cast: Cast) -> None:
    chief = cast.hire("chief", "Karin Overgaard", "Nordby Kommune", "1001", age=58, user_key="NK-00001")
    cast.lead("chief", "Nordby Kommune", chief, level="niveau1", engagement=chief.engagement)
    directors = (
        ("borgmester", "Torben Lund", "Borgmesterkontoret", False),
        ("boern", "Åse Ørsted Holm", "Børn, Unge og Læring", True),
        ("social", "Ærta Aagaard", "Social, Sundhed og Ældre", True),
    )
    for key, name, unit, woman in directors:
        director = cast.hire(key, name, unit, "1002", age=54, woman=woman)
        cast.lead(
            key,
            unit,
            director,
            level="niveau2",
            responsibilities=("personaleledelse", "budgetansvarlig", "administrativ-ansvarlig"),
            engagement=director.engagement,
        )
    aeldre = cast.hire("aeldre", "Hans-Jørgen Bech", "Center for Ældre", "1003", woman=False, mail="Hemmelig")
    cast.lead("aeldre", "Center for Ældre", aeldre, level="niveau3")
    kultur = cast.hire("kultur", "Lisbeth Østergaard", "Kultur og Fritid", "1003", mail="Intern")
    cast.lead("kultur", "Kultur og Fritid", kultur, level="niveau3")
    it = cast.hire("it", "Øjvind Ørum", "It og Digitalisering", "1003", woman=False, mail=None)
    cast.lead("it", "It og Digitalisering", it, level="niveau3")


def _write_school_heads(cast: Cast) -> None:
    for key, name, woman in (("two-a", "Bodil Kjær", True), ("two-b", "Anders Bæk", False)):
        cast.lead(
            key,
            "Center for Skole",
            cast.hire(key, name, "Center for Skole", "1003", woman=woman),
            level="niveau3",
        )
    head = cast.hire("vig-head", "Mette-Marie Dahl", "Vig Skole", "1006")
    cast.lead("vig-head", "Vig Skole", head, engagement=head.engagement)
    cast.lead("vig-head/2", "Ungdomsskolen Nordby", head, start=cast.book.month(-10))


def _write_co_managers(cast: Cast) -> None:
    teams = {
        "Æblehaveskolen": ("Rasmus Toft", "Ida Krogh"),
        "Ravnsnæs Skole": ("Solvej Ågård", "Per Munk", "Nanna Skov"),
        "Åvangskolen": ("Uffe Bruun", "Lene Winther", "Aksel Fischer", "Zeynep Özdemir"),
    }
    for unit, names in teams.items():
        for number, name in enumerate(names):
            key = f"{unit}/{number}"
            hired = cast.hire(key, name, unit, "1007" if number else "1006", woman=number % 2 == 0)
            cast.lead(
                key,
                unit,
                hired,
                type="medleder" if number else "leder",
                responsibilities=("personaleledelse",) if not number else ("budgetansvarlig",),
            )
    clerk = cast.hire("clerk", "Niels Dahl", "Ravnsnæs Skole", "3004", woman=False)
    cast.lead(
        "clerk", "Ravnsnæs Skole", clerk, type="administrator", responsibilities=("administrativ-ansvarlig",)
    )
    tutor = cast.hire("tutor", "Liv Nguyen", "Ravnsnæs Skole", "3001")
    cast.lead(
        "tutor", "Ravnsnæs Skole", tutor, type="koordinator", responsibilities=("uddannelsesansvarlig",)
    )


def _write_vacancies(cast: Cast) -> None:
    month = cast.book.month
    cast.lead("tudsen", "Børnehuset Tudsen", None)
    deputy = cast.hire("tudsen-deputy", "Camilla Frandsen", "Børnehuset Tudsen", "4001")
    cast.lead("tudsen-deputy", "Børnehuset Tudsen", deputy, type="medleder")
    former = cast.hire("soegaarden", "Kirsten Lauridsen", "Plejecenter Søgården", "1008", end=month(-2))
    cast.lead("soegaarden", "Plejecenter Søgården", former, changes=[(month(-2), {"person": None})])
    cast.lead("teknik", "Teknik, Miljø og Klima", None, level="niveau2", start=month(-5))


def _write_odd_employments(cast: Cast) -> None:
    book = cast.book
    gone = cast.hire(
        "aabrinken", "Jytte Enevoldsen", "Plejecenter Åbrinken", "1008", end=book.month(-1), age=64
    )
    cast.lead("aabrinken", "Plejecenter Åbrinken", gone)
    elsewhere = cast.hire("demens", "Amina Hussein", "Hjemmeplejen Nord", "1005")
    cast.lead("demens", "Åbrinken, demensafsnit", elsewhere, level="niveau5", engagement=elsewhere.engagement)
    nurse = cast.hire("roennebo", "Merete Kruse", "Sygeplejen", "5003", user_key="NK-07001", fraction=500_000)
    second = cast.employ(
        nurse.person,
        "Plejecenter Rønnebo",
        "1008",
        number=2,
        months=-20,
        primary="non-primary",
        user_key="NK-07002",
        fraction=500_000,
    )
    cast.lead("roennebo", "Plejecenter Rønnebo", nurse, start=book.month(-20), engagement=second)
    absent = cast.hire("hr", "Pia Højgaard", "HR og Løn", "1003", age=36)
    cast.lead("hr", "HR og Løn", absent, level="niveau3")
    book.write(
        "leaves",
        "hr",
        book.month(-3),
        book.month(7),
        person=absent.person.uuid,
        engagement=absent.engagement,
        leave_type=class_uuid("leave_type", "barsel"),
    )


def _write_changes(cast: Cast) -> None:
    month, today, tomorrow = cast.book.month, cast.book.today, cast.book.day(1)
    health = "Center for Sundhed og Forebyggelse"
    old = cast.hire("sundhed-old", "Inge Mikkelsen", health, "1003", age=66, end=month(1))
    cast.lead("sundhed-old", health, old, level="niveau3", end=month(1))
    new = cast.hire("sundhed-new", "Tage Juhl", health, "1003", woman=False, start=month(1))
    cast.lead("sundhed-new", health, new, level="niveau3", start=month(1))
    misuse = "Misbrugscenter Nordby"
    last = cast.hire("misbrug-old", "Gitte Bonde", misuse, "7006")
    cast.lead("misbrug-old", misuse, last, end=today)
    cast.lead("misbrug-new", misuse, cast.hire("misbrug-new", "Kaj Bonde", misuse, "7006"), start=tomorrow)
    risen = cast.hire("oekonomi", "Magnus Ærø", "Økonomi, HR og Digitalisering", "1002", woman=False)
    cast.lead(
        "oekonomi",
        "Økonomi, HR og Digitalisering",
        risen,
        level="niveau3",
        changes=[(month(-14), {"manager_level": class_uuid("manager_level", "niveau2")})],
    )


def _write_odd_roles(cast: Cast) -> None:
    cast.lead(
        "born-raad",
        "Børnerådgivningen",
        cast.hire("born-raad", "Fatima Yıldız", "Børnerådgivningen", "7006"),
        type="koordinator",
    )
    cast.lead(
        "beskaeft",
        "Beskæftigelse og Borgerservice",
        cast.hire("beskaeft", "Viggo Schmidt", "Beskæftigelse og Borgerservice", "1002", woman=False),
        level="niveau2",
        responsibilities=(),
    )
    cast.lead(
        "borgerservice",
        "Borgerservice Nordby",
        cast.hire("borgerservice", "Tina Skaarup", "Borgerservice Nordby", "1003"),
        manager_level=UNKNOWN_CLASS,
    )
    both = cast.hire("museum", "Ellen Toft", "Nordby Museum og Arkiv", "1004")
    cast.lead("museum", "Nordby Museum og Arkiv", both)
    cast.lead(
        "museum/2",
        "Nordby Museum og Arkiv",
        both,
        type="administrator",
        responsibilities=("administrativ-ansvarlig",),
    )
    cast.lead(
        "vagt",
        "Drift\\Vagt",
        cast.hire("vagt", "Ivan Kowalski", "Drift\\Vagt", "2005", woman=False),
        type="medleder",
        level="niveau5",
    )
