"""Exercises in which nothing is wrong: where the very same answers come again, they are known to be right.

Most right code of a class calculates alike, and what is right tells nothing of where it stands.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from grader.box.program import Reply
from grader.checks import Record
from grader.model import CheckResult, Verdict

_MOST = 128


class Sound:
    """The last hundred or so exercises of which every check passed, by what the boxes answered.

    Only replies that are `kept` can be known again.
    """

    def __init__(self) -> None:
        # With each its answers, so that no others get their numbers.
        self._known: OrderedDict[_Key, tuple[Sequence[object], tuple[CheckResult, ...]]] = OrderedDict()

    def find(self, record: Record) -> tuple[CheckResult, ...] | None:
        """The checks of a record whose answers were all right before, else None."""
        key = _key(record)
        if key not in self._known:
            return None
        self._known.move_to_end(key)
        return self._known[key][1]

    def keep(self, record: Record, checks: tuple[CheckResult, ...]) -> None:
        """Remembers the checks of a record, if they say nothing of this submission alone."""
        if not record.answers or not all(map(_is_kept, record.answers)) or not all(map(_is_plain, checks)):
            return
        self._known[_key(record)] = record.answers, checks
        if len(self._known) > _MOST:
            self._known.popitem(last=False)


_Key = tuple[str, tuple[str, ...], tuple[int, ...]]


def _key(record: Record) -> _Key:
    return record.exercise.name, record.lent, tuple(map(id, record.answers))


def _is_kept(answer: object) -> bool:
    return isinstance(answer, Reply) and answer.kept


def _is_plain(check: CheckResult) -> bool:
    passed = check.verdict in (Verdict.PASSED, Verdict.WAIVED)
    return passed and check.place is None and not check.diagnoses
