"""Handing out work, with executors whose workers die as they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import pytest

from grader.batch.crew import MOST_WORKERS_LOST, Crew, Here, WorkersLost, handed_out
from grader.batch.work import Graded, Task
from grader.errors import Fault
from grader.submissions import Submission

P = ParamSpec("P")
T = TypeVar("T")

STUDENTS = [f"s{number}" for number in range(20)]


@dataclass
class Workers:
    """Starts executors. Whoever is in `deadly` ends so many workers; `handed` tells what they were given."""

    deadly: dict[str, int] = field(default_factory=dict)
    started: int = 0
    ended: int = 0
    handed: list[str] = field(default_factory=list)

    @contextmanager
    def start(self) -> Iterator[Executor]:
        self.started += 1
        try:
            with ThreadPoolExecutor(1) as threads:
                yield Mortal(threads)
        finally:
            self.ended += 1

    def graded(self, task: Task) -> Graded:
        student = task.submission.student
        self.handed.append(student)
        if self.deadly.get(student, 0):
            self.deadly[student] -= 1
            raise BrokenExecutor
        return Graded((), None, student)


@dataclass
class Mortal(Executor):
    """One worker. What it is given after its death is never done."""

    threads: ThreadPoolExecutor
    dead: bool = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self.dead:
            raise BrokenExecutor
        return self.threads.submit(lambda: self._done(fn, *args, **kwargs))

    def _done(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self.dead:
            raise BrokenExecutor
        try:
            return fn(*args, **kwargs)
        except BrokenExecutor:
            self.dead = True
            raise


def tasks(*students: str) -> Iterator[tuple[str, Task]]:
    return ((student, Task(Submission(student, ()), ())) for student in students)


def results(workers: Workers, window: int = 4) -> dict[str, Graded | Fault]:
    """What came of the whole class, each once."""
    crew = Crew(workers.start, workers.graded, window)
    found = [(student, result) for came in handed_out(crew, tasks(*STUDENTS)) for student, _, result in came]
    assert sorted(student for student, _ in found) == sorted(STUDENTS)
    return dict(found)


def lost(found: dict[str, Graded | Fault]) -> list[str]:
    return [student for student, result in found.items() if isinstance(result, WorkersLost)]


def test_everything_comes_back_once() -> None:
    workers = Workers()
    assert lost(results(workers)) == []
    assert workers.handed == STUDENTS
    assert (workers.started, workers.ended) == (1, 1)


def test_a_worker_that_dies_once_fails_nobody() -> None:
    workers = Workers({"s3": 1, "s11": 2})
    assert lost(results(workers)) == []
    assert workers.started == workers.ended == 4


def test_whoever_ends_three_workers_is_given_up_and_the_rest_goes_on() -> None:
    workers = Workers({"s3": 99, "s4": 1, "s19": 99})
    assert lost(results(workers)) == ["s3", "s19"]
    assert workers.handed.count("s3") == workers.handed.count("s19") == MOST_WORKERS_LOST
    assert workers.handed.count("s4") <= 2


def test_no_more_is_read_than_may_be_under_way() -> None:
    read: list[str] = []

    def reading() -> Iterator[tuple[str, Task]]:
        for student, task in tasks(*STUDENTS):
            read.append(student)
            yield student, task

    workers = Workers()
    with closing(handed_out(Crew(workers.start, workers.graded, 4), reading())) as found:
        done = 0
        for came in found:
            done += len(came)
            assert len(read) <= done + 4
    assert read == STUDENTS


def test_whoever_stops_in_the_middle_ends_the_workers() -> None:
    workers = Workers()
    with closing(handed_out(Crew(workers.start, workers.graded, 4), tasks(*STUDENTS))) as found:
        next(found)
    assert (workers.started, workers.ended) == (1, 1)


def test_an_error_of_ours_is_told_and_ends_the_workers() -> None:
    def broken(task: Task) -> Graded:
        raise ValueError(task.submission.student)

    workers = Workers()
    with pytest.raises(ValueError, match="s0"):
        list(handed_out(Crew(workers.start, broken, 4), tasks(*STUDENTS)))
    assert workers.ended == 1


def test_an_interrupt_is_not_kept_for_later() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Here().submit(interrupted)
