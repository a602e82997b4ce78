"""After any changes of both sides, judging what they concern comes to what judging everything comes to."""

from __future__ import annotations

from datetime import date, timedelta

from ad_stage import NOW, TODAY, uid
from hypothesis import given
from hypothesis import strategies as st

from motoolkit.ad import mo
from motoolkit.ad._judging import Judging
from motoolkit.ad.records import Account, AdGroup, Header, Ou, Snapshot, Tombstone
from motoolkit.ad.world import World
from motoolkit.profile.ad import (
    AdSettings,
    Discriminator,
    Externals,
    FieldRule,
    GroupRules,
    KindRule,
    UsernameRules,
)

ADS = ("admin", "skole")
BASE = "DC=nordby,DC=example"
NUMBER = 3
"""So many objects of each collection: few, so that they meet."""


def _settings(ad):
    """Turn on all that can be judged."""
    return AdSettings(
        name=ad,
        base_dn=BASE,
        itsystem=f"system-{ADS.index(ad)}",
        link_itsystem="system-2",
        cpr_attribute="employeeID",
        engagement_attribute="employeeNumber",
        search_bases=(f"OU=Brugere,{BASE}",),
        lag_minutes=0,
        stale_days=30,
        ou_root=f"OU=Enheder,{BASE}",
        ou_parking=f"OU=Parkering,{BASE}",
        ou_placement=True,
        others_too=False,
        kinds=(KindRule(kind="admin", sam="adm-.*"),),
        fields=tuple(
            FieldRule(attribute=attribute, mo=value)
            for attribute, value in (
                ("givenName", "person.given_name"),
                ("sn", "person.surname"),
                ("displayName", "person.name"),
                ("department", "unit.name"),
                ("title", "job_function.name"),
                ("mail", "mail"),
            )
        ),
        discriminator=Discriminator(fields=("sAMAccountName",), values=("{{ value.startswith('u') }}",)),
        usernames=UsernameRules(method="combinations", combinations=("FFL", "FLX"), reuse_own=True),
        externals=Externals(units=((f"OU=Eksterne,{BASE}", "unit-0"),)),
        groups=GroupRules(below=(f"OU=Grupper,{BASE}",), distribution_below=(f"OU=Lister,{BASE}",)),
    )


def names(kind):
    """Return the UUIDs of a collection's objects, one of which nothing is known."""
    return [uid(f"{kind}/{number}") for number in range(NUMBER + 1)]


def one_of(kind):
    """Choose a reference, or none."""
    return st.sampled_from([*names(kind), ""])


text = st.sampled_from(["", "u1", "u2", "adm-1", "Hans", "Bo", "system-0", "system-1", "system-2", "unit-0"])
mails = st.sampled_from(["", "a@nordby.example", "b@nordby.example"])
cprs = st.sampled_from(["", "0101901233", "0202801233"])
guids = st.sampled_from([uid(f"guid/{number}") for number in range(5)])
borders = st.sampled_from([None, *(TODAY + timedelta(days=days) for days in (-400, -30, 0, 1, 30))])

_REFERENCES = {
    "person": "persons",
    "owner": "persons",
    "org_unit": "org_units",
    "parent": "org_units",
    "engagement": "engagements",
    "ituser": "itusers",
    "itsystem": "itsystems",
    "it_system": "itsystems",
    "facet": "facets",
}
_OWN = {"cpr": cprs, "value": mails, "fraction": st.sampled_from([None, 500_000]), "scope": st.just("EMAIL")}


def _value(collection, name):
    if mo._is_list(collection, name):
        kind = "engagements" if name == "engagements" else "classes"
        return st.lists(st.sampled_from(names(kind)), max_size=2, unique=True).map(tuple)
    if name == "external_id":
        return guids | st.just("")
    if name in _OWN:
        return _OWN[name]
    if name in _REFERENCES:
        return one_of(_REFERENCES[name])
    known = {field.name: field for field in mo.CATALOGUE[collection].stored}
    return one_of("classes") if isinstance(known.get(name), mo.Reference) else text


@st.composite
def mo_objects(draw):
    """Draw an object of MO: its collection, its UUID and its periods; none when it is deleted."""
    collection = draw(st.sampled_from(sorted(mo.ROWS)))
    shape = mo.ROWS[collection]
    uuid = draw(st.sampled_from(names(collection)[:NUMBER]))
    fields = [name for name in shape.__dataclass_fields__ if name not in {"uuid", "start", "end"}]
    cuts = sorted({draw(borders) or date.min, draw(borders) or date.max})
    periods = [(cuts[0], cuts[-1]), (cuts[-1], date.max)][: draw(st.integers(0, 2))]
    rows = [
        shape(
            uuid,
            None if start == date.min else start,
            None if end == date.max else end,
            **{name: draw(_value(collection, name)) for name in fields},
        )
        for start, end in periods
        if start < end
    ]
    return collection, uuid, tuple(rows)


@st.composite
def ad_objects(draw):
    """Draw an object of a directory: its table, its key and the object; None when it is gone."""
    ad, guid = draw(st.sampled_from(ADS)), draw(guids)
    table = draw(st.sampled_from(["accounts", "accounts", "groups", "ous", "tombstones"]))
    if draw(st.integers(0, 4)) == 0:
        return table, (ad, guid), None
    place = draw(st.sampled_from(["Brugere", "Parkering", "Eksterne", "Enheder", "Grupper", "Lister"]))
    name = draw(text)
    common = {"ad": ad, "guid": guid}
    if table == "tombstones":
        return table, (ad, guid), Tombstone(**common, sam=name)
    common["dn"] = f"CN={name or 'x'},OU={place},{BASE}"
    if table == "ous":
        return table, (ad, guid), Ou(**common | {"dn": f"OU={name or 'x'},OU={place},{BASE}"}, name=name)
    if table == "groups":
        members = tuple(draw(st.lists(guids, max_size=3, unique=True)))
        kind = draw(st.sampled_from([-2147483646, 2]))
        group = AdGroup(
            **common, sam=name, name=name, members=members, group_type=kind, managed_by=draw(guids)
        )
        return table, (ad, guid), group
    attributes = {"givenname": (name,), "sn": (name,), "department": (name,), "mail": (draw(mails),)}
    return (
        table,
        (ad, guid),
        Account(
            **common,
            sam=name,
            upn=draw(mails),
            cn=name,
            mail=attributes["mail"][0],
            cpr=draw(cprs),
            engagement=draw(text),
            uac=draw(st.sampled_from([512, 514, 66048, 544])),
            expires_at=draw(st.sampled_from([None, NOW - timedelta(days=9), NOW + timedelta(days=30)])),
            created=NOW - timedelta(days=300),
            last_logon=draw(st.sampled_from([None, NOW - timedelta(days=100)])),
            manager=draw(guids),
            recipient_type=draw(st.sampled_from([0, 1, 4])),
            delegates=tuple(draw(st.lists(guids, max_size=1))),
            attributes=attributes,
        ),
    )


def _world(*, tracking):
    world = World([_settings(ad) for ad in ADS], as_of=TODAY, now=NOW, tracking=tracking)
    for ad in ADS:
        world.load(Snapshot(header=Header(ad=ad, read_at=NOW, tombstones=True)))
    return world


def _told(judging):
    return sorted(
        (f.kind.code, f.subject.key, f.subject.label, f.subject.unit, f.attribute, repr((f.source, f.mo)),
         f.detail, f.severity, f.undecided, repr(sorted(f.facts.items())))
        for f in judging.findings()
    )  # fmt: skip


def _put(world, change):
    table, key, what = change
    rows = what if isinstance(what, tuple) else () if what is None else (what,)
    return world.table(table).put(key, rows)


@given(st.lists(st.lists(mo_objects() | ad_objects(), min_size=1, max_size=12), min_size=1, max_size=5))
def test_event_mode_is_batch_mode(steps):
    """After each step, which is a bundle of changes, both find the same."""
    followed = _world(tracking=True)
    judging = Judging(followed)
    so_far = []
    for step in steps:
        facts = set().union(*(_put(followed, change) for change in step))
        judging.update(facts)
        so_far += step
        whole = _world(tracking=False)
        for change in so_far:
            _put(whole, change)
        assert _told(judging) == _told(Judging(whole))
