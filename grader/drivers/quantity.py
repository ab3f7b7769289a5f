"""Which arrays an exercise produces, and where they stand in what it returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class At:
    """One step into an outcome: entry `key` of `width` values, or the value under `key` of a dict.

    As few as `fewest` values are accepted for the sake of those that are there.
    """

    key: int | str
    width: int = 0
    fewest: int = 0


@dataclass(frozen=True)
class Quantity:
    """One array that an exercise produces and that is judged on its own.

    `step` names the step of the job whose outcome holds it, `path` the way into that outcome. `of` is the argument
    that it is the gradient of, "" for an output. `where` is the method or function (or "") whose definition a finding
    points at, `source` what students call it (``Relu.backward``; "" is its own name). With `row`, an array (1, M)
    is accepted for (M,).
    """

    name: str
    step: str
    path: tuple[At, ...] = ()
    of: str = ""
    where: str = ""
    source: str = ""
    row: bool = False
