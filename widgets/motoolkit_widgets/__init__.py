"""The ipywidgets forms, in the notebooks of ``notebooks/forms`` and as pages of their own through Voilà."""

from __future__ import annotations

from motoolkit_widgets.onboarding import OnboardingForm, onboarding_form
from motoolkit_widgets.persons import PersonPicker
from motoolkit_widgets.typeahead import TypeAhead

__all__ = ["OnboardingForm", "PersonPicker", "TypeAhead", "onboarding_form"]
