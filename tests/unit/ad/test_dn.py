"""Distinguished names mean the same however they are written (domain facts, section 1.7)."""

from __future__ import annotations

import pytest

from motoolkit.ad.dn import below, parent, parts, rdn_value, same, within

AAGE = r"CN=Hansen\, Åse,OU=Brugere,DC=ad1"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r"CN=Hansen\, Åse,DC=x", "Hansen, Åse"),
        (r"CN=A \+ B,DC=x", "A + B"),
        (r"CN=\#1 hash,DC=x", "#1 hash"),
        (r"CN=a\"b,DC=x", 'a"b'),
        (r"CN=x\<y\>z,DC=x", "x<y>z"),
        (r"CN=back\\slash,DC=x", r"back\slash"),
        (r"CN=back\\,DC=x", "back\\"),
        (r"CN=a\3Bb,DC=x", "a;b"),
        (r"CN=a\3Db,DC=x", "a=b"),
        ("CN=slash/x,DC=x", "slash/x"),
        (r"CN=\ lead,DC=x", " lead"),
        (r"CN=trail\ ,DC=x", "trail "),
        ('CN="a, b",DC=x', "a, b"),
        ("CN=,DC=x", ""),
        ("", ""),
    ],
)
def test_the_value_of_each_escape_that_a_directory_writes(written, value):
    """As Samba gave them back."""
    assert rdn_value(written) == value
    assert len(parts(written)) == (2 if written else 0)


@pytest.mark.parametrize(
    "other",
    [
        r"cn=hansen\2c åse,ou=BRUGERE,dc=AD1",
        r"CN=Hansen\, A\CC\8Ase,OU=Brugere,DC=ad1",
        r"CN=Hansen\, Åse , OU = Brugere,  DC=ad1",
        r'CN="Hansen, Åse",OU=Brugere,DC=ad1',
    ],
)
def test_one_name_written_in_other_ways(other):
    """Case, escapes, composed letters and blanks do not matter."""
    assert same(AAGE, other)


def test_the_order_within_a_level_does_not_matter_and_that_of_levels_does():
    """A level may have several parts."""
    assert same("cn=a+uid=b,dc=x", "UID=B+CN=A,DC=X")
    assert not same("cn=a,uid=b,dc=x", "uid=b,cn=a,dc=x")


def test_below_is_a_matter_of_levels_not_of_letters():
    """``OU=Brugere`` is not above what lies in ``OU=Eksterne Brugere``."""
    assert below(AAGE, "ou=brugere,dc=ad1")
    assert below(AAGE, "")
    assert not below("CN=a,OU=Eksterne Brugere,DC=ad1", "Brugere,DC=ad1")
    assert not below(r"CN=a\,OU=Brugere,DC=ad1", "OU=Brugere,DC=ad1")
    assert not below("OU=Brugere,DC=ad1", "OU=Brugere,DC=ad1")
    assert within("OU=Brugere,DC=ad1", "OU=Brugere,DC=ad1")


def test_what_something_is_directly_below():
    """An escaped comma is no border."""
    assert parent(AAGE) == "OU=Brugere,DC=ad1"
    assert parent("DC=ad1") == ""
