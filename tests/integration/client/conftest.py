"""A small MO and Keycloak over real HTTP, which misbehaves when it is told to."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
import stamina

from motoolkit.client import connect

SDL = """
scalar int
scalar Cursor
scalar UUID
scalar DateTime
type Query {
  me: Myself!
  org_units(filter: OrganisationUnitFilter, limit: int, cursor: Cursor): OrganisationUnitResponsePaged!
  facets(filter: FacetFilter, limit: int, cursor: Cursor): FacetResponsePaged!
  event_fetch(listener: UUID!): Event
}
type Mutation { org_unit_create(input: OrganisationUnitCreateInput!): OrganisationUnitResponse! }
type Event { subject: String! }
type Myself { actor: Actor! username: String email: String roles: [String!]! }
type Actor { uuid: UUID! display_name: String }
type PageInfo { next_cursor: Cursor }
input OrganisationUnitFilter { uuids: [UUID!], names: [String!], from_date: DateTime, to_date: DateTime }
input OrganisationUnitCreateInput { name: String! }
type OrganisationUnitResponsePaged { objects: [OrganisationUnitResponse!]! page_info: PageInfo! }
type OrganisationUnitResponse { uuid: UUID! current(at: DateTime): OrganisationUnit }
type OrganisationUnit {
  name: String!
  user_key: String!
  child_count: Int!
  unit_type_response: ClassResponse
  unit_type: Class @deprecated(reason: "Use 'unit_type_response' instead.")
}
type ClassResponse { uuid: UUID! current(at: DateTime): Class }
type Class { name: String! }
input FacetFilter {
  uuids: [UUID!], user_keys: [String!], from_date: DateTime, to_date: DateTime, registration_time: DateTime
}
type FacetResponsePaged { objects: [FacetResponse!]! page_info: PageInfo! }
type FacetResponse {
  uuid: UUID!
  validities(start: DateTime, end: DateTime, registration_time: DateTime): [Facet!]!
}
type OpenValidity { from: DateTime to: DateTime }
type Facet { validity: OpenValidity! user_key: String! published: String parent_response: FacetResponse }
"""

UNAUTHENTICATED = {"data": None, "errors": [{"message": "User is not authenticated"}]}
SESSION = "5e551011-0000-4000-8000-000000000001"
ANYONE = "ffffffff-0000-4000-8000-000000000001"


@dataclass
class Reply:
    """A response as it goes over the wire; ``cut`` drops the connection after half of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    delay: float = 0.0


def reply(answer) -> Reply:
    """Turn JSON into a response; a Reply stays as it is."""
    if isinstance(answer, Reply):
        return answer
    return Reply(json.dumps(answer).encode(), headers={"Content-Type": "application/json"})


def jwt(**claims) -> str:
    """Write a token that holds these claims; nobody checks its signature."""
    parts = [{"alg": "RS256"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


class FakeMo:
    """What is served, what is accepted, what was asked, and the answers that are yet to be given."""

    def __init__(self) -> None:
        self.served = set(range(22, 31))
        self.mo_version = "24.11.1"
        self.sdl = SDL
        self.secret = "correct-horse"
        self.token_seconds = 300
        self.tokens: list[str] = []
        self.revoked: set[str] = set()
        self.answers: deque = deque()
        self.asked: list[dict] = []
        self.hits: Counter = Counter()
        self.paths: dict[str, Reply] = {}
        self.seconds_ahead = 0
        self.busy = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.url = ""

    @staticmethod
    def reply(body: bytes = b"", **more) -> Reply:
        """Make a response for ``answers`` or ``paths``."""
        return Reply(body, **more)

    def respond(self, path: str, headers, body: bytes) -> Reply:
        """Answer one request."""
        self.hits[path] += 1
        if path in self.paths:
            return self.paths[path]
        if path == "/auth/realms/mo/protocol/openid-connect/token":
            return self.keycloak({name: values[0] for name, values in parse_qs(body.decode()).items()})
        if path.startswith("/graphql/v") and int(path.split("/")[2][1:]) in self.served:
            if path.endswith("/schema.graphql"):
                return Reply(self.sdl.encode(), headers={"Content-Type": "text/plain"})
            return self.graphql(headers, json.loads(body))
        public = {
            "/version/": reply({"mo_version": self.mo_version, "mo_hash": None}),
            "/health/": reply({"dataset": True, "dar": False}),
            "/health/live": Reply(status=204),
        }
        return public.get(path, Reply(b'{"detail":"Not Found"}', status=404))

    def keycloak(self, form: dict[str, str]) -> Reply:
        """Hand out a token, or refuse as Keycloak does."""
        if form.get("client_secret") != self.secret:
            refusal = {
                "error": "unauthorized_client",
                "error_description": "Invalid client or Invalid client credentials",
            }
            return Reply(json.dumps(refusal).encode(), status=401)
        if form["grant_type"] == "password" and form["password"] != "hunter2":
            refusal = {"error": "invalid_grant", "error_description": "Invalid user credentials"}
            return Reply(json.dumps(refusal).encode(), status=401)
        token = jwt(azp=form["client_id"], uuid=ANYONE, exp=time.time() + 300, n=len(self.tokens))
        self.tokens.append(token)
        return reply({"access_token": token, "expires_in": self.token_seconds, "token_type": "Bearer"})

    def graphql(self, headers, payload: dict) -> Reply:
        """Answer the probe of the version; else the next of ``answers``."""
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        is_known = token in self.tokens and token not in self.revoked
        if not is_known and headers.get("session") != SESSION:
            return reply(UNAUTHENTICATED)
        if payload["query"] == "{ __typename }":
            return reply({"data": {"__typename": "Query"}})
        with self.lock:
            self.asked.append(payload)
            self.busy += 1
            self.most_at_once = max(self.most_at_once, self.busy)
            answer = self.answers.popleft() if self.answers else {"data": {}}
        made = reply(answer(payload) if callable(answer) else answer)
        time.sleep(made.delay)
        with self.lock:
            self.busy -= 1
        return made


class Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with kept connections, as uvicorn serves it."""

    protocol_version = "HTTP/1.1"
    mo: FakeMo

    def do_GET(self) -> None:
        """Answer without a body."""
        self.answer(b"")

    def do_POST(self) -> None:
        """Read the body and answer."""
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def answer(self, body: bytes) -> None:
        """Write the response, or only half of it."""
        made = self.mo.respond(self.path, self.headers, body)
        self.send_response(made.status)
        for name, value in made.headers.items():
            self.send_header(name, value)
        if made.status != 204:
            self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        self.wfile.write(made.body[: len(made.body) // 2] if made.cut else made.body)
        self.close_connection = self.close_connection or made.cut

    def date_time_string(self, timestamp=None) -> str:
        """Tell the time by a clock that may be wrong."""
        return super().date_time_string((timestamp or time.time()) + self.mo.seconds_ahead)

    def log_message(self, *_args) -> None:
        """Keep quiet."""


@pytest.fixture
def mo():
    """Serve a MO of one's own on loopback."""
    served = FakeMo()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"mo": served}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def way_in(mo):
    """The settings of a Keycloak client that the MO knows."""
    return {"auth_server": f"{mo.url}/auth", "client_id": "hr", "client_secret": mo.secret}


@pytest.fixture
def client(mo, way_in):
    """A client that has met the MO."""
    with connect(mo.url, **way_in) as met:
        yield met


@pytest.fixture(autouse=True)
def no_waiting():
    """Let stamina count attempts as ever, but not wait between them."""
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def make_jwt():
    """Write tokens of one's own: ``make_jwt(azp="hr", exp=0)``."""
    return jwt


@pytest.fixture
def tls_server(tmp_path):
    """Listen with a certificate that no one has signed but itself."""
    import ssl
    import subprocess

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        ["openssl", *made.split(), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
