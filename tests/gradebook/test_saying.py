"""What people say: adjustments, comments, releases, and that nothing takes a released score away by itself."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from grader.errors import UsageError
from grader.gradebook import Gradebook, student_history
from grader.late import Policy
from grader.model import Adjustment
from grader.reports.facts import total
from grader.reports.outcome import Outcome
from tests.gradebook.making import NAME, Handed, a_book, desk, ledger, report

ONE = Handed("s1")


def graded(
    book: Gradebook, affine: float, made: str = "v1", allow_lower: bool = False, text: str = ""
) -> None:
    """A run over one student."""
    handed = Handed("s1", text)
    run = ledger(book, made, handed.look(), allow_lower=allow_lower)
    run.recorded(handed.look(), Outcome.of(report("s1", affine)), None, "bubblewrap")


def score(book: Gradebook) -> float:
    """What the student's work comes to."""
    (stands,) = ledger(book, "any", ONE.look()).standings(["s1"])
    return total(stands)


def test_adjustments_stand_beside_the_score_and_add_up(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        desk(book).adjust("s1", "Affine", 2, "the axis was named")
        found = desk(book).adjust("s1", None, -0.5, "no name on it")
        assert found.score == 15
        assert found.adjustments == (
            Adjustment("Affine", 2, "the axis was named"),
            Adjustment(None, -0.5, "no name on it"),
        )
        assert total(found) == 16.5


def test_nothing_falls_below_zero(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        assert total(desk(book).adjust("s1", None, -100, "copied")) == 0


@pytest.mark.parametrize(
    ("student", "exercise", "points", "why", "words"),
    [
        ("s9", "Affine", 2, "x", "knows no student 's9'"),
        ("s1", "Afine", 2, "x", "no exercise 'Afine'; there are Affine, Relu"),
        ("s1", "Affine", 0, "x", "above or below 0"),
        ("s1", "Affine", nan, "x", "above or below 0"),
        ("s1", "Affine", inf, "x", "above or below 0"),
        ("s1", "Affine", 2, " ", "needs a reason"),
    ],
)
def test_an_adjustment_that_says_nothing_is_refused(
    where: str, student: str, exercise: str, points: float, why: str, words: str
) -> None:
    with a_book(where) as book:
        graded(book, 5)
        with pytest.raises(UsageError, match=words):
            desk(book).adjust(student, exercise, points, why)
        assert score(book) == 15


def test_grading_again_keeps_what_was_said(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        desk(book).adjust("s1", "Affine", 2, "an appeal")
        desk(book).comment("s1", "see me")
        graded(book, 7, "v2")
        (stands,) = ledger(book, "v2", ONE.look()).standings(["s1"])
        graded(book, 8, "v2", text="another attempt")
        assert total(stands) == 19
        assert stands.comments == ("see me",)
        assert [event["what"] for event in student_history(book, "s1")].count("adjusted") == 1


def test_a_release_has_an_id_that_stays_while_nothing_changes(where: str) -> None:
    with a_book(where) as book:
        with pytest.raises(UsageError, match="no scores"):
            desk(book).publish()
        graded(book, 5)
        first = desk(book).publish()
        assert first.is_new
        assert [one.release for one in first.reports] == [first.key]
        again = desk(book).publish()
        assert (again.key, again.is_new) == (first.key, False)
        desk(book).adjust("s1", "Affine", 2, "an appeal")
        second = desk(book).publish()
        assert second.is_new
        assert second.key != first.key
        desk(book).adjust("s1", "Affine", -2, "no: the appeal was of another")
        assert desk(book).publish().key not in (first.key, second.key)


def test_a_page_bears_the_id_only_while_its_points_are_the_released_ones(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        key = desk(book).publish().key
        graded(book, 5, "v2")
        assert next(iter(ledger(book, "v2", ONE.look()).standings(["s1"]))).release == key
        assert desk(book).adjust("s1", "Affine", 1, "an appeal").release == ""


def test_a_released_score_is_not_lowered_unless_that_is_said(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        desk(book).publish()
        look = Handed("s1", "").look()
        run = ledger(book, "v2", look)
        assert not run.recorded(look, Outcome.of(report("s1", 3)), None, "bubblewrap").is_shown
        assert [move.held for move in run.moves] == [True]
        (seen,) = ledger(book, "v2").sighted([look])
        assert seen is not None
        assert seen.report.score == 15
        graded(book, 3, "v2", allow_lower=True)
        assert score(book) == 13
        kinds = [event["what"] for event in student_history(book, "s1")]
        assert kinds == ["graded", "published", "held", "graded"]


def test_a_released_score_may_rise_and_a_lowered_one_may_rise_in_part(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        desk(book).publish()
        graded(book, 9, "v2")
        assert score(book) == 19
        graded(book, 1, "v3", allow_lower=True)
        graded(book, 2, "v4")
        assert score(book) == 12
        graded(book, 1, "v5")
        assert score(book) == 12


def test_what_was_not_released_may_fall(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        graded(book, 3, "v2")
        assert score(book) == 13


def test_history_tells_who_did_what(where: str) -> None:
    with a_book(where) as book:
        graded(book, 5)
        graded(book, 6, "v2")
        desk(book).adjust("s1", "Relu", 2, "an appeal")
        events = student_history(book, "s1")
        assert [(event["what"], event["who"], event["assignment"]) for event in events] == [
            ("graded", "tests", NAME),
            ("graded", "tests", NAME),
            ("adjusted", "ms frizzle", NAME),
        ]
        assert (events[1]["was"], events[1]["score"]) == (15, 16)
        assert (events[2]["why"], events[2]["total"]) == ("an appeal", 18)
        assert student_history(book, "s9") == []


def test_an_assignment_that_the_gradebook_does_not_hold_is_named(where: str) -> None:
    with a_book(where) as book, pytest.raises(UsageError, match=f"no 'products'; it holds {NAME}"):
        replace(desk(book, Policy()), assignment="products").publish()
