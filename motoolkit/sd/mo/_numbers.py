"""The user_keys of engagements: which are SD's numbers, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from motoolkit.sd._keys import UUID, pairs, texts

if TYPE_CHECKING:
    import pandas as pd

BLANK: Final = "no_number"
UUID_NUMBER: Final = "uuid_number"
FOREIGN: Final = "foreign_number"

_NUMBER: Final = r"^(?:(?P<institution>[0-9A-ZÆØÅ]{2})-)?0*(?P<number>(?=[A-ZÆØÅ]*[0-9])[0-9A-ZÆØÅ]{1,6})$"


def read_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` (cpr, user_key) with institution, plain, pair and wrong.

    ``wrong`` tells why a user_key is no number of SD's, else "".  A number that is not written as a
    mapping has it is a number all the same.
    """
    upper = texts(frame["user_key"]).str.upper()
    found = upper.str.extract(_NUMBER)
    institution, plain = texts(found["institution"]), texts(found["number"])
    wrong = np.select(
        [(upper == "").to_numpy(), upper.str.fullmatch(UUID).to_numpy(bool), (plain == "").to_numpy()],
        [BLANK, UUID_NUMBER, FOREIGN],
        "",
    )
    pair = pairs(frame["cpr"], institution, plain)
    return frame.assign(institution=institution, plain=plain, wrong=wrong, pair=pair)
