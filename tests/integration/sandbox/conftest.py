"""SD-Løn of a sandbox, asked by hand as its clients ask it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

import httpx
import pytest

LOGIN = ("SYNORDBY", "loenseddel")
FULL_SPAN = {"ActivationDate": "01.01.0001", "DeactivationDate": "31.12.9999"}
CONTENT = dict.fromkeys(
    (
        "DepartmentIndicator",
        "EmploymentStatusIndicator",
        "ProfessionIndicator",
        "WorkingTimeIndicator",
        "UUIDIndicator",
    ),
    "True",
)
HISTORY = "/api-gateway/organization/public/api/v1/organizations/uuids/{}/department-parent-history"


@dataclass
class Sd:
    """SD-Løn at an address."""

    http: httpx.Client

    def ask(self, service, method="GET", **parameters):
        """Return the root element of an answer."""
        return ET.fromstring(self.text(service, method, **parameters))  # noqa: S314  our own sandbox's

    def text(self, service, method="GET", **parameters):
        """Return an answer as it came."""
        found = self.http.request(method, f"/sdws/{service}", params=parameters)
        assert found.status_code == 200
        return found.content

    def employment(self, number, institution="NK"):
        """Return the employment of a number with its whole history and future."""
        root = self.ask(
            "GetEmploymentChanged20111201",
            InstitutionIdentifier=institution,
            EmploymentIdentifier=number,
            **FULL_SPAN,
            **CONTENT,
        )
        return root.find("Person/Employment")

    def history(self, uuid):
        """Return all that a department ever lay under."""
        return self.http.get(HISTORY.format(uuid)).json()


def told(parent, path):
    """Return the texts of the children of each element there, in order."""
    return [tuple(child.text for child in each) for each in parent.findall(path)]


def names(element):
    """Return what the children are called."""
    return [child.tag for child in element]


def fault(root):
    """Return SD's sentence of why not."""
    assert root.tag == "Envelope"
    return root.findtext("Body/Fault/faultstring")


@pytest.fixture(scope="session")
def sd(sandbox):
    """SD-Løn beside the MO that all tests share: 400 persons, looked at on 2026-11-23."""
    with httpx.Client(base_url=sandbox.url, auth=LOGIN, timeout=60) as http:
        yield Sd(http)
