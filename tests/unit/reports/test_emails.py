"""Which e-mail address a row shows."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.fixture
def bo(world):
    """Bo with two engagements, NK-1 and NK-2, in one unit."""
    world.bo = world.person("Bo Bo")
    unit = world.unit("Skole")
    world.first = world.engagement(world.bo, unit, "NK-1")
    world.second = world.engagement(world.bo, unit, "NK-2")
    return world


@pytest.fixture
def mails(column):
    """Return the addresses shown for NK-1 and NK-2."""
    return lambda table: tuple(column(table, "E-mail", listed=True))


def test_each_engagement_has_its_own_mailbox(bo, mails):
    """One person, several identities (newsletter section 7)."""
    bo.email("en@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.first))
    bo.email("to@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.second))
    assert mails(bo.report()) == ("en@x.dk", "to@x.dk")


def test_an_account_of_both_engagements_serves_both(bo, mails):
    """Ituser → engagements is a list."""
    bo.email("bo@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.first, bo.second))
    assert mails(bo.report()) == ("bo@x.dk", "bo@x.dk")


def test_the_engagements_own_address_comes_before_its_accounts(bo, mails):
    """(a) before (b)."""
    bo.email("konto@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.first))
    bo.email("eng@x.dk", person_uuid=bo.bo, engagement_uuid=bo.first)
    assert mails(bo.report())[0] == "eng@x.dk"


def test_the_primary_account_comes_first(bo, mails):
    """Among two accounts of one engagement."""
    bo.email("anden@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.first))
    bo.email("prim@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.first, primary="primary"))
    assert mails(bo.report())[0] == "prim@x.dk"


def test_an_address_of_another_engagement_is_no_fallback(bo, mails):
    """Bound elsewhere, through an account or directly."""
    bo.email("to@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(bo.second))
    bo.email("ogsaa@x.dk", person_uuid=bo.bo, engagement_uuid=bo.second)
    assert mails(bo.report()) == ("", "ogsaa@x.dk")
    assert mails(bo.report(email_per_engagement=False)) == ("to@x.dk", "to@x.dk")


def test_a_binding_to_an_engagement_that_ended_does_not_count(bo, mails):
    """An old link takes the mailbox from nobody."""
    old = bo.engagement(bo.bo, bo.uuid(), "NK-0", end=date(2026, 1, 1))
    bo.email("bo@x.dk", person_uuid=bo.bo, ituser_uuid=bo.account(old))
    assert mails(bo.report()) == ("bo@x.dk", "bo@x.dk")


def test_types_are_taken_in_the_order_that_was_asked_for(bo, mails):
    """email_type_priority, by user_key."""
    bo.email("priv@x.dk", kind="PrivatEmail", person_uuid=bo.bo)
    bo.email("ad@x.dk", kind="AD-Email", person_uuid=bo.bo)
    assert mails(bo.report(email_type_priority=["AD-Email", "PrivatEmail"]))[0] == "ad@x.dk"
    assert mails(bo.report(email_type_priority=["PrivatEmail"]))[0] == "priv@x.dk"


def test_among_equals_the_newest_address_wins(bo, mails):
    """Then the UUID."""
    bo.email("gammel@x.dk", person_uuid=bo.bo, start=date(2020, 1, 1))
    bo.email("ny@x.dk", person_uuid=bo.bo, start=date(2025, 1, 1))
    bo.email("samme@x.dk", person_uuid=bo.bo, start=date(2025, 1, 1))
    assert mails(bo.report())[0] == "ny@x.dk"


@pytest.mark.parametrize(
    ("scope", "shown"), [("SECRET", ""), ("INTERNAL", "bo@x.dk"), ("PUBLIC", "bo@x.dk"), (None, "bo@x.dk")]
)
def test_a_secret_address_is_never_shown(bo, mails, scope, shown):
    """Unclassified, public and internal ones are, by default."""
    bo.email("bo@x.dk", scope=scope, person_uuid=bo.bo)
    assert mails(bo.report())[0] == shown


def test_a_secret_address_does_not_hide_an_open_one(bo, mails):
    """It is left out before the choice."""
    bo.email("hemmelig@x.dk", scope="SECRET", person_uuid=bo.bo, engagement_uuid=bo.first)
    bo.email("bo@x.dk", person_uuid=bo.bo)
    assert mails(bo.report())[0] == "bo@x.dk"


def test_a_visibility_called_hemmelig_without_a_scope_is_secret(bo, mails):
    """Old instances have visibility classes without a scope."""
    bo.email("bo@x.dk", scope=None, person_uuid=bo.bo, visibility_uuid=bo.cls("visibility", "Hemmelig"))
    assert mails(bo.report())[0] == ""


def test_an_unknown_visibility_counts_as_secret(bo, mails):
    """A dangling reference shows nothing."""
    bo.email("bo@x.dk", scope=None, person_uuid=bo.bo, visibility_uuid=bo.uuid())
    assert mails(bo.report())[0] == ""


def test_showing_secret_addresses_is_warned_about(bo, mails):
    """Only when the visibility parameter asks for them."""
    bo.email("bo@x.dk", scope="SECRET", person_uuid=bo.bo)
    table = bo.report(visibility=["PUBLIC", "SECRET"])
    assert mails(table)[0] == "bo@x.dk"
    assert any(warning.startswith("En hemmelig e-mailadresse er vist") for warning in table.warnings)


def test_only_addresses_of_an_email_type_count(bo, mails):
    """A telephone number is no e-mail address; blanks around one are cut."""
    phone = bo.cls("employee_address_type", "Telefon", scope="PHONE")
    bo.add("addresses", value="12345678", address_type_uuid=phone, person_uuid=bo.bo)
    bo.email(" Bo@X.dk ", person_uuid=bo.bo)
    assert mails(bo.report())[0] == "Bo@X.dk"
