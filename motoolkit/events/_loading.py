"""A handler that is named as text: ``MODULE:FUNCTION``."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

    from motoolkit.events._handlers import Function


def load_handler(target: str) -> Function:
    """Import a handler, from the working directory too.

    Raises:
        InputError: there is no such module or function, or the module can not be imported.
    """
    module_name, colon, name = target.partition(":")
    if not (module_name and colon and name):
        raise InputError(
            f"{target!r} names no handler.", remedy="Write MODULE:FUNCTION, as payroll:handle for payroll.py."
        )
    found = _find(_module(module_name), name)
    if not callable(found):
        raise InputError(
            f"{name} in {module_name} is no function, but of the type {type(found).__name__}.",
            remedy="Name a function that takes an event: def handle(event).",
        )
    function: Function = found
    return function


def _module(name: str) -> ModuleType:
    folder = os.getcwd()  # noqa: PTH109 - sys.path holds texts
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        return import_module(name)
    except (Exception, SystemExit) as error:
        if isinstance(error, ModuleNotFoundError) and error.name and f"{name}.".startswith(f"{error.name}."):
            raise InputError(
                f"There is no module {error.name!r}, neither in {folder} nor among what is installed.",
                remedy="Run this in the folder that holds it, without .py behind the name.",
            ) from None
        told = f"{type(error).__name__}: {error}".rstrip(": ")
        raise InputError(
            f"The module {name!r} can not be imported ({told}).",
            remedy="Mend it; --debug shows where it went wrong.",
        ) from error


def _find(module: ModuleType, name: str) -> object:
    found: object = module
    for part in name.split("."):
        if not hasattr(found, part):
            known = [each for each, value in vars(module).items() if callable(value) and each[0] != "_"]
            place = module.__name__
            raise InputError.unknown("handler", f"{place}:{name}", [f"{place}:{each}" for each in known])
        found = getattr(found, part)
    return found
