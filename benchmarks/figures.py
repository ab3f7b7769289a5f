"""How figures are taken and told: in turns, with their spread, beside what they must keep."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("results.md")


@dataclass(frozen=True)
class Spread:
    """The middle of some figures, and the quarters beside it."""

    median: float
    low: float
    high: float

    def told(self, scale: float = 1.0, form: str = ".1f") -> str:
        """``12.3 (11.9 to 13.0)``."""
        middle, low, high = (format(one * scale, form) for one in (self.median, self.low, self.high))
        return middle if low == high else f"{middle} ({low} to {high})"


def spread(figures: Iterable[float]) -> Spread:
    """Median and quartiles of one figure or more."""
    known = sorted(figures)
    if len(known) == 1:
        return Spread(known[0], known[0], known[0])
    low, _, high = statistics.quantiles(known, n=4, method="inclusive")
    return Spread(statistics.median(known), low, high)


def in_turns(ways: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Each way once a round, so that a busy machine slows all of them; the order is turned round each time."""
    found: dict[str, list[T]] = {name: [] for name in ways}
    for number in range(rounds):
        names = [*ways] if number % 2 == 0 else [*ways][::-1]
        for name in names:
            found[name].append(ways[name]())
    return found


@dataclass(frozen=True)
class Promise:
    """A figure that is measured, and what it must be: at most `limit`, or at least where `least` says so."""

    what: str
    measured: float
    limit: float
    least: bool = False

    @property
    def kept(self) -> bool:
        return self.measured >= self.limit if self.least else self.measured <= self.limit

    def told(self) -> str:
        word = "at least" if self.least else "at most"
        verdict = "kept" if self.kept else "**broken**"
        return f"{verdict}: {self.what}: {self.measured:.3g}, must be {word} {self.limit:g}"


@dataclass(frozen=True)
class Section:
    """What a benchmark has to say: Markdown, and its promises."""

    title: str
    text: str
    promises: Sequence[Promise] = ()

    @property
    def kept(self) -> bool:
        return all(promise.kept for promise in self.promises)

    def told(self) -> str:
        """The section with when, where and on what it was measured."""
        told = "\n".join(f"- {promise.told()}" for promise in self.promises)
        return "\n\n".join(part for part in (f"## {self.title}", _where(), self.text.strip(), told) if part)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: the first column to the left, figures to the right."""
    lines = [list(head), ["---", *("---:" for _ in head[1:])], *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write(section: Section) -> None:
    """Puts a section into `results.md`, in the place of the one of this title."""
    start = "# Results\n\nWritten by `python -m benchmarks`; [README.md](README.md) says what is measured and how."
    known = RESULTS.read_text("utf-8").rstrip() if RESULTS.exists() else start
    first, *others = known.split("\n\n## ")
    titles = [one.partition("\n")[0] for one in others]
    texts = dict(zip(titles, others, strict=True)) | {section.title: section.told().removeprefix("## ")}
    RESULTS.write_text("\n\n## ".join([first, *texts.values()]) + "\n", encoding="utf-8")


def _where() -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    cores = len(os.sched_getaffinity(0))
    return (
        f"*{now}, commit {_commit()}, {cores} cores ({_processor()}), load {os.getloadavg()[0]:.1f}, "
        f"Linux {platform.release()}, Python {platform.python_version()}, numpy {version('numpy')}*"
    )


def _commit() -> str:
    """The commit, and whether anything differs from it but the results themselves."""
    told = _git("rev-parse", "--short", "HEAD").stdout.strip()
    changed = _git("diff", "--quiet", "HEAD", "--", ".", f":(exclude){RESULTS.relative_to(ROOT)}").returncode
    return f"{told}-dirty" if told and changed else told or "unknown"


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
