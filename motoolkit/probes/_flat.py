"""The flat equivalent of a probe's query, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.errors import MoError
from motoolkit.model import mask_all
from motoolkit.probes.results import Flat

if TYPE_CHECKING:
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.probes.probe import Probe


def flat_of(client: Client, probe: Probe, as_of: date) -> Flat:
    """Return which collections a query needs, and how they are joined; where it can not be, why."""
    from motoolkit.probes.flat import rewrite

    tree = probe.tree
    try:
        found = rewrite(client, tree, probe.given(tree), as_of=as_of, today=as_of)
    except MoError as error:
        return Flat(refusals=(mask_all(error.message),))
    reads = tuple((read.collection, mask_all(read.document.strip())) for read in found.reads)
    joins = tuple(dict.fromkeys(mask_all(join.condition) for join in found.joins))
    return Flat(reads, joins, tuple(map(mask_all, found.refusals)))
