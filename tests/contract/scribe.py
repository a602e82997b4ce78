"""Writing to a MO by plain HTTP, without the toolkit, and leaving it as it was."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from motoolkit.catalogue import CATALOGUE, WRITINGS

if TYPE_CHECKING:
    from contract.conftest import Mo

Json = dict[str, Any]


class Scribe:
    """Writes objects, reads their whole history, and deletes what it made."""

    def __init__(self, mo: Mo) -> None:
        self.mo = mo
        self._made: list[tuple[str, str]] = []

    def send(self, kind: str, action: str, version: int = 30, **given: Any) -> Json:
        """Send one mutation and return MO's whole answer; ``start`` and ``end`` make the validity."""
        writing = WRITINGS[kind]
        document = (
            f"mutation ($input: {writing.input_type(action)}!) "
            f"{{ {writing.mutation(action)}(input: $input) {{ uuid }} }}"
        )
        return self.mo.query(document, version, input=_with_validity(given))

    def create(self, kind: str, version: int = 30, **given: Any) -> str:
        """Create an object and return its UUID."""
        return self._done(kind, self.send(kind, "create", version, **({"uuid": str(uuid4())} | given)))

    def update(self, kind: str, uuid: str, version: int = 30, **given: Any) -> None:
        """Update an object."""
        self._done(kind, self.send(kind, "update", version, uuid=uuid, **given))

    def terminate(self, kind: str, uuid: str, version: int = 30, **given: Any) -> None:
        """End an object; ``start`` and ``end`` are MO's ``from`` and ``to`` here."""
        when = {"to": given["end"]} | ({"from": given["start"]} if "start" in given else {})
        rest = {name: value for name, value in given.items() if name not in ("start", "end")}
        self._done(kind, self.send(kind, "terminate", version, uuid=uuid, **when, **rest))

    def refusal(self, kind: str, action: str, **given: Any) -> str | None:
        """Send what MO refuses and return the error's key, or None where it has none."""
        answer = self.send(kind, action, **given)
        assert "errors" in answer, answer
        context = answer["errors"][0].get("extensions", {}).get("error_context", {})
        return context.get("error_key")

    def history(self, kind: str, uuid: str, fields: str, version: int = 30) -> list[tuple[Any, ...]]:
        """Return every slice: its first day, its end, and the values of ``fields``; links by UUID."""
        collection = CATALOGUE[WRITINGS[kind].collection]
        document = f"""query ($uuid: [UUID!]) {{ page: {collection.name}(
            filter: {{uuids: $uuid, from_date: null, to_date: null}}) {{ objects {{
            validities(start: null, end: null) {{ validity {{ from to }} {fields} }} }} }} }}"""
        objects = self.mo.data(document, version, uuid=[uuid])["page"]["objects"]
        slices = objects[0]["validities"] if objects else []
        return sorted((_day(s["validity"]["from"]), _day(s["validity"]["to"]), *_values(s)) for s in slices)

    def notes(self, uuid: str) -> list[str]:
        """Return the notes of an object's registrations, the oldest first."""
        document = (
            "query ($uuid: [UUID!]) { page: registrations(filter: {uuids: $uuid}) { objects { note } } }"
        )
        return [one["note"] for one in self.mo.data(document, uuid=[uuid])["page"]["objects"]]

    def clean(self) -> None:
        """Delete what was made, the last first."""
        for kind, uuid in reversed(self._made):
            with suppress(AssertionError):
                mutation = WRITINGS[kind].mutation("delete")
                self.mo.data(f"mutation ($uuid: UUID!) {{ {mutation}(uuid: $uuid) {{ uuid }} }}", uuid=uuid)

    def _done(self, kind: str, answer: Json) -> str:
        assert "errors" not in answer, answer["errors"][:1]
        uuid: str = next(iter(answer["data"].values()))["uuid"]
        kind = "association" if kind == "itassociation" else kind
        if (kind, uuid) not in self._made:
            self._made.append((kind, uuid))
        return uuid


def _with_validity(given: Json) -> Json:
    if "start" not in given and "end" not in given:
        return given
    validity = {"from": given.get("start"), "to": given.get("end")}
    return {k: v for k, v in given.items() if k not in ("start", "end")} | {"validity": validity}


def _day(moment: str | None) -> str:
    return "" if moment is None else moment[:10]


def _values(found: Json) -> list[Any]:
    values = [value for name, value in found.items() if name != "validity"]
    return [value["uuid"] if isinstance(value, dict) else value for value in values]
