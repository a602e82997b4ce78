"""Cases of addresses, primary marks, roles, moves and what persons share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.sandbox.identities._book import MITID, Plot
from motoolkit.sandbox.identities._cases_accounts import RAVN, ROADS, VIG
from motoolkit.sandbox.municipality._ids import uid

if TYPE_CHECKING:
    from motoolkit.sandbox.municipality._book import Book

SHARED_GUID: Final = uid("idn", "shared guid")
REUSED_GUID: Final = uid("idn", "reused guid")
_OWN_GUID: Final = uid("idn", "own guid")
_PERSONAL: Final = uid("idn", "mitid of several")
_WHOLE: Final = uid("idn", "mitid of one")


def write_others(book: Book) -> None:
    """Write the cases."""
    _mails(book)
    _mitids(book)
    _primaries(book)
    _sharing(book)
    _roles(book)
    _moves(book)


def _with_two(book: Book, key: str, name: str, username: str) -> Plot:
    """Return somebody with one job, and with accounts 1 in AD and 2 in the school's system."""
    one = Plot(book, key, name)
    one.job(1, RAVN)
    one.log_on(username)
    one.account(2, "FAGSYSTEM", f"{username}.fag", jobs=(1,))
    return one


def _mails(book: Book) -> None:
    one = _with_two(book, "loose-mail", "Maja Maildrift", "idma01")
    one.address(2, "maja@nordby.example")
    near = _with_two(book, "loose-others", "Petra Privat", "idpe01")
    near.address(2, "petra@hjemme.example", kind="EmailPrivat")
    near.address(3, "+4500003333", kind="PhoneEmployee")
    near.address(4, "petra.job@nordby.example", job=1)
    near = Plot(book, "loose-single", "Enok Enkelt")
    near.job(1, RAVN)
    near.account(1, "AD", "idek01", jobs=(1,), primary=True)
    near.address(1, "enok@nordby.example")
    near = Plot(book, "loose-payroll", "Laila Løn")
    near.job(1, RAVN)
    near.account(1, "AD", "idla01", jobs=(1,), primary=True)
    near.account(2, "SD", "idla.sd")
    near.address(1, "laila@nordby.example")
    one = Plot(book, "others-mail", "Frida Fremmed")
    one.job(1, RAVN)
    one.log_on("idfr01")
    one.address(2, "frida@nordby.example", account="others-owner/1", start=-6)
    one = _with_two(book, "late-mail", "Sille Sidst", "idsl01")
    one.account(3, "EXCHANGE", "idsl.mail", jobs=(1,), end=-3)
    one.address(3, "sille@nordby.example", account=3)
    one = Plot(book, "differing-mail", "Dagny Delt")
    one.job(1, RAVN)
    one.job(2, VIG, start=-12)
    one.log_on("idda01")
    one.account(2, "AD", "idda02", jobs=(2,), start=-12, primary=True)
    one.address(2, "dagny@vig-skole.example", account=1, job=2, start=-12)
    one.address(3, "dagny.to@vig-skole.example", account=2, job=2, start=-12)


def _mitids(book: Book) -> None:
    one = _with_two(book, "mitid-none", "Mille Mitid", "idmi01")
    one.address(2, uid("idn", "mitid of nobody"), kind=MITID)
    one = _with_two(book, "mitid-several", "Morten Mitid", "idmo01")
    one.address(2, _PERSONAL, kind=MITID, account=1)
    one.address(3, _PERSONAL, kind=MITID, account=2, start=-9)
    near = _with_two(book, "mitid-one", "Mona Mitid", "idmn01")
    near.address(2, _WHOLE, kind=MITID, account=1)


def _primaries(book: Book) -> None:
    one = Plot(book, "two-primary", "Pernille Primær")
    one.job(1, RAVN)
    one.job(2, VIG, start=-11, primary="primary")
    one.log_on("idpp01", jobs=(1, 2))
    near = Plot(book, "explicit", "Ester Eksplicit")
    near.job(1, RAVN)
    near.job(2, VIG, start=-11, primary="explicitly-primary")
    near.log_on("idex01", jobs=(1, 2))
    one = Plot(book, "no-primary", "Niels Nulprimær")
    one.job(1, RAVN, primary="non-primary")
    one.job(2, VIG, primary="non-primary", start=-11)
    one.log_on("idnp01", jobs=(1, 2))
    one = Plot(book, "no-primary-single", "Nete Nulprimær")
    one.job(1, RAVN, primary="non-primary")
    one.log_on("idns01")
    one = Plot(book, "two-primary-accounts", "Kaja Kontoer")
    one.job(1, RAVN)
    one.log_on("idkk01")
    one.account(2, "AD", "idkk02", jobs=(1,), start=-7, primary=True)
    one = Plot(book, "no-primary-account", "Karsten Kontoer")
    one.job(1, RAVN)
    one.account(1, "AD", "idkn01", jobs=(1,))
    one.account(2, "AD", "idkn02", jobs=(1,), start=-7)
    near = Plot(book, "primary-each", "Kamma Kontoer")
    near.job(1, RAVN)
    near.job(2, VIG, start=-7)
    near.log_on("idke01")
    near.account(2, "AD", "idke02", jobs=(2,), start=-7, primary=True)


def _sharing(book: Book) -> None:
    for number, (key, name) in enumerate((("name-a", "Anna Ens"), ("name-b", "Bodil Ens"))):
        one = Plot(book, key, name)
        one.job(1, RAVN)
        one.log_on("idens7" if not number else "IDENS7", start=-30 if not number else -18)
    for key, name, start, end in (("used-a", "Arne Aflagt", -36, -12), ("used-b", "Birgit Brugt", -6, None)):
        one = Plot(book, key, name)
        one.job(1, RAVN, start=start, end=end)
        one.log_on("idbrugt", start=start, end=end)
    for number, (key, name) in enumerate((("guid-a", "Gudrun Guid"), ("guid-b", "Gustav Guid"))):
        one = Plot(book, key, name)
        one.job(1, RAVN)
        guid = f"{{{SHARED_GUID.upper()}}}" if number else SHARED_GUID
        one.log_on(f"idgu0{number}", external_id=guid, start=-16 if number else -30)
    for key, name, start, end in (
        ("guid-used-a", "Hanne Haft", -36, -12),
        ("guid-used-b", "Henry Haft", -6, None),
    ):
        one = Plot(book, key, name)
        one.job(1, RAVN, start=start, end=end)
        one.log_on(f"id{key}", external_id=REUSED_GUID, start=start, end=end)
    near = Plot(book, "own-again", "Gertrud Gentag")
    near.job(1, RAVN, end=-20)
    near.job(2, RAVN, start=-10, primary="primary")
    near.log_on("idgentag", end=-20)
    near.account(2, "AD", "idgentag", jobs=(2,), start=-10, primary=True, external_id=_OWN_GUID)
    near.account(3, "EXCHANGE", "idgentag", jobs=(2,), start=-10, external_id=_OWN_GUID)
    near = Plot(book, "other-system", "Sine Systemer")
    near.job(1, RAVN)
    near.log_on("idsine")
    near.account(2, "ROLLEKATALOG", "idens7", jobs=(1,))


def _roles(book: Book) -> None:
    one = _with_two(book, "wrong-role", "Rita Rolle", "idri01")
    one.role(1, "fag-laerer", 1, start=-9)
    one.role(2, "fag-laerer", 2)
    one.role(3, "ad-bruger", 1)
    one = Plot(book, "left-role", "Rasmine Rejst")
    one.job(1, RAVN, moves=[(-5, VIG)])
    one.log_on("idra01")
    one.account(2, "FAGSYSTEM", "idra.fag", jobs=(1,))
    one.role(1, "fag-leder", 2, unit=RAVN, start=-30)
    one.role(2, "fag-laerer", 2, unit="Center for Skole", start=-30)
    one.role(3, "fag-laerer", 2, unit=RAVN, start=-2)


def _moves(book: Book) -> None:
    one = Plot(book, "moved", "Flora Flyttet")
    one.job(1, ROADS, moves=[(-2, VIG)])
    one.log_on("idfl01")
    near = Plot(book, "moved-near", "Frode Flyttet")
    near.job(1, RAVN, moves=[(-2, VIG)])
    near.log_on("idfn01")
    near = Plot(book, "moved-long-ago", "Frida Flyttet")
    near.job(1, ROADS, moves=[(-10, VIG)])
    near.log_on("idff01")
    near = Plot(book, "moved-new-account", "Fie Flyttet")
    near.job(1, ROADS, moves=[(-2, VIG)])
    near.log_on("idfi01", end=-2)
    near.account(2, "AD", "idfi02", jobs=(1,), start=-2, primary=True)
