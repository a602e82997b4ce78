"""Links to what MO does not have, from the mirror to the picture."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from identity_mirror import filled
from identity_people import uuid

from motoolkit.identities import identity
from motoolkit.identities.picture import IdentityPicture

PERSON, JOB, ACCOUNT, MAIL, GONE_JOB, GONE_ACCOUNT = (uuid(n) for n in (1, 10, 30, 50, 900, 901))


def row(uuid, **values):
    """Return a row of a collection."""
    return uuid, "2020-01-01", None, values


def test_a_reference_to_what_is_gone_is_drawn_as_a_broken_link():
    """An account for an engagement, and an address of an account, that MO does not have."""
    rows = {
        "persons": [row(PERSON, given_name="Nora", surname="Holm")],
        "engagements": [row(JOB, person=PERSON, user_key="1")],
        "itusers": [row(ACCOUNT, person=PERSON, engagements=[JOB, GONE_JOB], user_key="nora")],
        "addresses": [row(MAIL, person=PERSON, ituser=GONE_ACCOUNT, value="n@x.example")],
    }
    with filled(rows) as mirror:
        picture = IdentityPicture(identity(mirror, PERSON, date(2026, 11, 23)))
    groups = ET.fromstring(picture.svg()).iter("{http://www.w3.org/2000/svg}g")  # noqa: S314 - our own
    links = {group.get("data-link") for group in groups} - {None}
    assert links == {
        f"{PERSON}/{JOB}",
        f"{JOB}/{ACCOUNT}",
        f"{GONE_JOB}/{ACCOUNT}",
        f"{GONE_ACCOUNT}/{MAIL}",
    }
