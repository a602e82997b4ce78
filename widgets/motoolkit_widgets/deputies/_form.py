"""The form: choose seats, say what shall become of their deputies, look at it, send it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import ipywidgets as w
import traitlets as t

from motoolkit.forms import Choices
from motoolkit.forms.deputies import removal, review, seats
from motoolkit.language import N_, tr
from motoolkit.model import mask_all, today_in_denmark
from motoolkit.plan.danish import day
from motoolkit_widgets import _kit as kit
from motoolkit_widgets.deputies._drawing import drawing
from motoolkit_widgets.deputies._finder import Finder
from motoolkit_widgets.deputies._reviewing import Reviewing
from motoolkit_widgets.deputies._wish import Wish
from motoolkit_widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms import Trouble
    from motoolkit.forms.deputies import Removal
    from motoolkit.mirror import Mirror
    from motoolkit.plan import Plan, Result

_TABS: Final = {"seats": N_("Find seats"), "review": N_("Look all deputies through")}
_SEATS: Final = "seats"
_BAD: Final = ("refused", "differs", "unknown")


class DeputyForm(w.VBox):  # type: ignore[misc] # ipywidgets has no types
    """Remove or replace deputies (stedfortrædere) of one or several seats (newsletter 8.1.1).

    Args:
        client: the MO; None for the default profile's.
        mirror: a mirror of it, which makes reading and searching faster.
        as_of: today, None for today in Denmark.
        unit: the committee to begin with: its UUID, or its name.
        person: the member or deputy to begin with: a UUID, or a name.

    Attributes:
        seats: all of them, as they were read last.
        removal: what was looked at and can be sent, None before that and afterwards.
        result: what became of the last plan.
    """

    chosen = t.List(t.Unicode())

    def __init__(
        self,
        client: Client | None = None,
        mirror: Mirror | None = None,
        as_of: date | None = None,
        *,
        unit: str = "",
        person: str = "",
    ) -> None:
        from motoolkit import connect

        self.client = client or connect()
        self.as_of = as_of or today_in_denmark()
        # A mirror does not know what this form has changed, and is not asked again after that.
        self.source = mirror or self.client
        self.seats = seats(self.source, as_of=self.as_of)
        self.removal: Removal | None = None
        self.result: Result | None = None
        self._plan: Plan | None = None
        self._begun = False
        self.page = Page("deputies")
        self.page.on_found(self._begin)
        self.area = kit.Area()
        self.finder = Finder(self.seats, unit, person)
        self.reviewing = Reviewing()
        self.wish = Wish(Choices(self.client, {}, mirror).persons(self.as_of), self.as_of)
        self.picked = w.HTML()
        self.clear = kit.button(tr("Choose none"), self._guard(self.choose_none), look="quiet")
        self.look_button = kit.button(tr("Show what will be"), look="primary")
        self.send_button = kit.button(tr("Carry out in MO"), look="primary")
        self.look_button.on_click(self._guard(self.look, self.look_button))
        self.send_button.on_click(self._guard(self.send))
        self.again_button = kit.button(tr("Choose other seats"), self._guard(self.begin_again))
        self.again_button.add_class("mo-first-again")
        self.outlook = w.HTML()
        super().__init__([self.page, self._head(), *self._parts()])
        self.add_class("mo-form")
        self._link()
        self.go("seats")

    def _parts(self) -> list[w.Widget]:
        self._tabs = {
            name: kit.button(tr(text), self._guard(self._goer(name))) for name, text in _TABS.items()
        }
        for tab in self._tabs.values():
            tab.add_class("mo-step")
        bar, self._body = w.HBox(list(self._tabs.values())), w.VBox()
        bar.add_class("mo-steps")
        picked = w.HBox([self.picked, self.clear])
        picked.add_class("mo-foot")
        self.wish_card = kit.card(tr("What shall become of the seats?"), [self.wish, self.look_button])
        self.out_card = kit.card(tr("Before and after"), [self.outlook, self.send_button, self.again_button])
        self.send_button.layout.margin = "16px 0 0"
        self.out_card.add_class("mo-first-outlook")
        return [bar, self._body, picked, self.wish_card, self.out_card, self.area]

    def _head(self) -> w.HTML:
        place = self.client.profile.name or self.client.url
        lead = tr(
            "Seats as of {day}. Everything is sent to {place} in one go, or not at all.",
            day=day(self.as_of),
            place=place,
        )
        title, note = (
            tr("Deputies"),
            f'<div class="mo-said mo-warning" role="status">{escape(self.seats.note)}</div>',
        )
        return w.HTML(
            f'<h2>{escape(title)}</h2><p class="mo-lead">{escape(lead)}</p>{note if self.seats.note else ""}'
        )

    def _link(self) -> None:
        for table in (self.finder.table, self.reviewing.table):
            t.link((self, "chosen"), (table, "chosen"))
        self.observe(lambda _: self._changed(), "chosen")
        self.wish.on_change(self._changed)
        self._changed()

    def _goer(self, tab: str) -> Callable[[], None]:
        return lambda: self.go(tab)

    def _begin(self, _: str) -> None:
        """Let people begin to type, when the form comes to the page for the first time."""
        if not self._begun:
            self._begun = True
            self.page.focus("mo-first-seats")

    def go(self, tab: str) -> None:
        """Show a tab; the review is read when it is shown."""
        if tab == "review":
            self.reviewing.show(review(self.source, self.as_of))
        self._body.children = [self.finder if tab == _SEATS else self.reviewing]
        for name, button in self._tabs.items():
            (button.add_class if name == tab else button.remove_class)("mo-here")

    def begin_again(self) -> None:
        """Put away what was done, and begin with the first field."""
        self._changed()
        self.go(_SEATS)
        self.page.focus("mo-first-seats")

    def choose_none(self) -> None:
        """Let no seat be chosen."""
        self.chosen = []

    def look(self) -> None:
        """Check what is asked for, and show what will be."""
        self._changed()
        found = removal(self.client, self.chosen, **self.wish.asked)
        self._mark(found.troubles)
        if not found.ok:
            self.area.say(self._summary(found.troubles), "error")
            return
        plan = found.plan(self.wish.reason)
        preview = plan.preview()
        self.outlook.value = drawing(found.lanes, self.as_of) + preview._repr_html_()
        self.out_card.layout.display = ""
        if not preview.ok:
            self.area.say(tr("The plan can not be sent as it is."), "error")
        elif not preview.rows:
            self.area.say(tr("There is nothing to change: it is so already."))
        else:
            self.removal, self._plan = found, plan
            self.send_button.layout.display = ""
            self.page.focus("mo-first-outlook")

    def send(self) -> None:
        """Send what was looked at; a second time there is nothing to send."""
        if self._plan is None or self.removal is None:
            sent = self.result is not None and self.result.ok
            self.area.say(
                tr("It is in MO already; nothing was sent again.")
                if sent
                else tr("Look at what will be first.")
            )
            return
        self.result = self._plan.apply()
        if self.result.ok:
            self._done(self.removal)
        else:
            self._refused(self.removal)

    def _done(self, sent: Removal) -> None:
        count = len(sent.asked.chosen)
        self._reread(sent)
        self.chosen = []
        self.wish.mark(())
        self.out_card.layout.display = self.again_button.layout.display = ""
        self.outlook.value = drawing(sent.lanes, self.as_of)
        self.page.focus("mo-first-again")
        self.area.say(tr("Done. Seats changed: {count}.", count=count), "good")

    def _refused(self, sent: Removal) -> None:
        assert self.result is not None  # noqa: S101 - it was set just now
        seats = {each.uuid: sent.asked.seat(each).name for each in sent.asked.chosen}
        told = {o.operation.uuid: o.text for o in self.result.outcomes if o.became in _BAD and o.text}
        self._mark_rows({uuid: ("error", text) for uuid, text in told.items()})
        lines = (escape(mask_all(f"{seats[uuid]}: {text}")) for uuid, text in told.items())
        self.outlook.value = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        unclear = any(outcome.became == "unknown" for outcome in self.result.outcomes)
        self.area.say(
            tr("It is not known what became of it: press again; nothing is done twice.")
            if unclear
            else tr("Nothing was changed in MO."),
            "error",
        )

    def _reread(self, sent: Removal) -> None:
        """Read the committees anew in which something has changed."""
        self.source = self.client
        units = {told.org_unit for each in sent.asked.chosen for _, told in each.life}
        fresh = [
            seat
            for unit in sorted(units)
            for seat in seats(self.client, unit=unit, as_of=self.as_of, below=False)
        ]
        self.seats = self.seats.renewed(units, fresh)
        self.finder.show(self.seats)
        if self.reviewing in self._body.children:
            self.reviewing.show(review(self.source, self.as_of))

    def _changed(self) -> None:
        """Forget what was looked at: something else is asked for."""
        self.removal = self._plan = None
        self.outlook.value = ""
        for part in (self.out_card, self.send_button, self.again_button):
            part.layout.display = "none"
        self.wish.mark(())
        self._mark_rows({})
        self.area.say("")
        count = len(self.chosen)
        self.picked.value = escape(tr("Seats chosen: {count}", count=count))
        self.clear.disabled = not count

    def _mark(self, troubles: Sequence[Trouble]) -> None:
        self.wish.mark(troubles)
        marks: dict[str, tuple[str, str]] = {}
        for trouble in troubles:
            if trouble.step == _SEATS:
                marks[self.chosen[trouble.row]] = (trouble.severity, trouble.text)
        self._mark_rows(marks)

    def _mark_rows(self, marks: dict[str, tuple[str, str]]) -> None:
        for table in (self.finder.table, self.reviewing.table):
            table.mark(marks)

    def _summary(self, troubles: Iterable[Trouble]) -> str:
        """Return the sentences that have no field of their own, else that there are some."""
        own = [trouble.text for trouble in troubles if trouble.field == _SEATS]
        return " ".join(own) or tr("Something has to be put right first.")

    def _guard(self, handler: Callable[[], object], *busy: w.Button) -> Callable[..., None]:
        return kit.guarded(handler, self.area, *busy)
