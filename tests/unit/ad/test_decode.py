"""What directories write, as values (domain/ad.md, 1 and 11)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from motoolkit.ad import decode, dn

GUID = "6171daa2-1b2c-4d3e-8f90-0123456789ab"


@pytest.mark.parametrize(
    "raw", [UUID(GUID).bytes_le, f"{{{GUID}}}".encode(), GUID.upper().encode(), f" {GUID} ".encode()]
)
def test_a_guid_is_one_in_all_its_forms(raw):
    """Sixteen bytes in Windows' order, in braces, in capitals."""
    assert decode.guid(raw) == GUID


def test_a_guid_in_network_order_is_another_one():
    """UUID(bytes=…) gives a plausible wrong one."""
    assert decode.guid(UUID(GUID).bytes) == "a2da7161-2c1b-3e4d-8f90-0123456789ab"
    assert decode.guid(b"no guid") == decode.guid(b"") == ""


def test_a_sid_is_told_as_people_write_it():
    """Bytes or text; half of one is none."""
    raw = bytes.fromhex("010500000000000515000000d20a1f2e0f0e0d0c0102030450040000")
    assert decode.sid(raw) == "S-1-5-21-773786322-202182159-67305985-1104"
    assert decode.sid(b"s-1-5-21-1") == "S-1-5-21-1"
    assert decode.sid(raw[:-1]) == decode.sid(b"") == ""


@pytest.mark.parametrize("raw", [b"0", b"-1", b"9223372036854775807", b"9223372036854775806", b"", b"x"])
def test_never_is_no_moment(raw):
    """0 and the largest mean never; one less is beyond the calendar."""
    assert decode.filetime(raw) is None


def test_a_filetime_is_a_moment_and_back():
    """Hundreds of nanoseconds since 1601."""
    moment = datetime(2026, 11, 27, 23, tzinfo=UTC)
    assert decode.filetime(decode.to_filetime(moment)) == moment
    assert decode.filetime(b"116444736000000000") == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        b"20261127103000.0Z",
        b"20261127123000+0200",
        b"20261127103000Z",
        b"20261127103000.123456Z",
        b"202611271030Z",
    ],
)
def test_generalized_time_is_utc(raw):
    """Z, an offset, a fraction, without seconds."""
    assert decode.generalized(raw) == datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("raw", [b"", b"20261327103000Z", b"yesterday"])
def test_what_is_no_time_is_none(raw):
    """A thirteenth month."""
    assert decode.generalized(raw) is None


def test_group_types_are_signed_whichever_way_they_are_written():
    """-2147483646 is global and security."""
    assert decode.group_type(b"-2147483646") == decode.group_type(b"2147483650") == -2147483646
    assert decode.group_type(b"8") == 8


def test_computed_flags_complete_account_control():
    """Locked out and expired password are nowhere else; other bits of it are not taken."""
    assert decode.account_control(b"512", b"8388624") == 512 | 0x10 | 0x800000
    assert decode.account_control(b"512", b"2") == 512
    assert decode.account_control(b"") is None


@pytest.mark.parametrize(
    ("raw", "value"), [(b"TRUE", True), (b"True", True), (b"1", True), (b"FALSE", False), (b"", False)]
)
def test_booleans(raw, value):
    """LDAP writes TRUE, PowerShell True."""
    assert decode.boolean(raw) is value


def test_the_primary_address_is_the_one_in_capitals():
    """SMTP: and smtp:."""
    assert decode.primary_address(("smtp:a@x", "SMTP:b@x", "x500:/o=x")) == "b@x"
    assert decode.primary_address(()) == ""


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"0101901234", ("0101901234", False)),
        (b"010190-1234", ("0101901234", False)),
        (b" 010190 1234 ", ("0101901234", False)),
        ("010190–1234".encode(), ("0101901234", False)),
        (b"101901234", ("0101901234", False)),
        (b"3102901234", ("3102901234", False)),
        (b"6101901234", ("6101901234", False)),
        (b"991901234", ("", True)),
        (b"12345", ("", True)),
        (b"ukendt", ("", True)),
        (b"", ("", False)),
        (b"  ", ("", False)),
    ],
)
def test_cpr_numbers_are_ten_characters_however_they_are_written(raw, found):
    """Separators, a leading zero that a spreadsheet took, days that do not exist (1.2)."""
    assert decode.cpr(raw) == found


def test_texts_that_are_no_utf8_are_read_as_windows_wrote_them():
    """Never refused."""
    assert decode.text("Søren".encode("cp1252")) == "Søren"


@pytest.mark.parametrize(
    "value",
    ["Hansen, Åse", "A + B", "#1 hash", 'a"b', "x<y>z", "back\\slash", "a;b=c", " lead", "trail ", "x"],
)
def test_an_escaped_value_is_read_as_it_was(value):
    """And is what ldap3 would write."""
    from ldap3.utils.dn import escape_rdn

    assert dn.rdn_value(f"CN={dn.escape(value)},DC=x") == value
    assert dn.escape(value) == escape_rdn(value)


def test_the_extended_dn_control_puts_the_guid_in_front():
    """With or without a SID."""
    assert dn.extended(f"<GUID={GUID}>;<SID=S-1-5-21>;CN=x,DC=y") == ("CN=x,DC=y", GUID)
    assert dn.extended(f"<GUID={GUID}>;CN=x,DC=y") == ("CN=x,DC=y", GUID)
    assert dn.extended("CN=x,DC=y") == ("CN=x,DC=y", "")
