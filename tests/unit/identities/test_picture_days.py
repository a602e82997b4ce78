"""The slider of days, the lanes, the files: what is shown beside the figure of one day."""

from __future__ import annotations

import json
import re
import stat
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from identity_people import TODAY, UNLINKED, finding, hans, link, much, node, person, uuid

from motoolkit.errors import InputError, ReportError
from motoolkit.identities.picture import IdentityPicture
from motoolkit.identities.picture._days import days_of
from motoolkit.model import Validity


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Read the texts as they stand in the code."""
    monkeypatch.setenv("MOTOOLKIT_LANG", "en")


def changing(number, every=7):
    """Return somebody with so many jobs one after the other."""
    first = date(2020, 1, 1)
    starts = [first + timedelta(every * n) for n in range(number)]
    jobs = [
        node(100 + n, "engagement", f"Vikar {n}", "", Validity(start, start + timedelta(every)))
        for n, start in enumerate(starts)
    ]
    return person(jobs, [link(1, 100 + n, job.validity) for n, job in enumerate(jobs)])


def data(picture):
    """Return what the slider's script is told."""
    return json.loads(re.search(r"\}\)\((\{.*\})\)</script>", picture.html()).group(1))


def test_the_slider_stops_where_something_changes_and_at_the_day_itself():
    """It begins there; each stop has its picture and says what is new."""
    told = data(IdentityPicture(changing(2)))
    assert told["days"] == ["01-01-2020", "08-01-2020", "15-01-2020", "23-11-2026"]
    assert told["at"] == 3
    assert [("+ Vikar" in frame, "− Vikar" in frame) for frame in told["frames"]] == [
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]
    assert "on 15-01-2020" in told["frames"][2]


def test_what_stays_without_scripts_is_the_day_itself():
    """The frame of the day stands in the page, those of others in the script alone."""
    html = IdentityPicture(changing(2)).html()
    without = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert "23-11-2026" in without
    assert "08-01-2020" not in re.sub(r'title="[^"]*"|alt="[^"]*"|src="[^"]*"', "", without)
    assert "<input" not in without


def test_a_day_on_which_nothing_that_is_drawn_changes_is_no_stop():
    """Trap: MO writes a new slice for facts that the picture does not have."""
    middle = date(2022, 1, 1)
    job = [
        node(10, "engagement", "Lærer", "NS-1", Validity(date(2020, 1, 1), middle)),
        node(10, "engagement", "Lærer", "NS-1", Validity(middle, None)),
    ]
    assert days_of(person(job, [link(1, 10)])).shown == (date(2020, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("number", "every", "period"),
    [(70, 7, "month"), (150, 30, "quarter"), (400, 90, "decade"), (150, 120, "year")],
)
def test_too_many_days_are_merged_and_said_so(number, every, period):
    """The last of each month, quarter, year or decade: at most sixty, and the day itself."""
    days = days_of(changing(number, every))
    assert len(days.shown) <= 60
    assert TODAY in days.shown
    assert f"the last of each {period}" in days.note
    assert days.note in IdentityPicture(changing(number, every)).html()


def test_a_script_in_a_name_ends_no_script():
    """What the script is told holds no tag."""
    html = IdentityPicture(person([node(10, "engagement", "</script><b>")], [link(1, 10)])).html()
    assert html.count("</script>") == 1
    assert "<b>" not in html


def test_several_on_a_page_have_nothing_in_common():
    """No ids, no names that the page would have twice."""
    html = IdentityPicture(hans()).html()
    assert not re.search(r'\sid=["\']', html)


def test_lanes_show_all_through_time_with_what_is_wrong():
    """A lane for each thing, the same value in one bar, findings shaded where they are."""
    one = finding(UNLINKED, "a", Validity(date(2024, 1, 1), date(2025, 1, 1)))
    picture = IdentityPicture(hans(), [one], {one.key: (uuid(23), f"{uuid(11)}/{uuid(23)}")})
    lanes = unquote(picture.html().rpartition("Through time")[2])
    labels = re.findall(r"<text [^>]*>([^<]*)</text>", lanes)
    assert {"Engagements", "IT accounts", "Addresses", "NS-04711", "IT-konto 3", "Telefon"} <= set(labels)
    assert lanes.count("fill-opacity: 0.18") == 1
    assert 'title="Account without engagement"' in lanes


def test_of_too_many_lanes_those_near_the_day_are_drawn():
    """Trap: the first forty jobs of a temp are those of twenty years ago."""
    html = IdentityPicture(changing(100, 30)).html()
    lanes = unquote(html.rpartition("Through time")[2])
    assert "Vikar 99, " in lanes
    assert "Vikar 59, " not in lanes
    assert "… and 60 more, further from the day" in lanes


def test_it_is_saved_as_page_svg_and_png(tmp_path):
    """For its owner only; the day that is asked for."""
    picture = IdentityPicture(much())
    for name in ("ida.html", "ida.svg", "ida.PNG"):
        path = picture.save(tmp_path / name)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "ida.html").read_text().startswith("<!doctype html>")
    assert (tmp_path / "ida.svg").read_text().startswith("<svg ")
    png = (tmp_path / "ida.PNG").read_bytes()
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20])
    assert width == round(picture.scene().width) * 2
    picture.save(tmp_path / "before.svg", date(2019, 1, 1))
    assert "adresse1" not in (tmp_path / "before.svg").read_text()


def test_other_endings_and_places_are_refused(tmp_path):
    """One sentence each, and no file."""
    picture = IdentityPicture(hans())
    with pytest.raises(InputError, match=r"A picture is not saved as 'ida.pdf'"):
        picture.save(tmp_path / "ida.pdf")
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"ida.svg can not be written"):
        picture.save(tmp_path / "file" / "ida.svg")


def test_a_notebook_gets_html_and_words():
    """Both, for who reads the notebook as text."""
    bundle = IdentityPicture(hans())._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"].startswith("Hans Holm · 23-11-2026\n├─ Lærer, Ravnsnæs Skole (NS-04711)")


def test_programs_get_all_of_it_with_periods():
    """Half-open, as everywhere."""
    one = finding(UNLINKED, "a")
    told = json.loads(IdentityPicture(hans(), [one], {one.key: (uuid(23),)}).to_json())
    assert told["nodes"][0] == {
        "uuid": uuid(11),
        "sort": "engagement",
        "label": "Lærer, Ravnsnæs Skole",
        "detail": "NS-04711",
        "start": "2020-01-01",
        "end": None,
    }
    assert told["findings"][0]["marks"] == [uuid(23)]
    assert len(told["links"]) == 15
