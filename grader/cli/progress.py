"""The bar that shows how a run gets on, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from grader.language import _
from grader.reports.text import line

WRITING = 0.0015
"""Seconds that each submission costs when the class is written in the end: so small a part of all that what was
measured on one machine does for others."""


@dataclass
class Pace:
    """How fast a run is, over all of it: who comes next is as likely to be slow as who was before.

    What several workers do at once, and what it took to start them, shows in when their results come.
    """

    _first: float = 0.0
    _last: float = 0.0
    _results: int = 0

    def came(self, at: float) -> None:
        """A result came at this time, in seconds of any clock."""
        if not self._results:
            self._first = at
        self._last = at
        self._results += 1

    def left(self, remaining: int, total: int, now: float) -> float | None:
        """Seconds until the end, with so many results still to come, of so many; None while nobody can know."""
        if not remaining:
            return WRITING * total
        if self._results < 2:
            return None
        each = (self._last - self._first) / (self._results - 1)
        # A result that is late already will not come earlier than now.
        return max(remaining * each - (now - self._last), 0.0) + WRITING * total


class Bar:
    """What is told of a run while it lasts."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._pace = Pace()
        self._task = progress.add_task(_("grading"), total=total, student="", pace=self._pace)

    def known(self, student: str) -> None:
        """A student of whom everything is known already."""
        self._progress.update(self._task, advance=1, student=line(student))

    def graded(self, student: str) -> None:
        """A student of whom there is a new result."""
        self._pace.came(time.monotonic())
        self.known(student)


@contextmanager
def bar(console: Console, total: int) -> Iterator[Bar]:
    """A bar over so many students, where there is a terminal."""
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Left(),
        TextColumn("{task.fields[student]}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        yield Bar(progress, total)


class _Left(ProgressColumn):
    """The time to go. Rich's own column looks at the last half minute alone."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        pace: Pace = task.fields["pace"]
        left = pace.left(int(task.remaining or 0), int(task.total or 0), time.monotonic())
        shown = "-:--:--" if left is None else str(timedelta(seconds=round(left)))
        return Text(shown, style="progress.remaining")
