"""Identities made by hand: somebody with much, with nothing, with broken links; a unit; any at all."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from motoolkit.findings import Finding, Kind, Severity, Subject
from motoolkit.identities import Identity, Link, Node
from motoolkit.model import Validity

TODAY = date(2026, 11, 23)
OWNER = "00000000-0000-4000-8000-000000000001"
SINCE = Validity(date(2020, 1, 1))
UNLINKED = Kind(
    "unlinked", Severity.ERROR, "Account without engagement", "Nobody knows what it is for.", "Link it."
)
TOO_MUCH = Kind("too_much", Severity.WARNING, "One account in two places")


def uuid(number):
    """Return a UUID."""
    return f"00000000-0000-4000-8000-{number:012d}"


def node(number, sort, label, detail="", validity=SINCE):
    """Return a node."""
    return Node(uuid(number), sort, label, detail, validity)


def link(one, other, validity=SINCE):
    """Return a link; 1 is the owner."""
    return Link(uuid(one), uuid(other), validity)


def person(nodes=(), links=(), dangling=(), *, name="Ida Bech", sort="person"):
    """Return somebody's identity."""
    return Identity(sort, OWNER, name, TODAY, tuple(nodes), tuple(links), tuple(map(uuid, dangling)))


def hans():
    """Return the newsletter's figure: IT-konto 2 serves two jobs, has an e-mail address and a telephone."""
    jobs = [("Lærer, Ravnsnæs Skole", "NS-04711"), ("Lærer, Vig Skole", "NS-04712"), ("SFO, Vig Skole", "")]
    nodes = [node(10 + n, "engagement", *job) for n, job in enumerate(jobs, 1)]
    nodes += [node(20 + n, "ituser", f"IT-konto {n}", "AD") for n in range(1, 6)]
    nodes += [node(30 + n, "address", f"hans{n}@example.dk", "E-mail") for n in range(1, 6)]
    nodes += [node(36, "address", "+4500001122", "Telefon")]
    serving = [(11, 21), (12, 22), (13, 22), (11, 23), (11, 24), (12, 25)]
    links = [link(1, job) for job in (11, 12, 13)] + [link(*pair) for pair in serving]
    links += [link(20 + n, 30 + n) for n in range(1, 6)] + [link(22, 36)]
    return person(nodes, links, name="Hans Holm")


def much():
    """Return somebody with 6 engagements, 9 accounts, 15 addresses, roles, posts; some of it for no job."""
    nodes = [
        node(10 + n, "engagement", f"Pædagogmedhjælper nr. {n}, Børnehuset Solstrålen") for n in range(6)
    ]
    links = [link(1, 10 + n) for n in range(6)]
    for n, jobs in enumerate([(0,), (0, 4), (1,), (2,), (4,), (5, 2), (), (3,), (0,)]):
        nodes.append(node(30 + n, "ituser", f"bruger{n}@kommunen-med-det-meget-lange-navn.example", "MitID"))
        links += [link(10 + job, 30 + n) for job in jobs] or [link(1, 30 + n)]
    for n in range(15):
        nodes.append(node(50 + n, "address", f"adresse{n}@example.dk", "E-mail"))
        above = 30 + n % 9 if n < 11 else {11: 12, 12: 10}.get(n, 1)
        links.append(link(above, 50 + n))
    for n, account in enumerate((30, 30, 30, 30, 30, 33)):
        nodes.append(node(80 + n, "rolebinding", f"Rolle {n}", "Vig Skole"))
        links.append(link(account, 80 + n))
    nodes += [node(95, "manager", "Leder, Vig Skole"), node(96, "manager", "Leder, Center for Børn")]
    links += [link(14, 95), link(1, 96)]
    return person(nodes, links, name="Karen-Margrethe Østergaard Thorvaldsen")


def broken():
    """Return somebody whose account is for an engagement that is not there, and an address of no account."""
    nodes = [
        node(10, "engagement", "Lærer, Vig Skole", "NS-1"),
        node(30, "ituser", "ida", "AD"),
        node(50, "address", "ida@example.dk", "E-mail"),
        node(51, "address", "ida2@example.dk", "E-mail"),
    ]
    links = [link(1, 10), link(900, 30), link(30, 50), link(901, 51)]
    return person(nodes, links, (900, 901, 902))


def unit():
    """Return a unit with an account, addresses and a manager."""
    nodes = [
        node(30, "ituser", "vig-skole", "AD"),
        node(50, "address", "post@vig-skole.example", "E-mail"),
        node(51, "address", "+45 59 00 00 00", "Telefon"),
        node(95, "manager", "Leder"),
    ]
    links = [link(1, 30), link(30, 50), link(1, 51), link(1, 95)]
    return person(nodes, links, name="Vig Skole", sort="org_unit")


def finding(kind, attribute, validity=SINCE, **more):
    """Return a finding about the owner."""
    subject = Subject("person", OWNER, "Ida Bech", uuid=OWNER)
    return Finding(kind, subject, attribute=attribute, validity=validity, **more)


_DAYS = st.integers(0, 4000).map(lambda days: date(2018, 1, 1) + timedelta(days))
_SORTS = ("engagement", "ituser", "address", "rolebinding", "manager")
_ABOVE = {
    "engagement": (),
    "ituser": ("engagement",),
    "address": ("engagement", "ituser"),
    "rolebinding": ("ituser",),
    "manager": ("engagement",),
}
_GONE = (900, 901, 902)


@st.composite
def anybody(draw):
    """Return any identity: many or few, linked in any way that MO has, some links to what is not there."""
    sorts = draw(st.lists(st.sampled_from(_SORTS), max_size=24))
    nodes = []
    for number, sort in enumerate(sorts, 10):
        label = draw(st.text("ab @-,<&æW", max_size=40))
        nodes.append(node(number, sort, label, draw(st.sampled_from(("", "AD", "x" * 60))), draw(_periods())))
    links = []
    for each in nodes:
        hosts = [one.uuid for one in nodes if one.sort in _ABOVE[each.sort]]
        gone = [] if each.sort == "engagement" else [uuid(number) for number in _GONE]
        above = draw(st.lists(st.sampled_from([OWNER, *hosts, *gone]), max_size=3, unique=True))
        links += [Link(one, each.uuid, each.validity) for one in above]
    return person(nodes, links, _GONE, name=draw(st.sampled_from(("Ida", "Ida " + "Bech" * 12))))


@st.composite
def _periods(draw):
    start = draw(_DAYS)
    return Validity(start, draw(st.sampled_from((None, start + timedelta(1), start + timedelta(900)))))
