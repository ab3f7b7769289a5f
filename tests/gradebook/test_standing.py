"""What lateness costs, and which attempt counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook.standing import Beside, Tried, counting, stood
from grader.late import Lateness, Policy, lateness, penalty
from grader.model import Adjustment
from grader.reports.facts import total
from tests.gradebook.making import report

DUE = datetime(2026, 10, 1, 12, tzinfo=UTC)
RULES = Policy(due=DUE, grace=15, percent=10, cap=50)


def after(**span: float) -> datetime:
    return DUE + timedelta(**span)


def lost(policy: Policy, handed_in: datetime | None, flag: bool | None = None, earned: float = 100) -> float:
    found = penalty(policy, lateness(policy, "s1", handed_in, flag), earned, 100)
    return found.points if found else 0


@pytest.mark.parametrize(
    ("handed_in", "points"),
    [
        (after(hours=-1), 0),
        (after(minutes=15), 0),
        (after(minutes=16), 10),
        (after(days=1), 10),
        (after(days=1, minutes=1), 20),
        (after(days=3.5), 40),
        (after(days=60), 50),
    ],
)
def test_every_day_begun_after_the_deadline_costs_up_to_the_cap(handed_in: datetime, points: float) -> None:
    assert lost(RULES, handed_in) == points


def test_what_is_unknown_is_never_late() -> None:
    assert lateness(RULES, "s1", None, None) == Lateness(None)
    assert lateness(Policy(), "s1", DUE, None) == Lateness(None)
    assert lost(RULES, None) == 0


def test_the_flag_of_an_lms_counts_where_nothing_else_is_known() -> None:
    assert lateness(RULES, "s1", None, True) == Lateness(True)
    assert lateness(RULES, "s1", DUE, True) == Lateness(False)
    assert lateness(Policy(), "s1", DUE, True) == Lateness(True)
    assert lost(replace(RULES, grace=0), None, flag=True) == 10
    assert lost(RULES, None, flag=True) == 0  # it may have kept the grace


def test_an_extension_is_one_students_own_deadline_of_which_the_lms_knows_nothing() -> None:
    policy = replace(RULES, extensions={"s1": after(days=7)})
    assert lost(policy, after(days=7)) == 0
    assert lost(policy, after(days=7, hours=1)) == 10
    assert lateness(policy, "s1", None, True) == Lateness(None)
    assert lateness(policy, "s2", after(days=7), None).late


def test_a_date_stands_for_its_end() -> None:
    end = Policy(due=date(2026, 10, 1)).deadline("s1")
    assert end is not None
    assert end == datetime(2026, 10, 2).astimezone()


def test_it_says_how_late_and_what_it_costs() -> None:
    found = penalty(RULES, lateness(RULES, "s1", after(days=1, hours=3), None), 80, 100)
    assert found is not None
    assert found.why == "Handed in late (1 d 3 h): 20 per cent of 100 points"


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0, 1e4),
    st.floats(0, 100),
    st.integers(-100, 10_000),
)
def test_it_never_costs_more_than_was_earned_nor_more_than_the_cap(
    percent: float, cap: float, grace: float, earned: float, hours: int
) -> None:
    policy = Policy(due=DUE, grace=grace, percent=percent, cap=cap)
    points = lost(policy, after(hours=hours), earned=earned)
    assert 0 <= points <= min(earned, cap) + 1e-9
    assert points <= lost(policy, after(hours=hours + 24), earned=earned)


def tried(id: int, affine: float, **more: object) -> Tried:
    whole = Tried(
        id, "s1", id, f"content {id}", None, None, 1, 0, id, "v1", "bubblewrap", report("s1", affine)
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def chosen(policy: Policy, *attempts: Tried, beside: Beside = Beside()) -> int:  # noqa: B008
    return counting(attempts, policy, beside).id


def test_the_penalty_is_a_line_of_its_own_after_the_adjustments() -> None:
    one = tried(1, 5, handed_in=after(hours=1))
    found = stood(one, RULES, Beside((Adjustment("Affine", 2, "an appeal"),)))
    assert found.score == 15
    assert [adjustment.points for adjustment in found.adjustments] == [2, -2]
    assert found.late
    assert total(found) == 15


def test_the_last_attempt_counts() -> None:
    last = Policy(attempts="last")
    assert chosen(last, tried(1, 9), tried(2, 3)) == 2
    assert chosen(last, tried(1, 9, number=2), tried(2, 3, number=1)) == 1
    assert chosen(last, tried(1, 9, run=2), tried(2, 3)) == 1  # the second is no longer there


def test_the_best_attempt_counts_after_its_penalty() -> None:
    best = replace(RULES, attempts="best")
    assert chosen(best, tried(1, 9), tried(2, 3)) == 1
    assert chosen(best, tried(1, 8), tried(2, 9, handed_in=after(hours=1))) == 1
    assert chosen(best, tried(1, 5), tried(2, 9, handed_in=after(hours=1))) == 2
    assert chosen(best, tried(1, 5), tried(2, 5)) == 2


def test_what_another_version_said_is_not_compared() -> None:
    best = Policy(attempts="best")
    assert chosen(best, tried(1, 9, made_with="v0"), tried(2, 3)) == 2
