"""Many people at once on one site: how long each page takes them.

Each person has a connection that stays open and goes through the pages in an order of their own, with a pause between
two pages; a pause of 0 is a crowd that never reads. Every answer must be 200.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from visiting import Times, Visitor


@dataclass
class Crowd:
    """`visitors` each have a `session` and `pages`, which map a name to the paths it may be asked under; not all need
    have the same.
    """

    port: int
    visitors: Sequence[Mapping[str, Any]]
    pause: float
    times: dict[str, Times] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lasted: float = 0

    def __post_init__(self) -> None:
        names = dict.fromkeys(name for one in self.visitors for name in one["pages"])
        self.times = {name: Times() for name in names}

    def run(self, seconds: float) -> Crowd:
        self.lasted = seconds
        end = time.monotonic() + seconds
        people = [
            threading.Thread(target=self._go, args=(one, random.Random(number), end))
            for number, one in enumerate(self.visitors)
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        if self.wrong:
            raise AssertionError(self.wrong[:5])
        return self

    @property
    def all(self) -> Times:
        return Times([spent for times in self.times.values() for spent in times.all])

    def _go(self, one: Mapping[str, Any], draw: random.Random, end: float) -> None:
        try:
            self._visit(one, draw, end)
        except Exception as error:
            self.wrong.append(repr(error))
            raise

    def _visit(self, one: Mapping[str, Any], draw: random.Random, end: float) -> None:
        visitor, names = Visitor(self.port, one["session"]), list(one["pages"])
        time.sleep(draw.random() * self.pause)
        while time.monotonic() < end:
            name = draw.choice(names)
            path = draw.choice(one["pages"][name])
            answer = visitor.get(path)
            self.times[name].all.append(answer.spent)
            if answer.status != 200:
                self.wrong.append(f"{path}: {answer.status}")
            time.sleep(self.pause * draw.uniform(0.5, 1.5))
