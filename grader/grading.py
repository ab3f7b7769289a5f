"""One submission to its report: the one place where it all meets."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from grader import judging
from grader.assignment import Assignment
from grader.box.program import Source
from grader.checks import Record
from grader.course import lendable
from grader.diagnosis import Reckoner
from grader.drivers import Exercise
from grader.errors import UnreadableSubmission
from grader.flags import flags_of
from grader.key import Key
from grader.language import _
from grader.model import ExerciseResult, Report, Status, Verdict
from grader.observing import observe
from grader.recall import Recall
from grader.sandbox.base import Died, Limits, Sandbox
from grader.sandbox.session import Session
from grader.sentences import failure, sentences
from grader.submissions import NothingHandedIn, Submission, sources

log = logging.getLogger(__name__)

_STATUS = {
    "crashed": (Status.CRASHED, Verdict.CRASHED),
    "timed_out": (Status.TIMED_OUT, Verdict.TIMED_OUT),
    "violation": (Status.CRASHED, Verdict.CRASHED),
}


@dataclass(frozen=True)
class Grader:
    """Everything that grading a submission needs; one for a whole class. Cells of the `handout` need not be right:
    submissions that hold them are graded faster."""

    assignment: Assignment
    reference: Source
    key: Key
    sandbox: Sandbox
    limits: Limits = field(default_factory=Limits)
    handout: tuple[str, ...] = ()
    _lendable: Mapping[str, str] = field(init=False, repr=False)
    _reckoner: Reckoner = field(default_factory=Reckoner, init=False, repr=False)
    _recall: Recall = field(default_factory=Recall, init=False, repr=False)

    def __post_init__(self) -> None:
        # Once for all, and not by several threads at a time, which Python 3.11's parser does not bear.
        texts = {wanted.name: lendable(self.reference, wanted.name) for wanted in self.assignment.sought}
        object.__setattr__(self, "_lendable", texts)

    def grade(self, submission: Submission) -> Report:
        """The report of one submission, whatever it holds. Never raises but for an interrupt."""
        start = time.monotonic()
        try:
            # Numbers of a submission may be of any size: what overflows is a finding, not a warning of ours.
            with np.errstate(all="ignore"):
                report = self._grade(submission)
        except NothingHandedIn as error:
            report = self._empty(submission, Status.MISSING, Verdict.MISSING, str(error))
        except UnreadableSubmission as error:
            report = self._empty(submission, Status.UNREADABLE, Verdict.SKIPPED, str(error))
        except Died as death:
            status, verdict = _STATUS[death.verdict]
            why = _("Your file could not be loaded: it {what}").format(what=death.message)
            report = self._empty(submission, status, verdict, why)
        except Exception as error:
            report = self.unjudged(submission, error)
        return replace(report, seconds=time.monotonic() - start)

    def unjudged(self, submission: Submission, error: Exception) -> Report:
        """The report of a submission that an error of ours kept from being judged."""
        log.error("grading %s", submission.student, exc_info=error)
        why = _("This submission could not be judged, by our own fault; that costs no points")
        text = f"{type(error).__name__}: {error}"
        return replace(self._empty(submission, Status.ERROR, Verdict.ERROR, why, text), max_score=0.0)

    def _grade(self, submission: Submission) -> Report:
        read, notes = sources(submission)
        with self._session(submission, read) as session:
            observation = observe(session, self.key, self.assignment.exercises)
            own = {
                name: self._judged(record, self.assignment.exercises)
                for name, record in observation.records.items()
            }
            results = self._with_loans(session, own)
        return Report(
            student=submission.student,
            name=submission.name,
            files=tuple(source.path for source in read),
            status=Status.GRADED,
            score=sum(result.score for result in results),
            max_score=self.assignment.max_score - _not_judged(results),
            seconds=0.0,
            exercises=tuple(results),
            flags=flags_of(observation.loaded.notes, self.reference),
            mends=(*submission.notes, *notes, *sentences(observation.loaded.notes)),
            failures=tuple(map(failure, observation.loaded.failures)),
            output=observation.printed,
            sources=read,
        )

    def _judged(self, record: Record, exercises: Sequence[Exercise] = ()) -> ExerciseResult:
        known = self._recall.find(record)
        if known is not None:
            return judging.result(record.exercise, known, record)
        found = judging.judged(record, self._reckoner, self.assignment.errata, exercises)
        self._recall.keep(record, found.checks)
        return found

    def _session(self, submission: Submission, read: tuple[Source, ...]) -> Session:
        files = {file.path: file.data for file in submission.files}
        memory = max(self.limits.memory, self.assignment.memory)
        limits = replace(self.limits, memory=memory)
        asked = self.assignment
        return Session(self.sandbox, files, read, asked.sought, limits, asked.modules, self.handout)

    def _with_loans(self, session: Session, own: dict[str, ExerciseResult]) -> list[ExerciseResult]:
        """Dependents that lost points while a part of theirs is wrong are observed again with that part lent: those
        that are not built on each other in one box."""
        results = dict(own)
        due: dict[str, Sequence[Exercise]] = {}
        for exercise in self.assignment.exercises:
            if any(part.name in due for part in self.assignment.parts(exercise)):
                results |= self._lent(session, due, results)
                due = {}
            parts = [part for part in self.assignment.parts(exercise) if _flawed(results[part.name])]
            # Where a part is not written, what uses it can look so too.
            written = all(_written(results[one.name]) for one in parts)
            result = results[exercise.name]
            if parts and _lost(result) and result.found_as and (_written(result) or not written):
                due[exercise.name] = parts
        results |= self._lent(session, due, results)
        return [results[exercise.name] for exercise in self.assignment.exercises]

    def _lent(
        self,
        session: Session,
        due: Mapping[str, Sequence[Exercise]],
        own: Mapping[str, ExerciseResult],
    ) -> dict[str, ExerciseResult]:
        """The results of the exercises that are `due` where the parts that each of them names are lent."""
        names = {name: tuple(part.name for part in parts) for name, parts in due.items()}
        lent = {part.name: part for parts in due.values() for part in parts}
        if not lent:
            return {}
        session.lend({w.name: self._lendable[w.name] for part in lent.values() for w in part.sought})
        try:
            observation = observe(session, self.key, [self.assignment.by_name[name] for name in due], names)
        except Died:
            return {}
        judged = {name: self._judged(record) for name, record in observation.records.items()}
        return {name: judging.merged(own[name], judged[name], names[name]) for name in due}

    def _empty(
        self, submission: Submission, status: Status, verdict: Verdict, why: str, private: str = ""
    ) -> Report:
        return Report(
            student=submission.student,
            name=submission.name,
            files=tuple(file.path for file in submission.files),
            status=status,
            score=0.0,
            max_score=self.assignment.max_score,
            seconds=0.0,
            exercises=tuple(
                judging.unjudged(exercise, verdict, why, private) for exercise in self.assignment.exercises
            ),
            note=why,
            mends=submission.notes,
        )


def _lost(result: ExerciseResult) -> bool:
    return result.score < result.max_score


def _flawed(result: ExerciseResult) -> bool:
    """Whether anything is wrong, be it worth points or not: what costs no points here may cost some elsewhere."""
    return _lost(result) or any(
        check.verdict not in (Verdict.PASSED, Verdict.WAIVED) and (check.max_score or not check.advice)
        for check in result.checks
    )


def _written(result: ExerciseResult) -> bool:
    return all(check.verdict is Verdict.PASSED for check in result.checks if check.name == "is_defined")


def _not_judged(results: Sequence[ExerciseResult]) -> float:
    checks = [check for result in results for check in result.checks]
    return float(sum(check.max_score for check in checks if check.verdict is Verdict.ERROR))
