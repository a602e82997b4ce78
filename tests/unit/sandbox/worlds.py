"""Objects written shortly: what is put into the small sandbox."""

from __future__ import annotations

ROOT, MIDDLE, LEAF, OTHER = (f"0a000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))
ANNA, BO = (f"be000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
JOB, GONE, SEAT, KIND = (f"c1000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))
UNKNOWN = "dead0000-0000-4000-8000-000000000000"
ENGAGEMENT, DANGLING = (f"e6000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
CHIEF, VACANT = (f"1eade000-0000-4000-8000-00000000000{n}" for n in (1, 2))


def record(collection, uuid, *slices):
    """Write a record: each slice is (start, end, values)."""
    periods = [{"start": start, "end": end, "values": values} for start, end, values in slices]
    return {"collection": collection, "uuid": uuid, "slices": periods}


def unit(uuid, name, parent=None, start="2020-01-01", end=None):
    """Write a unit of one slice."""
    values = {"name": name, "user_key": name.lower(), "parent": parent}
    return record("org_units", uuid, (start, end, values))


def person(uuid, given_name, surname="Holm", **values):
    """Write a person of one slice."""
    named = {"given_name": given_name, "surname": surname, "user_key": given_name.lower()}
    return record("persons", uuid, (None, None, named | values))


def a_class(uuid, user_key, start=None, end=None, **values):
    """Write a class of one slice."""
    return record(
        "classes", uuid, (start, end, {"name": user_key, "user_key": user_key, "facet": UNKNOWN, **values})
    )


def engagement(uuid, person, org_unit, start="2020-01-01", end=None, **values):
    """Write an engagement of one slice."""
    known = {"user_key": "e", "person": person, "org_unit": org_unit, "job_function": JOB}
    return record("engagements", uuid, (start, end, known | {"engagement_type": KIND} | values))


def manager(uuid, person, org_unit):
    """Write a manager of one slice."""
    known = {"user_key": "m", "person": person, "org_unit": org_unit}
    return record(
        "managers",
        uuid,
        ("2020-01-01", None, known | {"manager_type": KIND, "manager_level": KIND, "responsibilities": []}),
    )


TREE = (unit(ROOT, "Rod"), unit(MIDDLE, "Midt", ROOT), unit(LEAF, "Blad", MIDDLE), unit(OTHER, "Anden"))


def uuids(paged):
    """Return the UUIDs of a page, in its order."""
    return [each["uuid"] for each in paged["objects"]]
