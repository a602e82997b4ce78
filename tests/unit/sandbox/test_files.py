"""MO's file store: uploads as multipart forms, listings, and what is taken back with its request."""

from __future__ import annotations

import json

import httpx
import pytest

from motoolkit.sandbox.files import File, FileStore

UPLOAD = (
    "mutation ($file: Upload!, $force: Boolean! = false) "
    "{ upload_file(file_store: EXPORTS, file: $file, force: $force) }"
)
LISTING = "{ files(filter: {file_store: EXPORTS, %s}) { objects { %s } } }"
NAMELESS = '{"query": "{ __typename }"}'
NOBODY = "dead0000-0000-4000-8000-000000000000"
ACTOR = "00000000-0000-0000-0000-000000000001"


def upload(small, name, content, query=UPLOAD, headers=None, **variables):
    """Send a file the way a browser does."""
    operations = {"query": query, "variables": {"file": None, **variables}}
    form = {"operations": json.dumps(operations), "map": json.dumps({"0": ["variables.file"]})}
    files = {"0": (name, content, "application/octet-stream")}
    return small.http.post("/graphql/v30", data=form, files=files, headers=headers).json()


def listed(small, condition=""):
    """Return names and texts of the exports."""
    found = small.data(LISTING % (condition, "file_name text_contents"))["files"]["objects"]
    return [tuple(one.values()) for one in found]


def test_a_file_is_kept_and_read_back(small):
    """As text and as base64."""
    assert upload(small, "rapport.csv", "navn;antal\nÆrlig;1\n".encode()) == {"data": {"upload_file": "OK"}}
    query = LISTING % ('file_names: ["rapport.csv"]', "file_store base64_contents")
    assert small.data(query)["files"]["objects"] == [
        {"file_store": "EXPORTS", "base64_contents": "bmF2bjthbnRhbArDhnJsaWc7MQo="}
    ]
    assert listed(small, 'file_name_contains: "RAPP"') == [("rapport.csv", "navn;antal\nÆrlig;1\n")]


def test_a_file_is_overwritten_only_by_force(small):
    """Else MO's E_ALREADY_EXISTS, which names the file."""
    upload(small, "to.txt", b"en")
    assert upload(small, "to.txt", b"to")["errors"][0]["extensions"]["error_context"] == {
        "error": True,
        "description": "File already exists.",
        "status": 409,
        "error_key": "E_ALREADY_EXISTS",
        "filename": "to.txt",
    }
    assert listed(small, 'file_names: ["to.txt"]') == [("to.txt", "en")]
    upload(small, "to.txt", b"to", force=True)
    assert listed(small, 'file_names: ["to.txt"]') == [("to.txt", "to")]


def test_what_is_no_text_can_only_be_read_as_base64(small):
    """Trap: text_contents of a spreadsheet costs the whole answer."""
    upload(small, "ark.xlsx", b"PK\x03\x04\xff", force=True)
    only = 'file_names: ["ark.xlsx"]'
    assert small.data(LISTING % (only, "base64_contents"))["files"]["objects"] == [
        {"base64_contents": "UEsDBP8="}
    ]
    answer = small.ask(LISTING % (only, "text_contents"))
    assert answer["data"] is None
    assert answer["errors"][0]["path"] == ["files", "objects", 0, "text_contents"]


def test_an_upload_is_taken_back_with_its_request(small):
    """One request is one transaction, files and all."""
    query = f"""mutation ($file: Upload!) {{
        a: upload_file(file_store: EXPORTS, file: $file)
        b: engagement_terminate(input: {{uuid: "{NOBODY}", to: "2020-01-01"}}) {{ uuid }}
    }}"""
    assert upload(small, "fortrudt.txt", b"x", query)["errors"][0]["path"] == ["b"]
    assert listed(small, 'file_names: ["fortrudt.txt"]') == []


def test_pages_of_files(small):
    """Trap: the last page that is full has a cursor, and an empty page follows."""
    for name in ("s1", "s2"):
        upload(small, name, b"", force=True)
    query = (
        '{ files(filter: {file_store: EXPORTS, file_names: ["s1", "s2"]}, limit: 1, cursor: %s) '
        "{ objects { file_name } page_info { next_cursor } } }"
    )
    cursor, pages = None, []
    for _ in range(3):
        found = small.data(query % json.dumps(cursor))["files"]
        pages.append([one["file_name"] for one in found["objects"]])
        cursor = found["page_info"]["next_cursor"]
    assert (pages, cursor) == ([["s1"], ["s2"], []], None)


def test_files_need_roles_of_their_own(small):
    """``upload_files`` and ``read_file``."""
    token = {"authorization": f"Bearer {small.token('units')}", "session": ""}
    for answer in (
        upload(small, "nej.txt", b"", headers=token),
        small.ask("{ files(filter: {file_store: EXPORTS}) { objects { file_name } } }", headers=token),
    ):
        assert answer["errors"][0]["message"] == "No policy approved the access"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"operations": "{", "map": "{}"}, "Unable to parse request body as JSON"),
        ({"operations": "[]", "map": "{}"}, "Unable to parse the multipart body"),
        ({"operations": NAMELESS, "map": '{"9": ["variables.x"]}'}, "File(s) missing in form data"),
        ({"operations": NAMELESS, "map": '{"0": ["variables.x"]}'}, "File(s) missing in form data"),
    ],
)  # fmt: skip
def test_forms_that_are_none(small, form, text):
    """400 and plain text, as for other requests that can not be read."""
    answer = small.http.post("/graphql/v30", data=form, files={"0": ("a.txt", b"a")})
    assert (answer.status_code, answer.text) == (400, text)


def test_a_form_without_files_is_a_request(small):
    """Some clients always send forms."""
    form = {"operations": (None, NAMELESS)}
    assert httpx.post(
        f"{small.url}/graphql/v30", files=form, headers={"session": small.http.headers["session"]}
    ).json() == {"data": {"__typename": "Query"}}


def test_the_store_tells_its_changes_once():
    """New, overwritten and taken back: what the state file appends."""
    store, undo = FileStore(), []
    store.upload(File("EXPORTS", "a", b"1", ACTOR))
    assert store.changes() == {"EXPORTS/a": {"actor": ACTOR, "content": "MQ=="}}
    assert store.changes() == {}
    store.upload(File("INSIGHTS", "b", b"2", ACTOR), undo=undo)
    undo.pop()()
    assert store.changes() == {"INSIGHTS/b": None}
    assert FileStore.from_json(store.to_json()).listed("EXPORTS") == [File("EXPORTS", "a", b"1", ACTOR)]


def test_the_contents_of_a_file_are_not_shown():
    """A report holds people."""
    assert (
        repr(File("EXPORTS", "a", b"hemmeligt", ACTOR)) == f"File(store='EXPORTS', name='a', actor='{ACTOR}')"
    )
