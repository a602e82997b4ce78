"""A person without a mouse: Tab to a control by its name, and type."""

from __future__ import annotations

import re

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at) return "";
  const by = at.getAttribute("aria-labelledby");
  const label = at.labels?.[0]?.innerText ?? (by && document.getElementById(by)?.innerText);
  return (label || at.getAttribute("aria-label") || at.title || at.innerText || "").trim();
}"""
_MOST_TABS, _ROUNDS = 60, 3


class Keyboard:
    """Keys on a page, and nothing else."""

    def __init__(self, page):
        self.page = page

    def focused(self):
        """Return the name of the control that has the focus."""
        return self.page.evaluate(FOCUSED)

    def wait_for(self, name, seconds=20):
        """Wait until the focus is on a control."""
        for _ in range(seconds * 20):
            if re.match(name, self.focused()):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the focus is on {self.focused()!r}, not on {name!r}")

    def tab_to(self, name, back=False):
        """Press Tab until the control of a name has the focus; the one that has it counts.

        A page that is still being drawn gets its names late, and its last controls later: who does not find
        one goes round again.
        """
        passed = []
        for tab in range(_ROUNDS * _MOST_TABS):
            here = self.named()
            if re.match(name, here):
                return
            passed.append(here)
            if tab % _MOST_TABS == _MOST_TABS - 1:
                self.page.wait_for_timeout(1000)
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not lead to {name!r}, only to {list(dict.fromkeys(passed))}")

    def named(self):
        """Return the name of the control that has the focus, for which it may have to be waited."""
        for _ in range(10):
            if here := self.focused():
                return here
            self.page.wait_for_timeout(50)
        return ""

    def write(self, name, text):
        """Write a text into a field and leave it."""
        self.tab_to(name)
        for key in ("Control+A", "Delete"):
            self.page.keyboard.press(key)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def pick(self, name, text, down=0):
        """Choose in a drop-down by typing the beginning of what it shall be, and going on from there."""
        self.tab_to(name)
        self.page.keyboard.type(text)
        for _ in range(down):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Tab")

    def tick(self, name):
        """Tick a box."""
        self.tab_to(name)
        self.page.keyboard.press("Space")

    def search(self, name, text):
        """Type into a search, wait for its hits and take the first."""
        self.tab_to(name)
        self.page.keyboard.type(text)
        self.page.locator("[role=option]:visible").first.wait_for(timeout=20_000)
        self.page.keyboard.press("Enter")

    def press(self, name):
        """Press a button."""
        self.tab_to(name)
        self.page.keyboard.press("Enter")
