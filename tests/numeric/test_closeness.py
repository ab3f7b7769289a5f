"""The comparison that every verdict rests on."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grader.model import Array
from grader.numeric import closeness

FINITE = st.floats(-1e100, 1e100, allow_nan=False, allow_subnormal=False)
SOME = arrays(np.float64, (3, 4), elements=FINITE)


@given(SOME, SOME)
def test_the_error_is_symmetric_and_zero_only_for_equal_arrays(a: Array, b: Array) -> None:
    assert closeness.error(a, b) == closeness.error(b, a)
    assert closeness.error(a, a) == 0.0
    assert 0.0 <= closeness.error(a, b) <= 2.0


@given(SOME, st.floats(1e-3, 1e3))
def test_the_error_does_not_depend_on_the_scale(a: Array, scale: float) -> None:
    if np.abs(a).max() > 1e-3:
        b = a * 1.001
        assert math.isclose(closeness.error(a * scale, b * scale), closeness.error(a, b), rel_tol=1e-9)


def test_a_fault_of_half_a_thousandth_is_seen_and_float32_is_not() -> None:
    right = np.linspace(0.3, 2.0, 12).reshape(3, 4)
    assert closeness.error(right, right * 1.0005) > closeness.ROUGH
    assert closeness.error(right, right.astype(np.float32)) <= closeness.ROUGH


def test_nothing_is_close_to_nan_or_infinity() -> None:
    right = np.ones(3)
    for wrong in (np.nan, np.inf, -np.inf):
        got = np.array([1.0, wrong, 1.0])
        assert closeness.error(got, right) == math.inf
        assert closeness.error(got, got) == math.inf
        assert closeness.worst_place(got, right) == (1,)


def test_huge_values_of_opposite_sign_are_far_apart() -> None:
    huge = np.array([1.7e308])
    assert closeness.error(huge, -huge) == 2.0


def test_noise_around_an_exact_zero_is_no_difference() -> None:
    assert closeness.error(np.array([1e-17, 0.0]), np.zeros(2)) <= closeness.SAME


def test_the_worst_place_is_that_of_the_largest_difference() -> None:
    a = np.zeros((3, 4))
    a[1, 2], a[2, 3] = 0.5, -0.7
    assert closeness.worst_place(a, np.zeros((3, 4))) == (2, 3)


def test_a_constant_ratio_is_found_only_where_there_is_one() -> None:
    right = np.array([1.0, -2.0, 3.0])
    ratio = closeness.constant_ratio(-4 * right, right)
    assert ratio is not None
    assert math.isclose(ratio, -4)
    assert closeness.constant_ratio(right + 1, right) is None
    assert closeness.constant_ratio(np.zeros(3), right) is None
    assert closeness.constant_ratio(np.array([np.nan, 1, 2]), right) is None


@given(SOME, st.integers(0, 2**32))
def test_a_fingerprint_does_not_tell_rounding(a: Array, seed: int) -> None:
    noise = np.random.default_rng(seed).uniform(-1, 1, a.shape)
    assert closeness.fingerprint(a) == closeness.fingerprint(a * (1 + 4e-16 * noise))


@given(SOME, st.integers(0, 11))
def test_a_fingerprint_tells_other_values(a: Array, place: int) -> None:
    b = a.copy()
    b.flat[place] += 1e-3 * max(float(np.abs(a).max()), 1e-3)
    assert closeness.fingerprint(a) != closeness.fingerprint(b)


def test_a_fingerprint_tells_scale_shape_and_what_is_not_finite() -> None:
    arrays = [np.ones((2, 3)), np.ones((3, 2)), 2 * np.ones((2, 3)), np.full((2, 3), np.nan)]
    arrays += [np.full((2, 3), np.inf), np.full((2, 3), -np.inf), np.zeros((2, 3)), np.zeros((0, 3))]
    assert len({closeness.fingerprint(array) for array in arrays}) == len(arrays)


def test_only_numbers_have_a_fingerprint() -> None:
    assert closeness.fingerprint(np.array(["a"])) == ""
    assert closeness.fingerprint(np.array([True])) == closeness.fingerprint(np.array([1.0]))
