"""A small made-up organisation that each test puts together itself, in DuckDB as the mirror holds it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import duckdb
import pytest

from motoolkit.catalogue import CATALOGUE, Scalar
from motoolkit.mirror import MirrorInfo
from motoolkit.reports import REPORTS, ReportParameters

D = date(2026, 11, 23)
WITH_CPR = "engagements-managers-cpr"
UNITS = "engagements-managers"


class World:
    """Objects by UUID, as a mirror would hold them; everything is valid for ever unless told otherwise."""

    def __init__(self) -> None:
        self._rows = {name: [] for name in CATALOGUE}
        self._classes = {}
        self._count = 0
        self._connection = None

    def add(self, collection, *, uuid=None, start=date(2020, 1, 1), end=None, **values):
        """Add one period of an object and return its UUID; ``values`` are by the mirror's columns."""
        uuid = uuid or self.uuid()
        columns = CATALOGUE[collection].columns
        assert set(values) <= set(columns), set(values) - set(columns)
        self._rows[collection].append((uuid, start, end, *(values.get(column) for column in columns)))
        return uuid

    def uuid(self):
        """Return the next made-up UUID; later ones sort after earlier ones."""
        self._count += 1
        return str(UUID(int=self._count << 64 | 0x4000_8000_0000_0000_0000))

    def cls(self, facet, name, *, user_key=None, scope=None, **validity):
        """Return the class called ``name`` in a facet, made the first time it is asked for."""
        if (facet, name) not in self._classes:
            facet_uuid = self._classes.get(facet) or self.add("facets", user_key=facet)
            self._classes[facet] = facet_uuid
            self._classes[facet, name] = self.add(
                "classes",
                name=name,
                user_key=user_key or name,
                scope=scope,
                facet_uuid=facet_uuid,
                **validity,
            )
        return self._classes[facet, name]

    def unit(
        self, name, parent=None, *, unit_type="Afdeling", hierarchy="linjeorg", user_key=None, **validity
    ):
        """Add a unit of the line organisation."""
        return self.add(
            "org_units",
            name=name,
            user_key=user_key or name,
            parent_uuid=parent,
            unit_type_uuid=unit_type and self.cls("org_unit_type", unit_type),
            unit_hierarchy_uuid=hierarchy and self.cls("org_unit_hierarchy", hierarchy),
            **validity,
        )

    def person(self, name, cpr=None, **values):
        """Add a person whose given name and surname are the words of ``name``."""
        given, _, surname = name.partition(" ")
        return self.add("persons", given_name=given, surname=surname, cpr_number=cpr, **values)

    def engagement(self, person, unit, user_key="NK-12345", *, job="Lærer", kind="Månedslønnet", **values):
        """Add an engagement; ``person`` is a UUID or the name of someone new."""
        primary = values.pop("primary", None)
        return self.add(
            "engagements",
            person_uuid=self._someone(person),
            org_unit_uuid=unit,
            user_key=user_key,
            job_function_uuid=job and self.cls("engagement_job_function", job),
            engagement_type_uuid=kind and self.cls("engagement_type", kind),
            primary_uuid=primary and self.cls("primary_type", primary),
            **values,
        )

    def manager(self, person, unit, kind="Leder", *, level=None, responsibilities=(), **values):
        """Add a manager role; without a person it is vacant."""
        return self.add(
            "managers",
            person_uuid=person and self._someone(person),
            org_unit_uuid=unit,
            manager_type_uuid=kind and self.cls("manager_type", kind),
            manager_level_uuid=level and self.cls("manager_level", level),
            responsibility_uuids=[self.cls("responsibility", name) for name in responsibilities],
            **values,
        )

    def email(self, value, *, kind="Email", scope="PUBLIC", **bound):
        """Add an e-mail address; ``bound`` says to whom, and since when."""
        return self.add(
            "addresses",
            value=value,
            address_type_uuid=self.cls("employee_address_type", kind, scope="EMAIL"),
            **{"visibility_uuid": scope and self.cls("visibility", scope, scope=scope), **bound},
        )

    def account(self, *engagements, primary=None):
        """Add an IT account of the engagements."""
        return self.add(
            "itusers",
            engagement_uuids=list(engagements),
            primary_uuid=primary and self.cls("primary_type", primary),
        )

    def report(self, name=WITH_CPR, as_of=D, **parameters):
        """Make a report of the world as it is now."""
        self._connection = None
        for facet, known in (
            ("manager_type", ("Leder", "Medleder", "Administrator")),
            ("responsibility", ("Personaleledelse", "Administrativ ansvarlig", "Uddannelsesansvarlig")),
        ):
            for class_name in known:
                self.cls(facet, class_name)
        return REPORTS[name].build(self, ReportParameters(as_of=as_of, **parameters))

    def rows(self, query, parameters=None, *, show_cpr=False):
        """Answer as ``Mirror.rows`` does: CPR numbers only for those who ask."""
        if not show_cpr:
            query = query.replace(" persons ", " (SELECT * REPLACE ('masked' AS cpr_number) FROM persons) ")
        return self._filled().execute(query, parameters).fetchall()

    def info(self):
        """Tell what a loaded mirror tells."""
        return MirrorInfo(
            None,
            complete=True,
            mo_url="https://mo.nordby.example",
            graphql_version=30,
            loaded_at=datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
            objects={name: len(rows) for name, rows in self._rows.items()},
        )

    def _someone(self, person):
        return person if len(person) == 36 else self.person(person)

    def _filled(self):
        if self._connection is None:
            self._connection = duckdb.connect()
            for collection in CATALOGUE.values():
                self._fill(collection)
        return self._connection

    def _fill(self, collection):
        columns = ", ".join(f"{field.column} {_type(field)}" for field in collection.stored)
        self._connection.execute(
            f"CREATE TABLE {collection.name} (uuid VARCHAR, valid_from DATE, valid_to DATE, {columns})"
        )
        if rows := self._rows[collection.name]:
            marks = f"({', '.join('?' * len(rows[0]))})"
            self._connection.execute(
                f"INSERT INTO {collection.name} VALUES {', '.join([marks] * len(rows))}",
                [value for row in rows for value in row],
            )


def _type(field):
    if isinstance(field, Scalar):
        return {"Int": "INTEGER", "Date": "DATE"}.get(field.type, "VARCHAR")
    return "VARCHAR[]" if field.many else "VARCHAR"


@pytest.fixture
def world():
    """An empty organisation."""
    return World()


@pytest.fixture
def column():
    """Read one column of a report: ``column(table, "Leder")`` by employee, ``listed=True`` in order."""

    def read(table, heading, *, listed=False):
        at = table.headings.index(heading)
        if listed:
            return [row[at] for row in table.rows]
        who = table.headings.index("Medarbejder")
        return {row[who]: row[at] for row in table.rows}

    return read
