"""The call that lets the integration load again: shown, run by hand, and what arrives then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sd_sides import CPR, OTHER_CPR, A, B, Writer
from support import cannot_run

from motoolkit.errors import InputError
from motoolkit.sd import Mapping, SdAudit, compare
from motoolkit.sd._reading import Read
from motoolkit.sd._shapes import Departments, Employments, Persons
from motoolkit.sd.mend import resync_call

AS_OF = date(2026, 11, 23)
LIFE = [("2020-01-01", None)]
DOOR = "https://sdtool-plus.example/events/sd/person-and-employment"


@pytest.fixture(scope="module")
def door():
    """Take what is posted to the integration."""
    taken = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            taken.append((self.path, self.headers["Content-Type"], json.loads(self.rfile.read(length))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


def audited(preset="sdtool-plus-municipality"):
    """Compare somebody who has resigned, somebody whom MO lacks in two institutions, and two units."""
    sd, mo = Writer(), Writer(in_mo=True)
    sd.person().employment(active=[("2020-01-01", "2026-01-01")])
    mo.person().employment(active=LIFE)
    for institution, number in (("NS", "00042"), ("NK", "T0043")):
        sd.person(OTHER_CPR, "Ivan Prøvesen", institution=institution)
        sd.employment(number, cpr=OTHER_CPR, institution=institution, active=LIFE)
    sd.unit(A, "Havn", active=LIFE, name=[(None, None, "Havn")])
    mo.unit(A, "Kaj", active=LIFE, name=[(None, None, "Kaj")])
    mo.unit(B, "Ude", active=LIFE)
    mapping = Mapping.read(preset)
    left, right = sd.side(), mo.side()
    findings = compare(left, right, mapping, as_of=AS_OF)
    read = Read(Employments.joined([]), Departments.joined([]), Persons.joined([]))
    return SdAudit(findings, mapping, left, right, read)


@pytest.fixture(scope="module")
def audit():
    """Compare once."""
    return audited()


def one(audit, kind):
    """Return the only finding of a kind."""
    (finding,) = audit.findings.only(kind=kind)
    return finding


def test_an_employment_is_loaded_again_without_showing_its_cpr_number(audit):
    """The number of the employment is in the call, the person is asked for."""
    call = audit.resync(one(audit, "active_extra"))
    assert call.url == DOOR
    assert call.subjects == (
        {"institution_identifier": "NS", "cpr": "$CPR", "employment_identifier": "04711"},
    )
    assert CPR not in str(call) + repr(call)
    assert call.curl.startswith("read -rsp 'CPR: ' CPR\ncurl --fail-with-body -X POST https://sdtool-plus")
    assert 'os.environ["CPR"]' in call.python


def test_the_cpr_number_is_shown_when_asked_for(audit):
    """In the calls, not in the object's own description."""
    call = audit.resync(one(audit, "active_extra"), show_cpr=True)
    assert call.subjects[0]["cpr"] == CPR
    assert CPR in call.curl
    assert CPR in call.python
    assert CPR not in repr(call)


def test_a_person_is_loaded_from_every_institution_that_has_it(audit):
    """A call each, without a number: all that the person has there."""
    call = audit.resync(one(audit, "person_missing_in_mo"), show_cpr=True)
    assert call.subjects == (
        {"institution_identifier": "NK", "cpr": OTHER_CPR},
        {"institution_identifier": "NS", "cpr": OTHER_CPR},
    )
    assert call.curl.count("curl ") == call.python.count("httpx.post(") == 2


def test_a_unit_is_loaded_again_by_its_uuid(audit):
    """Of one that SD does not know nobody can tell the institution, and the warning says what happens."""
    call = audit.resync(one(audit, "wrong_name"))
    assert call.url == "https://sdtool-plus.example/events/sd/org"
    assert call.subjects == ({"institution_identifier": "NS", "org_unit": A},)
    assert call.told == ""
    extra = audit.resync(one(audit, "unit_extra"), base_url="https://sd.example/")
    assert extra.url == "https://sd.example/events/sd/org"
    assert extra.subjects == ({"institution_identifier": "$INSTITUTION", "org_unit": B},)
    assert "SD" in extra.told


def test_an_integration_without_a_door_is_told_of(audit):
    """There is no call then, but the way that there is."""
    call = audited("sdlon").resync(one(audit, "active_extra"))
    assert call.subjects == ()
    assert (call.curl, call.python) == ("", "")
    assert "sdlon" in str(call)


def test_what_is_no_number_gets_into_no_shell(audit):
    """It is refused, with whatever it holds."""
    finding = one(audit, "active_extra")
    with pytest.raises(InputError, match="is no institution"):
        resync_call(finding, audit.mapping, institution="N$(id)")
    with pytest.raises(InputError, match="fits 0 persons"):
        SdAudit(audit.findings, audit.mapping, audit.sd.empty(), audit.mo.empty(), audit.read).resync(finding)


def test_the_curl_line_arrives_as_the_integration_wants_it(audit, door):
    """The subject is JSON text in JSON; the CPR number was typed."""
    if shutil.which("curl") is None or shutil.which("bash") is None:
        cannot_run("there is no curl, or no bash")
    url, taken = door
    taken.clear()
    call = audit.resync(one(audit, "active_extra"), base_url=url)
    subprocess.run(["bash", "-c", call.curl], input=f"{CPR}\n", text=True, check=True, capture_output=True)
    assert [(path, kind) for path, kind, _ in taken] == [
        ("/events/sd/person-and-employment", "application/json")
    ]
    assert taken[0][2]["priority"] == 9000
    assert json.loads(taken[0][2]["subject"]) == {
        "institution_identifier": "NS",
        "cpr": CPR,
        "employment_identifier": "04711",
    }


def test_the_python_lines_say_the_same(audit, door):
    """The CPR number comes from the environment."""
    url, taken = door
    taken.clear()
    call = audit.resync(one(audit, "active_extra"), base_url=url)
    subprocess.run([sys.executable, "-c", call.python], env={**os.environ, "CPR": CPR}, check=True)
    assert json.loads(taken[0][2]["subject"])["cpr"] == CPR
