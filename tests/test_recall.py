"""What was judged before is recalled, and nothing is recalled that would be judged in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from grader import judging
from grader.box.program import Definition, Failure, Place, Raised, Reply
from grader.checks import Record
from grader.diagnosis import Reckoner
from grader.grading import Grader
from grader.model import CheckResult, Report, Verdict
from grader.recall import Recall
from grader.sandbox.choose import default_sandbox
from grader.submissions import File, Submission
from tests.courses import COURSE, assignment, course_grader
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


def whole(checks: tuple[CheckResult, ...]) -> str:
    """All that checks say, to the last digit."""
    with np.printoptions(threshold=1 << 30, floatmode="unique"):
        return repr(checks)


def test_recalled_or_judged_the_checks_are_the_same(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    recalled, find = [], Recall.find

    def compared(recall: Recall, record: Record) -> tuple[CheckResult, ...] | None:
        known = find(recall, record)
        if known is not None:
            exercises = () if record.lent else assignment("layers").exercises
            assert whole(known) == whole(judging.judged(record, Reckoner(), "fail", exercises).checks)
            recalled.append((record.exercise.name, all(one.verdict is Verdict.PASSED for one in known)))
        return known

    monkeypatch.setattr(Recall, "find", compared)
    mutants = sorted((COURSE.folder("layers") / "mutants").glob("*.py"))
    changes = ["", LOOSE, *(path.read_text("utf-8") for path in mutants)]
    for change in changes:
        for before in ("", "# mine\n\n"):
            graded(grader, change, before)
    wrong = {name for name, is_right in recalled if not is_right}
    assert wrong == {exercise.name for exercise in assignment("layers").exercises}
    assert len(recalled) >= 9 * len(changes)


def test_a_recalled_exercise_stands_where_its_own_author_wrote_it(grader: Grader) -> None:
    first, second = graded(grader), graded(grader, before="# mine\n\n")
    lines = [
        [one.place.line for one in report.exercises if one.place is not None] for report in (first, second)
    ]
    assert [line + 2 for line in lines[0]] == lines[1]
    assert first.score == second.score == 100


def test_what_is_wrong_is_told_of_its_own_lines(grader: Grader) -> None:
    first, second = graded(grader, WRONG), graded(grader, WRONG, before="# mine\n\n")
    for report in (first, second):
        (relu,) = (one for one in report.exercises if one.name == "Relu")
        assert relu.score < relu.max_score
    places = [
        [check.place.line for one in report.exercises for check in one.checks if check.place]
        for report in (first, second)
    ]
    assert places[0]
    assert [line + 2 for line in places[0]] == places[1]


PASSED = CheckResult("runs", "It runs", Verdict.PASSED, 1.0, 1.0)
FAILED = replace(PASSED, verdict=Verdict.FAILED, score=0.0)
LINE = Place("m.py", 3)


def answer(*raised: Raised) -> Reply:
    return Reply({str(number): one for number, one in enumerate(raised)}, kept=True)


def record(*answers: object, lent: tuple[str, ...] = (), text: Sequence[Definition] = ()) -> Record:
    return Record(assignment("layers").exercises[0], text, (), lent=lent, answers=answers)


def defined(found_as: str, **places: int) -> Definition:
    return Definition("Relu", found_as, {mark: Place("m.py", line) for mark, line in places.items()})


def test_a_failure_is_told_of_the_line_with_the_same_mark() -> None:
    recall, same = Recall(), answer()
    seen = record(same, text=[defined("Relu", forward=3, backward=7)])
    recall.keep(seen, (PASSED, replace(FAILED, place=seen.definitions[0].places["backward"])))
    other = record(same, text=[defined("Relu", forward=30, backward=70)])
    assert recall.find(other) == (PASSED, replace(FAILED, place=Place("m.py", 70)))


@pytest.mark.parametrize("other", [defined("ReLU", forward=3), defined("Relu", forward=3, backward=7)])
def test_a_failure_of_another_text_is_another_failure(other: Definition) -> None:
    recall, same = Recall(), answer()
    recall.keep(record(same, text=[defined("Relu", forward=3)]), (FAILED,))
    assert recall.find(record(same, text=[other])) is None
    recall.keep(record(same, text=[defined("Relu", forward=3)]), (PASSED,))
    assert recall.find(record(same, text=[other])) == (PASSED,)


def test_a_line_that_an_answer_names_is_as_good_as_the_answer() -> None:
    recall, seen = Recall(), record(answer(Raised("ValueError", "no", LINE)))
    recall.keep(seen, (replace(FAILED, place=LINE),))
    assert recall.find(seen) == (replace(FAILED, place=LINE),)


@pytest.mark.parametrize(
    ("checks", "text"),
    [
        ((replace(FAILED, verdict=Verdict.ERROR),), ()),
        ((replace(FAILED, place=LINE),), ()),
        ((FAILED,), (Definition("Relu", failure=Failure(LINE, "NameError", "no")),)),
        ((replace(FAILED, place=LINE),), (Definition("Relu", "Relu", {"forward": LINE, "backward": LINE}),)),
    ],
    ids=["our fault", "a line from nowhere", "a statement that failed", "a line of two marks"],
)
def test_what_could_be_told_otherwise_of_another_is_not_kept(
    checks: tuple[CheckResult, ...], text: tuple[Definition, ...]
) -> None:
    recall, seen = Recall(), record(answer(), text=text)
    recall.keep(seen, checks)
    assert recall.find(seen) is None


def test_other_answers_and_other_loans_are_other_exercises() -> None:
    one, two = answer(), answer()
    recall = Recall()
    recall.keep(record(one, two), (PASSED,))
    for other in (record(one), record(two, one), record(one, answer()), record(one, two, lent=("Relu",))):
        assert recall.find(other) is None
    assert recall.find(record(one, two)) == (PASSED,)


def test_what_answered_nothing_or_too_much_is_not_kept() -> None:
    recall = Recall()
    for seen in (record(), record(Reply({})), record(answer(), None)):
        recall.keep(seen, (PASSED,))
        assert recall.find(seen) is None


def test_no_more_is_kept_than_there_is_room_for() -> None:
    recall, first = Recall(), record(answer())
    recall.keep(first, (PASSED,))
    others = [record(answer()) for _ in range(200)]
    for other in others:
        recall.keep(other, (PASSED,))
    assert recall.find(first) is None
    assert recall.find(others[-1]) == (PASSED,)
