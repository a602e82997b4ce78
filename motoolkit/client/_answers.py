"""MO's GraphQL answers, judged: the data, or one typed error about what MO refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from motoolkit.client._roles import missing_role
from motoolkit.errors import AuthorisationError, NotFoundError, QueryError, ValidationError
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphql import GraphQLSchema

    from motoolkit.client._check import Prepared

# MO gives this no error_key, so its text is all there is (measured).
_DENIED: Final = "No policy approved the access"
_NOT_FOUND: Final = 404

_REMEDIES: Final[Mapping[str, str]] = {
    "V_DATE_OUTSIDE_ORG_UNIT_RANGE": "Keep the dates within those of the unit.",
    "V_DATE_OUTSIDE_EMPL_RANGE": "Keep the dates within those of the person.",
    "V_END_BEFORE_START": "Let the period end after it starts.",
    "V_EXISTING_CPR": "A person with this CPR number is in MO already: find and use that one.",
    "V_TERMINATE_UNIT_WITH_CHILDREN": "End or move the units below it first.",
    "V_TERMINATE_UNIT_WITH_ROLES": "End or move what hangs on the unit first.",
    "V_TERMINATE_UNIT_WITH_CHILDREN_AND_ROLES": "End or move what hangs on and below the unit first.",
    "V_TERMINATE_ITUSER_WITH_ROLEBINDINGS": "End the account's role bindings first.",
    "V_NO_ACTIVE_ENGAGEMENT": "Choose dates that one engagement of the person covers.",
    "E_UNKNOWN": "Ask the hosting for MO's log of this moment.",
}


def judge(answer: dict[str, Any], prepared: Prepared, schema: GraphQLSchema) -> dict[str, Any]:
    """Return the data of an answer without errors.

    Raises:
        AuthorisationError: a field was denied; the message names it and the role that it needs.
        NotFoundError, ValidationError: by MO's ``error_context``.
        QueryError: any other error of MO's.  All of them carry what data came beside the errors.
    """
    errors = answer.get("errors")
    if not errors:
        return answer.get("data") or {}
    judged = [(_rank(error), position, error) for position, error in enumerate(errors)]
    rank, _, chosen = min(judged, key=lambda found: found[:2])
    facts = {
        "path": chosen.get("path") or (),
        "errors": [_masked(error) for error in errors],
        "data": answer.get("data"),
    }
    raise _BUILDERS[rank](chosen, facts, prepared, schema)


def _rank(error: dict[str, Any]) -> int:
    """Order errors by what a reader must know first: denied, not found, refused, anything."""
    if error.get("message") == _DENIED:
        return 0
    context = _context(error)
    if not context:
        return 3
    return 1 if context.get("status") == _NOT_FOUND else 2


def _context(error: dict[str, Any]) -> dict[str, Any]:
    context = (error.get("extensions") or {}).get("error_context")
    return context if isinstance(context, dict) else {}


def _masked(error: dict[str, Any]) -> dict[str, Any]:
    return {key: _masked_value(value) for key, value in error.items()}


def _masked_value(value: Any) -> Any:
    if isinstance(value, str):
        return mask_all(value)
    if isinstance(value, dict):
        return {key: _masked_value(held) for key, held in value.items()}
    return [_masked_value(held) for held in value] if isinstance(value, list) else value


def _at(path: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _denied(
    error: dict[str, Any], facts: dict[str, Any], prepared: Prepared, schema: GraphQLSchema
) -> QueryError:
    path = error.get("path") or ()
    role = missing_role(prepared, schema, path)
    lacks = f": the role {role} is missing" if role else ""
    return AuthorisationError(
        f"MO denies access to {_at(path) or 'the request'}{lacks}.",
        remedy=f"Give the client {role or 'the role'} in Keycloak, or leave the field out.",
        **facts,
    )


def _not_found(
    error: dict[str, Any], facts: dict[str, Any], _prepared: Prepared, _schema: GraphQLSchema
) -> QueryError:
    return NotFoundError(_told(error), remedy="Check the UUID, and that the object lives then.", **facts)


def _refused(
    error: dict[str, Any], facts: dict[str, Any], _prepared: Prepared, _schema: GraphQLSchema
) -> QueryError:
    context = _context(_masked(error))
    return ValidationError(
        _told(error), remedy=_REMEDIES.get(str(context.get("error_key"))), context=context, **facts
    )


def _other(
    error: dict[str, Any], facts: dict[str, Any], _prepared: Prepared, _schema: GraphQLSchema
) -> QueryError:
    text = mask_all(" ".join(str(error.get("message", "")).split())) or "no reason given"
    at = _at(error.get("path") or ())
    return QueryError(
        f"MO failed{f' at {at}' if at else ''}: {text.rstrip('.')}.", remedy=_remedy(facts), **facts
    )


def _remedy(facts: dict[str, Any]) -> str:
    if facts["data"]:
        return "What MO could answer is in the error's data."
    return "Ask for less at a time; if it stays, the hosting's log of MO tells more."


def _told(error: dict[str, Any]) -> str:
    context = _context(error)
    said = context.get("description") or error.get("message") or "no reason given"
    at = _at(error.get("path") or ())
    key = context.get("error_key")
    return mask_all(
        f"MO refused{f' {at}' if at else ''}: {str(said).rstrip('.')}{f' ({key})' if key else ''}."
    )


_BUILDERS: Final[
    tuple[Callable[[dict[str, Any], dict[str, Any], Prepared, GraphQLSchema], QueryError], ...]
] = (_denied, _not_found, _refused, _other)
