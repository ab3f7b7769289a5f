"""Exercises that were judged before: where the very same answers come again, so does the judgement.

Most right code of a class calculates alike, and so do those who made the same mistake.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from grader.box.program import Place, Reply
from grader.checks import Record
from grader.model import CheckResult, Verdict

_MOST = 128

_Mark: TypeAlias = tuple[int, str]


@dataclass(frozen=True)
class _Known:
    """Checks, each with what tells its line in any text: the number of a definition, and a mark of it. The answers are
    kept with them, so that no others get their numbers."""

    answers: Sequence[object]
    checks: tuple[CheckResult, ...]
    marks: Sequence[_Mark | None]

    def of(self, record: Record) -> tuple[CheckResult, ...]:
        """The checks with the lines of a record; without any of them, the very same ones."""
        if not any(self.marks):
            return self.checks
        return tuple(_placed(*one, record) for one in zip(self.checks, self.marks, strict=True))


class Recall:
    """The last hundred or so judgements, by what the boxes answered.

    Only replies that are `kept` can be known again. What is right tells nothing of the text; of what is wrong all that
    a judgement can tell of it but its lines must be the same.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()

    def find(self, record: Record) -> tuple[CheckResult, ...] | None:
        """The checks of a record with these answers, with its own lines, else None."""
        for key in (_answers(record), _answers_and_text(record)):
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known.of(record)
        return None

    def keep(self, record: Record, checks: tuple[CheckResult, ...]) -> None:
        """Remembers the checks of a record, if they would be the same for another one."""
        if not record.answers or not all(map(_is_kept, record.answers)):
            return
        marks = _marks(record, checks)
        if marks is None:
            return
        key = _answers(record) if all(map(_is_plain, checks)) else _answers_and_text(record)
        self._known[key] = _Known(record.answers, checks, marks)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)


def _answers(record: Record) -> Hashable:
    return record.exercise.name, record.lent, tuple(map(id, record.answers))


def _answers_and_text(record: Record) -> Hashable:
    text = [(one.exercise, one.found_as, one.why_not, frozenset(one.places)) for one in record.definitions]
    return _answers(record), tuple(text)


def _marks(record: Record, checks: Sequence[CheckResult]) -> Sequence[_Mark | None] | None:
    """What tells the lines of checks; None where one is not known by a mark, or where we failed to judge."""
    if any(one.failure for one in record.definitions) or any(one.verdict is Verdict.ERROR for one in checks):
        return None
    places = [
        (id(place), (number, mark))
        for number, definition in enumerate(record.definitions)
        for mark, place in definition.places.items()
    ]
    known, told = dict(places), _told(record)
    marks = [None if one.place in told else known.get(id(one.place)) for one in checks]
    found = all(mark or one.place in told for one, mark in zip(checks, marks, strict=True))
    return marks if found and len(known) == len(places) else None


def _told(record: Record) -> Set[Place | None]:
    """The lines that the answers themselves name, and that there is none."""
    replies = (answer for answer in record.answers if isinstance(answer, Reply))
    return {None, *(raised.place for reply in replies for raised in reply.raised)}


def _placed(check: CheckResult, mark: _Mark | None, record: Record) -> CheckResult:
    if mark is None:
        return check
    number, name = mark
    return replace(check, place=record.definitions[number].places[name])


def _is_kept(answer: object) -> bool:
    return isinstance(answer, Reply) and answer.kept


def _is_plain(check: CheckResult) -> bool:
    passed = check.verdict in (Verdict.PASSED, Verdict.WAIVED)
    return passed and check.place is None and not check.diagnoses
