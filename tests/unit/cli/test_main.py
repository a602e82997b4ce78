"""The command line starts fast, and every error is a sentence with a code."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from motoolkit.cli import app, main
from motoolkit.cli._app import GROUPS
from motoolkit.errors import ParameterError, TransportError

HEAVY = (
    "duckdb",
    "gql",
    "graphql",
    "httpx",
    "keyring",
    "nbformat",
    "pandas",
    "papermill",
    "rich",
    "xlsxwriter",
)


@pytest.fixture
def failing(monkeypatch):
    """Make ``motoolkit run`` raise what the test wants."""

    def fail_with(error):
        @click.command()
        def run():
            raise error

        monkeypatch.setattr("motoolkit.cli.run.run", run)

    return fail_with


def told(capsys, *words):
    """Run the command line and return its exit code and the lines on standard error."""
    code = main(words)
    return code, capsys.readouterr().err.splitlines()


def test_help_loads_no_heavy_library():
    """It is what people wait for most often; a command imports what it needs when it runs."""
    script = (
        "import sys; from motoolkit.cli import main; main(['--help']);"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    assert all(f"\n  {group} " in done.stdout for group in GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_every_command_explains_itself(group):
    """Each command and each sub-command has a help text, and so has each option."""
    context = click.Context(app)
    command = app.get_command(context, group)
    for each in [command, *getattr(command, "commands", {}).values()]:
        assert each.get_short_help_str()
        options = [p for p in each.params if isinstance(p, click.Option)]
        assert [o.name for o in options if not o.help] == []


def test_python_m_motoolkit_is_motoolkit():
    """Both end with the exit code of the command."""
    command = [sys.executable, "-m", "motoolkit", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("motoolkit, version ")


def test_an_error_is_one_sentence_and_a_remedy(capsys, failing):
    """No traceback; the exit code is 1."""
    failing(TransportError("MO at http://127.0.0.1:9 does not answer.", remedy="Is it running?"))
    assert told(capsys, "run") == (1, ["Error: MO at http://127.0.0.1:9 does not answer.", "Is it running?"])


def test_a_wrong_parameter_is_a_usage_error(capsys, failing):
    """Nothing was done; the exit code is 2, as for an unknown option."""
    failing(ParameterError("audit has no parameter 'x'."))
    assert told(capsys, "run") == (2, ["Error: audit has no parameter 'x'."])


def test_an_unknown_option_is_a_usage_error(capsys):
    """The message is click's own."""
    code, lines = told(capsys, "run", "audit", "--ot", "x")
    assert code == 2
    assert lines[-1] == "Error: No such option '--ot'. Did you mean '--out'?"


@pytest.mark.parametrize("words", [("--debug", "run"), ("run", "--debug")])
def test_debug_shows_the_traceback_wherever_it_stands(capsys, failing, words):
    """People add it to the end of the line that failed."""
    failing(TransportError("MO does not answer."))
    code, lines = told(capsys, *words)
    assert code == 1
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == "Error: MO does not answer."


def test_an_unforeseen_error_asks_for_a_report_and_shows_no_cpr_number(capsys, failing):
    """Also when the exception's own text holds one."""
    failing(KeyError("0101901234"))
    assert told(capsys, "run") == (
        1,
        [
            "Error: The toolkit met something that it does not know how to handle (KeyError: '010190-xxxx').",
            "Run the command again with --debug and report what it shows.",
        ],
    )


def test_the_debug_traceback_shows_no_cpr_number_either(capsys, failing):
    """It is masked as a whole."""
    failing(KeyError("0101901234"))
    code, lines = told(capsys, "run", "--debug")
    assert code == 1
    assert "0101901234" not in "\n".join(lines)


def test_a_missing_library_is_named_with_the_way_to_get_it(capsys, failing):
    """Parts of the toolkit are extras."""
    failing(ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn"))
    assert told(capsys, "run") == (
        1,
        [
            "Error: This command needs uvicorn, which is not installed.",
            "Install it with the rest: pip install 'motoolkit[all]'.",
        ],
    )


def test_an_error_of_the_system_names_the_file(capsys, failing):
    """As a full disk does."""
    failing(OSError(28, "No space left on device", "/srv/out/x.xlsx"))
    assert told(capsys, "run") == (1, ["Error: No space left on device: /srv/out/x.xlsx."])


def test_stopping_is_no_error(capsys, failing):
    """Ctrl-C ends with 130, as shells expect, and one word."""
    failing(KeyboardInterrupt())
    code, lines = told(capsys, "run")
    assert (code, [line for line in lines if line]) == (130, ["Stopped."])


def test_a_reader_that_goes_away_is_not_worth_a_word():
    """``motoolkit … | head -1`` ends quietly."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "motoolkit", "--help"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write_end)
    assert done.stderr == ""
