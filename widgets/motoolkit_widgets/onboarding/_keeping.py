"""A draft that outlives a reload: encrypted on this machine, its key in the browser's tab only.

In JupyterLab the kernel lives on, and a reload finds the form as it was.  Voilà starts another kernel, which
is told by the tab which draft is its own.  Nobody else has the key, and no notebook is saved with it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from motoolkit.errors import InputError
from motoolkit.forms.onboarding import Draft
from motoolkit.sealed import DRAFTS, new_key

if TYPE_CHECKING:
    from motoolkit_widgets.page import Page

_DAYS_KEPT: Final = 7
_SECONDS: Final = 24 * 60 * 60


def folder() -> Path:
    """Return where drafts of browser tabs are kept."""
    import platformdirs

    return Path(platformdirs.user_state_dir("motoolkit", appauthor=False)) / "drafts"


class TabDraft:
    """The draft of one browser tab.

    Args:
        page: of the form; its tab keeps which draft it is and the key to it.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._name = str(uuid4())
        self._key = new_key()

    @property
    def file(self) -> Path:
        """Where the draft is."""
        return folder() / f"{self._name}.draft"

    def found(self, told: str) -> Draft | None:
        """Return the draft that a tab says is its own; None where it has none, or it is gone."""
        try:
            token = json.loads(told)
            name, key = Path(str(token["name"])).name, str(token["key"])
            draft = Draft.from_json(DRAFTS.unseal(folder() / f"{name}.draft", key))
        except (ValueError, KeyError, TypeError, InputError):
            return None
        self._name, self._key = name, key
        return draft

    def keep(self, draft: Draft) -> None:
        """Write the draft, and let the tab remember it.

        Raises:
            InputError: it can not be written.
        """
        _forget_old()
        DRAFTS.seal(self.file, draft.to_json().encode(), self._key)
        self._page.keep(json.dumps({"name": self._name, "key": self._key}))

    def forget(self) -> None:
        """Remove the draft, here and in the tab."""
        self.file.unlink(missing_ok=True)
        self._page.keep("")
        self._name, self._key = str(uuid4()), new_key()


def _forget_old() -> None:
    """Remove drafts that nobody has touched for days: their tabs are closed, and so are they."""
    import time

    for path in folder().glob("*.draft") if folder().is_dir() else ():
        if time.time() - path.stat().st_mtime > _DAYS_KEPT * _SECONDS:
            path.unlink(missing_ok=True)
