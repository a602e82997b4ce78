"""The whole comparison on the sandbox: what is planted is found, and nothing else is."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sd_expected import expected, one, told
from support import launch

from motoolkit.client import connect
from motoolkit.errors import (
    InputError,
    MirrorError,
    SdClosedError,
    SdCredentialsError,
    SdError,
    SdUnreadableError,
)
from motoolkit.findings import AcceptList, FindingStore
from motoolkit.mirror import Mirror
from motoolkit.model import Validity
from motoolkit.sandbox.municipality import uid
from motoolkit.sandbox.sd import SD_PLANTED
from motoolkit.sd import Mapping, audit, connect_sd, guess_mapping, population
from motoolkit.sd.diff import compare
from motoolkit.sd.mo import NEEDED, placement_facts, select_units, unit_names, units_below

TODAY = date(2026, 11, 23)
LEAP_DAY = date(2028, 2, 29)
CLOCKS = date(2027, 3, 28)


class Town:
    """A sandbox with its SD and a mirror of its MO."""

    def __init__(self, url, today, version=None):
        self.url, self.today = url, today
        self.client = connect(url, graphql_version=version)
        self.sd = connect_sd(url, sd_bulk=True, sd_cache_hours=0)
        self.mirror = Mirror.open()
        self.mirror.load(self.client, NEEDED)

    def audit(self, **chosen):
        """Compare; MO is asked who changed what is wrong where ``client`` says so."""
        return audit(self.sd, self.mirror, **{"as_of": self.today, **chosen})

    def close(self):
        """Let go of all."""
        for each in (self.client, self.sd, self.mirror):
            each.close()

    def person(self, number):
        """Return MO's UUID of an engagement and its person."""
        query = "SELECT DISTINCT uuid, person_uuid FROM engagements WHERE user_key = $number"
        return next(self.mirror.rows(query, {"number": number}))

    @contextmanager
    def damaged(self, table, statement, values):
        """Change the mirror alone, and put it back."""
        cursor = self.mirror.connection
        cursor.execute(f"CREATE TABLE base.kept AS SELECT * FROM base.{table}")
        try:
            cursor.execute(statement, values)
            yield
        finally:
            cursor.execute(f"DELETE FROM base.{table}")
            cursor.execute(f"INSERT INTO base.{table} SELECT * FROM base.kept")
            cursor.execute("DROP TABLE base.kept")

    @contextmanager
    def changed(self, change):
        """Let a plan change MO, and change it back."""
        for at, plan in enumerate((self.client.plan(), self.client.plan())):
            change(plan, at)
            assert plan.apply(journal=False).ok
            self.mirror.refresh(self.client)
            if not at:
                yield


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Say it in English."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


@pytest.fixture(scope="module")
def in_english():
    """Let what is compared for all tests say it in English, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTOOLKIT_LANG", "en")
        yield


@pytest.fixture(scope="module")
def planted(sandbox):
    """The sandbox of all tests, which nobody changes."""
    town = Town(sandbox.url, TODAY)
    yield town
    town.close()


@pytest.fixture(scope="module")
def whole(planted, in_english):  # noqa: ARG001 - sets the language
    """Everybody in it, compared."""
    return planted.audit()


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    """Start the towns of other modes, on other days; each is changed and changed back."""
    folder, started = tmp_path_factory.mktemp("towns"), []

    def start(mode, today):
        running = launch("--today", str(today), "--sd", mode, "--persons", "100", log=folder / mode)
        started.append((running, Town(running.url, today)))
        return started[-1][1]

    yield start
    for running, town in started:
        town.close()
        running.stop()


@pytest.fixture(scope="module")
def clean(others):
    """SD and MO agree, on the day on which the clocks change."""
    return others("clean", CLOCKS)


@pytest.fixture(scope="module")
def everything(others):
    """With MO odd as well, on a leap day."""
    return others("everything", LEAP_DAY)


@pytest.fixture(scope="module")
def odd(everything, in_english):  # noqa: ARG001 - sets the language
    """All of it compared; MO is asked who changed what is wrong."""
    return everything.audit(client=everything.client, mapping=MAPPING)


@pytest.fixture
def him(planted):
    """Somebody who resigned last month: UUID, CPR number and username."""
    _, person = planted.person("NK-00311")
    query = """
        SELECT p.cpr_number, i.user_key FROM persons p JOIN itusers i ON i.person_uuid = p.uuid
        WHERE p.uuid = $uuid
    """
    [(cpr, username), *_] = planted.mirror.rows(query, {"uuid": person}, show_cpr=True)
    return {"uuid": person, "cpr": cpr, "username": username, "number": "nk-00311"}


class TestPrecisionAndRecall:
    """Exactly the planted findings: kinds, subjects, attributes, periods and patterns."""

    def test_all_that_is_planted_is_found_and_nothing_else(self, whole):
        """On an ordinary day."""
        assert told(whole.findings) == expected(TODAY)
        assert len(whole.findings) == 28

    def test_with_an_odd_mo_too(self, odd):
        """On a leap day; and who changed MO by hand is told where MO is asked."""
        assert told(odd.findings) == expected(LEAP_DAY, everything=True)
        assert len(odd.findings) == 34

    def test_a_clean_municipality_has_no_findings(self, clean):
        """With all of SD's own oddities, which are agreed upon."""
        found = clean.audit(mapping=MAPPING)
        assert told(found.findings) == []
        assert found.findings.checked["Employments compared"] > 90

    def test_the_title_of_few_is_found(self, everything):
        """Trap: in a small municipality one engagement in eight has a title."""
        guess = guess_mapping(everything.mirror)
        assert (guess.mapping.title, len(guess.doubts)) == ("extension_1", 1)

    def test_through_the_older_graphql_it_is_the_same(self, whole, sandbox):
        """v25 has inclusive ends, and the organisation above the top unit."""
        old = Town(sandbox.url, TODAY, version=25)
        findings = old.audit().findings
        old.close()
        assert [f.key for f in findings] == [f.key for f in whole.findings]
        assert [(f.source, f.mo, f.validity) for f in findings] == [
            (f.source, f.mo, f.validity) for f in whole.findings
        ]

    def test_person_by_person_it_is_the_same(self, planted, whole):
        """As customers read it whose SD does not bear an institution in one request."""
        with connect_sd(planted.url, sd_cache_hours=0) as slow:
            findings = audit(slow, planted.mirror, as_of=TODAY).findings
        assert findings.to_json() == whole.findings.to_json()

    def test_some_persons_alone_have_the_findings_that_they_have_among_all(self, planted):
        """But for what is about two persons, or about units that they are not in."""
        cases = [name for name, case in SD_PLANTED.items() if case.numbers and not case.needs_mo]
        numbers = [f"{SD_PLANTED[c].institution}-{SD_PLANTED[c].numbers[0]}" for c in cases]
        found = planted.audit(persons=numbers, mapping=planted.audit(persons=numbers[:1]).mapping)
        of_persons = [f for f in found.findings if f.subject.sort != "unit"]
        assert told(of_persons) == [each for each in expected(TODAY, cases) if each[1] != "unit"]


class TestInstitutions:
    """A number that a person has in two institutions, in a MO whose numbers do not tell them."""

    PLAIN = "UPDATE base.engagements SET user_key = user_key[4:] WHERE user_key[3] = '-'"

    @pytest.fixture
    def twice(self, planted, monkeypatch):
        """Let SD have the number of N2 as that of NK, for somebody who is in both."""
        read = planted.sd.timeline

        def timeline(institution, cpr=None, number=None, **options):
            found = read(institution, cpr, number, **options)
            if institution == "N2":
                found.employments["number"] = "00091"
            return found

        monkeypatch.setattr(planted.sd, "timeline", timeline)
        return uid("persons", "two-a")

    def test_it_is_ambiguous_and_no_overlap(self, planted, twice):
        """Once, with both; with a prefix in MO there is nothing to tell."""
        plain = Mapping.read(MAPPING, prefix=False, padding=5)
        assert told(planted.audit(persons=[twice], mapping=MAPPING).findings) == []
        with planted.damaged("engagements", self.PLAIN, []):
            found = planted.audit(persons=[twice], mapping=plain)
        (finding,) = found.findings
        assert (finding.kind.code, finding.source, finding.mo, finding.undecided) == (
            "key_ambiguous",
            ("N2-00091", "NK-00091"),
            "00091",
            True,
        )
        assert found.picture()._repr_html_()

    def test_everybody_else_is_compared_without_prefixes_as_with_them(self, planted, whole):
        """What differs is the same; only the numbers are called otherwise where SD does not tell them."""
        plain = Mapping.read(MAPPING, prefix=False, padding=5)
        with planted.damaged("engagements", self.PLAIN, []):
            found = planted.audit(mapping=plain).findings
            counted = population(planted.sd, planted.mirror, as_of=TODAY, mapping=plain)
        assert counted.equals(population(planted.sd, planted.mirror, as_of=TODAY, mapping=MAPPING))
        # Whose number it was before can not be told where MO does not tell the institution.
        assert {**found.counts(), "key_reused": 1} == whole.findings.counts()
        assert found.checked == whole.findings.checked


class TestChanges:
    """A change in MO changes just its finding."""

    def test_a_repair_takes_away_just_its_finding(self, everything, odd):
        """Whoever resigned last month resigns in MO, too."""
        engagement, _ = everything.person("NK-00311")
        resigned = date(2028, 1, 1)
        query = "SELECT * FROM engagements WHERE uuid = $uuid ORDER BY valid_from DESC LIMIT 1"
        job = everything.mirror.sql(query, {"uuid": engagement}).iloc[0]["job_function_uuid"]

        def repair(plan, at):
            if at:
                plan.update("engagement", engagement, start=resigned, job_function=job, prolong=True)
            else:
                plan.terminate("engagement", engagement, end=resigned)

        before = told(odd.findings)
        with everything.changed(repair):
            after = told(everything.audit(client=everything.client, mapping=MAPPING).findings)
        gone = [each for each in before if each not in after]
        assert gone == [("active_extra", "employment", "NK-00311", "active", resigned, None, [])]
        assert [each for each in after if each not in before] == []

    def test_a_damage_gives_just_its_finding(self, clean):
        """Somebody moves a person in MO; who that was is told."""
        engagement, person = clean.person("NK-00361")
        query = "SELECT org_unit_uuid FROM engagements_at($day) WHERE uuid = $uuid"
        home = next(clean.mirror.rows(query, {"day": CLOCKS, "uuid": engagement}))[0]
        moved = date(2027, 2, 1)

        def damage(plan, at):
            there = home if at else uid("org_units", "Vig Skole")
            plan.update("engagement", engagement, start=moved, org_unit=there)

        with clean.changed(damage):
            findings = clean.audit(client=clean.client, mapping=MAPPING).findings
            alone = clean.audit(persons=[person], client=clean.client, mapping=MAPPING).findings
        wrong = ("wrong_unit", "employment", "NK-00361", "unit", moved, None, ["manual_mo_edit"])
        assert told(findings) == [wrong]
        assert told(alone) == [wrong]
        assert findings[0].key == alone[0].key
        assert told(clean.audit(persons=[person], mapping=MAPPING).findings) == []

    def test_whose_first_day_is_yet_to_come_is_compared(self, whole):
        """They are in no snapshot of today."""
        subjects = whole.sd.subjects
        (row,) = subjects.index[subjects["number"] == "00301"]
        held = whole.sd.intervals
        active = held[(held["subject"] == row) & (held["attribute"] == "active")]
        assert active["start"].dt.date.tolist() == [date(2026, 12, 1)]


class TestWhom:
    """Persons by whatever one has of them."""

    @pytest.mark.parametrize("how", ["uuid", "cpr", "username", "number"])
    def test_a_person_is_found_by(self, planted, him, how):
        """Each gives the same run, in which no CPR number shows."""
        found = planted.audit(persons=him[how], mapping=MAPPING)
        assert told(found.findings) == expected(TODAY, ["active_extra"])
        assert found.findings.scope == f"NK NS N2 {him['uuid']}"
        digits = him["cpr"].replace("-", "")
        shown = f"{found!r} {found.findings} {found.findings.to_json()} {found.picture()!r}"
        assert digits[6:] not in shown.replace("-", "").replace("00", "")
        assert f"{digits[:6]}-xxxx" in shown

    def test_a_cpr_number_may_have_a_dash(self, planted, him):
        """Or none, or blanks around it."""
        digits = him["cpr"].replace("-", "")
        for text in (digits, f" {digits[:6]}-{digits[6:]} ", f"{digits[:6]} {digits[6:]}"):
            assert len(planted.audit(persons=[text], mapping=MAPPING).findings) == 1

    def test_a_number_that_was_given_to_another_means_both(self, planted):
        """MO has the one, SD the other; each has a picture."""
        found = planted.audit(persons=["NK-00251"], mapping=MAPPING)
        assert told(found.findings) == expected(TODAY, ["number_reused"])
        assert [repr(picture).splitlines()[0] for picture in found.pictures()] == [
            "Jytte Enevoldsen",
            "Bjarne Nyansat",
        ]
        with pytest.raises(InputError, match="holds 2 persons"):
            found.picture()

    def test_whom_only_sd_knows_is_found_by_number(self, planted):
        """Of an institution, or of any."""
        for text in ("NK-00242", "00242"):
            assert told(planted.audit(persons=[text], mapping=MAPPING).findings) == expected(
                TODAY, ["rehire_new_number"]
            )

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("nobody", "Nobody with a CPR number is called 'nobody'"),
            ("NK-99999", "Nobody with a CPR number is called 'NK-99999'"),
            ("XX-00311", "Nobody with a CPR number is called 'XX-00311'"),
            ("00000000-0000-4000-8000-000000000000", "'00000000-0000-4000-8000-000000000000'"),
            ("1503771234567", "'150377-xxxx'"),
            ("150377 12345", "'150377-xxxx'"),
        ],
    )
    def test_nobody_is_called_so(self, planted, text, words):
        """What looks like a CPR number is masked."""
        with pytest.raises(InputError, match=words):
            planted.audit(persons=[text], mapping=MAPPING)

    def test_two_persons_with_one_username(self, planted):
        """Then another way to name the person is asked for."""
        first, second = (planted.person(number)[1] for number in ("NK-00311", "NK-00321"))
        change = "UPDATE base.itusers SET user_key = ? WHERE person_uuid IN (?, ?)"
        with (
            planted.damaged("itusers", change, ["twice", first, second]),
            pytest.raises(InputError, match="2 persons are called 'twice'"),
        ):
            planted.audit(persons=["twice"], mapping=MAPPING)

    def test_a_person_whom_sd_does_not_know(self, planted):
        """SD says so; that is no reason to stop."""
        found = planted.audit(persons=["3112999999"], mapping=MAPPING)
        assert len(found.findings) == 0
        assert "3112999999" not in found.findings.scope

    def test_nothing_says_which_institution(self, planted):
        """Neither the call nor the profile."""
        with (
            connect_sd(
                sd_url=planted.sd.settings.url, sd_username="x", sd_password="y", sd_hours="always"
            ) as sd,
            pytest.raises(InputError, match="which of SD's institutions"),
        ):
            audit(sd, planted.mirror, as_of=TODAY)


class TestSelection:
    """Units, institutions, windows, mappings."""

    def test_a_unit_and_all_below(self, planted):
        """By name, key or UUID; those who work there, and the units themselves."""
        uuid = uid("org_units", "Borgerservice Nordby")
        found = planted.audit(unit="borgerservice nordby").findings
        assert told(found) == [each for each in expected(TODAY) if each[2] == "NK-00361"]
        assert found.scope == f"NK NS N2 {uuid}"
        assert ("Unit", "Borgerservice Nordby") in found.parameters

    @pytest.mark.parametrize(
        ("unit", "rule"),
        [
            ("Plejecenter Søgården", {}),
            ("Center for Ældre", {}),
            ("Ungeindsatsen", {}),
            ("Valgsekretariatet", {"unknown_unit": "Parkering"}),
            ("It-drift", {"placement": "parent"}),
            ("Data og Integration", {"placement": "parent", "too_deep": ["Afdelings-niveau"]}),
            ("Åbrinken, demensafsnit", {"placement": "manager"}),
            ("Center for Skole", {"placement": "region", "climb": True, "raw_unit": "extension_5"}),
            ("Servicedesk", {"raw_unit": "association", "association_type": "Konsulent"}),
        ],
    )
    def test_a_unit_alone_has_the_findings_that_it_has_among_all(self, planted, unit, rule):
        """Those too of whom only SD knows that they are there; what else there is, is not asked for."""
        mapping = Mapping.read(MAPPING, **rule)
        found, whole = planted.audit(unit=unit, mapping=mapping), planted.audit(mapping=mapping)
        assert len(found.read.persons.persons) < len(whole.read.persons.persons) / 2
        units = units_below(planted.mirror, found.findings.scope.split()[-1], TODAY)
        sides = select_units(whole.sd, whole.mo, units)
        there = {cpr for side in sides for cpr in side.subjects["cpr"]}
        right = compare(
            *sides,
            whole.mapping,
            as_of=TODAY,
            unanswered={cpr: why for cpr, why in whole.read.unanswered.items() if cpr in there},
            names=unit_names(planted.mirror, TODAY),
            explained=placement_facts(planted.mirror, mapping, as_of=TODAY).explained(),
        )
        assert found.findings.frame().equals(right.frame())
        assert found.findings.checked == right.checked

    def test_of_a_unit_nobody_else_is_asked_about(self, planted, caplog):
        """SD is asked for a person, a department's people or the departments, never for everybody's names."""
        with caplog.at_level(logging.INFO, "httpx"):
            planted.audit(unit="Plejecenter Søgården", mapping=MAPPING)
        asked = [each.getMessage() for each in caplog.records if "/sdws/" in each.getMessage()]
        about = [text for text in asked if "GetPerson" in text or "GetEmployment" in text]
        assert len(about) > 5
        assert all("CivilRegistration" in text or "DepartmentIdentifier" in text for text in about)
        assert {text.split("/sdws/")[1].split("?")[0] for text in set(asked) - set(about)} == {
            "GetDepartment20111201"
        }

    def test_units_that_can_not_be_told(self, planted):
        """Unknown, or two of a name."""
        with pytest.raises(InputError, match="No unit is called 'Nowhere' in MO on 2026-11-23"):
            planted.audit(unit="Nowhere")
        with pytest.raises(InputError, match="Persons and a unit"):
            planted.audit(unit="Parkering", persons=["NK-00311"])
        change = "UPDATE base.org_units SET name = 'Parkering' WHERE name = 'Servicedesk'"
        with (
            planted.damaged("org_units", change, []),
            pytest.raises(InputError, match="2 units are called 'Parkering'") as two,
        ):
            planted.audit(unit="Parkering")
        assert uid("org_units", "Parkering") in two.value.remedy

    def test_one_institution(self, planted):
        """What the others have is left alone; it is a run of its own."""
        found = planted.audit(institutions="ns", mapping=MAPPING).findings
        assert {each.subject.key[:2] for each in found if each.subject.sort == "employment"} <= {"NS"}
        assert not found.only(kind="unit_extra")
        assert found.scope == "NS"

    def test_numbers_that_do_not_tell_their_institution(self, planted):
        """Without a prefix what MO has of the other institutions would look as if SD had lost it."""
        with pytest.raises(InputError, match="do not tell which institution"):
            planted.audit(institutions="ns", mapping=Mapping.read(MAPPING, prefix=False))

    def test_a_window(self, planted):
        """Only what differs on a day of it; what has no period stays."""
        window = Validity(TODAY + timedelta(days=1), None)
        found = planted.audit(window=window, persons=["NK-00321", "NK-00121"], mapping=MAPPING).findings
        assert [one(each)[0] for each in found] == ["active_extra"]
        assert found.scope.endswith(" 2026-11-24..")

    def test_what_a_rule_leaves_out_is_told_on_request(self, planted):
        """Fictive persons, and numbers of others."""
        plain = planted.audit(persons=["NK-00451"], mapping=MAPPING).findings
        asked = planted.audit(persons=["NK-00451"], mapping=MAPPING, show_ignored=True).findings
        assert len(plain) == 0
        assert plain.checked["Left out by a rule"] == asked.checked["Left out by a rule"] > 0
        assert {each.kind.code for each in asked} == {"ignored_by_rule"}

    def test_a_mapping_of_ones_own(self, planted, tmp_path):
        """A file, a preset, and names that are misspelt."""
        file = tmp_path / "nordby.toml"
        file.write_text(MAPPING.to_toml())
        found = planted.audit(persons=["NK-00311"], mapping=file)
        assert told(found.findings) == expected(TODAY, ["active_extra"])
        assert found.mapping.name == "nordby"
        with pytest.raises(InputError, match="sdlonn"):
            planted.audit(persons=["NK-00311"], mapping="sdlonn")
        file.write_text("prefiks = true\n")
        with pytest.raises(InputError, match="prefiks"):
            planted.audit(persons=["NK-00311"], mapping=file)

    @pytest.mark.parametrize("typed", ["010190\u2013123", "010190 - 123", "010190\u2011 12345"])
    def test_a_cpr_number_with_a_slip_is_masked(self, planted, typed):
        """Pasted from a letter, or with a digit too few or too many."""
        with pytest.raises(InputError) as refused:
            planted.audit(persons=[typed], mapping=MAPPING)
        assert "123" not in str(refused.value)


class TestFailures:
    """One plain sentence each."""

    def test_a_mirror_without_a_collection(self, planted):
        """It is named, before SD is asked anything."""
        with Mirror.open() as poor:
            with pytest.raises(MirrorError, match="empty"):
                audit(planted.sd, poor, as_of=TODAY)
            poor.load(planted.client, ["facets", "classes", "org_units", "persons", "managers"])
            with pytest.raises(MirrorError, match="does not hold engagements and leaves and") as told_:
                audit(planted.sd, poor, as_of=TODAY)
        assert "load(client, [" in told_.value.remedy

    @pytest.mark.parametrize("what", ["persons", "departments"])
    def test_an_institution_that_is_said_to_be_empty(self, planted, sandbox, what):
        """SD answers with nothing at times: then nobody is gone, and no unit is too many."""
        read = getattr(planted.sd, what)

        def nothing(*args, **named):
            sandbox.post("/sandbox/faults", ["sd-empty=1"])
            return read(*args, **named)

        setattr(planted.sd, what, nothing)
        try:
            with pytest.raises(SdError, match=f"institution NK has no {what} at all"):
                planted.audit()
        finally:
            setattr(planted.sd, what, read)
            sandbox.post("/sandbox/faults", ["sd-empty=0"])

    @pytest.mark.parametrize(
        ("fault", "error"), [("sd-closed", SdClosedError), ("sd-html", SdUnreadableError)]
    )
    def test_sd_fails_in_the_middle(self, planted, sandbox, fault, error):
        """After the persons, while timelines are read."""
        read = planted.sd.person

        def breaking(*args):
            sandbox.post("/sandbox/faults", [f"{fault}=3"])
            return read(*args)

        planted.sd.person = breaking
        try:
            with pytest.raises(error):
                planted.audit(persons=["NK-00311"], mapping=MAPPING)
        finally:
            del planted.sd.person
            sandbox.post("/sandbox/faults", [f"{fault}=0"])

    def test_a_wrong_password(self, planted):
        """It is told as that."""
        settings = planted.sd.settings
        with (
            connect_sd(
                sd_url=settings.url,
                sd_username=settings.username,
                sd_password="env:WRONG",
                sd_hours="always",
                sd_cache_hours=0,
            ) as sd,
            pytest.raises(SdCredentialsError),
        ):
            audit(sd, planted.mirror, as_of=TODAY, institutions=["NK"], persons=["NK-00311"])

    @pytest.fixture(autouse=True)
    def password(self, monkeypatch):
        """Set what is no password of anybody."""
        monkeypatch.setenv("WRONG", "forkert")


class TestRuns:
    """What is kept, and compared with what."""

    def test_a_run_for_one_person_is_no_run_for_all(self, planted, whole):
        """Nor one for another person: nothing is gone only because it was not asked for."""
        with Mirror.open() as shelf:
            store, at = FindingStore(shelf), whole.findings.as_of
            moment = date.isoformat(at)
            runs = [
                whole.findings,
                planted.audit(persons=["NK-00311"], mapping=MAPPING).findings,
                planted.audit(persons=["NK-00321"], mapping=MAPPING).findings,
                whole.findings,
            ]
            kept = [store.keep(run, ran_at=_moment(moment)) for run in runs]
        assert [run.previous for run in kept] == [None, None, None, at]
        assert [len(run.gone) for run in kept] == [0, 0, 0, 0]

    def test_whom_sd_says_nothing_about_is_not_gone(self, planted, sandbox, him):
        """Trap: an empty answer has no findings but itself; when SD answers again all is there still."""
        with Mirror.open() as shelf:
            store, moment = FindingStore(shelf), _moment(date.isoformat(TODAY))

            def run(*faults):
                sandbox.post("/sandbox/faults", list(faults))
                found = planted.audit(persons=[him["uuid"]], mapping=MAPPING).findings
                return store.keep(found, ran_at=moment)

            first, silent, again = run(), run("sd-empty=1"), run()
        assert [each.kind.code for each in first] == ["active_extra"]
        assert [(each.kind.code, each.facts["why"]) for each in silent] == [("sd_empty_answer", "empty")]
        assert (silent.gone, [each.kind.code for each in silent.unseen]) == ((), ["active_extra"])
        assert "1 not looked at this time" in str(silent)
        assert [(each.kind.code, each.seen) for each in again] == [("active_extra", "still")]
        assert [each.kind.code for each in again.gone] == ["sd_empty_answer"]

    def test_runs_by_another_mapping_are_another_line(self, planted, him):
        """What it finds more or less is neither new nor gone; what the mapping is called does not count."""
        with Mirror.open() as shelf:
            store, moment = FindingStore(shelf), _moment(date.isoformat(TODAY))
            mappings = (
                MAPPING,
                Mapping.read(MAPPING, fraction=False),
                replace(MAPPING, name="nordby"),
            )
            kept = [
                store.keep(planted.audit(persons=[him["uuid"]], mapping=each).findings, ran_at=moment)
                for each in mappings
            ]
        assert [run.previous for run in kept] == [None, None, TODAY]
        assert len({run.scope for run in kept}) == 1

    def test_an_accept_list(self, planted, tmp_path):
        """What it accepts fails nothing."""
        file = tmp_path / "accepted.toml"
        found = planted.audit(persons=["NK-00311"], mapping=MAPPING).findings
        assert found.exit_code() == 1
        AcceptList.read(_empty(file)).add(found[0], reason="Aftalt", until=date(2027, 1, 1))
        assert AcceptList.read(file).apply(found, whole=False).exit_code() == 0


def _empty(file):
    file.write_text("")
    return file


def _moment(day):
    from datetime import UTC, datetime

    return datetime.fromisoformat(day).replace(tzinfo=UTC)


MAPPING = Mapping.read(
    "sdlon",
    prefix=True,
    unknown_job_function="ukendt",
    unknown_unit="Ukendt enhed",
    engagement_types={"salaried": "maanedsloen", "hourly": "timeloen"},
    title="extension_1",
    unit_addresses={"p_number": "p-nummer", "phone": "PhoneUnit", "email": "EmailUnit", "postal": "PostUnit"},
)
"""What is guessed from Nordby's MO."""
