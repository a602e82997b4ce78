"""Every error that the toolkit raises on purpose, in one tree.

::

    MoError
    ├── InputError            a value from outside is wrong: a date, a CPR number, a file
    │   ├── ProfileError      a profile is missing, unreadable or incomplete
    │   ├── SecretError       a secret can not be had from where the profile says it is
    │   ├── ParameterError    a notebook or report parameter is unknown, missing or mistyped
    │   └── SchemaError       a GraphQL document does not fit MO's schema; nothing was sent
    ├── TransportError        no usable answer came back from the server
    │   └── BusyError         the server is overloaded or closed; it was backed off from
    ├── AuthenticationError   the server does not accept who we say we are
    ├── QueryError            MO ran the request and answered with an error
    │   ├── AuthorisationError  the token lacks the role that a field needs
    │   ├── NotFoundError       a named object does not exist
    │   └── ValidationError     MO refused a value (``error_key`` tells why)
    ├── MirrorError           a mirror can not be opened, loaded or trusted
    ├── PlanError             a plan was not carried out as it was meant
    ├── EventError            events can not be listened to or sent as they were meant to be
    ├── SdError               SD-Løn gave no answer that can be used
    │   ├── SdTransportError    nothing usable came back (a TransportError too)
    │   ├── SdClosedError       SD-Løn is closed, or has said so (a BusyError too)
    │   ├── SdCredentialsError  SD-Løn does not accept who we say we are (an AuthenticationError too)
    │   ├── SdUnreadableError   the answer is cut off, a web page, too large, or about something else
    │   └── SdFaultError        SD-Løn answered that it can not answer
    │       └── SdNotFoundError   it knows no such person, employment or department (``what`` tells which)
    ├── AdError               a directory gave no answer that can be used, or half a one
    │   ├── AdCredentialsError  it does not accept who we say we are (an AuthenticationError too)
    │   └── AdAnewError         what was read before can not be gone on from: read anew
    ├── ReportError           a report can not be made from what was asked for
    └── RunError              a notebook run failed

A message is one plain sentence that names the input; ``remedy`` is one way out.
Neither ever holds a secret, a token or an unmasked CPR number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class MoError(Exception):
    """The base of all: a sentence for people, and what they can do about it."""

    excerpt: tuple[str, ...] = ()
    """The lines of a text in which the error is, with a caret below it."""

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}" if self.remedy else self.message

    def _render_traceback_(self) -> list[str]:
        """Let IPython show two lines instead of forty; the traceback stays on the exception."""
        return [
            f"{type(self).__name__}: {self.message}",
            *self.excerpt,
            *([self.remedy] if self.remedy else []),
        ]


class InputError(MoError):
    """A value that came from outside can not be used."""

    @classmethod
    def unknown(cls, what: str, name: str, known: Sequence[str]) -> InputError:
        """Say that ``name`` is no ``what``, with near misses or the list of known ones."""
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3, cutoff=0.6)
        listed = f"Known: {', '.join(sorted(known)) or 'none'}."
        remedy = f"Did you mean {' or '.join(near)}?" if near else listed
        return cls(f"There is no {what} {name!r}.", remedy=remedy)


class ProfileError(InputError):
    """A profile is missing, unreadable or incomplete."""


class SecretError(InputError):
    """A secret can not be had from where the profile says that it is."""


class ParameterError(InputError):
    """A notebook or report parameter is unknown, missing or mistyped."""


class SchemaError(InputError):
    """A GraphQL document does not fit the schema of this MO; nothing was sent."""

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        line: int | None = None,
        column: int | None = None,
        excerpt: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.line = line
        self.column = column
        self.excerpt = excerpt


class TransportError(MoError):
    """No usable answer came back: unreachable, cut off, not JSON, or a server error.

    ``repeatable`` tells whether the same query may fare better later, ``retry_after`` the seconds that the
    server asked us to wait.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        status: int | None = None,
        repeatable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status
        self.repeatable = repeatable
        self.retry_after = retry_after


class BusyError(TransportError):
    """The server is overloaded, stalled or closed; the client backed off and gave up."""


class AuthenticationError(MoError):
    """The server does not accept the identity that was presented."""


class QueryError(MoError):
    """MO ran the request and answered with an error; whatever it wrote was rolled back.

    ``path`` is where in the answer, ``errors`` are MO's own entries and ``data`` is what came beside them.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        path: Sequence[str | int] = (),
        errors: Sequence[dict[str, Any]] = (),
        data: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.path = tuple(path)
        self.errors = tuple(errors)
        self.data = data


class AuthorisationError(QueryError):
    """The token lacks the role that a field needs."""


class NotFoundError(QueryError):
    """An object that the request names does not exist."""


class ValidationError(QueryError):
    """MO refused a value; ``error_key`` and ``context`` are MO's own ``error_context``."""

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        path: Sequence[str | int] = (),
        errors: Sequence[dict[str, Any]] = (),
        data: dict[str, Any] | None = None,
        context: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy, path=path, errors=errors, data=data)
        self.context = context or {}
        self.error_key: str | None = self.context.get("error_key")


class MirrorError(MoError):
    """A mirror can not be opened, loaded or trusted."""


class PlanError(MoError):
    """A plan was not carried out as it was meant."""


class EventError(MoError):
    """Events can not be listened to or sent as they were meant to be."""


class SdError(MoError):
    """SD-Løn gave no answer that can be used."""


class SdTransportError(SdError, TransportError):
    """Nothing usable came back from SD-Løn: unreachable, cut off, or a HTTP error."""


class SdClosedError(SdError, BusyError):
    """SD-Løn is closed; ``opens`` is when it opens again, where that is known."""

    opens: datetime | None = None


class SdCredentialsError(SdError, AuthenticationError):
    """SD-Løn does not accept the user name and password."""


class SdUnreadableError(SdError):
    """The answer is none that SD-Løn should give: cut off, a web page, too large, or about something else.

    ``repeatable`` tells whether the same question may fare better later.
    """

    def __init__(self, message: str, *, remedy: str | None = None, repeatable: bool = True) -> None:
        super().__init__(message, remedy=remedy)
        self.repeatable = repeatable


class SdFaultError(SdError):
    """SD-Løn answered with a fault."""


class SdNotFoundError(SdFaultError):
    """SD-Løn says that it does not know what was asked for; an empty answer says nothing of the kind.

    ``what`` is ``person``, ``employment`` or ``department``.
    """

    def __init__(self, message: str, *, remedy: str | None = None, what: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.what = what


class AdError(MoError):
    """A directory, or a file of one, gave no answer that can be used: none at all, or half a one.

    ``code`` is LDAP's result code, where the directory answered with one.
    """

    def __init__(self, message: str, *, remedy: str | None = None, code: int | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.code = code


class AdCredentialsError(AdError, AuthenticationError):
    """The directory does not accept the user name and password."""


class AdAnewError(AdError):
    """What was read before can not be gone on from; a new snapshot can."""


class ReportError(MoError):
    """A report can not be made from what was asked for."""


class RunError(MoError):
    """A notebook run failed; ``output`` names the partly executed notebook, if one was kept."""

    def __init__(self, message: str, *, remedy: str | None = None, output: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.output = output
