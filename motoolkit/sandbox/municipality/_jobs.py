"""Engagements and manager roles, written in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.municipality._classes import class_uuid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.sandbox.municipality._book import Book

FULL_TIME = 1_000_000
"""The fraction of a full-time job, in millionths as MO holds it."""


def job(user_key: str) -> str:
    """Return the UUID of a job function."""
    return class_uuid("engagement_job_function", user_key)


def write_engagement(
    book: Book,
    key: str,
    person: str,
    unit: str,
    function: str,
    *,
    start: date,
    end: date | None = None,
    type: str = "maanedsloen",  # noqa: A002  MO's own word
    primary: str | None = "primary",
    **more: Any,
) -> str:
    """Write an engagement and return its UUID; ``more`` are further fields, ``changes`` and ``gap``."""
    values: dict[str, Any] = {"fraction": FULL_TIME, "job_function": job(function)} | more
    return book.write(
        "engagements",
        key,
        start,
        end,
        person=person,
        org_unit=unit,
        engagement_type=class_uuid("engagement_type", type),
        primary=class_uuid("primary_type", primary) if primary else None,
        **values,
    )


def write_manager(
    book: Book,
    key: str,
    unit: str,
    person: str | None,
    *,
    start: date,
    end: date | None = None,
    type: str = "leder",  # noqa: A002  MO's own word
    level: str = "niveau4",
    responsibilities: Sequence[str] = ("personaleledelse",),
    **more: Any,
) -> str:
    """Write a manager role, vacant without person, and return its UUID."""
    values: dict[str, Any] = {"manager_level": class_uuid("manager_level", level)} | more
    return book.write(
        "managers",
        key,
        start,
        end,
        org_unit=unit,
        person=person,
        manager_type=class_uuid("manager_type", type),
        responsibilities=tuple(class_uuid("responsibility", each) for each in responsibilities),
        **values,
    )
