"""Completion and hover help as a front end asks for them: a real kernel, over the wire."""

from __future__ import annotations

import os
import time

import pytest
from jupyter_client.manager import KernelManager

START = "%load_ext motoolkit\nshell = get_ipython()"
EXPERIMENTAL = "_jupyter_types_experimental"


class Kernel:
    """A notebook's kernel; the bar in a cell is the cursor."""

    def __init__(self, client):
        self._client = client

    def run(self, code):
        """Run a cell that must succeed."""
        reply = self._client.execute_interactive(code, timeout=60, output_hook=lambda _: None)
        assert reply["content"]["status"] == "ok", reply["content"]

    def complete(self, cell):
        """Return what is offered and how it is described."""
        at = cell.index("|")
        code = cell.replace("|", "", 1)
        reply = self._client.complete(code, at, reply=True, timeout=60)["content"]
        assert reply["status"] == "ok"
        self.replaced = code[reply["cursor_start"] : reply["cursor_end"]]
        plain = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-"})
        return {found["text"]: found["type"].translate(plain) for found in reply["metadata"][EXPERIMENTAL]}

    def complete_soon(self, cell):
        """Ask until there is an answer: a busy machine may need longer than whoever types waits."""
        for _ in range(60):
            if found := self.complete(cell):
                return found
            time.sleep(0.5)
        return {}

    def inspect(self, cell):
        """Ask for hover help."""
        at = cell.index("|")
        return self._client.inspect(cell.replace("|", "", 1), at, reply=True, timeout=60)["content"]


@pytest.fixture(scope="module")
def kernel(sandbox, tmp_path_factory):
    """One kernel for the file, whose session finds the sandbox in the environment."""
    home = str(tmp_path_factory.mktemp("kernel"))
    own = {f"XDG_{name}_HOME": home for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MOTOOLKIT_")}
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env={**settings, **own, "IPYTHONDIR": home, "MOTOOLKIT_MO_URL": sandbox.url})
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    found = Kernel(client)
    found.run(START)
    yield found
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_fields_are_offered_before_anything_was_run(kernel):
    """The first completion connects; what was typed is replaced, and the type is told."""
    assert kernel.complete_soon("%%mo\n{ org_un|") == {"org_units": "OrganisationUnitResponsePaged!"}
    assert kernel.replaced == "org_un"


def test_a_call_of_a_client_is_completed_in_its_string(kernel):
    """The name before the dot is looked up among the notebook's variables; Jedi keeps out."""
    kernel.run("from motoolkit import aconnect\namo = await aconnect()\ntext = 'x'")
    assert kernel.complete('amo_data = await amo.execute("{ fac|")') == {"facets": "FacetResponsePaged!"}
    assert kernel.complete('mo.query("""\n{ facets(|)')["filter"] == "FacetFilter"
    assert kernel.complete('text.query("""\n{ facets(|)').get("filter") != "FacetFilter"


def test_python_is_left_to_ipython(kernel):
    """Outside GraphQL nothing of MO's is offered, and nothing is kept away."""
    kernel.run("unusual_name = 1\nshell.Completer.use_jedi = False  # it takes five seconds to begin")
    assert "unusual_name" in kernel.complete("unusual_|")
    kernel.run("shell.Completer.use_jedi = True")


def test_nothing_of_pythons_is_offered_inside_graphql(kernel):
    """Not even where MO has nothing to offer."""
    kernel.run("unusual_name = print")
    assert kernel.complete("%%mo\n{ unusual_|") == {}
    assert kernel.complete("%%mo\n{ # unusual_|") == {}


def test_user_keys_of_classes_are_offered_where_a_filter_wants_them(kernel):
    """Those of the facet that the filter names, described by name and facet."""
    cell = '%%mo\n{ classes(filter: {facet: {user_keys: ["employee_address_type"]}, user_keys: ["|"]}) }'
    assert kernel.complete_soon(cell)["EmailEmployee"] == "E-mail, employee_address_type"


def test_user_keys_of_facets_are_offered(kernel):
    """Also in a call."""
    for ask in ("mo.query", "await amo.execute"):
        found = kernel.complete_soon(ask + '("""{ classes(filter: {facet: {user_keys: ["org_unit_t|')
        assert list(found) == ["org_unit_type"]


def test_hover_help_explains_a_field(kernel):
    """Shift-Tab tells the type, what it is, and the role that it needs."""
    told = kernel.inspect("%%mo\n{ org_un|its { objects { uuid } } }")
    assert told["found"]
    assert told["data"]["text/plain"].startswith("**Query.org_units**: OrganisationUnitResponsePaged!\n")
    assert "Needs the role read_org_unit." in told["data"]["text/markdown"]


def test_hover_help_explains_in_a_call_too(kernel):
    """An argument's help is that of the argument."""
    told = kernel.inspect('mo.query("{ org_units(fil|ter: {}) { objects { uuid } } }")')
    assert told["data"]["text/plain"].startswith("**filter**: OrganisationUnitFilter\n")


def test_hover_help_leaves_python_to_ipython(kernel):
    """A name outside GraphQL is explained as ever."""
    kernel.run("def greet():\n    'Says hello.'")
    assert "Says hello." in kernel.inspect("gre|et()")["data"]["text/plain"]


def test_hover_help_does_not_take_graphql_for_python(kernel):
    """A field that MO lacks is not explained as the Python variable of that name."""
    kernel.run("nonsense = 1")
    assert not kernel.inspect("%%mo\n{ non|sense }")["found"]


def test_unloading_takes_all_of_it_away(kernel):
    """And loading again brings it back."""
    kernel.run("%unload_ext motoolkit\nshell.Completer.use_jedi = False")
    assert kernel.complete("%%mo\n{ org_un|") == {}
    assert "Query.org_units" not in str(kernel.inspect("%%mo\n{ org_un|its }"))
    kernel.run("%load_ext motoolkit\nshell.Completer.use_jedi = True")
    assert kernel.complete_soon("%%mo\n{ org_un|") == {"org_units": "OrganisationUnitResponsePaged!"}
