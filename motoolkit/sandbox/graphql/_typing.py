"""The types that resolvers share; for annotations only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLResolveInfo

from motoolkit.sandbox.engine.request import Request

Info = GraphQLResolveInfo[Request]
Resolver = Callable[..., Any]
