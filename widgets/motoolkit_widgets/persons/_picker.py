"""A field to find a person in, and the picture of whom one picks: engagements, accounts, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
import traitlets as t

from motoolkit.drawing import card
from motoolkit.forms import LivePersons, persons_index
from motoolkit.identities import COLLECTIONS
from motoolkit.identities.picture import identity_picture
from motoolkit.language import tr
from motoolkit.mirror import Mirror
from motoolkit.model import today_in_denmark
from motoolkit_widgets._guard import Area, guarded
from motoolkit_widgets.typeahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms import Source
    from motoolkit.identities import IdentityAudit
    from motoolkit.identities.picture import IdentityPicture


class PersonPicker(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """Type a name, a username or a number, choose, and see the person's identities.

    Args:
        source: a mirror, or a MO: then MO's own search is asked while one types, and what the picture needs
            is read when the first person is chosen.
        as_of: today, None for today in Denmark.
        value: the UUID of the person to begin with.
        slider: let people move to other days.
        audit: checks that have run; without them each person is checked when chosen.

    Attributes:
        value: the UUID of the person who is chosen, "" for nobody.
        picture: the person's ``IdentityPicture``, None for nobody.
        day: the slider, None where there is none.
    """

    value = t.Unicode()

    def __init__(
        self,
        source: Mirror | Client,
        *,
        as_of: date | None = None,
        value: str = "",
        slider: bool = True,
        audit: IdentityAudit | None = None,
    ) -> None:
        self.as_of = as_of or today_in_denmark()
        self.picture: IdentityPicture | None = None
        self._source = source
        self._mirror = source if isinstance(source, Mirror) else None
        self._audit = audit
        self._has_slider = slider
        self.search = TypeAhead(self._searched(), label=tr("Person"))
        self.day: w.SelectionSlider | None = None
        self.told = Area()
        self.shown = w.HTML()
        super().__init__([self.search, self.told])
        self.add_class("mo-person-picker")
        t.link((self.search, "value"), (self, "value"))
        self.observe(guarded(self._choose, self.told), "value")
        self.value = value

    def _searched(self) -> Source:
        if isinstance(self._source, Mirror):
            return persons_index(self._source, self.as_of)
        return LivePersons(self._source, self.as_of)

    def _choose(self) -> None:
        """Show whom one has chosen, or nothing."""
        self.told.say("")
        self.picture = self.day = None
        self.children = [self.search, self.told]
        if not self.value:
            return
        self.picture = identity_picture(self._read(), self.value, self.as_of, self._audit)
        if self._has_slider and len(self.picture.days) > 1:
            self.day = self._slider(self.picture.days)
        self._show_day()
        moving = [self.day] if self.day is not None else []
        self.children = [self.search, self.told, *moving, self.shown]

    def _slider(self, days: Sequence[date]) -> w.SelectionSlider:
        slider = w.SelectionSlider(
            options=[(f"{day:%d-%m-%Y}", day) for day in days],
            value=self.as_of,
            description=tr("Day"),
            layout={"width": "460px"},
        )
        slider.observe(guarded(self._show_day, self.told), "value")
        return slider

    def _show_day(self) -> None:
        if self.picture is not None:
            day = self.day.value if self.day is not None else self.as_of
            body = self.picture.frame(day) + self.picture.through_time()
            self.shown.value = card(self.picture.title, body)

    def _read(self) -> Mirror:
        """Return the mirror; of a MO what is needed is read once."""
        if self._mirror is None:
            client: Any = self._source
            self.told.say(tr("Reading MO …"))
            mirror = Mirror.open()
            mirror.load(client, COLLECTIONS)
            self.told.say("")
            self._mirror = mirror
        return self._mirror
