"""Saving a draft for another day, and loading one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from motoolkit.language import tr
from motoolkit_widgets import _kit as kit

if TYPE_CHECKING:
    from motoolkit_widgets.onboarding._form import OnboardingForm


def drafts(form: OnboardingForm) -> w.HBox:
    """Return a button that shows where a draft is saved to and loaded from."""
    path = kit.text(tr("Encrypted file"), "onboarding.draft")
    save = kit.button(tr("Save"), form.guard(lambda: form.save(path.control.value)))
    load = kit.button(tr("Load"), form.guard(lambda: form.load(path.control.value)))
    row = w.HBox([path, save, load])
    row.add_class("mo-drafts")
    row.layout.display = "none"

    def toggle() -> None:
        row.layout.display = "" if row.layout.display == "none" else "none"

    return w.HBox([kit.button(tr("Draft …"), form.guard(toggle), look="quiet"), row])
