"""The roles that a plan needs, and the deputies that only MO's own configuration can judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue import MUTATION_ROLES
from motoolkit.plan._checks_words import counted
from motoolkit.plan._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._steps import Step

_OWNER = "owner"


def lacking(case: Case, roles: frozenset[str] | None) -> Iterator[Problem]:
    """Say which roles the token lacks; whoever has the role ``owner`` may write what is their own."""
    needed: dict[str, list[Step]] = {}
    for step in case.steps if roles is not None else ():
        needed.setdefault(MUTATION_ROLES[step.mutation], []).append(step)
    for role, steps in needed.items():
        if roles is not None and role not in roles:
            owner = _OWNER in roles
            yield Problem(
                "warning" if owner else "error",
                steps[0].operation,
                "missing-role",
                f"The token lacks the role {role}, which {counted(len(steps), 'mutation')} of the plan"
                f" {'needs' if len(steps) == 1 else 'need'}"
                + (", unless all of it is one's own." if owner else "."),
                "Ask for the role in Keycloak.",
            )


def deputies(case: Case) -> Iterator[Problem]:
    """Say that MO takes deputies for some types of associations only, which its configuration lists."""
    for key in case.touched:
        if key[0] != "associations" or (key, "substitute") in case.said:
            continue
        for _, before, after in case.news(key):
            changed = ("substitute", "association_type")
            if after["substitute"] and (not before or any(before[name] != after[name] for name in changed)):
                kind = case.name(("classes", after["association_type"]))
                yield Problem(
                    "info",
                    case.last(key),
                    "deputy-type",
                    f"The {case.name(key)} has a deputy, which MO takes only if its configuration lists the"
                    f" {kind}.",
                    "A dry run tells whether it does.",
                )
                break
