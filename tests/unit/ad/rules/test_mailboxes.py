"""Mailboxes, shared and of people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ad_stage import NOW, TODAY, Stage, uid

from motoolkit.model import MISSING
from motoolkit.profile.ad import AdSettings

_DAY = timedelta(days=1)
_SHARED = {"recipient_type": 4, "uac": 514}


def _stage(**settings):
    stage = Stage(AdSettings(name="admin", itsystem="AD", **settings))
    stage.mo("persons", "hans", given_name="Hans")
    stage.mo("org_units", "school", name="Skolen")
    it = {"user_key": "hans01", "external_id": uid("admin/hans01"), "itsystem": uid("AD")}
    stage.mo("itusers", "it", person=uid("hans"), **it)
    return stage


def test_a_shared_mailbox_without_owner():
    """Its manager is shut, or there is none; people's mailboxes are their own."""
    stage = _stage()
    gone = stage.account("gone", uac=514)
    stage.account("post", **_SHARED)
    stage.account("room", manager=gone.guid, recipient_type=16, uac=514)
    stage.account("hans01", recipient_type=1)
    found = {f.subject.label: f.source for f in stage.found("MBX-NO-OWNER")}
    assert found == {"post": MISSING, "room": "gone"}


@pytest.mark.parametrize("how", ["manager", "address", "account"])
def test_a_shared_mailbox_with_an_owner(how):
    """Somebody in AD, or the unit in MO that has its address or its account."""
    stage = _stage()
    bo = stage.account("bo")
    manager = bo.guid if how == "manager" else ""
    stage.account("post", mail="Post@nordby.example", manager=manager, **_SHARED)
    if how == "address":
        stage.mo("addresses", "a", value="post@nordby.example", org_unit=uid("school"))
    if how == "account":
        stage.mo("itusers", "u", user_key="post@nordby.example", org_unit=uid("school"))
    assert not stage.found("MBX-NO-OWNER")


def test_a_shared_mailbox_that_one_can_log_on_with():
    """A disabled one is as it should be; a person's is enabled."""
    stage = _stage()
    stage.account("post", recipient_type=4)
    stage.account("room", recipient_type=16, uac=514)
    stage.account("hans01", recipient_type=1)
    assert [found.subject.label for found in stage.found("MBX-ENABLED")] == ["post"]


@pytest.mark.parametrize(("uac", "end"), [(514, None), (512, TODAY)])
def test_a_delegate_who_has_left(uac, end):
    """The account is shut, or the work is over."""
    stage = _stage()
    stage.mo("engagements", "e", end=end, person=uid("hans"))
    hans = stage.account("hans01", uac=uac)
    stage.account("post", delegates=(hans.guid,), **_SHARED)
    (found,) = stage.found("MBX-DELEGATE-ENDED")
    assert found.subject.key == f"admin/{uid('admin/post')}/{hans.guid}"


@pytest.mark.parametrize(("end", "grace"), [(None, 0), (TODAY + _DAY, 0), (TODAY, 1)])
def test_a_delegate_who_has_not_left(end, grace):
    """At work, on the last day, in the days of grace; a delegate that was not read tells nothing."""
    stage = _stage(grace_days=grace)
    stage.mo("engagements", "e", end=end, person=uid("hans"))
    hans = stage.account("hans01")
    stage.account("post", delegates=(hans.guid, uid("a group")), **_SHARED)
    assert not stage.found("MBX-DELEGATE-ENDED")


def test_a_mailbox_that_is_kept_for_nothing():
    """Disabled for 90 days as AD's last change tells, or as the end of work does."""
    stage = _stage()
    stage.mo("engagements", "e", end=TODAY - 91 * _DAY, person=uid("hans"))
    stage.account("hans01", uac=514, recipient_type=1, changed=NOW)
    stage.account("bo01", uac=514, recipient_type=2147483648, changed=NOW - 91 * _DAY)
    assert {found.subject.label for found in stage.found("MBX-LICENCE")} == {"hans01", "bo01"}


def test_a_mailbox_that_is_kept_for_something():
    """Enabled; shared; changed lately and nothing known of the work; without mailbox."""
    stage = _stage()
    long = {"changed": NOW - 91 * _DAY}
    stage.account("a", recipient_type=1, **long)
    stage.account("b", **_SHARED, **long)
    stage.account("c", uac=514, recipient_type=1, changed=NOW - 89 * _DAY)
    stage.account("d", uac=514, **long)
    assert not stage.found("MBX-LICENCE")
