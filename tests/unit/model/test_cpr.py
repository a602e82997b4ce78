"""CPR numbers: what they tell, and that nobody sees them by accident."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import date

import orjson
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motoolkit.errors import InputError
from motoolkit.model import Cpr, mask, mask_all

NUMBERS = st.from_regex(r"[0-9]{10}", fullmatch=True)
LIKELY = st.builds(
    "{:02}{:02}{:02}{:04}".format,
    st.one_of(st.integers(1, 31), st.integers(61, 91)),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
)


class TestParsing:
    """What is a number."""

    @pytest.mark.parametrize("text", ["0101901234", "010190-1234", " 010190-1234\n"])
    def test_with_and_without_dash(self, text):
        """The digits never have the dash; MO refuses it."""
        assert Cpr.parse(text).digits == "0101901234"

    @pytest.mark.parametrize(
        "text", ["", "101901234", "01019012345", "010190_1234", "01-01-90-1234", "abcdef1234", "٠١٠١٩٠1234"]
    )
    def test_anything_else_is_refused_without_being_repeated(self, text):
        """A number with a typing error is still personal data."""
        with pytest.raises(InputError) as refused:
            Cpr.parse(text)
        assert str(refused.value).startswith("This is no CPR number.")
        assert not text or text not in str(refused.value)

    def test_hospital_numbers_have_letters(self):
        """They are numbers, but tell no date of birth."""
        number = Cpr.parse("010190-9aa4")
        assert number.digits == "0101909AA4"
        assert number.birth_date is None
        assert number.age(date(2026, 11, 23)) is None


class TestBirthDate:
    """What the digits tell."""

    @pytest.mark.parametrize(
        ("number", "born"),
        [
            ("0101000000", date(1900, 1, 1)),
            ("3112993999", date(1999, 12, 31)),
            ("0101004000", date(2000, 1, 1)),
            ("3112364000", date(2036, 12, 31)),
            ("0101374000", date(1937, 1, 1)),
            ("3112999000", date(1999, 12, 31)),
            ("0101369000", date(2036, 1, 1)),
            ("0101005000", date(2000, 1, 1)),
            ("3112578000", date(2057, 12, 31)),
            ("0101586000", date(1858, 1, 1)),
            ("3112998000", date(1899, 12, 31)),
            ("2902004000", date(2000, 2, 29)),
        ],
    )
    def test_the_seventh_digit_gives_the_century(self, number, born):
        """The borders of every row of the CPR office's table."""
        assert Cpr(number).birth_date == born

    @pytest.mark.parametrize(
        ("number", "born"), [("6101901234", date(1990, 1, 1)), ("9112901234", date(1990, 12, 31))]
    )
    def test_replacement_numbers_have_sixty_added_to_the_day(self, number, born):
        """Service accounts and newcomers have them; MO's own date helper refuses them."""
        assert Cpr(number).is_replacement
        assert Cpr(number).birth_date == born

    @pytest.mark.parametrize(
        "number", ["0113901234", "3102901234", "0001901234", "6001901234", "9201901234", "2902901234"]
    )
    def test_impossible_dates_are_none(self, number):
        """Month 13, 31 February, day 0 and 60 and 92, no leap year."""
        assert Cpr(number).birth_date is None
        assert Cpr(number).age(date(2026, 11, 23)) is None

    @given(NUMBERS)
    def test_any_ten_digits_give_a_date_that_fits_them_or_none(self, digits):
        """Never an error; day, month and year are those of the number, between 1858 and 2057."""
        number = Cpr(digits)
        if (born := number.birth_date) is not None:
            assert f"{born:%m}{born.year % 100:02}" == digits[2:6]
            assert born.day + (60 if number.is_replacement else 0) == int(digits[:2])
            assert 1858 <= born.year <= 2057

    def test_fictive_numbers_end_in_four_zeros(self):
        """SD-Løn's made-up persons, and the dummy of ten zeros."""
        assert Cpr("0101900000").is_fictive
        assert Cpr("0000000000").is_fictive
        assert not Cpr("0101900001").is_fictive


class TestAge:
    """Age on a date."""

    @pytest.mark.parametrize(
        ("number", "as_of", "age"),
        [
            ("2411901234", date(2026, 11, 23), 35),
            ("2311901234", date(2026, 11, 23), 36),
            ("2902044000", date(2023, 2, 28), 18),
            ("2902044000", date(2023, 3, 1), 19),
            ("2902044000", date(2024, 2, 29), 20),
            ("2311264000", date(2026, 11, 23), 0),
        ],
    )
    def test_whole_years_on_the_day(self, number, as_of, age):
        """The birthday counts; who is born on 29 February turns older on 1 March in common years."""
        assert Cpr(number).age(as_of) == age

    def test_the_unborn_have_no_age(self):
        """A date of birth after the day is bad data, not a negative age."""
        assert Cpr("2411264000").age(date(2026, 11, 23)) is None


class TestSecrecy:
    """No way to see the number but to ask for it."""

    NUMBER = Cpr("0101901234")

    @pytest.mark.parametrize(
        "shown",
        [
            str(NUMBER),
            repr(NUMBER),
            f"{NUMBER}",
            f"{NUMBER!r:>40}",
            f"{NUMBER:>20}",
            "%s %r" % (NUMBER, NUMBER),  # noqa: UP031 - old code formats so
            str({"cpr": [NUMBER]}),
        ],
    )
    def test_printing_masks(self, shown):
        """Every way of making text of it."""
        assert "010190-xxxx" in shown
        assert "1234" not in shown

    def test_dataclasses_and_copies_hold_the_number_itself(self):
        """``asdict`` and ``copy`` go through, and still print masked."""

        @dataclasses.dataclass
        class Person:
            cpr: Cpr

        fields = dataclasses.asdict(Person(self.NUMBER))
        assert fields == {"cpr": self.NUMBER}
        assert "1234" not in repr(fields)
        assert copy.copy(self.NUMBER) is copy.deepcopy(self.NUMBER) is self.NUMBER

    @pytest.mark.parametrize("encode", [json.dumps, orjson.dumps, pickle.dumps, vars])
    def test_encoders_refuse_it(self, encode):
        """Writing it out takes ``.digits``, which can be seen in the code."""
        with pytest.raises(TypeError) as refused:
            encode(self.NUMBER)
        assert "1234" not in str(refused.value)

    def test_frames_write_it_masked(self):
        """CSV and HTML use ``str``; JSON takes what ``dir`` shows, and that is not the digits."""
        frame = pd.DataFrame({"cpr": [self.NUMBER]})
        for written in (frame.to_csv(), frame.to_html(), frame.to_json(), repr(frame.to_dict())):
            assert "1234" not in written

    def test_it_can_not_be_changed(self):
        """A value object: set and delete are errors."""
        with pytest.raises(AttributeError, match="can not be changed"):
            self.NUMBER._digits = "0000000000"
        with pytest.raises(AttributeError, match="can not be changed"):
            del self.NUMBER._digits

    def test_equal_numbers_are_equal(self):
        """It can be looked up, and is no string."""
        assert Cpr.parse("010190-1234") == self.NUMBER
        assert len({self.NUMBER, Cpr("0101901234")}) == 1
        assert self.NUMBER != "0101901234"


class TestMasking:
    """Numbers in text that came from elsewhere."""

    def test_mask_one(self):
        """With or without dash; what is no number is hidden completely."""
        assert mask("0101901234") == mask("010190-1234") == "010190-xxxx"
        assert mask("010190-123") == mask("Anders And") == "xxxxxx-xxxx"

    @pytest.mark.parametrize(
        ("text", "masked"),
        [
            ("CPR 010190-1234, Ås", "CPR 010190-xxxx, Ås"),
            ('{"cpr_number":"0101901234"}', '{"cpr_number":"010190-xxxx"}'),
            ("cpr0101901234 user_0101901234.txt", "cpr010190-xxxx user_010190-xxxx.txt"),
            ("0101901234,0202901234", "010190-xxxx,020290-xxxx"),
            ("010190\u20131234 010190\u20111234", "010190-xxxx 010190-xxxx"),
            ("010190 1234 og 610190 - 1234", "010190-xxxx og 610190-xxxx"),
            ("010190-9AA4 0101909AA4", "010190-xxxx 010190-xxxx"),
            ("9999991234", "999999-xxxx"),
        ],
    )
    def test_mask_inside_text(self, text, masked):
        """Quoted, glued to words, in lists, with other dashes, with blanks, hospital-style."""
        assert mask_all(text) == masked

    @pytest.mark.parametrize(
        "text",
        [
            "b5b7f2e2-0101-4190-8123-010190123456",
            "01019012-3456-4190-8123-0101901234ab",
            "00000000-0000-4000-8000-000000000001",
            "d41d8cd98f00b204e9800998ecf8427e0101901234abcdef",
            "01019012345",
            "12345678-1234",
            "010190-12345",
            "2026-11-23T00:00:00+01:00",
            "2026-11-23 12:30:45.123456",
            "999999 1234",
            "010190-xxxx",
            "Telefon 12 34 56 78",
            "",
        ],
    )
    def test_other_numbers_stay(self, text):
        """UUIDs, digests, longer runs of digits, dates, and what is masked already."""
        assert mask_all(text) == text

    @given(st.text(), NUMBERS, st.sampled_from(["", "-"]), st.text())
    def test_no_number_survives_in_any_text(self, before, digits, dash, after):
        """Wherever it stands, unless more digits or a UUID's letters are glued to it."""
        hexadecimal = frozenset("0123456789abcdefABCDEF")
        assume(before[-1:] not in hexadecimal and after[:1] not in hexadecimal)
        number = f"{digits[:6]}{dash}{digits[6:]}"
        masked = mask_all(f"{before}{number}{after}")
        assert number not in masked.removeprefix(before).removesuffix(after)
        assert f"{digits[:6]}-xxxx" in masked

    @given(
        st.lists(st.one_of(LIKELY, st.uuids().map(str), st.text("0123456789- abcX"), st.text()), max_size=6)
    )
    def test_masking_twice_is_masking_once(self, parts):
        """Nothing new looks like a number after masking, and UUIDs come through."""
        text = "|".join(parts)
        once = mask_all(text)
        assert mask_all(once) == once

    @given(st.uuids())
    def test_uuids_are_never_touched(self, uuid):
        """Also when they consist of digits only."""
        digits_only = str(uuid).translate(str.maketrans("abcdef", "012345"))
        assert mask_all(f"unit {uuid}, {digits_only}.") == f"unit {uuid}, {digits_only}."
