"""Central differences: right for right gradients, and sharp enough for small faults."""

from __future__ import annotations

import numpy as np
import pytest

from grader.draw import generator, upstream
from grader.model import Array
from grader.numeric import closeness
from grader.numeric.differences import DOUBLE, SINGLE, Stride, gradient, shifted


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
