"""The sandbox over HTTP: MO's paths and transport, a Keycloak-shaped token endpoint, and training doors."""

from __future__ import annotations
