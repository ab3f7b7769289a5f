"""What is right again is recalled, and nothing is recalled that would be judged in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader import judging
from grader.box.program import Place, Reply
from grader.checks import Record
from grader.diagnosis import Reckoner
from grader.grading import Grader
from grader.model import CheckResult, Report, Verdict
from grader.sandbox.choose import default_sandbox
from grader.sound import Sound
from grader.submissions import File, Submission
from tests.courses import assignment, course_grader
from tests.layers import reference_with

WRONG = "class Relu:\n    def forward(self, x):\n        return x\n    def backward(self, dout):\n        return dout\n"
LOOSE = """
def softmax(x):
    y = np.exp(x - x.max(axis=-1, keepdims=True)).astype("f4")
    return y / y.sum(axis=-1, keepdims=True)
"""


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader whose boxes are processes: only their answers are known again."""
    usual = course_grader("layers")
    made = Grader(usual.assignment, usual.reference, usual.key, default_sandbox(()))
    yield made
    made.sandbox.close()


def graded(grader: Grader, change: str = "", before: str = "") -> Report:
    data = (before + reference_with(change)).encode()
    return replace(grader.grade(Submission("s", (File("layers.py", data),))), seconds=0.0)


def test_recalled_or_judged_the_checks_are_the_same(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    recalled, find = [], Sound.find

    def compared(sound: Sound, record: Record) -> tuple[CheckResult, ...] | None:
        known = find(sound, record)
        if known is not None:
            exercises = assignment("layers").exercises
            assert known == judging.judged(record, Reckoner(), "fail", exercises).checks
            recalled.append(record.exercise.name)
        return known

    monkeypatch.setattr(Sound, "find", compared)
    for change in ("", "", WRONG, LOOSE, WRONG, LOOSE):
        graded(grader, change)
    assert len(recalled) >= 9 * 4
    assert "Relu" in recalled


def test_a_recalled_exercise_stands_where_its_own_author_wrote_it(grader: Grader) -> None:
    first, second = graded(grader), graded(grader, before="# mine\n\n")
    lines = [
        [one.place.line for one in report.exercises if one.place is not None] for report in (first, second)
    ]
    assert [line + 2 for line in lines[0]] == lines[1]
    assert first.score == second.score == 100


def test_what_is_wrong_is_judged_each_time(grader: Grader) -> None:
    first, second = graded(grader, WRONG), graded(grader, WRONG, before="# mine\n\n")
    for report in (first, second):
        (relu,) = (one for one in report.exercises if one.name == "Relu")
        assert relu.score < relu.max_score
    places = [
        [check.place.line for one in report.exercises for check in one.checks if check.place]
        for report in (first, second)
    ]
    assert [line + 2 for line in places[0]] == places[1]


PASSED = CheckResult("runs", "It runs", Verdict.PASSED, 1.0, 1.0)


def answer() -> Reply:
    return Reply({}, kept=True)


def record(*answers: object, lent: tuple[str, ...] = ()) -> Record:
    return Record(assignment("layers").exercises[0], (), (), lent=lent, answers=answers)


@pytest.mark.parametrize(
    "check",
    [
        replace(PASSED, verdict=Verdict.FAILED),
        replace(PASSED, verdict=Verdict.SKIPPED),
        replace(PASSED, verdict=Verdict.ERROR),
        replace(PASSED, place=Place("m.py", 1)),
    ],
)
def test_nothing_but_a_plain_pass_is_kept(check: CheckResult) -> None:
    sound, seen = Sound(), record(answer())
    sound.keep(seen, (PASSED, check))
    assert sound.find(seen) is None
    sound.keep(seen, (PASSED, PASSED))
    assert sound.find(seen) == (PASSED, PASSED)


def test_other_answers_and_other_loans_are_other_exercises() -> None:
    one, two = answer(), answer()
    sound = Sound()
    sound.keep(record(one, two), (PASSED,))
    for other in (record(one), record(two, one), record(one, answer()), record(one, two, lent=("Relu",))):
        assert sound.find(other) is None
    assert sound.find(record(one, two)) == (PASSED,)


def test_what_answered_nothing_or_too_much_is_not_kept() -> None:
    sound = Sound()
    for seen in (record(), record(Reply({})), record(answer(), None)):
        sound.keep(seen, (PASSED,))
        assert sound.find(seen) is None


def test_no_more_is_kept_than_there_is_room_for() -> None:
    sound, first = Sound(), record(answer())
    sound.keep(first, (PASSED,))
    others = [record(answer()) for _ in range(200)]
    for other in others:
        sound.keep(other, (PASSED,))
    assert sound.find(first) is None
    assert sound.find(others[-1]) == (PASSED,)
