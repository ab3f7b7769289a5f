"""A box without walls: the same calls in the judge's own process, for code that is trusted and for self-checks."""

from __future__ import annotations

import contextlib
import importlib
import io
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from grader.box.host import Host
from grader.box.program import Job, Loaded, Reply

from .base import Deadline, Setup
from .handin import remove, written

T = TypeVar("T")


class InProcess:
    """Opens boxes that keep no limits."""

    name = "in-process"

    def available(self) -> None:
        """It always is."""

    def open(self, setup: Setup) -> InProcessBox:
        return InProcessBox(setup)


class InProcessBox:
    """One submission, loaded into this process. Nothing ends it, so that Died is never raised."""

    def __init__(self, setup: Setup) -> None:
        for name in setup.modules:
            importlib.import_module(name)
        self._root = written(setup.files)
        self._printed = io.StringIO()
        self._kept = setup.limits.output
        self._host = Host(str(self._root), setup.sources, setup.wanted, setup.lent, lambda *_: None)

    @property
    def output(self) -> str:
        return self._printed.getvalue()[: self._kept]

    def load(self, skip: frozenset[int], until: Deadline) -> Loaded:  # noqa: ARG002
        return self._captured(lambda: self._host.load(skip))

    def rest(self, skip: frozenset[int], until: Deadline) -> Loaded:  # noqa: ARG002
        return self._captured(lambda: self._host.rest(skip))

    def run(self, jobs: Sequence[Job], until: Deadline) -> Iterator[Reply]:  # noqa: ARG002
        for job in jobs:
            yield self._captured(lambda job=job: self._host.run(job))  # type: ignore[misc]

    def close(self) -> None:
        self._host.close()
        remove(self._root)

    def _captured(self, action: Callable[[], T]) -> T:
        with contextlib.redirect_stdout(self._printed), contextlib.redirect_stderr(self._printed):
            return action()
