"""motoolkit: the toolkit that consultants use to run OS2mo.

::

    import motoolkit

    mo = motoolkit.connect("holstebro")          # a profile, a URL, or nothing for the sandbox
    mo.execute("{ me { roles } }")
    mirror = motoolkit.Mirror.open()
    mirror.load(mo, ["persons", "engagements"])
    mirror.frame("engagements", as_of="2026-11-23")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from motoolkit import errors

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from motoolkit.catalogue import CATALOGUE
    from motoolkit.checkup import Check, doctor
    from motoolkit.client import (
        AsyncClient,
        Client,
        DeprecatedFieldWarning,
        Identity,
        Page,
        aconnect,
        connect,
    )
    from motoolkit.errors import MoError
    from motoolkit.forms.deputies import remove_deputy
    from motoolkit.forms.onboarding import onboard
    from motoolkit.mirror import Mirror
    from motoolkit.model import Cpr, OrgTree, Timeline, Validity
    from motoolkit.plan import Plan
    from motoolkit.profile import Profile, Secret, list_profiles, load_profile

_HOMES = {
    "CATALOGUE": "catalogue",
    "AsyncClient": "client",
    "Check": "checkup",
    "Client": "client",
    "Cpr": "model",
    "DeprecatedFieldWarning": "client",
    "Identity": "client",
    "Mirror": "mirror",
    "MoError": "errors",
    "OrgTree": "model",
    "Page": "client",
    "Plan": "plan",
    "Profile": "profile",
    "Secret": "profile",
    "Timeline": "model",
    "Validity": "model",
    "aconnect": "client",
    "connect": "client",
    "doctor": "checkup",
    "list_profiles": "profile",
    "load_profile": "profile",
    "onboard": "forms.onboarding",
    "remove_deputy": "forms.deputies",
}
"""Where each public name lives; its home is imported when it is first asked for."""

__all__ = [
    "CATALOGUE",
    "AsyncClient",
    "Check",
    "Client",
    "Cpr",
    "DeprecatedFieldWarning",
    "Identity",
    "Mirror",
    "MoError",
    "OrgTree",
    "Page",
    "Plan",
    "Profile",
    "Secret",
    "Timeline",
    "Validity",
    "aconnect",
    "connect",
    "doctor",
    "errors",
    "list_profiles",
    "load_profile",
    "onboard",
    "remove_deputy",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'motoolkit' has no attribute {name!r}")
    found = getattr(import_module(f"motoolkit.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make a MO workbench of a notebook or an IPython: ``%load_ext motoolkit``."""
    from motoolkit.kernel import load

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the magics, completions and displays away again: ``%unload_ext motoolkit``."""
    from motoolkit.kernel import unload

    unload(shell)
