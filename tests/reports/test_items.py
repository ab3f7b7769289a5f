"""Which exercises and checks were hard for a class, and what of it deserves a look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.model import ClassReport, Report, Status, Verdict
from grader.reports.items import FEWEST, HeatMap, Share, broken, discriminations, heat_map, slowest
from grader.reports.pages import index_html
from tests.reports import specimens
from tests.reports.specimens import advice, db_not_summed, exercise, report, skipped, wrong


def class_of(*reports: Report) -> ClassReport:
    return replace(specimens.class_report(), submissions=reports)


def share(found: HeatMap, exercise: str, check: str) -> Share | None:
    row = next(row for row in found.rows if row.name == check)
    return row.shares[found.exercises.index(exercise)]


def weak(name: str, exercises: int) -> Report:
    """A submission that fails one check in the first few exercises."""
    return report(name, *(exercise(one, db_not_summed()) for one in list(specimens.TITLES)[:exercises]))


@pytest.mark.parametrize(
    ("passed", "asked", "percent", "level"),
    [(0, 3, 0, 0), (1, 1000, 1, 0), (1, 3, 33, 1), (2, 3, 67, 3), (999, 1000, 99, 4), (5, 5, 100, 5)],
)
def test_a_share_is_100_only_where_all_passed(passed: int, asked: int, percent: int, level: int) -> None:
    assert (Share(passed, asked).percent, Share(passed, asked).level) == (percent, level)


def test_the_heat_map_counts_what_was_judged() -> None:
    crash = wrong("forward_matches_reference", Verdict.CRASHED, "")
    stopped = exercise("Affine", crash, skipped("db_matches_reference", "forward"))
    found = heat_map(class_of(weak("a", 0), weak("b", 7), report("c", stopped)))
    assert share(found, "Affine", "db_matches_reference") == Share(1, 2)
    assert share(found, "Affine", "forward_matches_reference") == Share(2, 3)
    assert share(found, "Relu", "db_matches_reference") == Share(2, 3)
    assert [row.name for row in found.rows] == ["forward_matches_reference", "db_matches_reference"]
    assert found.easy == len(specimens.CHECKS) - 2


def test_the_heat_map_marks_advice_and_leaves_out_what_could_not_be_graded() -> None:
    stopped = report(
        "b", *(exercise(name, db_not_summed()) for name in specimens.TITLES), status=Status.CRASHED
    )
    found = heat_map(class_of(report("a", exercise("Relu", advice(Verdict.FAILED))), stopped))
    (row,) = found.rows
    assert (row.name, row.advice) == ("leaves_dout_alone", True)
    assert share(found, "Relu", row.name) == Share(0, 1)
    assert share(found, "Affine", row.name) is None


def test_an_exercise_that_goes_along_with_the_others_tells_strong_from_weak() -> None:
    found = discriminations(class_of(*(weak(f"s{number}", 2 * number) for number in range(FEWEST))))
    first, last = found["softmax"], found["buy_apple_orange"]
    assert first is not None
    assert 0.5 < first < 1
    assert last is None  # everybody earned the same


def test_an_exercise_that_the_weak_solve_has_a_negative_discrimination() -> None:
    strong = [report(f"s{n}", exercise("buy_apple", db_not_summed())) for n in range(3)]
    found = discriminations(class_of(*strong, *(weak(f"w{n}", 8) for n in range(3))))
    assert found["buy_apple"] == pytest.approx(-1)


def test_a_handful_of_submissions_has_no_discrimination() -> None:
    found = discriminations(class_of(*(weak(f"s{number}", number) for number in range(FEWEST - 1))))
    assert set(found.values()) == {None}


def test_an_exercise_that_nobody_was_judged_in_or_that_stands_alone_has_none_either() -> None:
    unread = replace(report("s1"), status=Status.UNREADABLE)
    alone = replace(
        report("s2"), exercises=report("s2").exercises[:1], max_score=report("s2").exercises[0].max_score
    )
    for one in (unread, alone):
        whole = class_of(one)
        assert discriminations(whole) == {exercise.name: None for exercise in one.exercises}
        assert "<html" in index_html(whole, {one.student: "page.html"})


def test_what_took_much_longer_than_others_is_slow() -> None:
    quick = [report(f"q{number}", seconds=1.0 + number / 10) for number in range(6)]
    late = [report(f"l{number}", seconds=50.0 + number) for number in range(2)]
    assert [one.student for one in slowest(class_of(*quick, *late))] == ["l1", "l0"]
    assert slowest(class_of(*quick)) == ()
    assert slowest(class_of()) == ()


def test_what_was_handed_in_and_not_graded_is_broken() -> None:
    reports = [report(status.value, status=status) for status in Status]
    assert {one.status for one in broken(class_of(*reports))} == set(Status) - {Status.GRADED, Status.MISSING}
