"""Cases of accounts and engagements, each beside what looks like it and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.sandbox.identities._book import Plot

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

RAVN, VIG, ROADS = "Ravnsnæs Skole", "Vig Skole", "Byggesager"
"""Two units of one part of the organisation, and one of another."""


def write_accounts(book: Book) -> None:
    """Write the cases."""
    _unlinked(book)
    _uncovered(book)
    _outliving(book)
    _others(book)
    _across(book)


def _unlinked(book: Book) -> None:
    one = Plot(book, "unlinked", "Ulla Udenlink")
    one.job(1, RAVN)
    one.job(2, VIG, start=-20)
    one.log_on("idul01", jobs=(1, 2))
    one.account(2, "FAGSYSTEM", "idul.fag", start=-30)
    one.account(3, "OPUS", "idul.opus")
    near = Plot(book, "unlinked-single", "Ena Enkeltjob")
    near.job(1, RAVN)
    near.log_on("iden01")
    near.account(2, "FAGSYSTEM", "iden.fag")
    near.account(3, "OPUS", "iden.opus")
    near = Plot(book, "unlinked-in-turn", "Eva Eftertur")
    near.job(1, RAVN, end=-10)
    near.job(2, VIG, start=-10, primary="primary")
    near.log_on("idev01", jobs=(1, 2))
    near.account(2, "FAGSYSTEM", "idev.fag")


def _uncovered(book: Book) -> None:
    one = Plot(book, "uncovered", "Una Uddelt")
    one.job(1, RAVN)
    one.job(2, VIG, start=-12)
    one.log_on("idun01")
    one = Plot(book, "uncovered-soon", "Sus Snartmere")
    one.job(1, RAVN)
    one.job(2, VIG, start=2)
    one.log_on("idsu01")
    near = Plot(book, "uncovered-in-turn", "Tora Turvis")
    near.job(1, RAVN, end=-10)
    near.log_on("idto01", end=-10)
    near.job(2, VIG, start=-10, primary="primary")
    near.account(2, "AD", "idto02", jobs=(2,), start=-10, primary=True)
    one = Plot(book, "nothing", "Inga Ingenkonto")
    one.job(1, RAVN)
    near = Plot(book, "payroll-only", "Lone Lønkonto")
    near.job(1, RAVN)
    near.account(1, "SD", "idlo01")
    # Nothing at all is nothing wrong.
    Plot(book, "blank", "Blanka Blank")


def _outliving(book: Book) -> None:
    one = Plot(book, "outliving", "Ove Overlever")
    one.job(1, RAVN, end=-2)
    one.log_on("idov01")
    one = Plot(book, "outliving-all", "Olga Overalt")
    one.job(1, RAVN, end=-3)
    one.account(1, "AD", "idol01")
    one = Plot(book, "outliving-soon", "Ossian Omlidt")
    one.job(1, RAVN, end=3)
    one.log_on("idos01")
    near = Plot(book, "outliving-one-of-two", "Nina Nyjob")
    near.job(1, RAVN, end=-2)
    near.job(2, VIG, start=-2, primary="primary")
    near.log_on("idni01", jobs=(1, 2))
    near = Plot(book, "ended-with-job", "Egon Endt")
    near.job(1, RAVN, end=-2)
    near.log_on("ideg01", end=-2)
    near = Plot(book, "early-account", "Tage Tidlig")
    near.job(1, RAVN, start=1)
    near.log_on("idta01", start=-1)


def _others(book: Book) -> None:
    other = Plot(book, "others-owner", "Ejvind Ejer")
    other.job(1, RAVN)
    other.log_on("idej01")
    one = Plot(book, "others", "Andrea Andenjob")
    one.job(1, RAVN)
    one.log_on("idan01")
    one.account(2, "FAGSYSTEM", "idan.fag", jobs=(1, "others-owner/1"), start=-8)


def _across(book: Book) -> None:
    one = Plot(book, "across", "Tobias Tværs")
    one.job(1, ROADS)
    one.job(2, VIG, start=-14)
    one.log_on("idtv01", jobs=(1, 2))
    near = Plot(book, "across-schools", "Sanne Skoler")
    near.job(1, RAVN)
    near.job(2, VIG, start=-14)
    near.log_on("idsk01", jobs=(1, 2))
    near = Plot(book, "across-in-turn", "Signe Skifte")
    near.job(1, ROADS, end=-14)
    near.job(2, VIG, start=-14, primary="primary")
    near.log_on("idsi01", jobs=(1, 2))
