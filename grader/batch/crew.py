"""Handing out work: a window of tasks under way, workers that die, and results as they come."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeAlias, TypeVar

from grader.batch.work import Graded, Judge, Task
from grader.errors import Fault, SandboxUnavailable

MOST_WORKERS_LOST = 3
"""A submission that has taken so many workers with it is not tried again."""

P = ParamSpec("P")
T = TypeVar("T")
Came: TypeAlias = list[tuple[T, Task, "Graded | Fault"]]
Done: TypeAlias = Generator[Came[T], None, None]


class WorkersLost(Fault):
    """A submission ended every worker that tried to grade it."""

    def __init__(self) -> None:
        super().__init__(f"{MOST_WORKERS_LOST} processes that graded it came to a sudden end")


@dataclass(frozen=True)
class Crew:
    """Who grades. `start` starts an executor that ends, with all that it began, when the context is left; `graded` is
    what it is asked to do with a task; `window` is how many tasks are under way at once. `around` is left when all
    results were taken, whichever executor they are of."""

    start: Callable[[], AbstractContextManager[Executor]]
    graded: Callable[..., Graded]
    window: int
    around: Callable[[], AbstractContextManager[None]] = nullcontext


class Here(Executor):
    """Does what it is asked at once, in this thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is done. An interrupt is not kept in it but raised."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def alone(judge: Judge) -> Crew:
    """The judge's own process."""
    return Crew(lambda: nullcontext(Here()), judge.graded, 1)


@dataclass
class Handing(Generic[T]):
    """Tasks on their way through a crew; `done` gives every task back with what came of it: as soon as one is done, all
    that are.

    A worker that dies takes down its executor. Whatever was under way is then handed out again one by one, so that it
    shows which task it was; one that has taken `MOST_WORKERS_LOST` with it comes back with WorkersLost, one for which
    there was no sandbox with SandboxUnavailable.
    """

    crew: Crew
    tasks: Iterator[tuple[T, Task]]
    _suspects: deque[tuple[T, Task, int]] = field(default_factory=deque)
    _flying: dict[Future[Graded], tuple[T, Task, int]] = field(default_factory=dict)

    def done(self) -> Done[T]:
        """Raises what a task raised. Whoever stops in the middle closes this generator, which ends the workers."""
        with self.crew.around(), ExitStack() as stack:
            executor: Executor | None = None
            while True:
                try:
                    if executor is None:
                        executor = stack.enter_context(self.crew.start())
                    self._fill(executor)
                    if not self._flying:
                        return
                    yield from self._landed()
                except BrokenExecutor:
                    stack.close()
                    executor = None
                    yield self._fallen()

    def _fill(self, executor: Executor) -> None:
        """Hands out as much as may be under way: one task where one is suspected, else a window full."""
        while self._suspects and not self._flying:
            self._submit(executor, *self._suspects.popleft())
        if self._suspects or any(lost for _, _, lost in self._flying.values()):
            return
        for own, task in itertools.islice(self.tasks, self.crew.window - len(self._flying)):
            self._submit(executor, own, task, 0)

    def _submit(self, executor: Executor, own: T, task: Task, lost: int) -> None:
        try:
            self._flying[executor.submit(self.crew.graded, task)] = own, task, lost
        except BrokenExecutor:
            self._suspects.appendleft((own, task, lost))
            raise

    def _landed(self) -> Iterator[Came[T]]:
        finished, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        came: Came[T] = []
        for future in finished:
            try:
                graded: Graded | Fault = future.result()
            except (WorkersLost, SandboxUnavailable) as fault:
                graded = fault
            except BrokenExecutor:
                # It stays among those that fly, until all that are lost are counted.
                if came:
                    yield came
                raise
            own, task, _ = self._flying.pop(future)
            came.append((own, task, graded))
        yield came

    def _fallen(self) -> Came[T]:
        """Counts what was under way when a worker died; results that had come by then are kept."""
        came: Came[T] = []
        for future, (own, task, lost) in self._flying.items():
            kept = None if future.cancelled() or future.exception() else future.result()
            if kept is not None:
                came.append((own, task, kept))
            elif lost + 1 >= MOST_WORKERS_LOST:
                came.append((own, task, WorkersLost()))
            else:
                self._suspects.append((own, task, lost + 1))
        self._flying.clear()
        return came


def handed_out(crew: Crew, tasks: Iterable[tuple[T, Task]]) -> Done[T]:
    """Every task with what it came to, and with what its owner keeps beside it, as they are done."""
    return Handing(crew, iter(tasks)).done()
