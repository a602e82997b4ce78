"""One GraphQL document for many steps: aliased mutations, in order, committed or rolled back as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from motoolkit.catalogue import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.plan._steps import Step

PLANTED: Final = "planted"
"""The alias of the mutation that is certain to fail, with which a dry run rolls everything back."""

_FAILING: Final = WRITINGS["engagement"]


@dataclass(frozen=True, slots=True)
class Request:
    """A document and its variables."""

    document: str
    variables: dict[str, Any]


def request(steps: Sequence[Step], *, dry_run: bool = False) -> Request:
    """Return the request that sends ``steps``, the step at index 3 under the alias ``a3``.

    The last step also asks for a field that MO must read from its database.  A mutation that changes
    nothing makes MO's database forget the whole request while MO answers well; this field is where it shows.
    With ``dry_run`` a mutation follows that is certain to fail, so all is checked and nothing kept.
    """
    declared = [f"$i{index}: {step.input_type}!" for index, step in enumerate(steps)]
    fields = [_field(index, step, last=index == len(steps) - 1) for index, step in enumerate(steps)]
    variables: dict[str, Any] = {f"i{index}": _variable(step) for index, step in enumerate(steps)}
    if dry_run:
        declared.append(f"${PLANTED}: {_FAILING.input_type('terminate')}!")
        fields.append(f"{PLANTED}: {_FAILING.mutation('terminate')}(input: ${PLANTED}) {{ uuid }}")
        variables[PLANTED] = {"uuid": str(uuid4()), "to": "2000-01-01"}
    lines = "\n".join(f"  {field}" for field in fields)
    return Request(f"mutation Plan({', '.join(declared)}) {{\n{lines}\n}}\n", variables)


def _field(index: int, step: Step, *, last: bool) -> str:
    argument = "uuid" if _deletes(step) else "input"
    selected = "uuid current { uuid }" if last else "uuid"
    return f"a{index}: {step.mutation}({argument}: $i{index}) {{ {selected} }}"


def _variable(step: Step) -> Any:
    return step.uuid if _deletes(step) else step.input


def _deletes(step: Step) -> bool:
    return step.input_type == "UUID"
