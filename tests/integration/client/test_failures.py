"""What goes wrong between us and MO: each a sentence and a way out; what is safe is tried again."""

from __future__ import annotations

import socket
import threading

import pytest
import stamina

from motoolkit.client import Client, connect
from motoolkit.errors import (
    AuthenticationError,
    AuthorisationError,
    BusyError,
    InputError,
    NotFoundError,
    QueryError,
    TransportError,
    ValidationError,
)

ME = "{ me { username } }"
CREATE = 'mutation { org_unit_create(input: {name: "Skole"}) { uuid } }'
FINE = {"data": {"me": {"username": "hr"}}}
POOL = "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00"


def mo_error(key, status, description, path):
    """Write an error as MO does for its own exceptions."""
    context = {"error": True, "description": description, "status": status, "error_key": key}
    return {"message": f"ErrorCodes.{key}", "path": path, "extensions": {"error_context": context}}


def test_a_mo_that_can_not_be_reached_is_named():
    """With what the operating system says."""
    with pytest.raises(TransportError) as caught:
        connect("http://127.0.0.1:1", session="x")
    assert caught.value.message == "MO at http://127.0.0.1:1 can not be reached (Connection refused)."
    assert "VPN" in caught.value.remedy


def test_a_host_that_does_not_exist_is_named():
    """The resolver's own words."""
    with pytest.raises(TransportError, match=r"MO at http://mo\.invalid can not be reached"):
        connect("http://mo.invalid", session="x")


def test_a_web_page_instead_of_data_is_recognised(mo, client):
    """A login page before MO, by its title."""
    mo.answers.append(mo.reply(b"<!DOCTYPE html><html><title>Log ind p\xc3\xa5 Nordby</title></html>"))
    with pytest.raises(TransportError) as caught:
        client.execute(ME)
    assert "sent a web page ('Log ind på Nordby') instead of data" in caught.value.message


def test_being_sent_on_is_told_with_the_address(mo, client):
    """Requests are never sent on by themselves: a POST would lose its body."""
    mo.answers.append(mo.reply(status=307, headers={"Location": "https://mo.nordby.dk/login?next=/graphql"}))
    with pytest.raises(TransportError) as caught:
        client.execute(ME)
    assert caught.value.message == f"MO at {mo.url} sends us on to https://mo.nordby.dk/login."
    assert caught.value.status == 307


def test_an_answer_that_is_cut_off_is_asked_for_again(mo, client):
    """Half of the body came, then the connection closed."""
    mo.answers.extend([mo.reply(b'{"data": {"me": {"username": "hr"}}}', cut=True), FINE])
    assert client.execute(ME) == {"me": {"username": "hr"}}


def test_answers_that_are_always_cut_off_end_in_an_error(mo, client):
    """After five attempts."""
    mo.answers.extend([mo.reply(b'{"data": {"me": null}}', cut=True)] * 9)
    with pytest.raises(TransportError, match="cut the answer off"):
        client.execute(ME)
    assert len(mo.asked) == 5


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_closed_server_is_tried_again(mo, client, status):
    """It may be back in a moment."""
    mo.answers.extend([mo.reply(b"busy", status=status), FINE])
    assert client.execute(ME) == {"me": {"username": "hr"}}


def test_a_server_that_stays_closed_is_not_hammered(mo, client):
    """One request and three more, seconds apart."""
    mo.answers.extend([mo.reply(b"busy", status=503)] * 9)
    with pytest.raises(BusyError) as caught:
        client.execute(ME)
    assert len(mo.asked) == 4
    assert caught.value.message == f"MO at {mo.url} is closed or overloaded (HTTP 503)."


def test_an_exhausted_pool_is_recognised_and_backed_off_from(mo, client):
    """MO has no key for it, only SQLAlchemy's text (measured)."""
    mo.answers.extend([{"data": None, "errors": [{"message": POOL, "path": ["me"]}]}] * 9)
    with pytest.raises(BusyError, match="has no database connection left"):
        client.execute(ME)
    assert len(mo.asked) == 4


def waits_of(mo, client, answers):
    """Run a query and return the seconds that would have been waited before each new attempt."""
    waits = []
    stamina.instrumentation.set_on_retry_hooks([lambda details: waits.append(details.wait_for)])
    try:
        mo.answers.extend(answers)
        client.execute(ME)
    finally:
        stamina.instrumentation.set_on_retry_hooks(None)
    return waits


def test_a_server_that_says_when_is_believed(mo, client, monkeypatch):
    """``Retry-After`` is waited for, and more where our own patience is longer."""
    monkeypatch.setattr("motoolkit.client._retrying._BUSY_WAITS", (0.0, 0.0, 0.0))
    with stamina.set_testing(False):
        waits = waits_of(mo, client, [mo.reply(b"", status=429, headers={"Retry-After": "1"}), FINE])
    assert waits == [1.0]


def test_a_mutation_is_never_sent_twice(mo, client):
    """Not after a cut, not after a closed server: MO may have done it."""
    for answer in (mo.reply(b'{"data": {}}', cut=True), mo.reply(b"busy", status=503)):
        mo.asked.clear()
        mo.answers.extend([answer, {"data": {"org_unit_create": {"uuid": "x"}}}])
        with pytest.raises(TransportError):
            client.execute(CREATE)
        assert len(mo.asked) == 1
        mo.answers.clear()


def test_fetching_an_event_is_never_sent_twice(mo, client):
    """It is a query that takes the event off the queue (measured)."""
    mo.answers.extend([mo.reply(b"busy", status=503), {"data": {"event_fetch": None}}])
    with pytest.raises(BusyError):
        client.execute('{ event_fetch(listener: "5e551011-0000-4000-8000-000000000001") { subject } }')
    assert len(mo.asked) == 1


def test_a_query_that_takes_too_long_is_not_sent_again(mo, client):
    """MO would work at it twice."""
    mo.answers.extend([mo.reply(b"{}", delay=0.5), FINE])
    with pytest.raises(BusyError) as caught:
        client.execute(ME, timeout=0.1)
    assert "did not answer in time" in caught.value.message
    assert len(mo.asked) == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "sent an empty answer"),
        (b"Batching is not enabled", "sent an answer that is not JSON"),
        (b'["hello"]', "answered with JSON that is no GraphQL answer"),
    ],
)
def test_an_answer_that_is_no_answer_is_told_as_such(mo, client, body, sentence):
    """Empty, text, or JSON of something else."""
    mo.answers.extend([mo.reply(body)] * 9)
    with pytest.raises(TransportError, match=sentence):
        client.execute(ME)


def test_a_rejection_in_plain_text_is_repeated_masked(mo, client):
    """MO's own 400s are text (measured)."""
    mo.answers.append(mo.reply(b"Unable to parse 0101901234", status=400))
    with pytest.raises(TransportError, match=r"\(HTTP 400\): Unable to parse 010190-xxxx\."):
        client.execute(ME)


def test_being_turned_away_before_mo_is_about_who_we_are(mo, client):
    """A proxy answers 403."""
    mo.answers.append(mo.reply(b"", status=403))
    with pytest.raises(AuthenticationError, match="turned the request away"):
        client.execute(ME)


def test_a_missing_role_is_named_by_what_the_field_leads_to(mo, client):
    """``unit_type_response`` leads to a class (measured); the alias is looked through, the rest is kept."""
    data = {"units": {"objects": [{"now": {"name": "Skole", "kind": None}}]}}
    denied = {"message": "No policy approved the access", "path": ["units", "objects", 0, "now", "kind"]}
    mo.answers.append({"data": data, "errors": [denied]})
    document = "{ units: org_units { objects { now: current { name kind: unit_type_response { uuid } } } } }"
    with pytest.raises(AuthorisationError) as caught:
        client.execute(document)
    assert caught.value.message == (
        "MO denies access to units.objects.now.kind: the role read_class is missing."
    )
    assert caught.value.path == ("units", "objects", 0, "now", "kind")
    assert caught.value.data == data


@pytest.mark.parametrize(
    ("document", "path", "role"),
    [
        ("{ org_units { objects { uuid } } }", ["org_units"], "read_org_unit"),
        (
            "{ org_units { ...F } } fragment F on OrganisationUnitResponsePaged { objects { uuid } }",
            ["org_units", "objects"],
            "read_org_unit",
        ),
        (CREATE, ["org_unit_create"], "create_org_unit"),
    ],
)
def test_the_role_of_a_whole_collection_or_write_is_named(mo, client, document, path, role):
    """By the catalogue."""
    mo.answers.append({"data": None, "errors": [{"message": "No policy approved the access", "path": path}]})
    with pytest.raises(AuthorisationError, match=f"the role {role} is missing"):
        client.execute(document)


def test_an_object_that_does_not_exist_is_told_by_its_key(mo, client):
    """``error_key`` and status decide, never the text."""
    error = mo_error("E_ORG_UNIT_NOT_FOUND", 404, "Org unit not found.", ["org_unit_create"])
    mo.answers.append({"data": None, "errors": [error]})
    with pytest.raises(NotFoundError, match=r"Org unit not found \(E_ORG_UNIT_NOT_FOUND\)"):
        client.execute(CREATE)


def test_a_refused_value_keeps_mos_context(mo, client):
    """The key, and what MO adds to it."""
    error = mo_error("V_EXISTING_CPR", 409, "Person with CPR 0101901234 exists.", ["org_unit_create"])
    mo.answers.append({"data": None, "errors": [error]})
    with pytest.raises(ValidationError) as caught:
        client.execute(CREATE)
    assert caught.value.error_key == "V_EXISTING_CPR"
    assert "010190-xxxx" in caught.value.message
    assert "0101901234" not in str(caught.value) + str(caught.value.errors) + str(caught.value.context)


def test_an_error_without_a_key_is_told_as_mo_says_it(mo, client):
    """Python's own texts come through MO raw (measured)."""
    message = "'NoneType' object is not subscriptable"
    mo.answers.append({"data": None, "errors": [{"message": message, "path": ["me", "username"]}]})
    with pytest.raises(QueryError) as caught:
        client.execute(ME)
    assert caught.value.message == f"MO failed at me.username: {message}."


def test_an_untrusted_certificate_is_told_as_such(tls_server):
    """With the variable that names the customer's own authority."""
    with pytest.raises(TransportError) as caught:
        connect(tls_server, session="x")
    assert (
        "shows a certificate that this machine does not trust: self-signed certificate"
        in caught.value.message
    )
    assert "SSL_CERT_FILE" in caught.value.remedy


def test_a_connection_that_is_reset_is_told_as_such():
    """The server hangs up on everyone."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def hang_up() -> None:
            while not stop.is_set():
                connection, _ = listening.accept()
                connection.close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(TransportError, match=r"cut the (answer off|connection)"):
            connect(url, session="x")
        stop.set()
        socket.create_connection(listening.getsockname()).close()
        thread.join()


def test_a_variable_that_json_lacks_is_refused(client):
    """A set, a secret, a function."""
    document = "query($filter: OrganisationUnitFilter) { org_units(filter: $filter) { objects { uuid } } }"
    with pytest.raises(InputError, match="A variable can not be sent as JSON"):
        client.execute(document, {"filter": {"from_date": object()}})


def test_a_setting_given_on_top_of_a_profile_is_checked(client):
    """Its speed can be changed, its identity not."""
    with connect(client.profile, page_size=10) as other:
        assert other.profile.page_size == 10
    with pytest.raises(InputError, match="token can not be changed"):
        connect(client.profile, token="x")


def test_closing_twice_does_no_harm(client):
    """A ``with`` statement and an explicit close."""
    other = Client(client.profile)
    with other:
        other.close()
