"""What a rule is: a small function of one subject, and the words for what it finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from motoolkit.findings import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.ad.world import World
    from motoolkit.model import Validity

CRITICAL, ERROR, WARNING, INFO = Severity.CRITICAL, Severity.ERROR, Severity.WARNING, Severity.INFO
"""The catalogue's C, H, M, and L or I (domain facts, section 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a rule says of its subject; what it is about and what it means are the rule's.

    Attributes:
        source: the directory's value, as people read it; None where there is none.
        mo: MO's value, likewise.
        attribute: which attribute of the subject, "" for the subject itself.
        ad: the directory that it is found in, where the subject is MO's; its key begins with it then.
        member: for what is found of a pair: key and label of the other one (a member of a group).
        detail: what only this one has to tell: an English sentence through ``tr``.
        severity: another than the rule's.
        validity: when it is so, where it has a period.
        facts: more of it by name: evidence, the normalised values, the DN.
        remedy: another than the rule's.
        undecided: it can not be told which side is right.
    """

    source: Any = None
    mo: Any = None
    attribute: str = ""
    ad: str = ""
    member: tuple[str, str] = ("", "")
    detail: str = ""
    severity: Severity | None = None
    validity: Validity | None = None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    remedy: str = ""
    undecided: bool = False


Judge = Callable[["World", Any], Iterable[Found]]


class Rule(NamedTuple):
    """One rule of the catalogue.

    Attributes:
        kind: its code and its words.
        sort: what it judges: a name of ``motoolkit.ad.subjects.SORTS``.
        judge: yields what is found of one subject; it looks at the world only.
        absence: it finds what is not there, which an incomplete read of a directory can not tell.
    """

    kind: Kind
    sort: str
    judge: Judge
    absence: bool


RULES: Final[defaultdict[str, list[Rule]]] = defaultdict(list)
"""All rules by what they judge."""


def rule(
    code: str,
    sort: str,
    severity: Severity,
    *,
    title: str,
    explanation: str,
    remedy: str,
    absence: bool = False,
) -> Callable[[Judge], Judge]:
    """Decorate the function that judges one subject; texts are English, marked with ``N_``."""

    def register(judge: Judge) -> Judge:
        RULES[sort].append(Rule(Kind(code, severity, title, explanation, remedy), sort, judge, absence))
        return judge

    return register
