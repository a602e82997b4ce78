"""Domain controllers for these tests: provisioned once a run, a running copy for each file."""

from __future__ import annotations

import os
import shutil

import pytest
from ad_dc import DOMAINS, DomainController, provisioned


@pytest.fixture(scope="session")
def domains(tmp_path_factory):
    """The folder with both domains as new; shared by the processes of a run."""
    run = tmp_path_factory.getbasetemp()
    return provisioned((run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "samba")


@pytest.fixture(scope="module")
def start_dc(domains, tmp_path_factory):
    """Start controllers on copies of the new domains: ``start_dc("admin")``; stopped after the file."""
    folder = tmp_path_factory.mktemp("dc")
    running = []

    def start(name: str) -> DomainController:
        domain = next(each for each in DOMAINS if each.name == name)
        running.append(DomainController(domain, domains / name, folder / f"{name}{len(running)}"))
        return running[-1].start()

    yield start
    for each in running:
        each.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def dc(start_dc):
    """A controller of the administration's domain."""
    return start_dc("admin")
