"""The root command: which groups there are, and how an error reaches the user."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from motoolkit.errors import MoError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

GROUPS: Final = (
    *(
        "sandbox",
        "sandbox-ad",
        "profile",
        "doctor",
        "mirror",
        "probe",
        "report",
        "sd",
        "ad",
        "identity",
        "plan",
        "events",
        "run",
        "form",
        "kernel",
        "lab",
    ),
)
"""Each is the click command of that name in the module ``motoolkit.cli.<name>``, with ``_`` for ``-``."""

EPILOG: Final = """\b
Exit codes
  0    done
  1    failed; standard error says why in one sentence, and what to do
  2    the command was not understood (an unknown option, a mistyped parameter); nothing was done
  130  stopped with Ctrl-C
"""


class LazyGroup(click.Group):
    """A group whose sub-commands are imported when they are used: start-up stays near 100 ms."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the groups in the order in which one meets them."""
        return list(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a sub-command and return it."""
        if cmd_name not in GROUPS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"motoolkit.cli.{name}"), name)
        return command


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="motoolkit")
def app() -> None:
    """Reports, audits, forms and runbooks for OS2mo.

    Any command takes --debug, which shows the traceback of an error.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every error is a sentence on standard error."""
    words = list(sys.argv[1:] if args is None else args)
    debug = _take_debug(words)
    _stop_on_sigterm()
    try:
        code = app.main(words, prog_name="motoolkit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_went_away()
    except Exception as error:  # noqa: BLE001 - the edge of the program: nothing may pass it as a traceback
        return _report(error, debug=debug)
    return code if isinstance(code, int) else OK


def _stop_on_sigterm() -> None:
    """Let a scheduler's stop clean up as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _take_debug(words: list[str]) -> bool:
    """Remove ``--debug`` wherever it stands before a ``--``: people add it at the very end."""
    options = words[: words.index("--")] if "--" in words else words
    if "--debug" not in options:
        return False
    words.remove("--debug")
    return True


def _report(error: Exception, *, debug: bool) -> int:
    from motoolkit.model import mask_all

    if debug:
        click.echo(mask_all("".join(traceback.format_exception(error))), err=True)
    for line in _sentences(error):
        click.echo(mask_all(line), err=True)
    return USAGE if isinstance(error, ParameterError) else FAILED


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, MoError):
        return [f"Error: {error.message}", *([error.remedy] if error.remedy else [])]
    if isinstance(error, ModuleNotFoundError) and not (error.name or "motoolkit").startswith("motoolkit"):
        return [
            f"Error: This command needs {error.name}, which is not installed.",
            "Install it with the rest: pip install 'motoolkit[all]'.",
        ]
    if isinstance(error, OSError) and error.strerror:
        return [f"Error: {error.strerror}{f': {error.filename}' if error.filename else ''}."]
    told: Any = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return [
        f"Error: The toolkit met something that it does not know how to handle ({told}).",
        "Run the command again with --debug and report what it shows.",
    ]


def _reader_went_away() -> int:
    """``motoolkit … | head``: not worth a word; Python must not complain at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
