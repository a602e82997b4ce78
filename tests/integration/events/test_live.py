"""``events.live`` in a real kernel, without a browser: what it leaves in the notebook, and in MO."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

LISTENERS = "{ event_listeners { objects { user_key } } }"
BEGIN = """\
import time
import motoolkit
from motoolkit import events

mo = motoolkit.connect("{url}")
mirror = motoolkit.Mirror.open()
mirror.load(mo)


def rename(name, number):
    unit = mirror.frame("org_units").uuid.unique()[number]
    plan = mo.plan("Nye navne")
    plan.update("org_unit", unit, start="2026-12-01", name=name)
    plan.apply().raise_unless_ok()


def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
"""
LIVE = 'view = events.live(mo, "org_unit", mirror=mirror)'


@pytest.fixture
def executed(mo):
    """Run cells in a kernel of their own, and return their outputs as the notebook holds them."""

    def executed(*sources):
        cells = [nbformat.v4.new_code_cell(source) for source in (BEGIN.format(url=mo.url), *sources)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
        NotebookClient(notebook, timeout=120).execute()
        return [cell.outputs for cell in notebook.cells[1:]]

    return executed


def left_in(mo):
    """Return the listeners of views that MO holds."""
    keys = [one["user_key"] for one in mo.execute(LISTENERS)["event_listeners"]["objects"]]
    return [key for key in keys if key.startswith("live-")]


def html(outputs):
    """Return what an exported page shows of a cell."""
    return "\n".join(
        output["data"]["text/html"] for output in outputs if "text/html" in output.get("data", {})
    )


def test_a_stopped_view_is_a_table_in_the_notebook(executed, mo):
    """It needs no widgets: what it showed is there as HTML."""
    shown, _, stopped = executed(
        LIVE, 'rename("Børn & Unge", 3); until(lambda: view.stats.acknowledged == 1)', "view.stop(); view"
    )
    assert "Stoppet" in html(shown)
    assert "Børn &amp; Unge" in html(shown)
    assert not any("widget-view" in kind for output in shown for kind in output.get("data", {}))
    assert "1 events; stopped" in stopped[0]["data"]["text/plain"]
    assert left_in(mo) == []


def test_a_kernel_that_ends_leaves_nothing_in_mo(executed, mo):
    """Whoever never stops the view finds a sentence in the notebook instead."""
    (shown, _) = executed(LIVE, "view.pause(); view.stats.state")
    assert "Tryk Stop, før notebooken gemmes" in html(shown)
    assert left_in(mo) == []


def test_two_views_live_beside_each_other(executed, mo):
    """Each listens under a name of its own; neither is left."""
    executed(LIVE, LIVE)
    assert left_in(mo) == []


def test_a_mirror_that_is_closed_meanwhile_ends_it_with_a_sentence(executed, mo):
    """And stopping comes back."""
    shown, _, stopped = executed(
        LIVE,
        'rename("Nyt igen", 4); until(lambda: view.stats.acknowledged == 1); mirror.close()\n'
        "(page,) = mo.read('org_units', fields=['name'])\n"
        "plan = mo.plan('Nye navne')\n"
        "plan.update('org_unit', page.objects[5]['uuid'], start='2026-12-01', name='Senere')\n"
        "plan.apply()\n"
        "until(lambda: view.stats.problem or view.stats.state == 'stopped')",
        "began = time.monotonic(); view.stop(); print(time.monotonic() - began < 50)",
    )
    assert stopped[0]["text"] == "True\n"
    assert "Nyt igen" in html(shown)
    assert "The mirror in memory failed" in html(shown)
    assert left_in(mo) == []


def test_a_routing_key_in_the_place_of_the_mo_is_told(executed):
    """The call that was meant is in the error."""
    (told,) = executed(
        "try:\n    events.live('person')\nexcept motoolkit.MoError as error:\n    print(error)"
    )
    assert told[0]["text"] == (
        "The first argument is which MO to listen to, and 'person' is a routing key. "
        'Write live(None, "person"), or pass a client first: live(mo, "person").\n'
    )
