"""A mutation in a cell: shown first, sent only with ``--write``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.client import Client, Prepared

_HELD_BACK: Final = "Intet er sendt. Skriv --write efter %%mo for at sende det."
_BETTER: Final = "En plan (mo.plan()) tjekker først, viser før og efter, og kan fortrydes."


@dataclass(frozen=True, slots=True)
class Intended:
    """What a document would do to MO, and that it has not."""

    checked: Prepared
    variables: Mapping[str, Any]

    def steps(self) -> Iterator[tuple[str, str, str]]:
        """Yield each mutation in order: its name, the role that it needs, and its arguments."""
        from graphql import FieldNode, Undefined, value_from_ast_untyped

        from motoolkit.catalogue import MUTATION_ROLES

        for field in self.checked.operation.selection_set.selections:
            if isinstance(field, FieldNode):
                values = {
                    one.name.value: value_from_ast_untyped(one.value, dict(self.variables))
                    for one in field.arguments or ()
                }
                told = {name: value for name, value in values.items() if value is not Undefined}
                text = json.dumps(told, ensure_ascii=False, indent=2, default=str)
                yield field.name.value, MUTATION_ROLES.get(field.name.value, ""), mask_all(text)

    def __repr__(self) -> str:
        lines = [
            f"{name}{f' (kræver rollen {role})' if role else ''}\n{text}" for name, role, text in self.steps()
        ]
        return "\n".join([*lines, _HELD_BACK, _BETTER])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr style="vertical-align:top"><td style="text-align:left"><b>{escape(name)}</b></td>'
            f'<td style="text-align:left">{escape(role)}</td>'
            f'<td style="text-align:left"><pre style="margin:0">{escape(text)}</pre></td></tr>'
            for name, role, text in self.steps()
        )
        head = "".join(
            f'<th style="text-align:left">{word}</th>' for word in ("Mutation", "Rolle", "Værdier")
        )
        return (
            f'<p><b style="color:var(--jp-error-color1, #b00020)">{_HELD_BACK}</b><br>{_BETTER}</p>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )


def send(client: Client, checked: Prepared, variables: Mapping[str, Any], *, show_cpr: bool) -> Any:
    """Send a mutation as it stands, once, and return MO's answer.

    Raises:
        MoError: as ``Client.execute``; after a lost answer nobody knows whether MO did it.
    """
    answer = client.execute(checked.text, variables)
    return answer if show_cpr else _masked(answer)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_all(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    return value
