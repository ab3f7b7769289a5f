"""A box without walls: the same calls in the judge's own process, for code that is trusted and for self-checks."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from grader.box.host import Host
from grader.box.patience import OutOfTime, patience
from grader.box.program import Job, Loaded, Place, Reply

from .base import Deadline, Limits, Setup
from .handin import remove, written

T = TypeVar("T")


class Hosted(Protocol):
    """What answers in this process: a submission that is loaded from its files, or what a notebook has defined."""

    def load(self, skip: frozenset[int]) -> Loaded: ...

    def rest(self, skip: frozenset[int]) -> Loaded: ...

    def run(self, job: Job) -> Reply: ...

    def is_own(self, file: str) -> bool: ...

    def close(self) -> None: ...


class InProcess:
    """Opens boxes that keep no limits.

    With a `root` they are for code of this machine's own user: the files are those of that folder, where they lie,
    calls are limited in time, and nothing is flagged.
    """

    name = "in-process"
    _root: Path | None = None

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    def available(self) -> None:
        """It always is."""

    def open(self, setup: Setup) -> InProcessBox:
        for name in setup.modules:
            importlib.import_module(name)
        own = self._root is not None
        root = self._root or written(setup.files)

        def hosted(lent: Mapping[str, str]) -> Host:
            return Host(str(root), setup.sources, setup.wanted, lent, box.on_statement, flagged=not own)

        box = InProcessBox(hosted, setup.limits, timed=own, owned=None if own else root)
        return box

    def close(self) -> None:
        """There is nothing to end."""


class InProcessBox:
    """One submission, loaded into this process. Died is raised at the end of its time, if that is limited.

    `hosted` makes what answers, with what is lent to it. `owned` is a folder that is removed in the end.
    """

    def __init__(
        self,
        hosted: Callable[[Mapping[str, str]], Hosted],
        limits: Limits,
        timed: bool,
        owned: Path | None = None,
    ) -> None:
        self._hosted = hosted
        self._host: Hosted | None = None
        self._limits = limits
        self._timed = timed
        self._owned = owned
        self._printed = io.StringIO()
        self._statement: tuple[int, Place] | None = None

    @property
    def output(self) -> str:
        return self._printed.getvalue()[: self._limits.output]

    def on_statement(self, ordinal: int, place: Place, _passing: bool) -> None:
        """Notes which statement is run."""
        self._statement = (ordinal, place)

    def load(self, skip: frozenset[int], lent: Mapping[str, str], until: Deadline) -> Loaded:
        self._forget()
        self._host = self._hosted(lent)
        return self._loading(lambda: self.host.load(skip), until)

    def rest(self, skip: frozenset[int], until: Deadline) -> Loaded:
        return self._loading(lambda: self.host.rest(skip), until)

    def run(self, jobs: Sequence[Job], until: Deadline) -> Iterator[Reply]:
        for job in jobs:
            deadline = min(until, Deadline.within(self._limits.seconds(job)))
            yield self._done(lambda job=job: self.host.run(job), deadline)  # type: ignore[misc]

    def close(self) -> None:
        self._forget()
        if self._owned is not None:
            remove(self._owned)

    @property
    def host(self) -> Hosted:
        """What answers. Raises ValueError before the first loading."""
        if self._host is None:
            raise ValueError("nothing has been loaded")
        return self._host

    def _forget(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None

    def _loading(self, action: Callable[[], Loaded], until: Deadline) -> Loaded:
        loaded = self._done(action, min(until, Deadline.within(self._limits.load)))
        self._statement = None
        return loaded

    def _done(self, action: Callable[[], T], deadline: Deadline) -> T:
        """What the action gives. All that it prints is kept, and it reads nothing."""
        limit = patience(deadline.left, self.host.is_own) if self._timed else contextlib.nullcontext()
        with (
            contextlib.redirect_stdout(self._printed),
            contextlib.redirect_stderr(self._printed),
            _no_input(),
        ):
            try:
                with limit:
                    return action()
            except OutOfTime:
                died = deadline.passed()
                died.statement = self._statement
                raise died from None


@contextlib.contextmanager
def _no_input() -> Iterator[None]:
    """Standard input is at its end."""
    before, sys.stdin = sys.stdin, io.StringIO()
    try:
        yield
    finally:
        sys.stdin = before
