"""The newsletter's figure (section 7), drawn for a real owner: on a day, by a slider, and through time."""

from __future__ import annotations

from motoolkit.identities.picture._of import identity_picture, worst
from motoolkit.identities.picture._picture import IdentityPicture

__all__ = ["IdentityPicture", "identity_picture", "worst"]
