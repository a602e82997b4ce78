"""What was measured: raw times by query, form and page size; all else is worked out from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - from_json reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.files import replace_file
from motoolkit.probes._documents import Place  # noqa: TC001 - from_json reads the annotations
from motoolkit.probes._json import built, plain
from motoolkit.probes.robust import drift, typical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motoolkit.probes.advice import Advice
    from motoolkit.probes.fields import FieldCost
    from motoolkit.probes.robust import Estimate

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Shot:
    """One request: its round, seconds to the first byte and the last, bytes, and objects in the page."""

    round: int
    first: float
    whole: float
    size: int
    objects: int


@dataclass(frozen=True, slots=True)
class Series:
    """One form of a query at one page size, once a round.

    Attributes:
        form: ``whole``, ``without`` a field, ``instead`` of a deprecated one, ``joined``, or cut at a depth.
        path: the field that is left out or replaced; a depth's number.
        page_size: how many objects were asked for.
        version: of GraphQL.
        parents: the objects on which the field stands.
        shots: round 0 is the cold one.
    """

    form: str
    path: tuple[str, ...] = ()
    page_size: int = 0
    version: int = 0
    parents: int = 0
    shots: tuple[Shot, ...] = ()

    @property
    def warm(self) -> tuple[Shot, ...]:
        """The shots after the first round; that one where there is no other."""
        return tuple(shot for shot in self.shots if shot.round) or self.shots

    @property
    def times(self) -> list[float]:
        """The seconds of the warm shots."""
        return [shot.whole for shot in self.warm]

    @property
    def seconds(self) -> float:
        """What it typically takes, warm."""
        return typical(self.times)

    @property
    def cold(self) -> float | None:
        """The seconds of the first round."""
        return next((shot.whole for shot in self.shots if not shot.round), None)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many objects there are; ``estimated`` from how densely UUIDs lie where not all were read."""

    objects: int
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class CollectionCost:
    """What reading a collection flat, as of the day, takes in all; ``estimated`` where not all was read."""

    collection: str
    objects: int
    seconds: float
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat equivalent of a query: what is read, by which documents, the joins; else why not."""

    documents: tuple[tuple[str, str], ...] = ()
    joins: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def collections(self) -> tuple[str, ...]:
        """The collections to read."""
        return tuple(name for name, _ in self.documents)


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What was measured of one probe.

    Attributes:
        name: of the probe.
        title: for people, in English.
        document: as it was sent, CPR numbers masked.
        collection: that it reads.
        page_size: that was used; smaller than asked for where MO was slow.
        places: the nested fields.
        series: what was measured.
        extent: how many objects the whole query answers.
        flat: its flat equivalent.
        error: why nothing was measured.
        notices: what else must be known.
        partial: whether it was cut off.
        unsure: whether MO changed its pace meanwhile.
    """

    name: str
    title: str = ""
    document: str = ""
    collection: str = ""
    page_size: int = 0
    places: tuple[Place, ...] = ()
    series: tuple[Series, ...] = ()
    extent: Extent | None = None
    flat: Flat | None = None
    error: str = ""
    notices: tuple[str, ...] = ()
    partial: bool = False
    unsure: bool = False

    def found(
        self, form: str, path: Sequence[str] = (), *, page_size: int | None = None, version: int | None = None
    ) -> Series | None:
        """Return a series, by default at the largest page size and of the run's own version."""
        size = page_size or self.page_size
        wanted = (form, tuple(path), size, version or self.version)
        return next(
            (s for s in self.series if s.shots and (s.form, s.path, s.page_size, s.version) == wanted), None
        )

    @property
    def version(self) -> int:
        """The GraphQL version of the run."""
        return self.series[0].version if self.series else 0

    @property
    def whole(self) -> Series | None:
        """The query itself at the largest page size."""
        return self.found("whole")

    def sizes(self, form: str, path: Sequence[str] = ()) -> list[Series]:
        """Return a form at every page size, the smallest first."""
        found = (
            s
            for s in self.series
            if (s.form, s.path, s.version) == (form, tuple(path), self.version) and s.shots
        )
        return sorted(found, key=lambda s: s.page_size)

    def by_depth(self) -> Iterator[tuple[int, Series]]:
        """Yield the query cut at each depth, from the bare objects on; the last is the whole."""
        cut = [(int(s.path[0]), s) for s in self.series if s.form == "depth" and s.shots]
        yield from sorted(cut, key=lambda found: found[0])
        if self.whole:
            yield len(cut), self.whole

    @property
    def costs(self) -> list[FieldCost]:
        """What each nested field costs, the dearest first."""
        from motoolkit.probes.fields import field_costs

        return field_costs(self)


@dataclass(frozen=True, slots=True)
class ProbeRun:
    """A run of probes against one MO; no names, no values: only queries, counts and times."""

    mo: str
    as_of: date
    started: datetime
    graphql_version: int
    mo_version: str | None = None
    rounds: int = 0
    probes: tuple[ProbeResult, ...] = ()
    collections: tuple[CollectionCost, ...] = ()
    control: tuple[float, ...] = ()
    notices: tuple[str, ...] = ()
    partial: bool = False

    @property
    def measured(self) -> list[ProbeResult]:
        """The probes that have a result."""
        return [probe for probe in self.probes if not probe.error and probe.whole]

    @property
    def drift(self) -> Estimate:
        """How many times as long the control took in the second half as in the first."""
        return drift(self.control)

    @property
    def advice(self) -> list[Advice]:
        """What would be faster, what gains most first."""
        from motoolkit.probes.advice import advice_of

        return advice_of(self)

    def cost(self, collection: str) -> CollectionCost | None:
        """Return what reading a collection flat takes."""
        return next((c for c in self.collections if c.collection == collection), None)

    def to_json(self) -> str:
        """Return the run as JSON, as ``from_json`` reads it."""
        return json.dumps({"version": FORMAT, **plain(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str, name: str = "the text") -> ProbeRun:
        """Return a run that ``to_json`` wrote.

        Raises:
            InputError: it is none, or of a newer toolkit.
        """
        try:
            found: dict[str, Any] = json.loads(text)
            version = found.pop("version")
            if version == FORMAT:
                return built(cls, found)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError(
                f"{name} holds no results of probes.",
                remedy="Give a file that probe run --save wrote.",
            ) from None
        raise InputError(
            f"{name} is of version {version}, and this toolkit reads version {FORMAT}.",
            remedy="Update the toolkit, or measure anew.",
        )

    def save(self, path: str | Path) -> Path:
        """Write the run as JSON, for its owner only.

        Raises:
            OSError: it can not be written; nothing is left behind.
        """
        file = Path(path).expanduser()
        replace_file(file, self.to_json().encode())
        return file

    @classmethod
    def load(cls, path: str | Path) -> ProbeRun:
        """Return a run that was saved.

        Raises:
            InputError: it can not be read, or is none.
        """
        file = Path(path).expanduser()
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise InputError(f"{file} can not be read: {reason}.", remedy="Check the path.") from None
        return cls.from_json(text, str(file))

    def text(self) -> str:
        """Return the run in words."""
        from motoolkit.probes.showing import run_text

        return run_text(self)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from motoolkit.probes.showing import run_html

        return run_html(self)
