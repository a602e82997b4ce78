"""Which mapping a customer's integration has: guessed from what it has written into MO."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from motoolkit.language import tr
from motoolkit.sd._keys import UUID
from motoolkit.sd._traces import UNKNOWN_UNITS, Traces
from motoolkit.sd._types_told import engagement_types
from motoolkit.sd.mapping import PRESETS, Mapping

if TYPE_CHECKING:
    from motoolkit.mirror import Mirror

_SOME: Final = 0.2
"""The share from which a column is in use."""
_FEW: Final = 0.05
"""The share from which the only column with words is taken for that of titles: SD has them for some alone."""
_STRAY: Final = 0.01
"""Below this share words are what somebody once wrote there."""
_MOST: Final = 0.6
_NEARLY_ALL: Final = 0.95
_SCOPES: Final = {"PNUMBER": "p_number", "PHONE": "phone", "EMAIL": "email"}
_POSTAL: Final = ("post", "adresse", "address")


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping, and what speaks for it.

    Attributes:
        mapping: the guess; its name is that of the preset that it is based on.
        evidence: what was seen, a sentence each.
        doubts: what could not be told, a sentence each; ask the customer.
    """

    mapping: Mapping
    evidence: tuple[str, ...]
    doubts: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([self.mapping.name, *(f"  {line}" for line in (*self.evidence, *self.doubts))])


class _Guessing:
    """Settings, evidence and doubts, as they come together."""

    def __init__(self, seen: Traces) -> None:
        self.seen = seen
        self.settings: dict[str, Any] = {}
        self.evidence: list[str] = []
        self.doubts: list[str] = []

    def see(self, sentence: str, **settings: Any) -> None:
        self.evidence.append(sentence)
        self.settings |= settings

    def doubt(self, sentence: str, **settings: Any) -> None:
        self.doubts.append(sentence)
        self.settings |= settings


def guess_mapping(mirror: Mirror) -> Guess:
    """Guess how the integration writes what SD says; where MO does not tell, the preset's answer stays.

    Raises:
        MirrorError: the mirror does not hold what is asked for (``mo.COLLECTIONS``).
    """
    seen = Traces.of(mirror)
    if not len(seen.engagements):
        nothing = tr("No engagement in MO has a number of SD's, so nothing tells how they are mapped.")
        return Guess(PRESETS["sdlon"], (), (nothing,))
    guessing = _Guessing(seen)
    for look in (_numbers, _types, _jobs, _title, _department, _fraction, _leaves, _units, _addresses):
        look(guessing)
    base = _base(guessing)
    # All at once: some settings only hold together.
    return Guess(replace(base, **guessing.settings), tuple(guessing.evidence), tuple(guessing.doubts))


def _numbers(guessing: _Guessing) -> None:
    seen = guessing.seen
    share, count = seen.prefix_share, len(seen.engagements)
    shown = tr("{count} of {total} engagements have a number of SD's", count=count, total=seen.total)
    if share >= _MOST:
        begin = ", ".join(seen.institutions[:6])
        guessing.see(
            tr("{shown}, with the institution before it: {begin}.", shown=shown, begin=begin), prefix=True
        )
    elif share <= 1 - _MOST:
        guessing.see(tr("{shown}, without an institution before it.", shown=shown), prefix=False)
    else:
        guessing.doubt(
            tr("{shown}, about half with an institution before it: take care.", shown=shown), prefix=True
        )
    numbers = [str(key).rpartition("-")[2] for key in seen.engagements["user_key"]]
    lengths = Counter(len(number) for number in numbers if number.isdigit())
    usual = min(lengths, key=lambda length: (-lengths[length], length), default=0)
    if not any(number.startswith("0") for number in numbers):
        guessing.doubt(
            tr("No number begins with a zero: whether they are filled up can not be told."), padding=0
        )
    elif lengths[usual] >= _NEARLY_ALL * lengths.total():
        guessing.see(tr("Numbers are filled up with zeros to {usual} digits.", usual=usual), padding=usual)
    else:
        guessing.doubt(tr("Numbers have different lengths, and some begin with a zero."), padding=0)


def _types(guessing: _Guessing) -> None:
    rule, classes = engagement_types(guessing.seen.engagements)
    listed = ", ".join(sorted(classes.values()))
    if not rule:
        guessing.doubt(
            tr("The engagement types tell nothing of how SD's flags are mapped; they are not compared."),
            engagement_type="",
            engagement_types={},
        )
        return
    how = {
        "hours": tr("by working hours"),
        "status": tr("by status"),
        "salaried": tr("by month or by hour"),
    }[rule]
    sentence = tr("Engagement types are told apart {how}: {listed}.", how=how, listed=listed)
    guessing.see(sentence, engagement_type=rule, engagement_types=classes)


def _jobs(guessing: _Guessing) -> None:
    jobs = guessing.seen.engagements[["job", "job_name"]].dropna()
    named = float((jobs["job"] == jobs["job_name"]).mean()) if len(jobs) else 0.0
    if named >= _MOST:
        guessing.see(tr("Job functions are called by their titles, without codes."), job_function="name")
    else:
        guessing.see(tr("Job functions have SD's job codes as user_key."), job_function="user_key")
    unknown = guessing.seen.job_functions
    if unknown:
        sentence = tr("There is a job function {name} for unknown codes.", name=unknown[0])
        guessing.see(sentence, unknown_job_function=unknown[0])
    else:
        guessing.settings["unknown_job_function"] = ""


def _title(guessing: _Guessing) -> None:
    columns = [f"extension_{n}" for n in (1, 2, 3, 6, 7, 8, 9, 10)]
    shares = {column: guessing.seen.share(column, r"(?=.*[^\W\d]{2}).+") for column in columns}
    used = [column for column, share in shares.items() if share >= _SOME]
    if not used:
        _sparse_title(guessing, {column: share for column, share in shares.items() if share >= _STRAY})
    elif used[0] == "extension_1" or len(used) == 1:
        guessing.see(tr("{column} holds titles.", column=used[0]), title=used[0])
    else:
        listed = ", ".join(used)
        guessing.doubt(tr("Which of {listed} holds SD's title can not be told.", listed=listed), title="")


def _sparse_title(guessing: _Guessing, shares: dict[str, float]) -> None:
    """Tell what to make of columns with few words."""
    if not shares:
        guessing.see(tr("No extension holds a title."), title="")
        return
    column, share = max(shares.items(), key=lambda each: each[1])
    told = {"column": column, "share": share}
    if len(shares) == 1 and share >= _FEW:
        sentence = tr("{column} holds words for {share:.0%} of the engagements: taken for titles.", **told)
        guessing.doubt(sentence, title=column)
    else:
        sentence = tr(
            "{column} holds words for {share:.0%} of the engagements: not taken for titles.", **told
        )
        guessing.doubt(sentence, title="")


def _department(guessing: _Guessing) -> None:
    seen = guessing.seen
    raw = seen.share("extension_5", UUID) >= _SOME
    linked = [key for key in seen.association_types["user_key"] if str(key).lower() == "sd-medarbejder"]
    if raw:
        guessing.see(tr("extension_5 holds the UUID of SD's department."), raw_unit="extension_5")
    elif linked:
        guessing.see(
            tr(
                "Associations of type {name} hold SD's department; engagements are put above it.",
                name=linked[0],
            ),
            raw_unit="association",
            association_type=linked[0],
            placement="parent",
        )
    else:
        guessing.see(tr("SD's own department is kept nowhere."), raw_unit="", association_type="")
    if seen.share("extension_4", r"\S{1,6}") >= _SOME:
        guessing.see(tr("extension_4 holds codes of departments."), unit_code="extension_4")
    else:
        guessing.see(tr("The code of the department is kept nowhere."), unit_code="")


def _fraction(guessing: _Guessing) -> None:
    share = float(guessing.seen.engagements["fraction"].astype(bool).mean())
    if share >= _SOME:
        guessing.see(tr("{share:.0%} of the engagements have a fraction.", share=share), fraction=True)
    else:
        guessing.see(tr("Hardly any engagement has a fraction; it is not compared."), fraction=False)


def _leaves(guessing: _Guessing) -> None:
    used = list(guessing.seen.leave_types["user_key"])
    if len(used) == 1:
        guessing.see(tr("All leaves are of type {name}.", name=used[0]), leave_types=(used[0],))
    elif used:
        guessing.see(tr("Leaves are of {count} types; any counts.", count=len(used)), leave_types=())
    else:
        guessing.doubt(tr("There are no leaves; any type counts."), leave_types=())


def _units(guessing: _Guessing) -> None:
    units = guessing.seen.units
    levels = units["level"].fillna("").astype(str).str.lower()
    levelled = units[levels != ""]
    if levels.str.fullmatch(r"ny\d+-niveau|afdelings-niveau").any():
        prefix = bool(levelled["user_key"].str.fullmatch(r"[0-9A-ZÆØÅ]{2}-.+").mean() >= _MOST)
        guessing.see(tr("Units have SD's levels (NY1-niveau and so on)."), units=True, unit_prefix=prefix)
    else:
        guessing.doubt(tr("No unit has one of SD's levels; units are not compared."), units=False)
    names = units["name"].fillna("").str.lower().isin(UNKNOWN_UNITS)
    keys = units["user_key"].fillna("").str.lower().isin(UNKNOWN_UNITS)
    found = units[names | keys]
    if len(found):
        name = found["name"].iloc[0]
        guessing.see(tr("What can not be placed is put in {name}.", name=name), unknown_unit=str(name))
    else:
        guessing.settings["unknown_unit"] = ""


def _addresses(guessing: _Guessing) -> None:
    types = guessing.seen.address_types
    found: dict[str, str] = {}
    for key, name, scope in zip(types["user_key"], types["name"], types["scope"], strict=True):
        words = f"{key} {name}".lower()
        kind = _SCOPES.get(scope or "")
        if kind is None and scope in {"TEXT", "DAR"} and any(word in words for word in _POSTAL):
            kind = "postal"
        if kind and kind not in found:
            found[kind] = str(key)
    listed = ", ".join(found.values())
    if found:
        guessing.see(tr("Units have addresses of types {listed}.", listed=listed), unit_addresses=found)
    else:
        guessing.see(tr("Units have no addresses of SD's."), unit_addresses={})


def _base(guessing: _Guessing) -> Mapping:
    """Return the preset, by what only one integration leaves behind."""
    settings = guessing.settings
    if settings["raw_unit"] == "extension_5" or settings["engagement_type"] in {"hours", "status"}:
        name = "sdtool-plus-region" if settings["prefix"] else "sdtool-plus-municipality"
        guessing.see(tr("This is what SDTool+ leaves behind: based on {name}.", name=name))
        return PRESETS[name]
    if settings["engagement_type"]:
        guessing.see(tr("Nothing is there that only SDTool+ leaves behind: based on {name}.", name="sdlon"))
    else:
        guessing.doubt(tr("Nothing tells which integration has written this: {name} is taken.", name="sdlon"))
    return PRESETS["sdlon"]
