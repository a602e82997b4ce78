"""The doctor on sandboxes and servers that are ill in one way each."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from graphql import build_schema, print_schema

import motoolkit
from motoolkit.checkup import _fitting, _living, doctor
from motoolkit.client import Client
from motoolkit.errors import InputError
from motoolkit.kernel.magics._status import Told
from motoolkit.profile import load_profile

DECLARE = "mutation ($i: ListenerCreateInput!) { event_listener_declare(input: $i) { uuid } }"


def by_name(report):
    """Return the checks by name."""
    return {check.name: check for check in report}


def profile_of(box, client):
    """Return the profile of a service account of a sandbox."""
    server = f"{box.url}/auth"
    return load_profile(box.url, auth_server=server, realm="mo", client_id=client, client_secret="secret")


def test_a_sandbox_is_well_in_every_way(sandbox):
    """Nothing is left out, and nothing warned of."""
    report = doctor(sandbox.url)
    assert [check.name for check in report] == [
        *("name", "proxy", "certificate", "reachable", "health", "clock", "version", "login", "token"),
        *("graphql", "identity", "roles", "features", "schema", "facets", "classes", "events", "speed"),
    ]
    assert [str(check) for check in report if check.state != "ok"] == []
    assert (report.state, report.ok, report.exit_code) == ("ok", True, 0)
    assert report.as_dict()["state"] == "ok"
    assert report._repr_html_().count("✓") == len(report)


def test_quick_is_what_needs_no_login(sandbox):
    """Newsletter 6.2: health and version are everybody's."""
    names = [check.name for check in doctor(sandbox.url, quick=True)]
    assert names == ["name", "proxy", "certificate", "reachable", "health", "clock", "version"]
    with pytest.raises(InputError, match="There is no check 'helth'"):
        doctor(sandbox.url, only=["helth"])


def test_a_name_that_nobody_knows():
    """Before anything is sent."""
    check = doctor("https://mo.kommune.invalid", only=["name"])[0]
    assert (check.name, check.state) == ("name", "failed")
    assert check.sentence == "This machine does not know the name mo.kommune.invalid."


def test_a_proxy_is_named_without_its_password(monkeypatch):
    """It is what most often stands between a consultant and a customer."""
    monkeypatch.setenv("HTTPS_PROXY", "http://bruger:hemmeligt@127.0.0.1:9")
    report = by_name(doctor("https://mo.kommune.invalid", quick=True))
    assert report["proxy"].state == "warning"
    assert "the proxy 127.0.0.1:9," in report["proxy"].sentence
    assert report["name"].state == report["certificate"].state == "unknown"
    assert "hemmeligt" not in repr(report)
    monkeypatch.setenv("NO_PROXY", "mo.kommune.invalid")
    assert by_name(doctor("https://mo.kommune.invalid", quick=True))["proxy"].state == "ok"


def certificate(folder, *, days, name="localhost"):
    """Write a certificate that ends in so many days, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "mo.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM) + own)
    return folder / "mo.pem"


@contextmanager
def served(pem):
    """Serve something on TLS with a certificate."""

    class Silent(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("made", "trusted", "state", "told"),
    [
        ({"days": 300}, True, "ok", "is trusted, and valid until"),
        ({"days": 5}, True, "warning", "ends in 5 days"),
        ({"days": -5}, True, "failed", "has expired"),
        ({"days": 300, "name": "other.example"}, True, "failed", "is for another name"),
        ({"days": 300}, False, "failed", "is signed by nobody but itself"),
    ],
)
def test_certificates(tmp_path, monkeypatch, made, trusted, state, told):
    """Each trouble by its name, with what to do; a private authority is trusted by SSL_CERT_FILE."""
    pem = certificate(tmp_path, **made)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with served(pem) as url:
        check = by_name(doctor(url, quick=True))["certificate"]
    assert (check.state, told in check.sentence) == (state, True)
    assert (check.remedy is None) == (state == "ok")


def test_what_a_token_lacks_is_told_and_what_that_makes_us(start_sandbox):
    """Newsletter 6.1: a token without a uuid is an actor of its own."""
    box = start_sandbox("--persons", "0", "--client", "nobody:secret:read_class,read_facet,-uuid")
    report = by_name(doctor(profile_of(box, "nobody")))
    assert report["token"].state == "warning"
    assert report["token"].sentence.startswith("The token lacks uuid (the client nobody; issued by http://")
    assert "Give the Keycloak client a mapper for the claim uuid" in str(report["token"])
    assert report["identity"].state == "warning"
    assert "the token holds no uuid claim" in report["identity"].sentence
    assert report["roles"].state == "failed"
    assert report["features"].state == "warning"
    assert "write with plans (create_address, create_association" in report["features"].sentence
    assert report["events"].state == "unknown"
    assert report["events"].sentence.endswith("the role read_event_listener is missing.")


def test_a_mo_without_classes_is_told_which_it_lacks(start_sandbox):
    """A facet that no class is in offers nothing to choose, and a report finds no leader."""
    box = start_sandbox("--persons", "0")
    with motoolkit.connect(box.url) as mo:
        facet = mo.query('{ facets(filter: {user_keys: ["manager_type"]}) { objects { uuid } } }').uuid[0]
        classes = mo.query(
            "{ classes(filter: {facet: {uuids: $facets}}) { objects { uuid } } }", {"facets": [facet]}
        )
        for uuid in classes.uuid:
            mo.execute(f'mutation {{ class_delete(uuid: "{uuid}") {{ uuid }} }}')
    report = by_name(doctor(box.url, only=["facets", "classes"]))
    assert report["facets"].sentence == "Facets: manager_type has no classes."
    assert report["classes"].sentence.startswith("Reports name classes that MO has not: Leder (manager_type)")
    assert report["facets"].state == report["classes"].state == "warning"


def test_a_backlog_and_a_deaf_listener_are_told(start_sandbox):
    """Both raise alarms at the customer's MO."""
    box = start_sandbox("--persons", "0")
    with motoolkit.connect(box.url) as mo:
        mo.execute(DECLARE, {"i": {"user_key": "døv", "routing_key": "employee"}})
        assert "will never hear anything: døv" in doctor(box.url, only=["events"])[-1].sentence
        mo.execute('mutation { event_namespace_declare(input: {name: "n", public: true}) { name } }')
        mo.execute(DECLARE, {"i": {"user_key": "løn", "namespace": "n", "routing_key": "ting"}})
        mo.execute('mutation { event_send(input: {namespace: "n", routing_key: "ting", subject: "s"}) }')
    check = doctor(box.url, only=["events"])[-1]
    assert (check.state, check.sentence) == ("warning", "Events wait for listeners of ours: løn (1).")


def test_schema_drift_is_told_by_field(sandbox):
    """What MO has dropped, before a report stumbles over it."""
    with Client(load_profile(sandbox.url)) as client:
        text = print_schema(client.schema)
        assert "fraction: Int" in text
        client._schema = build_schema(text.replace("fraction: Int", "broekdel: Int"))
        check = _fitting.schema(client)
    assert check.state == "failed"
    assert "engagements: " in check.sentence
    assert "'fraction'" in check.sentence


def test_a_full_pool_is_told(start_sandbox):
    """MO has so many database connections, and says so with an error of SQL's."""
    box = start_sandbox("--persons", "0")
    with Client(load_profile(box.url)) as client:
        _ = client.version
        box.post("/sandbox/faults", ["queuepool"])
        check = _living.speed(client)
    assert (check.state, "no database connection left" in check.sentence) == ("failed", True)


def test_nothing_secret_is_told(start_sandbox):
    """Neither the secret nor the token, in text, page or JSON."""
    box = start_sandbox("--persons", "0", "--client", "poor:secret-horse:read_class")
    server = f"{box.url}/auth"
    profile = load_profile(
        box.url, auth_server=server, realm="mo", client_id="poor", client_secret="secret-horse"
    )
    report = doctor(profile)
    shown = f"{report!r}{report._repr_html_()}{report.as_dict()}"
    assert "secret-horse" not in shown
    assert "eyJ" not in shown


def test_the_magic_shows_the_same(sandbox):
    """``%mo doctor`` is the report itself."""
    from motoolkit.kernel._session import Session
    from motoolkit.kernel.magics._line import run_line

    shown = run_line(Session({}), f"doctor {sandbox.url}")
    assert not isinstance(shown, Told)
    assert repr(shown).startswith("ok    name: ")
