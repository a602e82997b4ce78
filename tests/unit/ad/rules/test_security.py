"""Accounts that are easier to take over than they need be, or that nobody uses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ad_stage import NOW, Stage, uid

from motoolkit.findings import Severity
from motoolkit.profile.ad import AdSettings, KindRule

_DAY = timedelta(days=1)


def _stage(**settings):
    kinds = (KindRule(kind="admin", sam="adm-.*"), KindRule(kind="service", sam="svc-.*"))
    return Stage(AdSettings(name="admin", itsystem="AD", kinds=kinds, **settings))


@pytest.mark.parametrize(
    ("code", "uac", "severity"),
    [
        ("SEC-PWDNOTREQD", 544, Severity.ERROR),
        ("SEC-NEVEREXP", 66048, Severity.WARNING),
        ("SEC-NOPREAUTH", 0x400200, Severity.ERROR),
        ("SEC-DELEG", 0x80200, Severity.ERROR),
        ("SEC-DELEG", 0x1000200, Severity.ERROR),
    ],
)
def test_a_flag_that_is_a_risk(code, uac, severity):
    """On accounts of people and administrators that can be used; a service's are for its own rules."""
    stage = _stage()
    for sam, more in (("hans01", 0), ("adm-hans", 0), ("svc-sql", 0), ("bo01", 2)):
        stage.account(sam, uac=uac | more)
    found = stage.found(code)
    assert {(f.subject.label, f.severity) for f in found} == {("hans01", severity), ("adm-hans", severity)}


@pytest.mark.parametrize(
    ("code", "uac"),
    [
        ("SEC-PWDNOTREQD", 512),
        ("SEC-NEVEREXP", 66048 | 0x40000),
        ("SEC-NOPREAUTH", 0x800200),
        ("SEC-DELEG", 0x100200),
        ("SEC-DELEG", None),
    ],
)
def test_flags_that_are_none(code, uac):
    """A smartcard has no password to change; 'not delegated' is the contrary; OpenLDAP has no flags."""
    stage = _stage()
    stage.account("hans01", uac=uac)
    assert not stage.found(code)


@pytest.mark.parametrize(("days", "expected"), [(193, 0), (194, 0), (195, 1)])
def test_an_account_that_is_not_used(days, expected):
    """What AD tells may be fourteen days late: 180 days are certain after 194."""
    stage = _stage()
    stage.account("hans01", last_logon=NOW - days * _DAY)
    assert len(stage.found("SEC-STALE")) == expected


def test_who_is_on_leave_can_not_use_it():
    """It is told, and no more than that."""
    stage = _stage()
    stage.mo("persons", "hans", given_name="Hans")
    stage.mo("engagements", "e", person=uid("hans"))
    stage.mo("leaves", "l", person=uid("hans"), engagement=uid("e"))
    it = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid("AD")}
    stage.mo("itusers", "it", person=uid("hans"), **it)
    stage.account("hans01", last_logon=NOW - 300 * _DAY)
    assert [found.severity for found in stage.found("SEC-STALE")] == [Severity.INFO]


def test_an_account_that_was_never_used():
    """After the days of the settings; not a new one, and not one that was."""
    stage = _stage()
    stage.account("hans01", created=NOW - 91 * _DAY)
    stage.account("new", created=NOW - 89 * _DAY)
    stage.account("used", created=NOW - 91 * _DAY, last_logon=NOW - _DAY)
    stage.account("svc-sql", created=NOW - 91 * _DAY)
    assert [found.subject.label for found in stage.found("SEC-NEVERUSED")] == ["hans01"]


@pytest.mark.parametrize(("settings", "uac"), [({"unused_days": 0}, 512), ({}, None)])
def test_where_logons_are_not_known(settings, uac):
    """An export without them, and a directory that has none."""
    stage = _stage(**settings)
    stage.account("hans01", created=NOW - 900 * _DAY, uac=uac)
    assert not stage.found("SEC-NEVERUSED")
