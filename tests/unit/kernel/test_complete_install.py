"""What installing hangs into a shell, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

from motoolkit.kernel.completion._complete import install, uninstall


class Shell(SimpleNamespace):
    """As much of a shell as is touched."""

    __hash__ = object.__hash__


def shell(**more):
    """Return a shell without completions of anybody's."""
    return Shell(user_ns={}, Completer=SimpleNamespace(custom_matchers=[]), **more)


def test_installing_twice_installs_once():
    """And uninstalling leaves nothing behind, not even the second time."""
    terminal = shell()
    install(terminal, None)
    install(terminal, None)
    assert len(terminal.Completer.custom_matchers) == 1
    uninstall(terminal)
    uninstall(terminal)
    assert terminal.Completer.custom_matchers == []


def test_uninstalling_gives_inspection_back():
    """The kernel answers as it did."""

    def before(*_):
        return {"found": False}

    notebook = shell(kernel=SimpleNamespace(do_inspect=before))
    install(notebook, None)
    assert notebook.kernel.do_inspect is not before
    assert notebook.kernel.do_inspect("print", 3) == {"found": False}
    uninstall(notebook)
    assert notebook.kernel.do_inspect is before


def test_uninstalling_leaves_what_others_put_in_between():
    """Another extension may have wrapped the wrapper."""
    notebook = shell(kernel=SimpleNamespace(do_inspect=print))
    install(notebook, None)
    theirs = notebook.kernel.do_inspect = len
    uninstall(notebook)
    assert notebook.kernel.do_inspect is theirs


def test_installing_imports_nothing_heavy():
    """GraphQL comes with the first completion."""
    program = (
        "import sys, motoolkit.kernel.completion._complete, motoolkit.kernel.completion._inspect;"
        "print({'graphql', 'gql', 'httpx', 'pandas', 'duckdb'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_notebook_imports_them_while_nobody_waits():
    """A terminal does not: there, nobody gives up on the first answer."""
    program = (
        "import sys, threading; from types import SimpleNamespace as Shell;"
        "from motoolkit.kernel.completion import _warming; _warming._IDLE = 0;"
        "_warming.warm_up(Shell()); print(threading.active_count());"
        "_warming.warm_up(Shell(kernel=True)); threading.enumerate()[-1].join();"
        "print({'graphql', 'motoolkit.client', 'motoolkit.kernel.completion._offers'} - set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\nset()\n"
