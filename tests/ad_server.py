"""A directory's server in a few hundred lines, for what a real one in a test can not be made to do.

It speaks LDAP over TLS and keeps AD's limits (1000 entries a page, 1500 values a range), knows rights that
are missing, referrals, other servers' databases, and connections that break off.  Samba and OpenLDAP are
tested with their own servers.
"""

from __future__ import annotations

import datetime as dt
import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ldap3.strategy.base import BaseStrategy

from motoolkit.ad import dn

BASE = "DC=ad1,DC=example"
USER, PASSWORD = "reader@ad1.example", "hemmeligt"
PAGED, DIRSYNC = "1.2.840.113556.1.4.319", "1.2.840.113556.1.4.841"
EXTENDED, DELETED = "1.2.840.113556.1.4.529", "1.2.840.113556.1.4.417"
INVOCATION = UUID("11111111-2222-3333-4444-555555555555")
CHAIN = {
    "user": ("top", "person", "organizationalPerson", "user"),
    "computer": ("top", "person", "organizationalPerson", "user", "computer"),
    "contact": ("top", "person", "organizationalPerson", "contact"),
    "group": ("top", "group"),
    "organizationalUnit": ("top", "organizationalUnit"),
    "container": ("top", "container"),
}


@dataclass
class Thing:
    """One object: values by lower-case name, links as GUIDs, and when what changed."""

    guid: str
    dn: str
    values: dict[str, list[bytes]]
    links: dict[str, list[str]]
    usn: int = 0
    stamps: dict[str, int] = field(default_factory=dict)
    deleted: bool = False


@dataclass
class Directory:
    """What the server holds, and how it behaves.

    Attributes:
        names: the attributes of its schema; empty for one that does not tell.
        may_replicate: DirSync without the flag, and with deletions.
        sees_deleted: the Deleted Objects container may be read.
        hidden: attributes that the account may not see (confidential).
        bind_error: AD's sub-code to every login.
        page_limit: most entries a page.
        answers: result codes to give instead of the next searches below the base, in order; 0 is no error.
        break_after: close the connection in the middle of so many-th page.
        silent: accept, and never answer.
        received: what came, by the protocol's names.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    usn: int = 0
    invocation: UUID = INVOCATION
    dirsync: bool = True
    may_replicate: bool = True
    sees_deleted: bool = True
    references: bool = True
    hidden: set[str] = field(default_factory=set)
    bind_error: str = ""
    page_limit: int = 1000
    answers: list[int] = field(default_factory=list)
    break_after: int = 0
    silent: bool = False
    pages: int = 0
    received: list[str] = field(default_factory=list)

    def put(
        self, name: str, kind: str = "user", *, below: str = f"OU=Brugere,{BASE}", guid: str = "", **values
    ):
        """Add an object and return its GUID; what is a list of GUIDs in ``links`` is a link."""
        links = {each.lower(): list(guids) for each, guids in values.pop("links", {}).items()}
        guid = guid or str(UUID(int=len(self.things) + 0xA000000000000000))
        rdn = {"organizationalUnit": "OU"}.get(kind, "CN")
        given = {
            "objectclass": [each.encode() for each in CHAIN[kind]],
            "objectguid": [UUID(guid).bytes_le],
            "name": [name.encode()],
            rdn.lower(): [name.encode()],
            **{each.lower(): _raw(value) for each, value in values.items()},
        }
        thing = Thing(guid, f"{rdn}={dn.escape(name)},{below}", given, links)
        self.things[guid] = thing
        self._touch(thing, *given, *links, "parentguid")
        return guid

    def _touch(self, thing: Thing, *names: str) -> None:
        self.usn += 1
        thing.usn = self.usn
        thing.stamps |= dict.fromkeys((*names, "usnchanged", "whenchanged"), self.usn)
        thing.values["usnchanged"] = [str(self.usn).encode()]

    def change(self, guid: str, links: dict[str, list[str]] | None = None, **values) -> None:
        """Change attributes of an object."""
        thing = self.things[guid]
        thing.values |= {each.lower(): _raw(value) for each, value in values.items()}
        thing.links |= {each.lower(): guids for each, guids in (links or {}).items()}
        self._touch(thing, *map(str.lower, values), *map(str.lower, links or {}))

    def move(self, guid: str, to: str) -> None:
        """Give an object another DN; what is below moves with it and is not touched, as in AD."""
        thing = self.things[guid]
        old = thing.dn
        for each in self.things.values():
            if dn.below(each.dn, old):
                each.dn = f"{each.dn[: -len(old)]}{to}"
        thing.dn = to
        for name in {"name", to.partition("=")[0].lower()}:
            thing.values[name] = [dn.rdn_value(to).encode()]
        self._touch(thing, "name", "parentguid")

    def delete(self, guid: str) -> None:
        """Make an object a tombstone; links to it go away without a trace."""
        thing = self.things[guid]
        parent = dn.parent(thing.dn)
        thing.deleted = True
        thing.dn = f"CN={dn.rdn_value(thing.dn)}\\0ADEL:{guid},CN=Deleted Objects,{BASE}"
        kept = ("objectclass", "objectguid", "samaccountname", "name", "whenchanged")
        thing.values = {each: thing.values[each] for each in kept if each in thing.values}
        thing.values |= {"isdeleted": [b"TRUE"], "lastknownparent": [parent.encode()]}
        thing.links = {}
        self._touch(thing, "isdeleted", "name", "parentguid")
        for each in self.things.values():
            each.links = {name: [g for g in found if g != guid] for name, found in each.links.items()}


def _raw(value) -> list[bytes]:
    listed = value if isinstance(value, list) else [value]
    return [each if isinstance(each, bytes) else str(each).encode() for each in listed]


def _piece(tag: int, *contents: bytes) -> bytes:
    """Return one piece of BER."""
    content = b"".join(contents)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size) + content


def _number(tag: int, value: int) -> bytes:
    return _piece(tag, value.to_bytes(value.bit_length() // 8 + 1))


def _pieces(data: bytes) -> list[tuple[int, bytes]]:
    """Return the tags and contents that stand one after another in BER."""
    found, at = [], 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            more = length & 0x7F
            length, at = int.from_bytes(data[at : at + more]), at + more
        found.append((tag, data[at : at + length]))
        at += length
    return found


OPERATIONS = {
    0x60: "bind",
    0x42: "unbind",
    0x63: "search",
    0x66: "modify",
    0x68: "add",
    0x4A: "delete",
    0x6C: "modify_dn",
    0x6E: "compare",
    0x50: "abandon",
    0x77: "extended",
}


class _Message:
    """A request, taken apart."""

    def __init__(self, raw: bytes) -> None:
        number, (tag, content), *controls = _pieces(_pieces(raw)[0][1])
        self.number = int.from_bytes(number[1])
        self.name = OPERATIONS[tag]
        self.tagged = _pieces(content) if tag & 0x20 else []
        self.parts = [each for _, each in self.tagged]
        given = [_pieces(each) for _, each in _pieces(controls[0][1])] if controls else []
        self.controls = {each[0][1].decode(): each[-1][1] for each in given}


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.directory: Directory = self.server.directory
        self.cookies: dict[bytes, list] = {}
        self.buffer = b""
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self.server.tls:
                self.request = self.server.context.wrap_socket(self.request, server_side=True)
            while (message := self._message()) is not None:
                self._serve(message)
        except (OSError, ssl.SSLError):
            return
        finally:
            self.request.close()

    def _message(self):
        """Return the next message, None where there is none."""
        while True:
            size = BaseStrategy.compute_ldap_message_size(self.buffer)
            if 0 < size <= len(self.buffer):
                message, self.buffer = self.buffer[:size], self.buffer[size:]
                return _Message(message)
            some = self.request.recv(65536)
            if not some:
                return None
            self.buffer += some

    def _serve(self, message) -> None:
        self.directory.received.append(message.name)
        if self.directory.silent:
            return
        serve = getattr(self, f"_{message.name}", None)
        if serve is not None:
            serve(message)

    def send(self, message, tag: int, content: bytes, controls: bytes = b"") -> None:
        more = _piece(0xA0, controls) if controls else b""
        self.request.sendall(_piece(0x30, _number(0x02, message.number), _piece(tag, content), more))

    def _result(self, message, tag: int, code: int, text: str = "", controls: bytes = b"") -> None:
        told = _number(0x0A, code) + _piece(0x04) + _piece(0x04, text.encode())
        self.send(message, tag, told, controls)

    def _bind(self, message) -> None:
        code, text = 0, ""
        given = message.parts[1].decode(), message.parts[2].decode()
        if self.directory.bind_error == "strong":
            code, text = 8, "00002028: LdapErr: DSID-0C090202, comment: The server requires binds to turn on"
        elif self.directory.bind_error or given != (USER, PASSWORD):
            data = self.directory.bind_error or "52e"
            code, text = (
                49,
                f"80090308: LdapErr: DSID-0C090400, comment: AcceptSecurityContext error, data {data}, v1",
            )
        self._result(message, 0x61, code, text)

    def _extended(self, message) -> None:
        refused = self.server.context is None or self.server.tls
        self._result(message, 0x78, 2 if refused else 0)
        if not refused:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)

    def _search(self, message) -> None:
        search = _Search(self, message)
        code = search.run()
        if code is None:
            return
        self._result(message, 0x65, code, controls=search.answered)


class _Search:
    """One search request."""

    def __init__(self, handler: _Handler, message) -> None:
        self.handler, self.message, self.directory = handler, message, handler.directory
        self.base = message.parts[0].decode()
        self.whole = message.parts[1] == b"\x02"
        self.filter = message.tagged[6]
        self.wanted = [raw.decode().lower() for _, raw in _pieces(message.parts[7])]
        self.controls = message.controls
        self.answered = b""

    def run(self) -> int | None:
        """Send the entries and return the result code, None where the connection was broken."""
        if not self.base:
            return self._root()
        if self.base.startswith(("CN=NTDS", "CN=Aggregate")):
            return self._about()
        if self.whole and self.directory.answers and (code := self.directory.answers.pop(0)):
            return code
        if DIRSYNC in self.controls:
            return self._dirsync()
        found = self._found()
        if isinstance(found, int):
            return found
        return self._paged(found) if PAGED in self.controls else self._all(found)

    def _found(self) -> list[Thing] | int:
        if self.base.startswith("<GUID="):
            root = self.directory.things.get(self.base[6:-1])
            if root is None or root.deleted:
                return 32
            base = root.dn
        else:
            base = self.base
            if not dn.within(base, BASE):
                return 10
            if not dn.same(base, BASE) and not any(
                dn.same(each.dn, base) for each in self.directory.things.values()
            ):
                return 32
        return [
            each
            for each in self.directory.things.values()
            if (dn.within(each.dn, base) if self.whole else dn.same(each.dn, base))
            and (not each.deleted or (DELETED in self.controls and self.directory.sees_deleted))
            and self._fits(self.filter, each)
        ]

    def _all(self, found: list[Thing]) -> int:
        limit = self.directory.page_limit
        for each in found[:limit]:
            self._entry(each)
        self._reference()
        return 4 if len(found) > limit else 0

    def _paged(self, found: list[Thing]) -> int | None:
        (_, asked), (_, cookie) = _pieces(_pieces(self.controls[PAGED])[0][1])
        if cookie:
            if cookie not in self.handler.cookies:
                return 53
            found = self.handler.cookies.pop(cookie)
        size = min(int.from_bytes(asked), self.directory.page_limit)
        self.directory.pages += 1
        broken = self.directory.pages == self.directory.break_after
        for each in found[: size // 2 if broken else size]:
            self._entry(each)
        if broken:
            self.handler.request.close()
            return None
        rest, following = found[size:], b""
        if rest:
            following = f"page {self.directory.pages}".encode()
            self.handler.cookies[following] = rest
        else:
            self._reference()
        self._answer(PAGED, _number(0x02, 0) + _piece(0x04, following))
        return 0

    def _dirsync(self) -> int:
        directory = self.directory
        (_, flags), _, (_, cookie) = _pieces(_pieces(self.controls[DIRSYNC])[0][1])
        secure = bool(flags[-1] & 1)
        if not dn.same(self.base, BASE) or (not secure and not directory.may_replicate):
            return 50
        if cookie and not cookie.isdigit():
            return 53
        since = int(cookie or 0)
        for each in directory.things.values():
            changed = {name for name, usn in each.stamps.items() if usn > since} & set(self.wanted)
            shown = not each.deleted or (directory.may_replicate and not secure)
            if changed and shown and self._fits(self.filter, each):
                self._entry(each, only={*changed, "objectguid"})
        cookie = _piece(0x04, str(directory.usn).encode())
        self._answer(DIRSYNC, _number(0x02, 0) + _number(0x02, 0) + cookie)
        return 0

    def _root(self) -> int:
        controls = [PAGED, EXTENDED, DELETED, *([DIRSYNC] if self.directory.dirsync else [])]
        values = {
            "defaultNamingContext": [BASE],
            "namingContexts": [BASE, f"CN=Configuration,{BASE}"],
            "dsServiceName": [f"CN=NTDS Settings,CN=DC1,CN=Configuration,{BASE}"],
            "dnsHostName": ["dc1.ad1.example"],
            "highestCommittedUSN": [str(self.directory.usn)],
            "supportedControl": controls,
            "subschemaSubentry": [f"CN=Aggregate,CN=Schema,CN=Configuration,{BASE}"],
        }
        self._values("", {name: _raw(value) for name, value in values.items()})
        return 0

    def _about(self) -> int:
        types = [f"( 1.2.3.{at} NAME '{name}' )" for at, name in enumerate(self.directory.names)]
        about = {"invocationId": [self.directory.invocation.bytes_le], "attributeTypes": _raw(types)}
        kept = {name: value for name, value in about.items() if name.lower() in self.wanted and value}
        self._values(self.base, kept)
        return 0

    def _entry(self, thing: Thing, only: set[str] | None = None) -> None:
        values: dict[str, list[bytes]] = {}
        for asked in self.wanted:
            name, _, span = asked.partition(";range=")
            if name in self.directory.hidden or (only is not None and name not in only):
                continue
            found = [self._link(each).encode() for each in thing.links.get(name, ())]
            found = found or thing.values.get(name, [])
            if name == "parentguid":
                found = [b"sixteen bytes .."]
            if span or len(found) > 1500:
                begin = int(span.partition("-")[0] or 0)
                some = found[begin : begin + 1500]
                end = "*" if begin + 1500 >= len(found) else str(begin + 1499)
                values[f"{name};range={begin}-{end}"] = some
            elif found:
                values[name] = found
        self._values(self._name(thing), values)

    def _link(self, guid: str) -> str:
        return self._name(self.directory.things[guid])

    def _name(self, thing: Thing) -> str:
        return f"<GUID={thing.guid}>;{thing.dn}" if EXTENDED in self.controls else thing.dn

    def _values(self, place: str, values: dict[str, list[bytes]]) -> None:
        listed = (
            _piece(0x30, _piece(0x04, name.encode()), _piece(0x31, *(_piece(0x04, each) for each in found)))
            for name, found in values.items()
        )
        self.handler.send(self.message, 0x64, _piece(0x04, place.encode()) + _piece(0x30, *listed))

    def _answer(self, control: str, value: bytes) -> None:
        self.answered += _piece(0x30, _piece(0x04, control.encode()), _piece(0x04, _piece(0x30, value)))

    def _reference(self) -> None:
        if self.directory.references and dn.same(self.base, BASE) and self.whole:
            for place in (f"CN=Configuration,{BASE}", f"DC=skole,{BASE}"):
                address = f"ldaps://ad1.example/{place}"
                self.handler.send(self.message, 0x73, _piece(0x04, address.encode()))

    def _fits(self, wanted: tuple[int, bytes], thing: Thing) -> bool:
        kind, content = wanted
        if kind in {0xA0, 0xA1}:
            return (all if kind == 0xA0 else any)(self._fits(each, thing) for each in _pieces(content))
        if kind == 0xA2:
            return not self._fits(_pieces(content)[0], thing)
        if kind == 0x87:
            return content.decode().lower() in thing.values
        (_, name), (_, value) = _pieces(content)
        found = thing.values.get(name.decode().lower(), [])
        if kind == 0xA5:
            return any(int(each) >= int(value) for each in found)
        return any(each.lower() == value.lower() for each in found)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@contextmanager
def serving(directory: Directory, context: ssl.SSLContext | None, *, tls: bool = True):
    """Serve a directory on a port of loopback; yield the port."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.directory, server.context, server.tls = directory, context, tls
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def certify(folder, *, names=("localhost",), address: str = "", days: int = 30, ca=None):
    """Write an authority and a server's certificate; return its file, the server's context, the authority."""
    import ipaddress

    now = dt.datetime.now(dt.UTC)
    if ca is None:
        ca_key = ec.generate_private_key(ec.SECP256R1())
        ca = _signed("Test CA", ca_key, "Test CA", ca_key, now, 365, ca=True), ca_key
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives = [x509.DNSName(each) for each in names]
    if address:
        alternatives.append(x509.IPAddress(ipaddress.ip_address(address)))
    made = _signed("dc1", key, "Test CA", ca[1], now, days, names=alternatives)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca[0].public_bytes(pem))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(made.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return folder / "ca.pem", context, ca


def _signed(name, key, issuer, issuer_key, now, days, *, ca=False, names=()):
    start = now - dt.timedelta(days=60)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if ca:
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"), False
        )
        usage |= {"key_agreement": False, "key_cert_sign": True, "crl_sign": True}
        builder = builder.add_extension(
            x509.KeyUsage(**usage, encipher_only=False, decipher_only=False), critical=True
        )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
