"""Where a submission's processor time goes: in the judge by files and functions, in the boxes by what they do.

Two classes are graded, and the difference is told: what is done once a run is not in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import classes, meter
from benchmarks.figures import ROOT, Section, table

FEW, MANY = 20, 120
EMPTY = 20
TOP = 15


@dataclass(frozen=True)
class Profile:
    """Seconds: of all processes, of the judge, and of the judge by place. `boxes` is how many were opened."""

    whole: float
    judge: float
    boxes: float
    places: Mapping[str, float]

    def each(self, other: Profile, count: int) -> Profile:
        """What a submission adds, when this run had `count` more of them than the other."""
        places = {name: (self.places[name] - other.places.get(name, 0.0)) / count for name in self.places}
        return Profile(
            (self.whole - other.whole) / count,
            (self.judge - other.judge) / count,
            (self.boxes - other.boxes) / count,
            places,
        )

    def by(self, key: Callable[[str], str]) -> list[tuple[str, float]]:
        """Places taken together, the dearest first."""
        found: dict[str, float] = {}
        for name, seconds in self.places.items():
            found[key(name)] = found.get(key(name), 0.0) + seconds
        return sorted(found.items(), key=lambda one: -one[1])


def measured() -> Section:
    """The class in its sandbox, and in boxes that are the judge's own process, where they can be looked into."""
    boxed, inside = _profile("boxed"), _profile("in-process")
    start = _seconds_of_an_empty_box()
    rooms = [[room, _ms(seconds)] for room, seconds in boxed.by(_room) if seconds >= 0.0005]
    places = [[name, _ms(seconds)] for name, seconds in boxed.by(str)[:TOP]]
    box = inside.by(lambda name: _room(name) if name.startswith("box/") else "")
    work = sum(seconds for room, seconds in box if room)
    parts = [
        ["the judge", _ms(boxed.judge)],
        [f"opening and ending {boxed.boxes:.2f} boxes, at {start * 1000:.1f} ms", _ms(boxed.boxes * start)],
        [
            "the rest of what boxes do: reading, running, answering",
            _ms(boxed.whole - boxed.judge - boxed.boxes * start),
        ],
        ["together", _ms(boxed.whole)],
    ]
    head = "ms of CPU a submission"
    text = f"""\
{table(["", head], parts)}

The judge, by the room whose code runs or has called what runs:

{table(["room", head], rooms)}

The judge, by function:

{table(["function", head], places)}

What boxes do, seen where they are the judge's own process: {work * 1000:.1f} ms a submission.

{table(["file and function", head], [[name, _ms(seconds)] for name, seconds in inside.by(_inside)[:TOP] if name])}"""
    return Section("Where the time goes", text)


def _profile(how: str) -> Profile:
    with tempfile.TemporaryDirectory() as name:
        few, many = (_run(how, Path(name), count) for count in (FEW, MANY))
    return many.each(few, MANY - FEW)


def _run(how: str, top: Path, count: int) -> Profile:
    folder, out, report = (top / f"{count}-{what}" for what in ("class", "out", "report"))
    classes.write(folder, count)
    command = [sys.executable, "-m", "benchmarks.sampled", how, str(folder), str(out), str(report)]
    whole = meter.cost(command, ROOT).cpu
    told = json.loads(report.read_text("utf-8"))
    return Profile(whole, told["judge"], told["boxes"], told["seconds"])


def _seconds_of_an_empty_box() -> float:
    """Processor time of a box that is opened and ended, the judge's part in it left out."""
    few, many = (_opened(count) for count in (0, EMPTY))
    return (many - few) / EMPTY


_OPEN = """
import sys, time
from grader.sandbox.base import Limits, Setup
from grader.sandbox.choose import default_sandbox
sandbox = default_sandbox(())
before = time.process_time()
for _ in range(int(sys.argv[1])):
    sandbox.open(Setup({}, (), (), Limits())).close()
print(time.process_time() - before, file=open(sys.argv[2], "w"))
"""


def _opened(count: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        told = Path(name, "told")
        used = meter.cost([sys.executable, "-c", _OPEN, str(count), str(told)], ROOT).cpu
        return used - float(told.read_text("ascii"))


def _room(place: str) -> str:
    """``reports/code.py _coloured`` is in ``reports/``."""
    file = place.partition(" ")[0]
    return file.partition("/")[0] + "/" if "/" in file else file


def _inside(place: str) -> str:
    return place if place.startswith("box/") else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
