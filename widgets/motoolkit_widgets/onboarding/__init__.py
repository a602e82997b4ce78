"""The form of onboarding: a person with everything in one go (newsletter section 2)."""

from __future__ import annotations

from motoolkit_widgets.onboarding._form import OnboardingForm
from motoolkit_widgets.onboarding._open import onboarding_form

__all__ = ["OnboardingForm", "onboarding_form"]
