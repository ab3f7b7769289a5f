"""One submission, over as many boxes as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice, takewhile
from types import TracebackType
from typing import TypeAlias

from grader.box.program import Failure, Job, Loaded, Reply, Source, Wanted
from grader.language import _

from .base import Box, Deadline, Death, Died, Limits, Sandbox, Setup

Answer: TypeAlias = Reply | Death | None

# A statement that kills the box is skipped in the next; after so many boxes that is given up.
MOST_BOXES_TO_LOAD = 3

_AS_FAILURE = {"crashed": "Crashed", "timed_out": "TimedOut", "violation": "Crashed"}


class Session:
    """Loads a submission and asks it, in a fresh box whenever one was lost. Use it as a context manager.

    `modules` are imported in each box before the submission's time begins; boxes may know the cells of the `handout`.
    The time of all requests together is bounded by `limits.total`, from the first on.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        files: Mapping[str, bytes],
        sources: tuple[Source, ...],
        wanted: tuple[Wanted, ...],
        limits: Limits,
        modules: tuple[str, ...] = (),
        handout: tuple[str, ...] = (),
    ) -> None:
        self._sandbox = sandbox
        self._setup = Setup(files, sources, wanted, limits, modules, handout)
        self._lent: Mapping[str, str] = {}
        self._until: Deadline | None = None
        self._box: Box | None = None
        self._outputs: list[str] = []
        self._skipped: dict[int, Failure] = {}
        self._boxes_lost = 0
        self._rest_tried = False
        self._with_rest = False
        self._is_loaded = False
        self._failed: frozenset[Failure] = frozenset()

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

    def lend(self, lent: Mapping[str, str]) -> None:
        """Lets the reference's implementation, as text by an exercise's name, stand in for the student's, from here on.

        The time of all requests begins anew. The first loan goes into the box that is there, unless something fails in
        it that did not fail before: what was run once can stand in its own way. What a box was lent is not there for
        the next loan, which gets a fresh one.
        """
        if self._lent:
            self.close()
        self._lent, self._until, self._is_loaded, self._boxes_lost = lent, None, False, 0

    def observe(self, jobs: Sequence[Job]) -> list[Answer]:
        """The replies to jobs, in order. The job that ended the box has a Death, the jobs after it None.

        Where a name is missing that a statement left aside would set, these statements are run and the job is
        asked again.
        """
        return self.observe_each([jobs])[0]

    def observe_each(self, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
        """The same for several groups of jobs, asked together: what ends the box in one of them costs no other."""
        answers = self._asked(groups)
        again = [[number for number, one in enumerate(group) if _is_unset(one)] for group in answers]
        if any(again) and not self._rest_tried:
            self._run_rest()
            jobs = [
                [group[number] for number in numbers] for group, numbers in zip(groups, again, strict=True)
            ]
            for group, numbers, found in zip(answers, again, self._asked(jobs), strict=True):
                for number, answer in zip(numbers, found, strict=True):
                    group[number] = answer
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
            box, self._box, self._is_loaded = self._box, None, False
            box.close()
            self._outputs.append(box.output)

    def _asked(self, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
        answers: list[list[Answer]] = []
        while len(answers) < len(groups):
            left = groups[len(answers) :]
            answers += self._answered(left) if left[0] else [[]]
        return answers

    def _answered(self, groups: Sequence[Sequence[Job]]) -> list[list[Answer]]:
        """The answers to the first groups, up to the one in which the box is lost, if it is."""
        answers: list[list[Answer]] = []
        try:
            box = self._ready()
            replies = box.run([job for group in groups for job in group], self._deadline())
            for group in groups:
                answers.append([])
                for reply in islice(replies, len(group)):
                    answers[-1].append(reply)
                if any(map(_is_out_of_memory, answers[-1])):
                    # What fills the memory stays there: the next question gets a box of its own.
                    self.close()
                    break
        except Died as died:
            self.close()
            answers = answers or [[]]
            last = answers[-1]
            last.append(died.death)
            last += [None] * (len(groups[len(answers) - 1]) - len(last))
        return answers

    def _ready(self) -> Box:
        """The box, loaded. Raises Died."""
        if not self._is_loaded:
            self.load()
        if self._box is None:
            raise ValueError("no box")
        return self._box

    def _fresh(self) -> Loaded:
        """Opens a box, unless there is one that can be loaded, and brings it to where the session is."""
        if self._is_loaded:
            self.close()
        used, self._box = self._box is not None, self._box or self._sandbox.open(self._setup)
        self._is_loaded = True
        try:
            loaded = self._box.load(frozenset(self._skipped), self._lent, self._deadline())
        except Died:
            if not used:
                raise
            return self._fresh()
        if used and not self._failed.issuperset(loaded.failures):
            return self._fresh()
        self._failed = frozenset(loaded.failures)
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
    return isinstance(answer, Reply) and any(one.type == "MemoryError" for one in answer.raised)


def _is_unset(answer: Answer) -> bool:
    return isinstance(answer, Reply) and any(one.unset for one in answer.raised)


def _beyond(first: str, text: str) -> str:
    """What follows in `text` where it no longer is like `first`."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, text, strict=False))
    return text[sum(1 for _ in same) :]
