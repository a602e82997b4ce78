"""A connection to a directory that can only read, over TLS that is always checked.

That nothing is written is not left to the caller: whatever the library is asked to send passes ``sending``,
which lets through what reads and nothing else.  (The library's own ``read_only`` does not hold: issue 1008.)
"""

from __future__ import annotations

import ssl
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import urlsplit

from ldap3 import NONE, SIMPLE, SYNC, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException, LDAPOperationResult
from ldap3.strategy.sync import SyncStrategy

from motoolkit.ad.source._refusals import connecting
from motoolkit.errors import AdError

if TYPE_CHECKING:
    from motoolkit.profile.ad import AdSettings
    from motoolkit.profile.secret import Secret

_READS: Final = frozenset({"bindRequest", "searchRequest", "unbindRequest", "abandonRequest"})
_START_TLS: Final = "1.3.6.1.4.1.1466.20037"
_PORTS: Final = {"ldaps": 636, "ldap": 389}


class WritingRefusedError(Exception):
    """Something tried to send a directory what does more than read."""


class _ReadingStrategy(SyncStrategy):
    def sending(self, ldap_message: Any) -> None:
        """Send a message if it reads; the last step before it is encoded and goes out."""
        operation = ldap_message["protocolOp"]
        name = operation.getName()
        if name == "extendedReq" and str(operation.getComponent()["requestName"]) == _START_TLS:
            name = "bindRequest"
        if name not in _READS:
            raise WritingRefusedError(name)
        super().sending(ldap_message)


class ReadingConnection(Connection):
    """A connection whose writing verbs refuse before anything is sent."""

    def __init__(self, server: Server, **settings: Any) -> None:
        super().__init__(server, client_strategy=SYNC, **settings)
        strategy = _ReadingStrategy(self)
        self.strategy = strategy
        # The library calls these through the connection, and had taken them from the strategy before.
        self.send = strategy.send
        self.open = strategy.open
        self.get_response = strategy.get_response
        self.post_send_single_response = strategy.post_send_single_response
        self.post_send_search = strategy.post_send_search

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise WritingRefusedError

    add = delete = modify = modify_dn = compare = _refuse


class _CheckedTls(Tls):
    """TLS with certificate and name checked by Python itself, IP addresses too, on every Python."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self.context = context
        self.failure: Exception | None = None

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - ldap3's
        try:
            connection.socket = self.context.wrap_socket(
                connection.socket, server_hostname=connection.server.host
            )
        except (ssl.SSLError, OSError) as error:
            self.failure = error  # the library keeps only its text
            raise


def connect(settings: AdSettings, password: Secret | str | None) -> ReadingConnection:
    """Return a connection that is open, encrypted and bound.

    Raises:
        AdCredentialsError: the directory does not accept who we say we are.
        AdError: it can not be reached, or not safely.
    """
    scheme, host, port = _address(settings)
    tls = _CheckedTls(_context(settings))
    seconds = ceil(settings.timeout)
    server = Server(host, port, use_ssl=scheme == "ldaps", get_info=NONE, tls=tls, connect_timeout=seconds)
    connection = ReadingConnection(
        server,
        user=settings.username,
        password=_revealed(settings, password),
        authentication=SIMPLE,
        auto_referrals=False,
        auto_range=False,
        check_names=False,
        raise_exceptions=True,
        return_empty_attributes=False,
        receive_timeout=seconds,
    )
    try:
        connection.open(read_server_info=False)
        if scheme == "ldap":
            _encrypt(settings, connection)
        connection.bind(read_server_info=False)
    except (LDAPException, OSError) as error:
        close(connection)
        raise connecting(settings, error, tls.failure) from None
    except BaseException:
        close(connection)
        raise
    return connection


def close(connection: ReadingConnection) -> None:
    """Let go of a connection, whatever state it is in."""
    opened = connection.socket
    try:
        connection.unbind()
    except (LDAPException, OSError):
        connection.strategy.close()
    finally:
        if opened is not None:  # the library forgets one that came to nothing
            opened.close()


def _address(settings: AdSettings) -> tuple[str, str, int]:
    try:
        parts = urlsplit(settings.url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    if scheme not in _PORTS or not host:
        raise AdError(
            f"The url {settings.url} of the directory {settings.name} is no address of a directory.",
            remedy="Write it like ldaps://dc1.ad.example, or ldap://dc1.ad.example for StartTLS.",
        )
    return scheme, host, port or _PORTS[scheme]


def _context(settings: AdSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise AdError(
            f"The ca_file {settings.ca_file} of the directory {settings.name} can not be used: {reason}.",
            remedy="Give a PEM file with the certificate of the authority that signed the server's.",
        ) from None


def _revealed(settings: AdSettings, password: Secret | str | None) -> str:
    """Return the password; without one most directories would take us for nobody, and answer with nothing."""
    chosen = settings.password if password is None else password
    revealed = chosen if isinstance(chosen, str) or chosen is None else chosen.reveal()
    if not settings.username or not revealed:
        raise AdError(
            f"The directory {settings.name} has no {'password' if settings.username else 'username'}.",
            remedy="Give both in its [profiles.NAME.ad.DIRECTORY] table, the password as env:NAME.",
        )
    return revealed


def _encrypt(settings: AdSettings, connection: ReadingConnection) -> None:
    try:
        encrypted = connection.start_tls(read_server_info=False)
    except LDAPOperationResult:
        encrypted = False
    if not encrypted:
        raise AdError(
            f"The directory {settings.name} does not offer StartTLS; the password was not sent.",
            remedy="Use ldaps:// instead.",
        )
