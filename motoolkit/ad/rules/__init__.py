"""The rules of an audit; each module registers its own when it is imported."""

from __future__ import annotations

from motoolkit.ad.rules._rule import CRITICAL, ERROR, INFO, RULES, WARNING, Found, Judge, Rule, rule

__all__ = ["CRITICAL", "ERROR", "INFO", "RULES", "WARNING", "Found", "Judge", "Rule", "rule"]

from motoolkit.ad.rules import (  # noqa: F401 - they register themselves
    attributes,
    configuration,
    coverage,
    cpr,
    directories,
    discriminator,
    duplicates,
    engagements,
    externals,
    fk,
    group_care,
    groups,
    itusers,
    links,
    mailboxes,
    managers,
    ous,
    primaries,
    security,
    sync,
    usernames,
)
