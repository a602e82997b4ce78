"""Runs as they were measured on a MO, written down: times in seconds, one for each round."""

from __future__ import annotations

from datetime import UTC, date, datetime

from graphql import build_schema, parse

from motoolkit.probes._documents import places
from motoolkit.probes.results import (
    CollectionCost,
    Extent,
    Flat,
    ProbeResult,
    ProbeRun,
    Series,
    Shot,
)

DOCUMENT = """{ engagements { objects { uuid current { user_key
  person { name } job_function_response { current { name } } } } } }"""
PERSON = ("engagements", "objects", "current", "person")
JOB = ("engagements", "objects", "current", "job_function_response")
SCHEMA = """
type Query { engagements: Paged } type Paged { objects: [EngagementResponse] }
type EngagementResponse { uuid: ID current: Engagement }
type Engagement { user_key: String person: [Employee] job_function_response: ClassResponse }
type Employee { name: String } type ClassResponse { uuid: ID current: Class } type Class { name: String }
"""


def series(form, times, path=(), *, page_size=100, objects=100, parents=0, version=30):
    """Return a series; the first time is the cold one."""
    shots = tuple(Shot(at, took * 0.9, took, 1000, objects) for at, took in enumerate(times))
    return Series(form, path, page_size, version, parents, shots)


def result(**changed):
    """Return a probe of 100 engagements, of which the deprecated link to persons costs most."""
    found = {
        "name": "recorded",
        "document": DOCUMENT,
        "collection": "engagements",
        "page_size": 100,
        "places": tuple(places(parse(DOCUMENT), build_schema(SCHEMA))),
        "extent": Extent(1000),
        "flat": Flat(
            (("persons", "query Persons"), ("engagements", "query Engagements")),
            ("engagements.person_uuid = persons.uuid",),
        ),
        "series": (
            series("whole", [2.0, 1.00, 1.02, 1.31, 1.01]),
            series("whole", [0.5, 0.51, 0.50, 0.50, 0.52], page_size=50, objects=50),
            series("whole", [0.3, 0.26, 0.26, 0.25, 0.27], page_size=25, objects=25),
            series("without", [1.0, 0.40, 0.41, 0.40, 0.52], PERSON, parents=100),
            series("without", [0.3, 0.20, 0.20, 0.21, 0.20], PERSON, page_size=50, objects=50, parents=50),
            series("without", [0.2, 0.11, 0.10, 0.10, 0.11], PERSON, page_size=25, objects=25, parents=25),
            series("without", [1.0, 0.98, 0.99, 1.10, 1.00], JOB, parents=100),
            series("instead", [1.0, 0.60, 0.61, 0.60, 0.72], PERSON),
            series("joined", [1.0, 0.41, 0.40, 0.40, 0.44], PERSON),
            series("depth", [0.3, 0.30, 0.30, 0.31, 0.30], ("0",)),
        ),
    }
    return ProbeResult(**{**found, **changed})


def run(*results, **changed):
    """Return a run of these probes against a MO with 1,000 engagements and 800 persons."""
    found = {
        "mo": "http://mo.example.org",
        "as_of": date(2026, 11, 23),
        "started": datetime(2026, 11, 23, 8, tzinfo=UTC),
        "graphql_version": 30,
        "rounds": 4,
        "probes": results or (result(),),
        "collections": (CollectionCost("engagements", 1000, 3.0), CollectionCost("persons", 800, 1.0)),
        "control": (0.10, 0.11, 0.10, 0.10, 0.11, 0.10),
    }
    return ProbeRun(**{**found, **changed})
