"""What ``motoolkit.sd`` offers, and what importing it leaves alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sd_answers import changed, employment, person, status

import motoolkit.sd
from motoolkit.errors import SdUnreadableError
from motoolkit.sd import Employments
from motoolkit.sd.parsing import EmploymentReader, read_employments


def test_every_public_name_can_be_had():
    """Each is what its home calls by that name."""
    assert set(motoolkit.sd.__all__) == set(dir(motoolkit.sd))
    for name in motoolkit.sd.__all__:
        assert getattr(motoolkit.sd, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'connekt'"):
        motoolkit.sd.connekt  # noqa: B018 - the look-up is the test


def test_importing_loads_nothing_heavy():
    """Not even pandas."""
    heavy = {"pandas", "lxml", "httpx", "stamina", "cryptography"}
    program = f"import sys, motoolkit.sd; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def one(number, institution="XY"):
    """Return an answer with one employment."""
    whole = person(employment(status("2019-08-01", "9999-12-31", "5"), number=number))
    return changed(whole, institution=institution)


def test_several_institutions_are_joined():
    """Sections and oddities stay with their employments."""
    found = Employments.joined([read_employments(one("1")), read_employments(one("2", "XZ"))])
    assert found.employments["institution"].tolist() == ["XY", "XZ"]
    assert found.sections["employment"].tolist() == found.oddities["employment"].tolist() == [0, 1]
    assert str(found.sections["field"].dtype) == "category"
    assert len(Employments.joined([]).employments) == 0


def test_a_reader_takes_an_answer_whole_or_not_at_all():
    """One that is cut off leaves nothing of itself behind."""
    reader = EmploymentReader()
    assert reader.add(one("1"), "XY") == 1
    with pytest.raises(SdUnreadableError):
        reader.add(one("2")[:-10], "XY")
    assert reader.add(one("3", "XZ"), "XZ") == 1
    assert reader.result().employments[["institution", "number"]].to_numpy().tolist() == [
        ["XY", "1"],
        ["XZ", "3"],
    ]
    assert reader.result().sections["employment"].tolist() == [0, 1]
