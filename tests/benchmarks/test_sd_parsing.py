"""SD-Løn's answers for a whole institution: time beside lxml's bare iterparse, memory beside the result."""

from __future__ import annotations

import io
import time
import tracemalloc

from lxml import etree

from motoolkit.sd.parsing import read_employments

PERSONS = 11_000
ROUNDS = 3

_PERSON = """<Person>
<PersonCivilRegistrationIdentifier>{cpr:010d}</PersonCivilRegistrationIdentifier>
<Employment><EmploymentIdentifier>{number:05d}</EmploymentIdentifier>
<EmploymentDate>2019-08-01</EmploymentDate>
<AnniversaryDate>2010-02-01</AnniversaryDate>{sections}</Employment></Person>
"""
_SECTIONS = """<EmploymentDepartment>
<ActivationDate>{a}</ActivationDate><DeactivationDate>{b}</DeactivationDate>
<DepartmentIdentifier>{code}</DepartmentIdentifier>
<DepartmentUUIDIdentifier>5c0a7a52-0000-4a00-8a00-{unit:012x}</DepartmentUUIDIdentifier></EmploymentDepartment>
<Profession><ActivationDate>{a}</ActivationDate><DeactivationDate>{b}</DeactivationDate>
<JobPositionIdentifier>{job}</JobPositionIdentifier><EmploymentName>Havneassistent {job}</EmploymentName>
<AppointmentCode>0</AppointmentCode></Profession>
<EmploymentStatus><ActivationDate>{a}</ActivationDate><DeactivationDate>{b}</DeactivationDate>
<EmploymentStatusCode>1</EmploymentStatusCode></EmploymentStatus>
<WorkingTime><ActivationDate>{a}</ActivationDate><DeactivationDate>{b}</DeactivationDate>
<OccupationRate>0.8649</OccupationRate><SalaryRate>0.8649</SalaryRate><SalariedIndicator>true</SalariedIndicator>
<FullTimeIndicator>false</FullTimeIndicator></WorkingTime>
"""


def institution(persons: int) -> bytes:
    """Return the answer for an institution: three sections of each kind an employment, all made up."""
    whole = [b'<?xml version="1.0" encoding="UTF-8"?>\n<GetEmploymentChanged20111201>']
    for n in range(persons):
        days = [f"{2000 + n % 20:04d}-{1 + m + n % 9:02d}-{1 + n % 28:02d}" for m in range(3)]
        borders = zip(days, ["2020-06-30", "2021-07-31", "9999-12-31"], strict=True)
        sections = "".join(
            _SECTIONS.format(a=a, b=b, code=f"B{n % 700:03d}", unit=n % 700, job=3000 + n % 400)
            for a, b in borders
        )
        whole.append(_PERSON.format(cpr=101_000_000 + n * 7, number=n, sections=sections).encode())
    return b"".join([*whole, b"</GetEmploymentChanged20111201>"])


def bare(answer: bytes) -> None:
    """Do the least that can be done with lxml and every element."""
    for _, element in etree.iterparse(io.BytesIO(answer)):
        element.clear()


def seconds(read, answer: bytes) -> float:
    """Return the least seconds of some rounds."""

    def once() -> float:
        begin = time.perf_counter()
        read(answer)
        return time.perf_counter() - begin

    return min(once() for _ in range(ROUNDS))


def test_parsing_is_at_least_half_as_fast_as_bare_iterparse(capsys):
    """On more than 30 MB, every interval read, interned, dated and sorted."""
    answer = institution(PERSONS)
    assert len(answer) > 30_000_000
    ours, theirs = seconds(read_employments, answer), seconds(bare, answer)
    size = len(answer) / 1e6
    with capsys.disabled():
        print(
            f"\n{size:.0f} MB of SD answers: read in {ours:.2f} s ({size / ours:.0f} MB/s), "
            f"bare iterparse {theirs:.2f} s: {ours / theirs:.2f} times"
        )
    assert ours < 2 * theirs


def test_memory_is_that_of_the_result_however_long_the_answer(capsys):
    """The most that Python held beside the answer is a few times what the frames hold."""
    answer = institution(4_000)
    read_employments(institution(1))  # what is imported and made once is not counted
    tracemalloc.start()
    found = read_employments(io.BytesIO(answer))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    frames = (found.employments, found.sections)
    held = sum(int(frame.memory_usage(deep=False, index=False).sum()) for frame in frames)
    with capsys.disabled():
        print(f"\n{len(answer) / 1e6:.1f} MB read with {most / 1e6:.1f} MB, of {held / 1e6:.1f} MB of frames")
    assert most < 6 * held
