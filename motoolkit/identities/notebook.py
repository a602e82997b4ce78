"""What the notebook about identities reads and shows, beside the findings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import InputError
from motoolkit.identities._owned import COLLECTIONS
from motoolkit.identities._whom import persons_of
from motoolkit.identities.picture import IdentityPicture, identity_picture, worst
from motoolkit.mirror import mirror_now
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from motoolkit.client import Client
    from motoolkit.findings import Findings
    from motoolkit.identities.auditing import IdentityAudit
    from motoolkit.mirror import Mirror

__all__ = ["mirror_of", "no_cpr_numbers", "pictures_of"]


def mirror_of(client: Client, file: str | Path | None = None) -> Mirror:
    """Read MO, or only what has changed since it was read into a file.

    Args:
        client: MO.
        file: an encrypted mirror; it is made where there is none.
    """
    return mirror_now(client, COLLECTIONS, file)


def no_cpr_numbers(persons: Iterable[str]) -> tuple[str, ...]:
    """Return who is asked for; parameters are kept in the executed notebook, where no CPR number may stand.

    Raises:
        InputError: somebody is asked for by CPR number.
    """
    asked = tuple(persons)
    for text in asked:
        if (masked := mask_all(text.replace(" ", ""))) != text.replace(" ", ""):
            raise InputError(
                f"A person is asked for by CPR number ({masked}).",
                remedy="Give MO's UUID, a username, an employee number or a name. For CPR numbers there is "
                "`motoolkit identity show -`, which keeps them nowhere.",
            )
    return asked


def pictures_of(
    mirror: Mirror,
    audit: IdentityAudit,
    findings: Findings,
    as_of: date,
    persons: Iterable[str] = (),
    *,
    most: int = 5,
) -> list[IdentityPicture]:
    """Return the pictures of those who were asked for, else of the persons with the gravest findings.

    Args:
        mirror: what was checked.
        audit: the checks.
        findings: its findings; what is accepted or undecided makes nobody one of the worst.
        as_of: the day that is today.
        persons: who was asked for.
        most: how many pictures.
    """
    asked = [uuid for text in persons for uuid in persons_of(mirror, [text])]
    if not asked:
        return worst(mirror, audit, findings, as_of, most)
    return [identity_picture(mirror, uuid, as_of, audit) for uuid in dict.fromkeys(asked[:most])]
