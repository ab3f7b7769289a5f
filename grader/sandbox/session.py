"""One submission, over as many boxes as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import takewhile
from types import TracebackType
from typing import TypeAlias

from grader.box.program import Failure, Job, Loaded, Raised, Reply, Source, Wanted
from grader.language import _

from .base import Box, Deadline, Death, Died, Limits, Sandbox, Setup

Answer: TypeAlias = Reply | Death | None

# A statement that kills the box is skipped in the next; after so many boxes that is given up.
MOST_BOXES_TO_LOAD = 3

_AS_FAILURE = {"crashed": "Crashed", "timed_out": "TimedOut", "violation": "Crashed"}


class Session:
    """Loads a submission and asks it, in a fresh box whenever one was lost. Use it as a context manager.

    `lent` maps an exercise's name to the text of the reference's implementation, which stands in for the student's.
    `modules` are imported in each box before the submission's time begins.
    The time of all requests together is bounded by `limits.total`, from the first on.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        files: Mapping[str, bytes],
        sources: tuple[Source, ...],
        wanted: tuple[Wanted, ...],
        limits: Limits,
        lent: Mapping[str, str] | None = None,
        modules: tuple[str, ...] = (),
    ) -> None:
        self._sandbox = sandbox
        self._setup = Setup(files, sources, wanted, limits, lent or {}, modules)
        self._until: Deadline | None = None
        self._box: Box | None = None
        self._outputs: list[str] = []
        self._skipped: dict[int, Failure] = {}
        self._boxes_lost = 0
        self._rest_tried = False
        self._with_rest = False

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def load(self) -> Loaded:
        """What the submission defines. A statement that ends the box is left out, and is among the failures.

        Raises Died when the submission cannot be loaded in three boxes, and SandboxUnavailable.
        """
        while True:
            try:
                return self._fresh()
            except Died as died:
                self._lost(died)

    def observe(self, jobs: Sequence[Job]) -> list[Answer]:
        """The replies to jobs, in order. The job that ended the box has a Death, the jobs after it None.

        Where a name is missing that a statement left aside would set, these statements are run and the job is
        asked again.
        """
        answers = self._asked(jobs)
        again = [number for number, answer in enumerate(answers) if _is_unset(answer)]
        if again and not self._rest_tried:
            self._run_rest()
            for number, answer in zip(again, self._asked([jobs[number] for number in again]), strict=True):
                answers[number] = answer
        return answers

    @property
    def output(self) -> str:
        """What was printed, cut. What a later box printed like the first one while loading again is left out."""
        texts = [*self._outputs, *([self._box.output] if self._box else [])]
        added = (_beyond(texts[0], text) for text in texts[1:])
        return "".join([*texts[:1], *added])[: self._setup.limits.output]

    def close(self) -> None:
        """Ends the box; may be called again."""
        if self._box is not None:
            box, self._box = self._box, None
            box.close()
            self._outputs.append(box.output)

    def _asked(self, jobs: Sequence[Job]) -> list[Answer]:
        answers: list[Answer] = []
        try:
            if self._box is None:
                self.load()
            if self._box is not None:
                for reply in self._box.run(jobs, self._deadline()):
                    answers.append(reply)
        except Died as died:
            self.close()
            answers.append(died.death)
        if any(_is_out_of_memory(answer) for answer in answers):
            # What fills the memory stays there: the next question gets a box of its own.
            self.close()
        return answers + [None] * (len(jobs) - len(answers))

    def _fresh(self) -> Loaded:
        """Opens a box, in place of any other, and brings it to where the session is."""
        self.close()
        self._box = self._sandbox.open(self._setup)
        loaded = self._box.load(frozenset(self._skipped), self._deadline())
        if self._with_rest:
            loaded = self._box.rest(frozenset(self._skipped), self._deadline())
        return replace(loaded, failures=(*loaded.failures, *self._skipped.values()))

    def _run_rest(self) -> None:
        """Runs the statements left aside, here and in every later box; where that ends the box, the next one tries."""
        self._rest_tried = self._with_rest = True
        if self._box is not None:
            try:
                self._box.rest(frozenset(self._skipped), self._deadline())
            except Died as died:
                with suppress(Died):
                    self._lost(died)

    def _lost(self, died: Died) -> None:
        """Makes up for a box that did not survive loading: the next one leaves out the statement that ended it, or all
        statements that need not be run. Raises `died` where neither helps."""
        self.close()
        self._boxes_lost += 1
        if died.statement is not None and self._boxes_lost < MOST_BOXES_TO_LOAD:
            ordinal, place = died.statement
            self._skipped[ordinal] = Failure(place, _AS_FAILURE[died.verdict], died.message)
        elif self._with_rest:
            self._with_rest = False
        else:
            raise died

    def _deadline(self) -> Deadline:
        """When the time for the whole submission ends; it begins with the first question."""
        if self._until is None:
            total = self._setup.limits.total
            at = Deadline.within(total).at
            late = _("used up the {seconds:g} s for the whole submission").format(seconds=total)
            self._until = Deadline(at, late)
        if not self._until.left:
            raise self._until.passed()
        return self._until


def _is_out_of_memory(answer: Answer) -> bool:
    return isinstance(answer, Reply) and any(
        isinstance(outcome, Raised) and outcome.type == "MemoryError" for outcome in answer.outcomes.values()
    )


def _is_unset(answer: Answer) -> bool:
    return isinstance(answer, Reply) and any(
        isinstance(outcome, Raised) and outcome.unset for outcome in answer.outcomes.values()
    )


def _beyond(first: str, text: str) -> str:
    """What follows in `text` where it no longer is like `first`."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, text, strict=False))
    return text[sum(1 for _ in same) :]
