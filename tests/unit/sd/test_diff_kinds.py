"""Each kind of mismatch with a case of it, and with a near miss that is none."""

from __future__ import annotations

from datetime import date

import pytest
from sd_sides import ALWAYS, CPR, OTHER_CPR, UNKNOWN, A, B, Writer

from motoolkit.findings import Severity
from motoolkit.model import MISSING, Validity
from motoolkit.sd._kinds import KINDS
from motoolkit.sd.diff import compare
from motoolkit.sd.mapping import Mapping

AS_OF = date(2026, 11, 23)
MAPPING = Mapping.read("sdtool-plus-municipality", prefix=True, unknown_unit=UNKNOWN)
Y20, Y22, Y24, Y27 = "2020-01-01", "2022-01-01", "2024-01-01", "2027-01-01"
KEY = "NS-04711/250284-xxxx"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read texts as they are written here."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def _sides():
    return Writer(), Writer(in_mo=True)


def _found(sd, mo, mapping=MAPPING, **options):
    return list(compare(sd.side(), mo.side(), mapping, as_of=AS_OF, **options))


def _one(sd, mo, mapping=MAPPING, **options):
    (finding,) = _found(sd, mo, mapping, **options)
    return finding


def _employments(sd_spans, mo_spans):
    """Both sides with one employment, active from 2020 on unless said otherwise."""
    sd, mo = _sides()
    sd.employment(**{"active": [(Y20, None)], **sd_spans})
    mo.employment(**{"active": [(Y20, None)], **mo_spans})
    return sd, mo


def _units(sd_spans, mo_spans):
    sd, mo = _sides()
    sd.unit(A, "Vig Skole", **{"active": [(Y20, None)], **sd_spans})
    mo.unit(A, "Vig Skole", **{"active": [(Y20, None)], **mo_spans})
    return sd, mo


def _told(finding):
    return finding.kind.code, finding.subject.key, finding.attribute, finding.validity


class TestSubjects:
    """What one side has and the other has not."""

    def test_engagement_missing_in_mo(self):
        """One finding for the employment, not one for each attribute, over all of its days."""
        sd, mo = _sides()
        sd.person().employment(active=[(Y20, Y22), (Y24, Y27)], unit=[(Y20, Y22, A)], title=[(Y20, Y22, "x")])
        mo.person()
        finding = _one(sd, mo)
        period = Validity(date(2020, 1, 1), date(2027, 1, 1))
        assert _told(finding) == ("engagement_missing_in_mo", KEY, "", period)
        assert (finding.source, finding.mo, finding.severity) == ("true", MISSING, Severity.ERROR)
        assert finding.facts == {"institution": "NS", "number": "04711"}

    def test_employment_that_was_never_active_is_not_missing(self):
        """Status 8 alone is nothing to load."""
        sd, mo = _sides()
        sd.person().employment()
        mo.person()
        assert _found(sd, mo) == []

    def test_engagement_missing_in_sd(self):
        """SD does not know the number for that person."""
        sd, mo = _sides()
        sd.person()
        mo.person().employment(active=[(Y20, None)])
        finding = _one(sd, mo)
        assert _told(finding) == ("engagement_missing_in_sd", KEY, "", Validity(date(2020, 1, 1)))
        assert finding.facts["person_uuid"] == "p-250284"

    def test_engagement_without_a_number(self):
        """It is never joined with anything, not even with another of its like."""
        sd, mo = _sides()
        sd.person()
        mo.person()
        for uuid in ("e1", "e2"):
            mo._add("employment", f"{CPR}/{uuid}", "", "", CPR, "Nora", uuid, "p-250284")
            mo._spans({"active": [(Y20, None)]})
        assert {one.kind.code for one in _found(sd, mo)} == {"engagement_missing_in_sd"}
        assert len({one.key for one in _found(sd, mo)}) == 2
        assert {one.detail for one in _found(sd, mo)} == {"The engagement has no number."}

    def test_person_missing_in_mo(self):
        """The person alone is told, not each of the employments."""
        sd, mo = _sides()
        sd.person().employment("04712", active=[(Y22, Y24)]).employment(active=[(Y20, Y22)])
        finding = _one(sd, mo)
        period = Validity(date(2020, 1, 1), date(2024, 1, 1))
        assert _told(finding) == ("person_missing_in_mo", "250284-xxxx/NS-04711", "", period)
        assert finding.subject.label == "Nora Prøvesen"

    def test_person_whose_employments_never_began_is_not_missing(self):
        """Nobody expects them in MO."""
        sd, mo = _sides()
        sd.person().employment()
        assert _found(sd, mo) == []

    def test_person_missing_in_sd(self):
        """MO has SD engagements of somebody whom SD does not know."""
        sd, mo = _sides()
        mo.person().employment(active=[(Y20, None)])
        assert _told(_one(sd, mo))[:2] == ("person_missing_in_sd", "250284-xxxx/p-250284")

    def test_person_without_sd_engagements_is_not_missing_in_sd(self):
        """Externals are none of SD's business."""
        sd, mo = _sides()
        mo.person()
        assert _found(sd, mo) == []

    def test_unit_missing_and_unit_extra(self):
        """Each is one finding about the unit."""
        sd, mo = _sides()
        sd.unit(A, "Vig Skole", active=[(Y20, None)], name=[(Y20, None, "Vig Skole")])
        mo.unit(B, "Havnekontoret", active=[(Y22, None)])
        missing, extra = _found(sd, mo)
        assert _told(missing) == ("unit_missing", A, "", Validity(date(2020, 1, 1)))
        assert _told(extra) == ("unit_extra", B, "", Validity(date(2022, 1, 1)))
        assert (missing.subject.label, extra.subject.label) == ("Vig Skole", "Havnekontoret")


class TestKeys:
    """How the two sides are joined."""

    @pytest.mark.parametrize("written", ["4711", "04711", "NS-4711", "ns-04711"])
    def test_key_format(self, written):
        """Found after prefix and zeros were taken away; the rest is compared as ever."""
        sd, mo = _sides()
        sd.employment(active=[(Y20, None)], title=[(Y20, None, "Leder")])
        pair = f"{CPR}/{written}"
        mo._add("employment", pair, "", written, CPR, "Nora", "e", "p-250284")
        mo._spans({"active": [(Y20, None)]})
        spelling, title = sorted(_found(sd, mo), key=lambda one: one.kind.code)
        assert _told(spelling) == ("key_format", KEY, "", None)
        assert (spelling.source, spelling.mo) == ("NS-04711", written)
        assert title.kind.code == "wrong_title"

    def test_padding_of_the_mapping_is_no_key_format(self):
        """An integration that fills up with zeros writes 04711 for SD's 4711."""
        sd, mo = _sides()
        sd.employment("4711", institution="", active=[(Y20, None)])
        mo.employment("04711", institution="", active=[(Y20, None)])
        assert _found(sd, mo, Mapping.read("sdlon")) == []
        assert _one(sd, mo, Mapping.read("sdtool-plus-municipality")).kind.code == "key_format"

    def test_other_institution_is_another_engagement(self):
        """The same number in two institutions is not joined."""
        sd, mo = _sides()
        sd.person().employment(active=[(Y20, None)])
        mo.person().employment(institution="ZZ", active=[(Y20, None)])
        codes = {one.kind.code for one in _found(sd, mo)}
        assert codes == {"engagement_missing_in_mo", "engagement_missing_in_sd"}

    def test_two_that_fit_are_not_guessed_at(self):
        """A number without its prefix that two institutions have is joined to neither."""
        sd, mo = _sides()
        sd.person().employment(active=[(Y20, None)]).employment(institution="ZZ", active=[(Y20, None)])
        mo.person()
        mo._add("employment", f"{CPR}/4711", "", "4711", CPR, "Nora", "e", "p-250284")
        mo._spans({"active": [(Y20, None)]})
        codes = sorted(one.kind.code for one in _found(sd, mo))
        assert codes == ["engagement_missing_in_mo"] * 2 + ["engagement_missing_in_sd"]

    def test_key_reused(self):
        """It informs, once, about who has the number last; no value crosses from person to person."""
        sd, mo = _sides()
        for side in (sd, mo):
            side.employment(active=[(Y20, Y22)], title=[(Y20, Y22, "Leder")])
            side.employment(cpr=OTHER_CPR, active=[(Y24, None)], title=[(Y24, None, "Pedel")])
        finding = _one(sd, mo)
        assert _told(finding) == ("key_reused", "NS-04711/130376-xxxx", "", None)
        assert finding.severity is Severity.INFO

    def test_key_reused_between_the_sides(self):
        """MO still has the number with the person before."""
        sd, mo = _sides()
        sd.person().person(OTHER_CPR).employment(active=[(Y22, None)])
        mo.person().person(OTHER_CPR).employment(cpr=OTHER_CPR, active=[(Y20, None)])
        codes = sorted(one.kind.code for one in _found(sd, mo))
        assert codes == ["engagement_missing_in_mo", "engagement_missing_in_sd", "key_reused"]

    def test_same_number_in_two_institutions_is_not_reused(self):
        """Numbers belong to their institution."""
        sd, mo = _sides()
        for side in (sd, mo):
            side.employment(active=[(Y20, Y22)])
            side.employment(cpr=OTHER_CPR, institution="ZZ", active=[(Y24, None)])
        assert _found(sd, mo) == []

    def test_duplicate_in_mo(self):
        """One finding for the pair; what the two say is not compared."""
        sd, mo = _employments({"title": [(Y20, None, "Leder")]}, {"title": [(Y20, None, "Pedel")]})
        mo.odd("duplicate_in_mo", "active", Y20, Y22, "e1").odd("duplicate_in_mo", "active", Y20, Y22, "e2")
        assert _told(_one(sd, mo)) == ("duplicate_in_mo", KEY, "", None)

    def test_duplicate_leave(self):
        """Only the leave is not compared, and only there."""
        sd, mo = _employments(
            {"leave": [(Y20, Y22)], "title": [(Y20, None, "Leder")]}, {"title": [(Y20, None, "Pedel")]}
        )
        mo.odd("duplicate_in_mo", "leave", Y20, "2021-01-01")
        leave, duplicate, title = sorted(_found(sd, mo), key=lambda one: one.attribute)[::1]
        assert {one.kind.code for one in (leave, duplicate, title)} == {
            "wrong_leave", "duplicate_in_mo", "wrong_title",
        }  # fmt: skip
        (wrong,) = [one for one in (leave, duplicate, title) if one.kind.code == "wrong_leave"]
        assert wrong.validity == Validity(date(2021, 1, 1), date(2022, 1, 1))


class TestUncertain:
    """What can not be told is said to be so, never guessed."""

    def test_empty_answer_is_no_deletion(self):
        """The engagement of a person for whom SD answered with nothing is not missing in SD."""
        sd, mo = _sides()
        mo.person().employment(active=[(Y20, None)])
        finding = _one(sd, mo, unanswered={CPR})
        assert (finding.kind.code, finding.undecided) == ("sd_empty_answer", True)
        assert finding.subject.key == "250284-xxxx/p-250284"

    def test_empty_answer_for_one_employment(self):
        """It is not compared; the person's others are."""
        sd, mo = _sides()
        sd.person().employment().employment("04712", active=[(Y20, None)])
        mo.person().employment(active=[(Y20, None)]).employment("04712", active=[(Y20, Y22)])
        found = _found(sd, mo, unanswered={f"{CPR}/NS-4711"})
        assert sorted((one.kind.code, one.subject.key) for one in found) == [
            ("active_missing", "NS-04712/250284-xxxx"),
            ("sd_empty_answer", KEY),
        ]

    def test_empty_answer_for_somebody_whom_nobody_has(self):
        """It is told with the masked number."""
        finding = _one(*_sides(), unanswered={CPR})
        assert (finding.kind.code, finding.subject.key) == ("sd_empty_answer", "250284-xxxx")

    @pytest.mark.parametrize("kind", ["overlap_in_sd", "overlap_in_mo"])
    def test_overlap(self, kind):
        """The stretch is told as undecided and left out; the rest of the attribute is compared."""
        sd, mo = _employments({"unit": [(Y20, Y22, A), (Y24, None, A)]}, {"unit": [(Y20, None, B)]})
        (mo if kind == "overlap_in_mo" else sd).odd(kind, "unit", Y22, Y24, A).odd(kind, "unit", Y22, Y24, B)
        first, second, overlap = sorted(_found(sd, mo), key=lambda one: one.undecided)
        assert [one.validity for one in (first, second)] == [
            Validity(date(2020, 1, 1), date(2022, 1, 1)),
            Validity(date(2024, 1, 1)),
        ]
        assert _told(overlap) == (kind, KEY, "unit", Validity(date(2022, 1, 1), date(2024, 1, 1)))
        assert (overlap.mo if kind == "overlap_in_mo" else overlap.source) == (A, B)
        assert (overlap.patterns, overlap.undecided) == (("overlap",), True)

    def test_overlapping_statuses_leave_all_out(self):
        """Where it is unsure whether somebody is employed, nothing else can be compared."""
        sd, mo = _employments(
            {"active": [(Y20, Y22), (Y24, None)], "title": [(Y24, None, "x")]}, {"title": [(Y22, None, "x")]}
        )
        sd.odd("overlap_in_sd", "active", Y22, Y24)
        assert [one.kind.code for one in _found(sd, mo)] == ["overlap_in_sd"]

    def test_gap_in_sd_explains_the_hole_in_mo(self):
        """The integration made nothing without a profession: one finding, not two."""
        sd, mo = _employments(
            {"job_function": [(Y20, Y22, "3120"), (Y24, None, "3120")]},
            {
                "active": [(Y20, Y22), (Y24, None)],
                "job_function": [(Y20, Y22, "3120"), (Y24, None, "3120")],
            },
        )
        sd.odd("gap_in_sd_attr", "job_function", Y22, Y24).odd("gap_in_sd_attr", "title", Y22, Y24)
        finding = _one(sd, mo)
        assert _told(finding) == (
            "gap_in_sd_attr", KEY, "job_function", Validity(date(2022, 1, 1), date(2024, 1, 1)),
        )  # fmt: skip
        assert (finding.patterns, finding.undecided, finding.facts["also"]) == (("gap",), True, "title")

    def test_value_that_only_mo_has_is_a_gap_in_sd(self):
        """No department in SD while the employment is active: MO's unit can not be judged."""
        sd, mo = _employments({"unit": [(Y20, Y22, A)]}, {"unit": [(Y20, None, A)]})
        finding = _one(sd, mo)
        assert _told(finding) == ("gap_in_sd_attr", KEY, "unit", Validity(date(2022, 1, 1)))
        assert finding.undecided

    def test_leave_outside_of_its_engagement_is_certain(self):
        """It is told by who read MO."""
        sd, mo = _employments({}, {})
        mo.odd("wrong_leave", "leave", "2018-01-01", Y20, "true", detail="outside_engagement")
        finding = _one(sd, mo)
        assert (finding.kind.code, finding.undecided, finding.mo) == ("wrong_leave", False, "true")
        assert finding.detail == "The leave is outside of its engagement."
        assert finding.facts["why"] == "outside_engagement"

    def test_remarks_are_told_in_words(self):
        """And what is no known remark as it is."""
        sd, mo = _employments({}, {})
        sd.odd("gap_in_sd_attr", "job_function", Y22, Y24, detail="profession")
        sd.odd("gap_in_sd_attr", "fraction", Y20, Y22, detail="something")
        assert {one.detail for one in _found(sd, mo)} == {"The profession is missing.", "something"}

    def test_ignored_by_rule_is_counted(self):
        """What a rule leaves out is shown only when asked for."""
        sd, mo = _employments({"title": [(Y20, None, "Leder")]}, {})
        sd.odd("ignored_by_rule", detail="fictive")
        found = compare(sd.side(), mo.side(), MAPPING, as_of=AS_OF)
        assert (len(found), found.checked["Left out by a rule"]) == (0, 1)
        assert _one(sd, mo, show_ignored=True).kind.code == "ignored_by_rule"

    def test_what_was_left_out_altogether_is_counted_too(self):
        """An oddity of nobody."""
        sd, mo = _sides()
        sd.odd("ignored_by_rule", detail="CPR number ends in 0000", subject=-1)
        assert _found(sd, mo) == []
        assert _one(sd, mo, show_ignored=True).detail == "CPR number ends in 0000"


class TestExistence:
    """Active on one side, not on the other."""

    def test_active_missing(self):
        """MO ended too early."""
        finding = _one(*_employments({}, {"active": [(Y20, Y24)]}))
        assert _told(finding) == ("active_missing", KEY, "active", Validity(date(2024, 1, 1)))
        assert (finding.source, finding.mo) == ("true", MISSING)

    def test_active_extra_today_is_critical(self):
        """Somebody has resigned, and MO keeps the engagement open today."""
        finding = _one(*_employments({"active": [(Y20, Y24)]}, {}))
        assert _told(finding) == ("active_extra", KEY, "active", Validity(date(2024, 1, 1)))
        assert (finding.tense, finding.severity) == ("current", Severity.CRITICAL)

    def test_active_extra_to_come_is_an_error(self):
        """The resignation is not here yet."""
        finding = _one(*_employments({"active": [(Y20, Y27)]}, {}))
        assert (finding.tense, finding.severity) == ("future", Severity.ERROR)

    def test_attributes_outside_of_what_both_have_do_not_show(self):
        """MO has another title only where SD has nobody employed."""
        sd, mo = _employments(
            {"active": [(Y20, Y24)], "title": [(Y20, Y24, "Leder")]},
            {"title": [(Y20, Y24, "Leder"), (Y24, None, "Pedel")]},
        )
        assert [one.kind.code for one in _found(sd, mo)] == ["active_extra"]


class TestAttributes:
    """Another value while both sides have the employment."""

    @pytest.mark.parametrize(
        ("attribute", "kind", "severity"),
        [
            ("unit", "wrong_unit", Severity.ERROR),
            ("sd_unit", "wrong_unit", Severity.ERROR),
            ("unit_code", "wrong_unit_code", Severity.WARNING),
            ("job_function", "wrong_job_function", Severity.ERROR),
            ("title", "wrong_title", Severity.INFO),
            ("engagement_type", "wrong_engagement_type", Severity.WARNING),
        ],
    )
    def test_wrong_value(self, attribute, kind, severity):
        """Another value is the attribute's kind, the same value is nothing."""
        sd, mo = _employments(
            {attribute: [(Y20, None, "x")]}, {attribute: [(Y20, Y22, "x"), (Y22, None, "y")]}
        )
        finding = _one(sd, mo)
        assert _told(finding) == (kind, KEY, attribute, Validity(date(2022, 1, 1)))
        assert (finding.source, finding.mo, finding.severity) == ("x", "y", severity)

    @pytest.mark.parametrize("empty", [None, ""])
    def test_empty_title_is_no_title(self, empty):
        """A section without EmploymentName, MO's null, MO's empty text: all the same."""
        sd, mo = _employments({"title": [(Y20, None, empty)]}, {})
        assert _found(sd, mo) == []
        sd, mo = _employments({"title": [(Y20, None, empty)]}, {"title": [(Y20, None, "Leder")]})
        finding = _one(sd, mo)
        assert (finding.kind.code, finding.source, finding.mo) == ("wrong_title", MISSING, "Leder")

    def test_unit_is_unknown(self):
        """MO's unit for the unknown is a kind of its own."""
        sd, mo = _employments({"unit": [(Y20, None, A)]}, {"unit": [(Y20, None, UNKNOWN)]})
        finding = _one(sd, mo, names={UNKNOWN: "Ukendt"})
        assert (finding.kind.code, finding.mo) == ("unit_is_unknown", "Ukendt")
        assert finding.facts["mo_uuid"] == UNKNOWN

    def test_unknown_unit_by_name(self):
        """The mapping may name it as people do."""
        sd, mo = _employments({"unit": [(Y20, None, A)]}, {"unit": [(Y20, None, UNKNOWN)]})
        finding = _one(sd, mo, Mapping.read(MAPPING, unknown_unit="Ukendt"), names={UNKNOWN: "Ukendt"})
        assert finding.kind.code == "unit_is_unknown"

    def test_unknown_unit_that_the_mapping_expects(self):
        """Where a rule puts on both sides what has no place, the place is lacking all the same."""
        sd, mo = _employments(
            {"unit": [(Y20, None, UNKNOWN)]}, {"unit": [(Y20, Y22, UNKNOWN), (Y22, None, A)]}
        )
        expected, wrong = sorted(_found(sd, mo), key=lambda one: one.kind.code)
        assert _told(expected)[0::3] == ("unit_is_unknown", Validity(date(2020, 1, 1), date(2022, 1, 1)))
        assert wrong.kind.code == "wrong_unit"

    @pytest.mark.parametrize("key", [f"{CPR}/NS-4711", A])
    def test_unit_by_rule(self, key):
        """The unit that somebody leads, or one related to SD's, is explained."""
        sd, mo = _employments({"unit": [(Y20, None, A)]}, {"unit": [(Y20, None, B)]})
        finding = _one(sd, mo, explained={key: frozenset({B})})
        assert (finding.kind.code, finding.severity) == ("wrong_unit", Severity.INFO)
        assert finding.patterns == ("explained_by_unit_rule",)
        assert _one(sd, mo, explained={key: frozenset({UNKNOWN})}).severity is Severity.ERROR

    def test_units_are_related_to_sd_s_department_not_to_where_the_rule_places(self):
        """Where MO has the department itself and the rule a unit beside it, nothing explains that."""
        own, third = {"sd_unit": [(Y20, None, A)]}, "5c0a7a52-0000-4a00-8a00-00000000000c"
        related = {A: frozenset({B, third}), B: frozenset({A})}
        for unit, patterns in ((A, ()), (third, ("explained_by_unit_rule",))):
            sd, mo = _employments({"unit": [(Y20, None, B)], **own}, {"unit": [(Y20, None, unit)], **own})
            assert _one(sd, mo, explained=related).patterns == patterns

    def test_move_that_is_not_loaded_is_one_finding(self):
        """SD's department feeds three of MO's fields: they are told once."""
        sd, mo = _employments(
            {
                "unit": [(Y20, Y22, A), (Y22, None, B)],
                "sd_unit": [(Y20, Y22, A), (Y22, None, B)],
                "unit_code": [(Y20, Y22, "A1"), (Y22, None, "B1")],
            },
            {"unit": [(Y20, None, A)], "sd_unit": [(Y20, None, A)], "unit_code": [(Y20, None, "A1")]},
        )
        finding = _one(sd, mo)
        assert _told(finding) == ("wrong_unit", KEY, "unit", Validity(date(2022, 1, 1)))
        assert finding.facts["also"] == "sd_unit, unit_code"

    def test_other_periods_are_told_apart(self):
        """A code that was wrong before the move is another matter."""
        sd, mo = _employments(
            {"unit": [(Y20, Y22, A), (Y22, None, B)], "unit_code": [(Y20, None, "A1")]},
            {"unit": [(Y20, None, A)], "unit_code": [(Y20, None, "A2")]},
        )
        assert sorted(one.kind.code for one in _found(sd, mo)) == ["wrong_unit", "wrong_unit_code"]

    def test_job_function_unknown(self):
        """MO has the class for codes that it does not know."""
        sd, mo = _employments(
            {"job_function": [(Y20, None, "3120")]}, {"job_function": [(Y20, None, "unknown")]}
        )
        assert _one(sd, mo).kind.code == "job_function_unknown"

    @pytest.mark.parametrize(("fraction", "found"), [(864_899, 0), (864_901, 0), (864_898, 1), (0, 1)])
    def test_fraction_may_be_one_off(self, fraction, found):
        """An older integration cut where it should have rounded."""
        sd, mo = _employments({"fraction": [(Y20, None, 864_900)]}, {"fraction": [(Y20, None, fraction)]})
        assert len(_found(sd, mo)) == found

    @pytest.mark.parametrize(("synced", "severity"), [(True, Severity.WARNING), (False, Severity.INFO)])
    def test_fraction_that_nobody_loads_is_a_note(self, synced, severity):
        """It is expected to be stale then."""
        sd, mo = _employments({"fraction": [(Y20, None, 864_900)]}, {"fraction": [(Y20, None, 1_000_000)]})
        assert _one(sd, mo, Mapping.read(MAPPING, fraction_synced=synced)).severity is severity

    def test_wrong_leave(self):
        """On leave in one system only, either way."""
        sd, mo = _employments({"leave": [(Y20, Y22)]}, {"leave": [(Y24, Y27)]})
        assert [(one.kind.code, one.source, one.mo) for one in _found(sd, mo)] == [
            ("wrong_leave", "true", MISSING),
            ("wrong_leave", MISSING, "true"),
        ]


class TestUnits:
    """Timelines of units."""

    @pytest.mark.parametrize(
        ("attribute", "kind"),
        [
            ("name", "wrong_name"),
            ("level", "wrong_level"),
            ("parent", "wrong_parent"),
            ("unit_code", "wrong_unit_code"),
            ("p_number", "wrong_address"),
            ("phone", "wrong_address"),
            ("email", "wrong_address"),
            ("postal", "wrong_address"),
        ],
    )
    def test_wrong_value(self, attribute, kind):
        """Another value is the attribute's kind."""
        sd, mo = _units({attribute: [(Y20, None, "x")]}, {attribute: [(Y20, Y22, "x"), (Y22, None, "y")]})
        assert _told(_one(sd, mo)) == (kind, A, attribute, Validity(date(2022, 1, 1)))

    def test_parents_are_shown_by_name(self):
        """People know units by name; programs find the UUIDs beside it."""
        sd, mo = _units({"parent": [(Y20, None, B)]}, {"parent": [(Y20, None, UNKNOWN)]})
        finding = _one(sd, mo, names={B: "Havnen", UNKNOWN: "Ukendt"})
        assert (finding.source, finding.mo) == ("Havnen", "Ukendt")
        assert (finding.facts["sd_uuid"], finding.facts["mo_uuid"]) == (B, UNKNOWN)

    def test_protected_address_is_never_shown(self):
        """Neither side's value is."""
        secret = "**ADRESSEBESKYTTELSE**, 4573 Højby"
        sd, mo = _units({"postal": [(Y20, None, secret)]}, {"postal": [(Y20, None, "Molen 1, 4573 Højby")]})
        finding = _one(sd, mo)
        assert "Højby" not in f"{finding.source} {finding.mo} {finding.facts}"

    def test_unit_shorter_than_its_engagements(self):
        """SD has somebody in the unit while MO does not have the unit."""
        sd, mo = _units({}, {"active": [(Y22, None)]})
        sd.employment(active=[(Y20, None)], unit=[(Y20, None, A)])
        mo.employment(active=[(Y20, None)], unit=[(Y20, Y22, UNKNOWN), (Y22, None, A)])
        found = {one.kind.code: one for one in _found(sd, mo)}
        assert set(found) == {"unit_shorter_than_engagement", "unit_is_unknown"}
        assert _told(found["unit_shorter_than_engagement"])[1:] == (
            A, "active", Validity(date(2020, 1, 1), date(2022, 1, 1)),
        )  # fmt: skip

    def test_shorter_unit_that_nobody_is_in(self):
        """Nobody is affected: the unit is just not active."""
        sd, mo = _units({}, {"active": [(Y22, None)]})
        sd.employment(active=[(Y22, None)], unit=[(Y22, None, A)])
        mo.employment(active=[(Y22, None)], unit=[(Y22, None, A)])
        assert _one(sd, mo).kind.code == "active_missing"

    def test_unit_that_is_short_in_sd_too(self):
        """That SD's employment outlives SD's unit is not MO's fault."""
        sd, mo = _units({"active": [(Y22, None)]}, {"active": [(Y22, None)]})
        sd.employment(active=[(Y20, None)], unit=[(Y20, None, A)])
        mo.employment(active=[(Y20, None)], unit=[(Y20, None, A)])
        assert _found(sd, mo) == []

    def test_active_extra_of_a_unit_is_no_security_matter(self):
        """Only engagements are critical."""
        assert _one(*_units({"active": [(Y20, Y24)]}, {})).severity is Severity.ERROR


class TestPersons:
    """Names of persons, as of now."""

    def test_wrong_name(self):
        """It has no period: SD has no history of names."""
        sd, mo = _sides()
        sd.person(name="Nora Prøvesen")
        mo.person(name="Nora Hansen")
        finding = _one(sd, mo)
        assert _told(finding) == ("wrong_name", "250284-xxxx/p-250284", "name", None)
        assert (finding.source, finding.mo, finding.tense) == ("Nora Prøvesen", "Nora Hansen", "current")

    @pytest.mark.parametrize(
        ("name", "found"), [("Nora Prøvesen", 0), ("Nora P. Prøvesen", 0), ("Nora Hansen", 1)]
    )
    def test_names_of_several_institutions(self, name, found):
        """MO may have any of them; if it has none, all are shown."""
        sd, mo = _sides()
        sd.person(name="Nora Prøvesen").person(name="Nora P. Prøvesen", institution="N2")
        mo.person(name=name)
        told = _found(sd, mo)
        assert [one.source for one in told] == ["Nora Prøvesen / Nora P. Prøvesen"] * found

    def test_name_without_value_in_sd(self):
        """SD that tells no name contradicts nobody."""
        sd, mo = _sides()
        sd.person(name=None)
        mo.person(name="Nora Hansen")
        assert _found(sd, mo) == []


def test_same_on_both_sides_is_nothing():
    """A clean person, in every attribute."""
    spans = {
        "active": [ALWAYS],
        "leave": [(Y20, Y22)],
        "fraction": [(None, None, 1_000_000)],
        **{name: [(None, None, name)] for name in ("unit", "sd_unit", "unit_code", "job_function", "title")},
    }
    sd, mo = _sides()
    for side in (sd, mo):
        side.person().employment(**spans).unit(
            A, "Vig Skole", active=[ALWAYS], name=[(None, None, "Vig Skole")]
        )
    found = compare(sd.side(), mo.side(), MAPPING, as_of=AS_OF)
    assert len(found) == 0
    assert found.checked == {
        "Employments compared": 1,
        "Units compared": 1,
        "Persons compared": 1,
        "Left out by a rule": 0,
        "Not answered by SD": 0,
        "Undecided": 0,
    }


def test_no_cpr_number_is_shown():
    """Not in a key, a label, a fact or a value."""
    sd, mo = _sides()
    sd.employment(active=[(Y20, None)], title=[(Y20, None, f"Vikar for {CPR}")], label="")
    mo.employment(active=[(Y20, Y22)], label="")
    found = compare(sd.side(), mo.side(), MAPPING, as_of=AS_OF, unanswered={OTHER_CPR})
    shown = repr([(one.subject.key, one.subject.label, one.source, one.mo, one.detail) for one in found])
    assert CPR not in shown
    assert OTHER_CPR not in shown


def test_every_kind_is_explained():
    """Each has a title, an explanation and a remedy, and is named as the domain names it."""
    assert len(KINDS) == 32
    assert all(kind.title and kind.explanation and kind.remedy for kind in KINDS.values())
