"""Random small nested documents, made from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from motoolkit.catalogue import Collection, Listing, Reference

WINDOWS = (
    "",
    "",
    "",
    'from_date: "2024-03-01"',
    'from_date: "2023-01-01", to_date: null',
    "from_date: null, to_date: null",
)
MOMENTS = ("", "", '(at: "2024-03-01")', '(at: "2026-12-24")')
SPANS = ("", "(start: null, end: null)", '(start: "2024-03-01")', '(start: "2023-01-01", end: "2025-06-30")')
SPECIAL = {
    "org_units": (
        "ancestors { name }",
        "child_count",
        "has_children",
        "owners { uuid }",
        "managers_response(inherit: true) { objects { uuid } }",
    ),
    "engagements": (
        "is_primary",
        "managers(inherit: true) { uuid }",
        "managers(inherit: true, exclude_self: true) { person { uuid } }",
    ),
    "persons": ("name", "nickname"),
    "addresses": ("name", "href"),
}
CONDITIONS = {
    "org_units": ("parent: null", "child: null", "parent: {}", 'names: ["Nordby Kommune"]'),
    "managers": ("employee: null", "employee: {}", 'manager_type: {user_keys: ["leder"]}'),
    "itusers": ("primary: null", "rolebinding: null", "external_ids: null"),
    "persons": ("ituser: null",),
    "addresses": ('address_type: {scope: ["EMAIL"]}', 'visibility: {user_keys: ["Intern"]}'),
    "classes": ('facet: {user_keys: ["leave_type", "role"]}', 'facet_user_keys: "role"'),
    "engagements": ('engagement_type: {user_keys: ["maanedsloen"]}', "ituser: {}"),
}


@st.composite
def documents(draw: DrawFn) -> str:
    """Return a query of one collection."""
    collection = CATALOGUE[draw(st.sampled_from(list(CATALOGUE)))]
    parts = [draw(st.sampled_from(WINDOWS))]
    if draw(st.booleans()):
        parts.append(draw(st.sampled_from(("", *CONDITIONS.get(collection.name, ())))))
    given = ", ".join(filter(None, parts))
    arguments = f"filter: {{{given}}}, limit: {draw(st.integers(0, 12))}"
    return f"{{ {collection.name}({arguments}) {{ {_objects(draw, collection, 0)} }} }}"


def _objects(draw: DrawFn, collection: Collection, depth: int) -> str:
    return f"objects {{ {_response(draw, collection, depth)} }}"


def _response(draw: DrawFn, collection: Collection, depth: int) -> str:
    body = _body(draw, collection, depth)
    which = draw(st.integers(0, 3))
    if which == 0:
        return f"uuid validities{draw(st.sampled_from(SPANS))} {{ {body} }}"
    return f"uuid current{draw(st.sampled_from(MOMENTS))} {{ {body} }}"


def _body(draw: DrawFn, collection: Collection, depth: int) -> str:
    plain = [scalar.name for scalar in collection.scalars if not scalar.derived]
    plain += ["uuid", "validity { from to }", *SPECIAL.get(collection.name, ())]
    chosen = draw(st.lists(st.sampled_from(plain), min_size=1, max_size=3, unique=True))
    if depth < 2:
        links = [*collection.references, *collection.listings]
        for link in draw(st.lists(st.sampled_from(links), max_size=2, unique_by=id)) if links else ():
            chosen.append(_link(draw, link, depth + 1))
    return " ".join(f"f{place}: {one}" for place, one in enumerate(chosen))


def _link(draw: DrawFn, link: Reference | Listing, depth: int) -> str:
    target, twin = CATALOGUE[link.target], draw(st.integers(0, 3)) == 0
    several = not hasattr(link, "name") or link.many
    if not several:
        old = [name for name, kind in link.twins.items() if "UUID" not in kind and "Response" not in kind]
        if twin and old:
            return f"{old[0]} {{ {_body(draw, target, depth)} }}"
        return f"{link.field} {{ {_response(draw, target, depth)} }}"
    window = draw(st.sampled_from(WINDOWS))
    arguments = f"(filter: {{{window}}})" if window else draw(st.sampled_from(("", "(limit: 1)")))
    name = getattr(link, "twin", None)
    if twin and name and not link.twin_of_responses:
        return f"{name}{arguments} {{ {_body(draw, target, depth)} }}"
    return f"{link.field}{arguments} {{ {_objects(draw, target, depth)} }}"
