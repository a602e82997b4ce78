"""Kernels for JupyterLab's launcher: one a customer, with the extension loaded."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ICONS: Final = Path(__file__).with_name("icons")
_MARK: Final = "motoolkit"
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Kernel:
    """An installed kernel: Jupyter's name for it, what the launcher shows, its profile, and its folder."""

    name: str
    display_name: str
    profile: str | None
    folder: Path


def kernel_name(profile: str | None) -> str:
    """Return Jupyter's name for the kernel of a profile: ``os2mo-holstebro``; without one ``os2mo``."""
    if profile is None:
        return "os2mo"
    return f"os2mo-{re.sub('[^a-z0-9._-]', '-', profile.lower().translate(_LETTERS))}"


def specification(profile: str | None) -> dict[str, Any]:
    """Return what Jupyter reads; it holds the profile's name, and never a secret."""
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--ext=motoolkit"],
        "display_name": f"OS2mo ({profile})" if profile else "OS2mo",
        "language": "python",
        "env": {"MOTOOLKIT_PROFILE": profile} if profile else {},
        "metadata": {"debugger": True, _MARK: {"profile": profile}},
    }


def write(folder: Path, profile: str | None) -> Path:
    """Write the kernel of a profile into a folder of kernels, and return its own folder."""
    own = folder / kernel_name(profile)
    shutil.copytree(_ICONS, own, dirs_exist_ok=True)
    (own / "kernel.json").write_text(json.dumps(specification(profile), ensure_ascii=False, indent=1))
    return own


def install(profile: str | None = None, *, prefix: str | None = None) -> Kernel:
    """Install the kernel of a profile where JupyterLab finds it; one of that name is replaced.

    Args:
        profile: its name; None for whatever the environment says, else the sandbox.
        prefix: an environment's folder (``sys.prefix``); None for the user's own kernels.

    Raises:
        ProfileError: there is no such profile.
        InputError: the place can not be written to.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    from motoolkit.profile import load_profile

    if profile is not None:
        load_profile(profile)
    with tempfile.TemporaryDirectory(prefix="motoolkit-") as folder:
        source = write(Path(folder), profile)
        try:
            made = KernelSpecManager().install_kernel_spec(
                str(source), kernel_name(profile), user=prefix is None, prefix=prefix
            )
        except OSError as error:
            raise InputError(
                f"The kernel can not be written to {error.filename}: {error.strerror}.",
                remedy="Leave out --sys-prefix, which puts it among your own kernels.",
            ) from error
    return _read(kernel_name(profile), Path(made), specification(profile))


def installed() -> list[Kernel]:
    """Return the toolkit's kernels that JupyterLab finds, by name."""
    from jupyter_client.kernelspec import KernelSpecManager

    found = KernelSpecManager(ensure_native_kernel=False).get_all_specs()
    return [
        _read(name, Path(one["resource_dir"]), one["spec"])
        for name, one in sorted(found.items())
        if _MARK in one["spec"].get("metadata", {})
    ]


def remove(profile: str | None) -> Kernel:
    """Remove the kernel of a profile.

    Raises:
        InputError: it is not installed.
    """
    name = kernel_name(profile)
    found = {kernel.name: kernel for kernel in installed()}
    if name not in found:
        known = [kernel.profile for kernel in found.values() if kernel.profile]
        if profile is None:
            raise InputError("The kernel OS2mo is not installed.", remedy="See motoolkit kernel list.")
        raise InputError.unknown("kernel of the profile", profile, known)
    shutil.rmtree(found[name].folder)
    return found[name]


def _read(name: str, folder: Path, told: Mapping[str, Any]) -> Kernel:
    return Kernel(name, told["display_name"], told["metadata"][_MARK]["profile"], folder)
