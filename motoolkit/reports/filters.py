"""Which engagements a report lets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motoolkit.reports.context import Context
    from motoolkit.reports.facts import Engagement


class EngagementFilter:
    """The parameters' choice among engagements: by type, by leave, and whether the person is made up."""

    def __init__(self, context: Context) -> None:
        leave_types = context.configured("exclude_leave_types")
        self._only = context.configured("engagement_types")
        self._narrowed = bool(context.parameters.engagement_types)
        self._without = context.configured("exclude_engagement_types")
        self._on_leave = {x.engagement for x in context.facts.leaves if x.leave_type in leave_types}
        self._cprs = context.facts.cprs if context.parameters.exclude_fictive else {}

    def lets_in(self, engagement: Engagement) -> bool:
        """Tell whether the engagement belongs in the report."""
        if self._narrowed and engagement.engagement_type not in self._only:
            return False
        if engagement.engagement_type in self._without or engagement.uuid in self._on_leave:
            return False
        cpr = self._cprs.get(engagement.person)
        return cpr is None or not cpr.is_fictive
