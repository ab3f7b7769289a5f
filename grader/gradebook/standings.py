"""A class as the gradebook holds it: read piece by piece, each time that it is gone through."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar, overload

from sqlalchemy.orm import Session

from grader.flags import Copies
from grader.gradebook import asking
from grader.gradebook.standing import Chosen
from grader.late import Policy
from grader.model import Report

PIECE = 100
"""Students whose results are in memory at once."""

T = TypeVar("T")


class Run(Protocol):
    """A way to do something in a transaction: its own, or one that is under way."""

    def __call__(self, work: Callable[[Session], T], /) -> T: ...


class Streamed(Sequence[Report]):
    """Reports that are made anew, one after another, each time that they are gone through."""

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> list[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | list[Report]:
        return list(self)[index]

    @abstractmethod
    def __iter__(self) -> Iterator[Report]: ...


@dataclass(frozen=True, eq=False)
class Standings(Streamed):
    """What counts for every one of the `students` who has a result, in their order: reports with all that stands beside
    their scores, those that hold the same code as another's flagged.

    `students` maps stored ids to the ones that are shown. Results that are made meanwhile may be in it or not.
    """

    run: Run
    assignment: int
    policy: Policy
    students: Mapping[str, str]

    def bare(self) -> Iterator[Chosen]:
        """With reports that tell the score alone."""
        for piece in self._pieces():
            yield from self.run(
                lambda session, piece=piece: asking.chosen(session, self.assignment, self.policy, piece)  # type: ignore[misc]
            )

    def whole(self) -> Iterator[Chosen]:
        """With whole reports, without flags for copies."""
        for piece in self._pieces():
            found, texts = self.run(lambda session, piece=piece: self._kept(session, piece))  # type: ignore[misc]
            # One after another: a report is a hundred times the memory of what is known without it.
            yield from (asking.filled(one, texts.pop(one.tried.result)) for one in found)

    def __iter__(self) -> Iterator[Report]:
        copies = self._overview.copies
        for one in self.whole():
            yield copies.flagged(one.report, one.tried.entry, one.tried.team)

    def __len__(self) -> int:
        return self._overview.count

    @property
    def sandbox(self) -> str:
        """What the class was graded in, by its newest result."""
        return self._overview.sandbox

    @cached_property
    def _overview(self) -> _Overview:
        count, newest, sandbox, copies = 0, -1, "none", Copies()
        for one in self.bare():
            count += 1
            copies.add(one.report, one.tried.entry, one.tried.team)
            if one.tried.result > newest:
                newest, sandbox = one.tried.result, one.tried.sandbox
        copies.complete()
        return _Overview(count, sandbox, copies)

    def _kept(self, session: Session, piece: Mapping[str, str]) -> tuple[list[Chosen], dict[int, str]]:
        found = asking.chosen(session, self.assignment, self.policy, piece)
        return found, asking.texts(session, found)

    def _pieces(self) -> Iterator[dict[str, str]]:
        keys = list(self.students)
        for start in range(0, len(keys), PIECE):
            yield {key: self.students[key] for key in keys[start : start + PIECE]}


@dataclass(frozen=True)
class _Overview:
    count: int
    sandbox: str
    copies: Copies
