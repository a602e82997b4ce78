"""A newcomer with everything: entered by keyboard in the browser tests, by a call in the contract tests."""

from __future__ import annotations

START = "2027-02-01"
END = "2029-02-01"

NEWCOMER = {
    "person": {"cpr_number": "110485-4120", "given_name": "Ninna", "surname": "Nyholm"},
    "engagements": [
        {
            "org_unit": "Vig Skole",
            "job_function": "3001",
            "engagement_type": "maanedsloen",
            "primary": "primary",
            "percent": "60",
            "user_key": "N-9001",
            "start": START,
            "end": END,
        },
        {
            "org_unit": "Ravnsnæs Skole",
            "job_function": "3001",
            "engagement_type": "timeloen",
            "primary": "non-primary",
            "percent": "37,5",
            "user_key": "N-9002",
            "start": START,
            "end": END,
        },
    ],
    "itusers": [
        {
            "itsystem": system,
            "user_key": name,
            "primary": "primary",
            "engagements": links,
            "roles": roles,
            "start": START,
            "end": END,
        }
        for system, name, links, roles in (
            ("AD", "ninnyh", ["#1", "#2"], ["ad-bruger", "ad-fjern"]),
            ("SKOLE-AD", "ninna.nyholm", ["#1"], ["skole-admin", "skole-bruger"]),
            ("FAGSYSTEM", "nn.fag", ["#2"], ["fag-laerer", "fag-leder"]),
        )
    ],
    "managers": [
        {
            "org_unit": "Vig Skole",
            "manager_type": "leder",
            "manager_level": "niveau5",
            "responsibilities": ["personaleledelse"],
            "engagement": "#1",
            "start": START,
            "end": END,
        }
    ],
    "addresses": [
        {"address_type": kind, "value": value, "start": START, "end": END, **more}
        for kind, value, more in (
            ("EmailEmployee", "ninna.nyholm@vig-skole.example", {"ituser": "#2"}),
            ("PhoneEmployee", "+45 00 00 90 01", {"visibility": "Intern"}),
            ("MobileEmployee", "+4500009002", {"visibility": "Hemmelig"}),
            ("LocationEmployee", "Lokale 12", {"engagement": "#1"}),
        )
    ],
}
"""In words, as people write them: names, user_keys, and ``#1`` for the first engagement or account."""

HELD = {
    "engagements": [
        ("Ravnsnæs Skole", "Timelønnet", "N-9002", 375_000, START, END),
        ("Vig Skole", "Månedslønnet", "N-9001", 600_000, START, END),
    ],
    "itusers": [
        ("Active Directory", "ninnyh", ("N-9001", "N-9002"), 2, START, END),
        ("Active Directory, skoler", "ninna.nyholm", ("N-9001",), 2, START, END),
        ("Fagsystem Skole", "nn.fag", ("N-9002",), 2, START, END),
    ],
    "managers": [("Vig Skole", "Leder", ("Personaleledelse",), "N-9001", START, END)],
    "addresses": [
        ("E-mail", "ninna.nyholm@vig-skole.example", None, "", "ninna.nyholm", START, END),
        ("Lokale", "Lokale 12", None, "N-9001", "", START, END),
        ("Mobiltelefon", "+4500009002", "Hemmelig", "", "", START, END),
        ("Telefon", "+4500009001", "Må vises internt", "", "", START, END),
    ],
}
"""What MO then holds, each as a tuple: names instead of UUIDs."""

_EVER = "(filter: {from_date: null, to_date: null}) { objects { validities(start: null, end: null)"
_DOCUMENT = f"""
query Held($person: [UUID!]) {{
  persons(filter: {{uuids: $person, from_date: null, to_date: null}}) {{
    objects {{ validities(start: null, end: null) {{
      engagements_response{_EVER} {{
        user_key fraction org_unit_response {{ current {{ name }} }}
        engagement_type_response {{ current {{ name }} }} validity {{ from to }} }} }} }}
      itusers_response{_EVER} {{
        user_key itsystem_response {{ current {{ name }} }}
        engagements_responses{_EVER} {{ user_key }} }} }}
        rolebindings_response(filter: {{from_date: null, to_date: null}}) {{ objects {{ uuid }} }}
        validity {{ from to }} }} }} }}
      manager_roles_response{_EVER} {{
        org_unit_response {{ current {{ name }} }} manager_type_response {{ current {{ name }} }}
        responsibilities_response {{ objects {{ current {{ name }} }} }}
        engagement_response {{ validities(start: null, end: null) {{ user_key }} }}
        validity {{ from to }} }} }} }}
      addresses_response{_EVER} {{
        value address_type_response {{ current {{ name }} }} visibility_response {{ current {{ name }} }}
        engagement_response {{ validities(start: null, end: null) {{ user_key }} }}
        ituser_response {{ validities(start: null, end: null) {{ user_key }} }}
        validity {{ from to }} }} }} }}
    }} }}
  }}
}}
"""


def held(client, person):
    """Return what MO holds of a person, asked by the toolkit's client alone and shaped as ``HELD``."""
    ((found,),) = [
        each["validities"] for each in client.execute(_DOCUMENT, {"person": [person]})["persons"]["objects"]
    ]

    def rows(name):
        return [one for each in found[f"{name}_response"]["objects"] for one in each["validities"]]

    def name(row, field):
        return row[f"{field}_response"]["current"]["name"] if row[f"{field}_response"] else None

    def key(row, field):
        response = row[f"{field}_response"]
        return response["validities"][0]["user_key"] if response else ""

    def dates(row):
        return row["validity"]["from"][:10], row["validity"]["to"][:10]

    return {
        "engagements": sorted(
            (name(r, "org_unit"), name(r, "engagement_type"), r["user_key"], r["fraction"], *dates(r))
            for r in rows("engagements")
        ),
        "itusers": sorted(
            (
                name(r, "itsystem"),
                r["user_key"],
                tuple(sorted(e["validities"][0]["user_key"] for e in r["engagements_responses"]["objects"])),
                len(r["rolebindings_response"]["objects"]),
                *dates(r),
            )
            for r in rows("itusers")
        ),
        "managers": [
            (
                name(r, "org_unit"),
                name(r, "manager_type"),
                tuple(each["current"]["name"] for each in r["responsibilities_response"]["objects"]),
                key(r, "engagement"),
                *dates(r),
            )
            for r in rows("manager_roles")
        ],
        "addresses": sorted(
            (
                name(r, "address_type"),
                r["value"],
                name(r, "visibility"),
                key(r, "engagement"),
                key(r, "ituser"),
                *dates(r),
            )
            for r in rows("addresses")
        ),
    }
