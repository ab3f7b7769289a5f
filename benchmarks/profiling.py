"""Where a submission's processor time goes: in the judge by files and functions, in the boxes by what they do.

Two classes are graded, and the difference is told: what is done once a run is not in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks import classes, meter
from benchmarks.figures import ROOT, Section, table
from benchmarks.running import environment, new_folder

FEW, MANY = 20, 120
EMPTY = 50
TOP = 15


@dataclass(frozen=True)
class Profile:
    """Seconds: of all processes, of the judge, and of the judge by what runs and the step of the run to which that
    belongs. `boxes` is how many were opened."""

    whole: float
    judge: float
    boxes: float
    places: Mapping[tuple[str, str], float]

    def each(self, other: Profile, count: int) -> Profile:
        """What a submission adds, when this run had `count` more of them than the other."""
        places = {one: (self.places[one] - other.places.get(one, 0.0)) / count for one in self.places}
        return Profile(
            (self.whole - other.whole) / count,
            (self.judge - other.judge) / count,
            (self.boxes - other.boxes) / count,
            places,
        )

    def by(self, key: Callable[[str, str], str]) -> list[list[str]]:
        """Rows: places taken together, those without a key left out, the dearest first."""
        found: dict[str, float] = {}
        for place, seconds in self.places.items():
            found[key(*place)] = found.get(key(*place), 0.0) + seconds
        found.pop("", None)
        return [[one, _ms(found[one])] for one in sorted(found, key=found.__getitem__, reverse=True)[:TOP]]


def measured() -> Section:
    """The class in its sandbox, and in boxes that are the judge's own process, where they can be looked into."""
    boxed, inside = _profile("boxed"), _profile("in-process")
    begin = _seconds_of_an_empty_box()
    begun = boxed.boxes * begin
    parts = [
        ["the judge", _ms(boxed.judge)],
        [f"opening and ending {boxed.boxes:.2f} boxes, at {begin * 1000:.1f} ms", _ms(begun)],
        ["the rest of what boxes do: reading, running, answering", _ms(boxed.whole - boxed.judge - begun)],
        ["together", _ms(boxed.whole)],
    ]
    whole = table(["", _HEAD], parts)
    rooms = table(["the judge, by room", _HEAD], boxed.by(lambda inner, _step: _room(inner)))
    steps = table(["the judge, by step of a run", _HEAD], boxed.by(lambda _inner, step: step))
    inner = table(["the judge, by function", _HEAD], boxed.by(lambda inner, _step: inner))
    tasks = table(["boxes, by task", _HEAD], inside.by(lambda _inner, step: _of_box(step)))
    below = table(["boxes, by function", _HEAD], inside.by(lambda inner, _step: _of_box(inner)))
    return Section("Where the time goes", "\n\n".join([whole, _NOTE, rooms, steps, inner, tasks, below]))


_HEAD = "ms of CPU a submission"
_NOTE = f"""\
What {MANY - FEW} more submissions add; what is done once is not in it. A step or task is the outermost function that
does a thing by itself, a function the innermost of this project, with what it calls in libraries. The dearest {TOP} of
each. What boxes do is looked at where they are the judge's own process."""


def _profile(how: str) -> Profile:
    few, many = (_run(how, count) for count in (FEW, MANY))
    return many.each(few, MANY - FEW)


def _run(how: str, count: int) -> Profile:
    top = new_folder()
    folder, out, report = (top / what for what in ("class", "out", "report"))
    classes.write(folder, count)
    command = [sys.executable, "-m", "benchmarks.sampled", how, str(folder), str(out), str(report)]
    whole = meter.cost(command, ROOT, environment()).cpu
    told = json.loads(report.read_text("utf-8"))
    places = {(inner, step): seconds for inner, step, seconds in told["seconds"]}
    return Profile(whole, told["judge"], told["boxes"], places)


def _seconds_of_an_empty_box() -> float:
    """Processor time of a box that is opened and ended, the judge's part in it left out."""
    few, many = (_opened(count) for count in (1, 1 + EMPTY))
    return (many - few) / EMPTY


_OPEN = """
import sys, time
from grader.sandbox.base import Limits, Setup
from grader.sandbox.choose import default_sandbox
sandbox = default_sandbox(())
before = time.process_time()
for _ in range(int(sys.argv[1])):
    sandbox.open(Setup({}, (), (), Limits())).close()
sandbox.close()
print(time.process_time() - before, file=open(sys.argv[2], "w"))
"""


def _opened(count: int) -> float:
    told = new_folder() / "told"
    used = meter.cost([sys.executable, "-c", _OPEN, str(count), str(told)], ROOT, environment()).cpu
    return used - float(told.read_text("ascii"))


def _room(place: str) -> str:
    """``reports/code.py _coloured`` is in ``reports/``."""
    file = place.partition(" ")[0]
    return file.partition("/")[0] + "/" if "/" in file else file


def _of_box(place: str) -> str:
    return place if place.startswith("box/") else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
