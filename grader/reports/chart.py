"""The geometry of the distribution of scores; the template draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
HEIGHT = 138
_FLOOR = 118
_CEILING = 18
_GAP = 4


@dataclass(frozen=True)
class Bar:
    """One bar and the per cents that it stands for, from `low` (at the abscissa `edge`) to `high`."""

    edge: float
    x: float
    y: float
    width: float
    height: float
    count: int
    low: int
    high: int

    @property
    def middle(self) -> float:
        """Where its labels are centred."""
        return self.x + self.width / 2


def bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """Bars of equal width over 0 to 100 %, the tallest as high as the drawing."""
    step = WIDTH / len(counts)
    tallest = max(*counts, 1)
    per_bin = 100 // len(counts)
    drawn = []
    for index, count in enumerate(counts):
        height = round((_FLOOR - _CEILING) * count / tallest, 1)
        x = round(index * step + _GAP / 2, 1)
        low = index * per_bin
        drawn.append(
            Bar(round(index * step, 1), x, _FLOOR - height, step - _GAP, height, count, low, low + per_bin)
        )
    return tuple(drawn)
