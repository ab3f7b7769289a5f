"""Inputs decide more than the method: what is drawn must be able to tell mistakes apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import draw
from grader.draw import C, D, M, N

SEEDS = st.integers(0, 2**64)


@pytest.mark.parametrize(
    "draws", [[draw.normal(N, D)], [draw.normal(D, M), draw.normal(M), draw.normal(N, D)]]
)
def test_every_axis_of_a_case_has_a_size_of_its_own(draws: list[draw.Draw]) -> None:
    for sizes in draw.sizes_of(draws):
        assert len(set(sizes.values())) == len(sizes)
        assert min(sizes.values()) >= 3


@given(SEEDS)
def test_away_from_zero_keeps_its_distance_and_has_both_signs_everywhere(seed: int) -> None:
    x = draw.away_from_zero(N, D).sample(draw.generator(seed), {N: 5, D: 7}, {})
    assert (np.abs(x) >= 0.1).all()
    assert (np.abs(x) <= 2.0).all()
    for axis in (0, 1):
        assert (x > 0).any(axis=axis).all()
        assert (x < 0).any(axis=axis).all()


@given(SEEDS)
def test_upstream_gradients_are_never_ones(seed: int) -> None:
    dout = draw.upstream(draw.generator(seed), (4, 3))
    assert ((np.abs(dout) >= 0.3) & (np.abs(dout) <= 1.5)).all()
    assert draw.upstream(draw.generator(seed), ()) == 1.7


@given(SEEDS)
def test_labels_are_distinct_where_there_are_classes_enough(seed: int) -> None:
    t = draw.one_hot(N, C).sample(draw.generator(seed), {N: 5, C: 7}, {})
    assert (t.sum(axis=1) == 1).all()
    assert len(set(t.argmax(axis=1))) == 5
    few = draw.one_hot(N, C).sample(draw.generator(seed), {N: 5, C: 3}, {})
    assert set(few.argmax(axis=1)) == {0, 1, 2}


@given(SEEDS)
def test_probabilities_sum_to_one_and_stay_away_from_zero(seed: int) -> None:
    y = draw.probabilities(N, C).sample(draw.generator(seed), {N: 5, C: 7}, {})
    np.testing.assert_allclose(y.sum(axis=1), 1)
    assert y.min() > 4e-4


def test_a_peak_stands_at_the_label() -> None:
    sizes = {N: 4, C: 6}
    drawn = draw.sample_all(
        {"t": draw.one_hot(N, C), "x": draw.peaked(N, C, at="t")}, draw.generator(3), sizes
    )
    assert (drawn["x"].argmax(axis=1) == drawn["t"].argmax(axis=1)).all()
    assert drawn["x"].max() > 900


def test_the_same_words_give_the_same_arrays_and_others_do_not() -> None:
    def sample(seed: int, *words: str | int) -> float:
        return float(draw.scalar().sample(draw.generator(seed, *words), {}, {}))

    assert sample(1, "Relu", 0) == sample(1, "Relu", 0)
    assert (
        len({sample(1, "Relu", 0), sample(2, "Relu", 0), sample(1, "Relu", 1), sample(1, "Affine", 0)}) == 4
    )
