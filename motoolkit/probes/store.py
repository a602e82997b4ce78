"""Where the last run of each MO is kept, to compare the next one with."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from motoolkit.probes.results import ProbeRun


def baseline_path(mo: str) -> Path:
    """Return the file that keeps the baseline of a MO."""
    import platformdirs

    stem = re.sub(r"[^a-z0-9.]+", "-", mo.partition("://")[2].lower()).strip("-")
    name = f"{stem}-{sha256(mo.encode()).hexdigest()[:8]}.json"
    return Path(platformdirs.user_state_dir("motoolkit", appauthor=False)) / "probes" / name


def baseline(mo: str, path: str | Path | None = None) -> ProbeRun | None:
    """Return the run to compare with: of a file, else the one that is kept of this MO; None without one.

    Raises:
        InputError: the file can not be read, or holds none.
    """
    file = Path(path).expanduser() if path else baseline_path(mo)
    return ProbeRun.load(file) if path or file.exists() else None


def keep(run: ProbeRun) -> Path:
    """Keep a run as the baseline of its MO.

    Raises:
        OSError: it can not be written.
    """
    return run.save(baseline_path(run.mo))
