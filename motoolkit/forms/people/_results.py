"""What became of a list: a row for each person, in the kernel and in a workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from motoolkit.excel import make_formats
from motoolkit.forms.people._workbooks import workbook_at
from motoolkit.language import N_, tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

Became = Literal["done", "already so", "valid", "not sent", "refused", "unknown"]
SAID: Final = {
    "done": N_("Entered in MO"),
    "already so": N_("Stood in MO already"),
    "valid": N_("MO would take it"),
    "not sent": N_("Not sent"),
    "refused": N_("Refused by MO"),
    "unknown": N_("Nobody knows"),
}
"""What became of a person, in English."""

GOOD: Final = frozenset({"done", "already so", "valid"})
_HEADER: Final = (N_("No."), N_("Name"), N_("CPR number"), N_("Result"), N_("Explanation"), N_("UUID in MO"))
_WIDTHS: Final = (8, 30, 14, 22, 90, 40)
_RESULT: Final = 3


@dataclass(frozen=True, slots=True)
class PersonResult:
    """What became of one person.

    Attributes:
        number: in the list; "" for rows that have none.
        name: of the person.
        cpr_number: masked.
        became: ``done``: MO has it all; ``already so``: it had before; ``valid``: a dry run found no fault;
            ``not sent``: something is wrong with it; ``refused``: MO keeps nothing of it; ``unknown``: no
            answer came: send the list again.
        text: why, in sentences.
        uuid: of the person in MO, "" for one who is not there.
    """

    number: str
    name: str
    cpr_number: str
    became: Became
    text: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What became of a list.

    Attributes:
        persons: a result for each, and for each row that belongs to nobody.
        path: of the workbook with the same.
    """

    persons: tuple[PersonResult, ...]
    path: Path

    @property
    def ok(self) -> bool:
        """Whether MO has all of it (of a dry run: whether it would take it)."""
        return all(each.became in GOOD for each in self.persons)

    def frame(self) -> pd.DataFrame:
        """Return the results as a data frame, a person a row, in the order of the list."""
        import pandas as pd

        rows = [
            (each.number, each.name, each.cpr_number, tr(SAID[each.became]), each.text, each.uuid)
            for each in self.persons
        ]
        return pd.DataFrame(rows, columns=[tr(title) for title in _HEADER])

    def __repr__(self) -> str:
        counts = Counter(each.became for each in self.persons)
        told = ", ".join(f"{count} {became}" for became, count in counts.items()) or "nobody"
        return f"<Results: {told}; see {self.path}>"


def write_results(results: Results) -> None:
    """Write what became of a list to its workbook, readable by its owner only.

    Raises:
        InputError: it can not be written.
    """
    with workbook_at(results.path) as workbook:
        formats = make_formats(workbook, ("header", "value", "good", "bad"))
        sheet = workbook.add_worksheet(tr("Results"))
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        sheet.write_row(0, 0, [tr(title) for title in _HEADER], formats["header"])
        for row, each in enumerate(results.persons, 1):
            cells = (each.number, each.name, each.cpr_number, tr(SAID[each.became]), each.text, each.uuid)
            for at, text in enumerate(cells):
                looks = ("good" if each.became in GOOD else "bad") if at == _RESULT else "value"
                sheet.write_string(row, at, mask_all(text), formats[looks])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(results.persons), 1), len(_HEADER) - 1)
        sheet.set_landscape()
