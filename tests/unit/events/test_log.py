"""What a service logs: structured lines without CPR numbers."""

from __future__ import annotations

import json
import subprocess
import sys

from motoolkit.events._log import mask_cpr

SCRIPT = """
import logging
from motoolkit.events._log import log_to_stderr
log_to_stderr()
log = logging.getLogger("payroll")
log.warning("%s is gone", "0101905050", extra={"seconds": 0.25, "who": {"cpr": ["010190-5050"]}})
try:
    raise ValueError("010190 5050 0101905050")
except ValueError:
    log.exception("failed")
logging.getLogger("httpx").info("POST http://mo")
"""


def test_cpr_numbers_are_masked_however_deep():
    """Numbers and truth values stay what they are."""
    given = {"event": "0101905050", "many": [{"cpr": "010190-5050"}], "seconds": 0.5, "count": 3, "ok": True}
    assert mask_cpr(None, "info", given) == {
        "event": "010190-xxxx",
        "many": [{"cpr": "010190-xxxx"}],
        "seconds": 0.5,
        "count": 3,
        "ok": True,
    }


def test_a_number_that_is_a_cpr_number_is_masked_too():
    """An int has no dash to give it away."""
    assert mask_cpr(None, "info", {"cpr": 3112905050}) == {"cpr": "311290-xxxx"}


def test_lines_are_json_where_nobody_sits_at_a_terminal():
    """Of Python's own logging too, with what is extra; tracebacks are masked; libraries are quiet."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    warning, failure = map(json.loads, done.stderr.splitlines())
    assert (warning["message"], warning["level"], warning["logger"]) == (
        "010190-xxxx is gone",
        "warning",
        "payroll",
    )
    assert (warning["seconds"], warning["who"]) == (0.25, {"cpr": ["010190-xxxx"]})
    assert "ValueError" in failure["exception"]
    assert "0101905050" not in done.stderr
