"""Central differences: right for right gradients, and sharp enough for small faults."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.draw import generator, upstream
from grader.model import Array
from grader.numeric import closeness
from grader.numeric.differences import (
    DIRECTIONS,
    DOUBLE,
    SINGLE,
    Stride,
    agree,
    along,
    directions,
    gradient,
    shifted,
)


def estimate(x: Array, dout: Array, stride: Stride, dtype: type = np.float64) -> Array:
    values = np.array([np.tanh(point.astype(dtype)) for point in shifted(x, stride.h)])
    return gradient(values, dout, x, stride.h)


@pytest.mark.parametrize(("stride", "dtype"), [(DOUBLE, np.float64), (SINGLE, np.float32)])
def test_a_right_gradient_agrees(stride: Stride, dtype: type) -> None:
    rng = generator(5)
    x, dout = rng.uniform(-2, 2, (4, 3)), upstream(rng, (4, 3))
    right = dout * (1 - np.tanh(x) ** 2)
    assert closeness.error(estimate(x, dout, stride, dtype), right) < stride.tolerance


def test_one_entry_off_by_a_twentieth_of_a_percent_is_seen() -> None:
    rng = generator(6)
    x, dout = rng.uniform(-2, 2, (4, 3)), upstream(rng, (4, 3))
    wrong = dout * (1 - np.tanh(x) ** 2)
    largest = np.unravel_index(np.abs(wrong).argmax(), wrong.shape)
    wrong[largest] *= 1.0005
    assert closeness.error(estimate(x, dout, DOUBLE), wrong) > DOUBLE.tolerance


def test_points_are_shifted_up_and_then_down() -> None:
    points = shifted(np.array([1.0, 2.0]), 0.5)
    np.testing.assert_array_equal(points, [[1.5, 2], [1, 2.5], [0.5, 2], [1, 1.5]])


def test_a_number_has_one_slope() -> None:
    points = shifted(np.array(3.0), 1e-5)
    assert points.shape == (2,)
    slope = gradient(points**2, np.array(1.0), np.array(3.0), 1e-5)
    assert slope.shape == ()
    assert abs(float(slope) - 6) < 1e-6


def confirmed(w: float, x: Array, dw: float, dx: Array, dout: Array) -> bool:
    """Whether a few directions through both arguments of ``tanh(w * x)`` confirm these gradients."""
    steps = directions({"w": np.array(w), "x": x}, seed=7)
    ws, xs = along(np.array(w), steps["w"], DOUBLE.h), along(x, steps["x"], DOUBLE.h)
    values = np.array([np.tanh(one * point) for one, point in zip(ws, xs, strict=True)])
    return agree(values, dout, {"w": np.array(dw), "x": dx}, steps, DOUBLE)


@given(seed=st.integers(0, 1 << 32), rows=st.integers(1, 6), columns=st.integers(1, 6), data=st.data())
def test_directions_confirm_what_is_right_and_nothing_else(
    seed: int, rows: int, columns: int, data: st.DataObject
) -> None:
    rng = generator(seed)
    w, x, dout = 1.3, rng.uniform(-2, 2, (rows, columns)), upstream(rng, (rows, columns))
    inner = dout * (1 - np.tanh(w * x) ** 2)
    dw, dx = float((inner * x).sum()), inner * w
    assert confirmed(w, x, dw, dx, dout)
    wrong = dx.copy()
    place = data.draw(st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1)))
    wrong[place] += 0.01 * np.abs(dx).max()
    assert not confirmed(w, x, dw, wrong, dout)
    assert not confirmed(w, x, dw + 0.01 * max(abs(dw), float(np.abs(dx).max())), dx, dout)


def test_directions_are_of_length_one_over_all_arguments() -> None:
    steps = directions({"w": np.array(2.0), "x": np.zeros((2, 3))}, seed=1)
    assert {name: one.shape for name, one in steps.items()} == {
        "w": (DIRECTIONS,),
        "x": (DIRECTIONS, 2, 3),
    }
    lengths = steps["w"] ** 2 + (steps["x"] ** 2).sum(axis=(1, 2))
    np.testing.assert_allclose(lengths, 1.0)


def test_no_number_confirms_nothing() -> None:
    steps = directions({"x": np.zeros(2)}, seed=1)
    values = np.full((2 * DIRECTIONS, 2), np.nan)
    assert not agree(values, np.ones(2), {"x": np.zeros(2)}, steps, DOUBLE)
