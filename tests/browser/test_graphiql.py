"""The GraphiQL page of the sandbox, as people use it: with the keyboard, offline."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page, sandbox):
    """The page, just opened, as it is the first time; complaints of the browser fail the test."""
    complaints = []
    page.set_viewport_size({"width": 1400, "height": 850})
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{sandbox.url}/graphql")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.get_by_role("button", name="Mutation", exact=True).wait_for()
    yield page
    assert complaints == []
    assert page.elsewhere == []


def answer(page):
    """Return what the answer pane holds, once the request is over."""
    page.get_by_role("status").filter(has_text="HTTP").wait_for()
    return json.loads(page.locator("#result").inner_text())


def test_a_query_runs_by_keyboard_and_shows_its_answer(opened):
    """The editor has the focus and an example, and the login is filled in."""
    assert opened.url.endswith("/graphql/v30")
    opened.keyboard.press("Control+a")
    opened.keyboard.insert_text("query ($n: int) { org_units(limit: $n) { objects { current { name } } } }")
    opened.get_by_label("Variables").fill('{"n": 1}')
    opened.keyboard.press("Control+Enter")
    assert answer(opened) == {"data": {"org_units": {"objects": [{"current": {"name": "Byrådet"}}]}}}
    assert opened.get_by_label("Headers").input_value().startswith('{\n  "authorization": "Bearer ')


def test_errors_are_counted_though_they_are_http_200(opened):
    """Trap: look at ``errors``, never at the status."""
    opened.get_by_label("Query").fill("{ nope }")
    opened.get_by_role("button", name="Run", exact=True).click()
    assert answer(opened)["errors"][0]["message"] == "Cannot query field 'nope' on type 'Query'."
    opened.get_by_role("status").filter(has_text="HTTP 200 · 1 error").wait_for()


def test_variables_that_are_no_json_are_said_to_be(opened):
    """Nothing is sent."""
    opened.get_by_label("Variables").fill("{n: 1}")
    opened.keyboard.press("Control+Enter")
    opened.get_by_text("The variables are no JSON").wait_for()


def test_the_schema_is_searched_and_walked(opened):
    """Types, fields and arguments are found; a deprecated one says what to use."""
    opened.keyboard.press("Control+k")
    opened.keyboard.type("job_function")
    opened.get_by_role("button", name="Engagement.job_function", exact=True).click()
    browser = opened.get_by_label("Schema")
    browser.get_by_role("heading", name="Engagement").wait_for()
    entry = browser.get_by_role("listitem").filter(has_text="job_function_response: ")
    entry.get_by_role("button", name="ClassResponse!").click()
    browser.get_by_role("heading", name="ClassResponse").wait_for()
    browser.get_by_role("button", name="all types").click()
    browser.get_by_role("button", name="EngagementFilter", exact=True).wait_for()


def test_another_version_keeps_the_query(opened):
    """One compares versions with the same query."""
    opened.get_by_label("Query").fill("{ version { mo_version } }")
    opened.get_by_label("Version").select_option("v25")
    opened.wait_for_url("**/graphql/v25")
    assert opened.get_by_label("Query").input_value() == "{ version { mo_version } }"


def test_the_training_doors_open(opened):
    """And a fault that does not exist is named."""
    opened.get_by_role("button", name="Training").click()
    opened.get_by_role("button", name="Make events now").click()
    opened.get_by_text("Done. changed: 0").wait_for()
    opened.get_by_label("Fault", exact=True).fill("nope")
    opened.get_by_role("button", name="Turn on a fault").click()
    opened.get_by_text("There is no fault 'nope'").wait_for()
    opened.keyboard.press("Escape")
    assert not opened.get_by_role("dialog").is_visible()
