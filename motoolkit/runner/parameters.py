"""The parameters of a notebook: read from its tagged cell, checked before a kernel starts."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import ParameterError
from motoolkit.model import mask_all
from motoolkit.runner._types import Type, type_of, type_of_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

_NO_DEFAULT: Final = frozenset({"", "..."})


@dataclass(frozen=True)
class Parameter:
    """One line of the parameters cell: ``name: type = default  # help``."""

    name: str
    type: Type
    default: str
    help: str

    @property
    def required(self) -> bool:
        """Whether a run must give it: an annotation without a value, or the value ``...``."""
        return self.default in _NO_DEFAULT

    def __str__(self) -> str:
        default = "required" if self.required else f"default {self.default}"
        return f"{self.name} ({self.type}; {default})"


def read_parameters(source: str) -> tuple[Parameter, ...]:
    """Read the source of a parameters cell; imports and expressions in it are no parameters.

    Raises:
        ParameterError: the cell is no Python, or annotates with a type that no text can become.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            f"Line {error.lineno} of the parameters cell is no Python: {error.msg}.",
            remedy="Run the cell in JupyterLab to see where.",
        ) from None
    comments = _comments(source)
    return tuple(
        _parameter(name, node, comments.get(node.end_lineno or node.lineno, ""))
        for node in body
        for name in _assigned(node)
    )


def _assigned(node: ast.stmt) -> Iterator[str]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return (target.id for target in targets if isinstance(target, ast.Name))


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").rstrip() for t in tokens if t.type == tokenize.COMMENT}


def _parameter(name: str, node: ast.stmt, comment: str) -> Parameter:
    value: ast.expr | None = getattr(node, "value", None)
    default = ast.unparse(value) if value else ""
    annotation: ast.expr | None = getattr(node, "annotation", None)
    type_ = type_of(annotation) if annotation else type_of_value(_literal(value))
    if type_ is None:
        raise ParameterError(
            f"The type of parameter {name!r} is none that a run can give: {ast.unparse(node)}.",
            remedy="Use str, int, float, bool, date, Literal[...], list[...], or one of these | None.",
        )
    return Parameter(name, type_, default, comment)


def _literal(value: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(value) if value else None
    except ValueError:
        return None


def bind(
    parameters: Sequence[Parameter], given: Mapping[str, Any], *, notebook: str, today: date
) -> dict[str, Any]:
    """Check the ``given`` values against the parameters and return them typed, dates as ISO texts.

    Raises:
        ParameterError: one is unknown, missing or mistyped; the remedy lists the known ones.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise _unknown(name, known, notebook)
    missing = [p.name for p in parameters if p.required and p.name not in given]
    if missing:
        raise ParameterError(f"{notebook} needs {', '.join(missing)}.", remedy=_listed(known))
    return {name: _typed(known[name], value, today) for name, value in given.items()}


def _unknown(name: str, known: Mapping[str, Parameter], notebook: str) -> ParameterError:
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    return ParameterError(f"{notebook} has no parameter {name!r}.", remedy=hint + _listed(known))


def _listed(known: Mapping[str, Parameter]) -> str:
    return f"Known: {', '.join(known)}." if known else "It has no parameters at all."


def _typed(parameter: Parameter, value: Any, today: date) -> Any:
    try:
        return parameter.type.read(value, today)
    except ValueError as error:
        shown = mask_all(repr(value))[:60]
        raise ParameterError(
            f"Parameter {parameter.name!r} can not be {shown}.", remedy=f"It must be {error}."
        ) from None
