"""Which role a field needs: that of the collection it reads; plain values need none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

if TYPE_CHECKING:
    from motoolkit.sandbox.graphql._typing import Info, Resolver


def needs(role: str, resolve: Resolver) -> Resolver:
    """Return ``resolve`` for those who hold ``role``; others get MO's denial on that field."""

    def guarded(source: Any, info: Info, **arguments: Any) -> Any:
        if role not in info.context.identity.roles:
            raise GraphQLError("No policy approved the access")
        return resolve(source, info, **arguments)

    return guarded
