"""Which of several accounts counts, by the integration's own rule."""

from __future__ import annotations

import pytest
from ad_stage import NOW, TODAY, Stage, uid

from motoolkit.ad.discriminating import choose, chosen, faults
from motoolkit.ad.records import Account
from motoolkit.profile.ad import AdSettings, Discriminator

SHORT = Discriminator(
    fields=("sAMAccountName",), values=("{{ value|length == 4 }}", "{{ value|length == 5 }}")
)


def _stage(rule=SHORT, *, end=None, **settings):
    stage = Stage(AdSettings(name="admin", cpr_attribute="employeeID", discriminator=rule, **settings))
    stage.mo("persons", "hans", cpr="0101901233", given_name="Hans", surname="Holm")
    stage.mo("engagements", "e", end=end, person=uid("hans"))
    return stage


def _account(stage, sam, **values):
    attributes = {"samaccountname": (sam,), "useraccountcontrol": (str(values.get("uac", 512)),)}
    return stage.account(sam, cpr="0101901233", attributes=attributes, **values)


@pytest.mark.parametrize(
    ("sams", "codes"),
    [
        (["hans", "hans1"], []),
        (["hans", "bent"], ["DISC-AMBIG"]),
        (["hans1", "bent1"], ["DISC-AMBIG"]),
        (["hans", "bent1", "hans1"], []),
        (["hanshans"], ["DISC-NONE"]),
        ([], []),
    ],
)
def test_the_first_value_that_fits_any_must_fit_exactly_one(sams, codes):
    """What a later value would say does not matter."""
    stage = _stage()
    for sam in sams:
        _account(stage, sam)
    assert [code for code in ("DISC-AMBIG", "DISC-NONE", "DISC-EXCLUDED") if stage.found(code)] == codes


def test_who_has_left_needs_no_account_that_counts():
    """The rule is meant to drop the disabled ones."""
    stage = _stage(end=TODAY)
    _account(stage, "hanshans")
    assert not stage.found("DISC-NONE")


BYPASS = Discriminator(values=("{{ False }}",), bypass_itsystem="LOGON")


@pytest.mark.parametrize(
    ("logons", "taken"),
    [(["BENT"], "bent"), ([], "anna"), (["bent", "anna"], "anna"), (["karl"], "anna")],
)
def test_an_it_system_can_name_the_account_instead_of_the_templates(logons, taken):
    """Its only account of the person does, in any case; without one it is the lowest DN."""
    stage = _stage(BYPASS)
    stage.mo("itsystems", "LOGON", user_key="LOGON")
    for sam in ("bent", "anna"):
        _account(stage, sam)
    for name in logons:
        stage.mo("itusers", f"logon/{name}", user_key=name, person=uid("hans"), itsystem=uid("LOGON"))
    choice = chosen(stage.world(), "admin", uid("hans"))
    assert [each.sam for each in choice.fitting] == [taken]
    assert not stage.found("DISC-AMBIG")
    assert not stage.found("DISC-NONE")


def test_the_filter_looks_at_the_bits_of_useraccountcontrol():
    """Disabled ones fall out, so the other one decides."""
    rule = Discriminator(
        fields=("userAccountControl", "sAMAccountName"),
        filter="{{ userAccountControl|bitwise_and(2) == 0 }}",
        values=("{{ True }}",),
    )
    stage = _stage(rule)
    _account(stage, "hans")
    _account(stage, "bent", uac=514)
    assert not stage.found("DISC-AMBIG")
    _account(stage, "carl")
    assert stage.found("DISC-AMBIG")


@pytest.mark.parametrize(("shut", "found"), [("hans", True), ("hans1", False)])
def test_the_rule_leaves_out_the_only_account_that_is_open(shut, found):
    """Where it takes the open one all is well."""
    stage = _stage()
    for sam in ("hans", "hans1"):
        _account(stage, sam, uac=514 if sam == shut else 512)
    assert bool(stage.found("DISC-EXCLUDED")) is found


def test_accounts_out_of_the_integrations_reach_do_not_count():
    """Outside the search bases, and those known by mail only."""
    stage = _stage(search_bases=("OU=Brugere,DC=ad1",))
    _account(stage, "hans")
    _account(stage, "bent", dn="CN=bent,OU=Gamle,DC=ad1")
    stage.mo("addresses", "mail", person=uid("hans"), value="hans@nordby.example")
    stage.account("carl", mail="hans@nordby.example", attributes={"samaccountname": ("carl",)})
    assert not stage.found("DISC-AMBIG")


@pytest.mark.parametrize(
    ("template", "fits"),
    [
        ("{{ 'OU=Gamle' not in dn }}", True),
        ("{{ sAMAccountName.startswith('ha') }}", True),
        ("{{ value == sAMAccountName }}", True),
        (" {{ True }}\n", True),
        ("{{ 'true' }}", False),
        ("{{ 1 }}", False),
        ("{{ missing.startswith('x') }}", False),
        ("{{ value > 5 }}", False),
        ("{{ ''.__class__.__mro__ }}", False),
        ("{{ value.__init__.__globals__ }}", False),
    ],
)
def test_what_a_template_says_of_an_account(template, fits):
    """Only the word True counts; what can not be rendered, or leaves the sandbox, says nothing."""
    account = Account(
        ad="admin", guid=uid("a"), dn="CN=hans,OU=Brugere", attributes={"samaccountname": ("hans",)}
    )
    rule = Discriminator(fields=("sAMAccountName",), values=(template,))
    assert bool(choose(rule, (account,)).fitting) is fits


def test_a_template_that_is_none_is_told_by_the_settings_and_judges_nobody():
    """One wrong brace is not thousands of findings."""
    rule = Discriminator(fields=("sAMAccountName",), values=("{{ value == }}",))
    assert faults(rule)
    assert not faults(SHORT)
    stage = _stage(rule)
    _account(stage, "hans")
    assert not stage.found("DISC-NONE")


def test_an_expired_account_is_shut():
    """It is enabled all the same."""
    stage = _stage()
    _account(stage, "hans", expires_at=NOW)
    _account(stage, "hans1")
    assert stage.found("DISC-EXCLUDED")
