"""The client in a real kernel, whose event loop is running."""

from __future__ import annotations

import pytest
from jupyter_client.manager import start_new_kernel

SESSION = "5e551011-0000-4000-8000-000000000001"


@pytest.fixture
def run():
    """Run a cell in a real kernel and return what it printed."""
    manager, kernel = start_new_kernel(kernel_name="python3")

    def go(code: str) -> str:
        said = []

        def hear(message) -> None:
            content = message["content"]
            said.append(content.get("text") or "\n".join(content.get("traceback", [])))

        kernel.execute_interactive(code, output_hook=hear, timeout=60)
        return "".join(said)

    yield go
    kernel.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
def test_cells_use_either_client_and_see_errors_with_a_caret(run, mo):
    """The synchronous one as it is, the asynchronous one with ``await``; no forty lines of traceback."""
    mo.answers.extend([{"data": {"me": {"username": "sync"}}}, {"data": {"me": {"username": "async"}}}])
    start = f"import motoolkit\nmo = motoolkit.connect({mo.url!r}, session={SESSION!r})\n"
    assert run(start + "print(mo.execute('{ me { username } }'))") == "{'me': {'username': 'sync'}}\n"
    asynchronous = f"amo = await motoolkit.aconnect({mo.url!r}, session={SESSION!r})\n"
    assert run(asynchronous + "print(await amo.execute('{ me { username } }'))") == (
        "{'me': {'username': 'async'}}\n"
    )
    assert run("mo.execute('{ you }')").splitlines() == [
        "SchemaError: Line 1, column 3: Cannot query field 'you' on type 'Query'.",
        "1 | { you }",
        "  |   ^",
        "Query has event_fetch, facets, me, org_units.",
    ]
