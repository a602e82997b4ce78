"""Entering a list into MO: a plan a person, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from motoolkit.errors import AuthenticationError, MoError, TransportError
from motoolkit.forms._choices import Choices
from motoolkit.forms.onboarding import Lookup, enter, plan_of, refusals
from motoolkit.forms.people._check import flaws_of, rivals
from motoolkit.forms.people._read import read_people
from motoolkit.forms.people._results import PersonResult, Results, write_results
from motoolkit.language import tr
from motoolkit.model import mask, mask_all, today_in_denmark
from motoolkit.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from motoolkit.client import Client
    from motoolkit.forms.people._listed import Flaw, Listed, People
    from motoolkit.forms.people._results import Became
    from motoolkit.plan import Result


def onboard_people(
    client: Client,
    path: str | Path,
    *,
    results: str | Path | None = None,
    reason: str = "",
    as_of: date | None = None,
    choices: Choices | None = None,
    dry_run: bool = False,
) -> Results:
    """Enter the persons of a list into MO, each with all that belongs to the person or not at all.

    A person with something wrong is left out and the others are entered.  The same list again makes
    nothing twice: UUIDs follow from what its rows are about.  Where MO can no longer be reached the rest
    of the list is not tried.  The results are written also when somebody interrupts it.

    Args:
        client: the MO.
        path: of the list.
        results: of the workbook with what became of each; None for ``LIST_resultat.xlsx`` beside the list.
        reason: why, for the journal of plans.
        as_of: today, None for today in Denmark.
        choices: what can be chosen in the MO, None to read it.
        dry_run: let MO try all of it, and keep nothing.

    Raises:
        InputError: the list can not be read, or the results not be written.
        MoError: MO did not answer, or not as it should, before anything was sent.
    """
    people = read_people(path)
    target = Path(results).expanduser() if results is not None else _beside(people.path)
    known = choices or Choices.of(client)
    sending = _Sending(people, known, reason, as_of or today_in_denmark(), dry_run=dry_run)
    became: list[PersonResult] = []
    try:
        with progress(tr("Onboarding of many persons")) as report:
            for each in people.persons:
                report.update(mask_all(each.number), len(became), len(people.persons))
                became.append(sending.result(each))
            report.finish(tr("{n} persons", n=len(became)))
    finally:
        found = Results((*became, *_lost(people.flaws)), target)
        write_results(found)
    return found


class _Sending:
    """One list on its way into MO."""

    def __init__(self, people: People, choices: Choices, reason: str, as_of: date, *, dry_run: bool) -> None:
        self._choices = choices
        self._lookup = Lookup(choices.client)
        self._reason = reason or tr("Onboarding from the list {name}", name=people.path.name)
        self._as_of = as_of
        self._dry_run = dry_run
        self._rivals = rivals(people, choices, as_of)
        self._gone = ""

    def result(self, listed: Listed) -> PersonResult:
        """Check and send one person, and return what became of it."""
        if self._gone:
            return self._told(listed, "not sent", self._gone)
        try:
            return self._sent(listed)
        except MoError as error:
            if isinstance(error, (TransportError, AuthenticationError)):
                self._gone = tr("Not tried: {why}", why=error.message)
            return self._told(listed, "not sent", str(error))

    def _sent(self, listed: Listed) -> PersonResult:
        self._lookup.forget()
        shared = self._rivals.get(listed.number, ())
        flaws = flaws_of(listed, shared, self._choices, self._lookup, self._as_of)
        if errors := [flaw for flaw in flaws if flaw.severity == "error"]:
            return self._told(listed, "not sent", _sentences(errors))
        listed.draft.reason = self._reason
        plan = plan_of(enter(listed.draft, self._choices, self._as_of))
        result = plan.apply(dry_run=self._dry_run)
        if result.ok:
            return self._told(listed, _became(result), _sentences(flaws), _uuid(listed, result))
        told = _sentences(listed.flaw(trouble) for trouble in refusals(result, listed.draft))
        return self._told(listed, _became(result), told)

    def _told(self, listed: Listed, became: Became, text: str, uuid: str = "") -> PersonResult:
        person = listed.draft.person
        name = " ".join(str(person[each]) for each in ("given_name", "surname") if person.get(each))
        cpr = mask(str(person["cpr_number"])) if person.get("cpr_number") else ""
        known = person["uuid"] if listed.draft.existing else uuid
        return PersonResult(mask_all(listed.number), mask_all(name), cpr, became, mask_all(text), known)


def _became(result: Result) -> Became:
    """Return what became of the whole: a plan is kept or not kept as one."""
    found = {outcome.became for outcome in result.outcomes}
    if "unknown" in found:
        return "unknown"
    if not result.ok:
        return "refused"
    if found <= {"already so"}:
        return "already so"
    return "valid" if result.dry_run else "done"


def _uuid(listed: Listed, result: Result) -> str:
    """Return the person's UUID in MO; of a dry run there is none."""
    uuid = str(listed.draft.person["uuid"])
    tried = result.dry_run and _became(result) == "valid"
    return "" if tried else result.uuids.get(("persons", uuid), uuid)


def _sentences(flaws: Iterable[Flaw]) -> str:
    return "\n".join(map(str, flaws))


def _lost(flaws: Iterable[Flaw]) -> Iterator[PersonResult]:
    """Yield what is told of rows that belong to nobody."""
    for flaw in flaws:
        yield PersonResult(mask_all(flaw.number), "", "", "not sent", str(flaw))


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}_resultat.xlsx")
