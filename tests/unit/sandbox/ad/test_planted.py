"""The list of planted cases is true: what it names is there, and every rule has a case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from motoolkit.sandbox.ad import AD_PLANTED


def _words(text):
    return set(text.split())


NOT_PLANTED = {
    # Of the whole directory: it comes with a fault of the reading.
    "CPR-ATTR-UNREADABLE",
    # Of the ordinary staff, whom chance gives no primary engagement.
    "PRIM-NONE",
}
CODES = _words(
    """
    ACC-NO-PERSON PER-NO-ACC ENG-ENDED-ENABLED ENG-ENDED-IN-GROUPS ENG-ACTIVE-DISABLED
    ENG-FUTURE-ENABLED EXP-MISMATCH EXP-MISSING-TEMP DUP-SAM DUP-GUID DUP-UPN DUP-MAIL DUP-PROXY DUP-CPR
    SAM-REUSED SAM-OWN-NOT-REUSED SAM-PATTERN SAM-FORBIDDEN SAM-TOO-LONG SAM-MO-DIFF SAM-CROSS-AD
    UPN-MAIL-DIFF GUID-STALE GUID-SWAPPED GUID-BAD-FORMAT GUID-CONVENTION LINK-DUP-AD
    ACC-CPR-GUID-CONFLICT CPR-DIFF CPR-MISSING CPR-INVALID CPR-FICTIVE CPR-ATTR-UNREADABLE ATTR-NAME
    ATTR-DISPLAY ATTR-CN ATTR-MAIL ATTR-PHONE ATTR-ADDRESS ATTR-OFFICE ATTR-TITLE ATTR-DEPT ATTR-COMPANY
    ATTR-UNITPATH MGR-DIFF MGR-MISSING MGR-DISABLED MGR-SELF MGR-CYCLE ENG-WRONG ENG-NOLINK-MULTI
    ENG-LINK-ENDED ENG-UNCOVERED ENG-TWO-ACCOUNTS PRIM-NONE PRIM-MULTI DISC-AMBIG DISC-NONE
    DISC-EXCLUDED ITU-NO-ENG-SYS ITU-PERIOD OU-MISSING OU-ORPHAN OU-NAME OU-PARENT OU-LEVEL OU-DUP
    OU-EMPTY OU-CLOSED-NONEMPTY OU-PLACEMENT OU-OUT-OF-SCOPE GRP-EXTRA GRP-MISSING GRP-BIND-ENDED
    GRP-PRIV GRP-NO-ROLE ROLE-NO-GROUP GRP-NESTED GRP-CYCLE GRP-EMPTY GRP-NO-OWNER GRP-TYPE DL-STALE
    MBX-NO-OWNER MBX-DELEGATE-ENDED MBX-ENABLED MBX-LICENCE EXT-NO-OWNER EXT-NO-END EXT-ENDED
    EXT-NOT-IN-MO EXT-IS-INTERNAL XAD-TWO XAD-WRONG XAD-FIELD-CLASH FK-PAIR-MISSING FK-PAIR-STALE
    FK-PAIR-MULTI SEC-PWDNOTREQD SEC-NEVEREXP SEC-NOPREAUTH SEC-DELEG SEC-STALE SEC-NEVERUSED
    """
)
"""The catalogue but for what is about the reading and the settings (CFG-*) and about events (SYNC-*)."""
IN_AD = {"account", "group", "ou"}
IN_MO = {
    "person": "persons",
    "cpr": "persons",
    "ituser": "itusers",
    "engagement": "engagements",
    "class": "classes",
    "org_unit": "org_units",
}


def test_every_rule_has_a_case():
    """But for two that can not be planted."""
    planted = {each.code for case in AD_PLANTED.values() for each in case.findings}
    assert planted == CODES - NOT_PLANTED


def test_what_the_cases_name_is_there(odd_records, everything):
    """Their keys are of objects that the directories or MO have."""
    in_ad = {
        (name, str(UUID(bytes_le=each.attributes["objectGUID"][0])))
        for name, directory in everything.items()
        for each in directory.entries
    }
    in_mo = {(record.collection, record.uuid) for record in odd_records}
    for case in AD_PLANTED.values():
        for each in case.findings:
            parts = each.key.split("/")
            if each.sort in IN_AD:
                assert (parts[0], parts[1]) in in_ad, each
            elif each.sort in IN_MO:
                uuids = {(IN_MO[each.sort], part) for part in parts}
                assert uuids & in_mo, each


def test_near_misses_are_among_them():
    """A case that looks like one and is none."""
    near = {name for name, case in AD_PLANTED.items() if not case.findings}
    assert near == {
        "replacement_number",
        "name_like_mail",
        "two_leaders",
        "cpr_with_hyphen",
        "hardly_used",
        "ou_of_the_future",
        "expires_a_day_late",
        "consultant",
    }


def test_what_is_expected_is_expected_once(planted, everything):
    """Of a case and of what MO has wrong."""
    for directory in (*planted.values(), *everything.values()):
        assert len(directory.expected) == len(set(directory.expected))


def test_expected_holds_the_cases_of_the_mode(clean, planted, everything):
    """Those in every mode, those of the directories, and those that need an odd MO."""
    for name, case in AD_PLANTED.items():
        for mode, there in (
            (clean, case.always),
            (planted, not case.needs_mo),
            (everything, True),
        ):
            if case.findings and not (mode is clean and name not in {"closed_unit", "two_primaries"}):
                assert (set(case.findings) <= set(mode[case.directory].expected)) == there, name


def test_the_docs_have_the_table():
    """``tools/ad_cases.py`` writes it."""
    tool = Path(__file__).parents[4] / "tools/ad_cases.py"
    assert subprocess.run([sys.executable, tool, "--check"], check=False).returncode == 0
