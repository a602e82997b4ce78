"""``python -m motoolkit`` is the same as ``motoolkit``."""

from __future__ import annotations

import sys

from motoolkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
