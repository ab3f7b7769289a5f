from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.export.points import Scale, scale_of, written
from grader.model import Adjustment
from grader.settings import Changes
from tests.export import classes
from tests.reports import specimens


def grade(score: float, scale: Scale) -> str:
    one = classes.submission("s001", score=score)
    found = scale.grade(one, classes.of(one))
    assert found is not None
    return written(found)


@pytest.mark.parametrize(
    ("score", "full", "step", "text"),
    [
        (195.0, None, None, "195"),
        (33.333333, None, None, "33.33"),
        (195.0, 20.0, None, "19.5"),
        (175.0, 20.0, 0.5, "17.5"),
        (172.5, 20.0, 0.5, "17.5"),  # 17.25 lies between two steps: halves go up
        (172.4, 20.0, 0.5, "17"),
        (2.5, 20.0, 0.1, "0.3"),
        (199.0, 20.0, 3.0, "20"),  # the nearest step would be 21
        (210.0, 20.0, 0.5, "21"),  # who has more than everything keeps it
        (0.0, 20.0, 0.5, "0"),
        (150.0, 100.0, 10.0, "80"),
    ],
)
def test_a_grade_is_on_the_scale_and_rounded_once(
    score: float, full: float | None, step: float | None, text: str
) -> None:
    assert grade(score, scale_of(Changes(scale=full, rounding=step))) == text


def test_without_settings_grades_are_points() -> None:
    assert scale_of(None) == Scale() == scale_of(Changes())


@given(
    st.integers(0, 200_000), st.integers(1, 500), st.sampled_from(["0.01", "0.1", "0.25", "0.5", "1", "2"])
)
def test_rounding_goes_to_the_nearest_step(thousandths: int, full: int, step: str) -> None:
    scale = Scale(Fraction(full), Fraction(step))
    found = Fraction(grade(thousandths / 1000, scale))
    exact = Fraction(thousandths, 200_000) * full
    assert abs(found - exact) <= Fraction(step) / 2 or found == full
    assert found <= full
    assert found == full or (found / Fraction(step)).denominator == 1


def test_what_was_not_judged_has_no_grade() -> None:
    report = specimens.class_report()
    assert [Scale().grade(one, report) is None for one in report.submissions] == [
        *(False, True, False, False, False, False, False, False, True)
    ]


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -1.0])
def test_a_score_that_is_no_number_is_told(score: float) -> None:
    one = classes.submission("s001", score=score)
    with pytest.raises(UsageError, match="where points belong"):
        Scale().grade(one, classes.of(one))


def test_a_class_without_points_is_told() -> None:
    one = classes.submission("s001", score=0.0)
    with pytest.raises(UsageError, match="no points can be reached"):
        Scale().grade(one, replace(classes.of(one), max_score=0.0))


def test_grades_are_written_plainly() -> None:
    assert [written(Decimal(text)) for text in ("100", "0", "17.50", "1E+2", "0.00")] == [
        "100",
        "0",
        "17.5",
        "100",
        "0",
    ]
    assert written(Decimal("88.5"), ",") == "88,5"


def test_a_grade_is_of_the_score_with_all_that_stands_beside_it() -> None:
    adjustments = (Adjustment("Affine", 2.0, "an appeal"), Adjustment(None, -12.0, "late"))
    one = replace(classes.submission("s001", score=88.0), adjustments=adjustments)
    assert Scale().grade(one, classes.of(one)) == 78
