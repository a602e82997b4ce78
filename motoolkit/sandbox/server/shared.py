"""What the sandbox's paths share."""

from __future__ import annotations

import asyncio
from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING

from motoolkit.sandbox.events.generator import QUICK, Generator
from motoolkit.sandbox.server.pool import Pool

if TYPE_CHECKING:
    from motoolkit.sandbox.ad import NordbyAd
    from motoolkit.sandbox.events.generator import Delay
    from motoolkit.sandbox.sd import SdLoen
    from motoolkit.sandbox.server.faults import Faults
    from motoolkit.sandbox.server.pace import Pace
    from motoolkit.sandbox.server.tokens import Tokens
    from motoolkit.sandbox.state import StateFile
    from motoolkit.sandbox.world import World


@dataclass(slots=True)
class Shared:
    """The world and what surrounds it; whoever reads or changes the world holds ``busy``."""

    world: World
    tokens: Tokens
    faults: Faults
    sessions: frozenset[str]
    pace: Pace
    file: StateFile | None = None
    sd: SdLoen | None = None
    ad: NordbyAd | None = None
    event_delay: InitVar[Delay] = QUICK
    requests: int = 0
    pool: Pool = field(default_factory=Pool)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    generator: Generator = field(init=False)

    def __post_init__(self, event_delay: Delay) -> None:
        self.generator = Generator(self.world, event_delay, busy=self.busy, keep=self.keep)

    def keep(self) -> None:
        """Write what has been committed to the state file, before anybody is told of it."""
        if self.file is not None:
            self.file.save()
