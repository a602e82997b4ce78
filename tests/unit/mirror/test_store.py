"""The database below a mirror, shared by threads."""

from __future__ import annotations

import os
import signal
import threading

import duckdb
import pytest

from motoolkit.mirror._failures import explained
from motoolkit.mirror._store import Store


def test_threads_get_their_own_answers():
    """A listener follows in one thread while people ask in another; DuckDB keeps one result a connection."""
    store, wrong = Store.open(None, ""), []

    def ask(number):
        for _ in range(200):
            try:
                answer = store.query("SELECT ?", [number])
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                answer = repr(error)
            if answer != [(number,)]:
                wrong.append(answer)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert wrong == []


def test_ctrl_c_while_duckdb_looks_at_a_frame_is_ctrl_c():
    """Python's own KeyboardInterrupt comes back in the words of a DuckDB error."""
    for words in ("Failed to create view 'batch': KeyboardInterrupt: <EMPTY MESSAGE>", "INTERRUPTED!"):
        with pytest.raises(KeyboardInterrupt), explained(None):
            raise duckdb.Error(words)


def test_ctrl_c_in_the_middle_of_a_statement_is_ctrl_c():
    """DuckDB takes it for itself while it works, and says that the query was interrupted."""
    store = Store.open(None, "")
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        store.query("SELECT sum(sqrt(range)) FROM range(3000000000)")
    store.close()
