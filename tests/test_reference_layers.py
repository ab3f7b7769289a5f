"""The reference of `layers` is right: known values, central differences, and manners."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Array
from grader.numeric.closeness import error

PATH = Path(__file__).parents[1] / "solutions" / "layers" / "layers.py"
SIZE = st.integers(1, 4)
SEED = st.integers(0, 2**32 - 1)
SHAPE = st.lists(SIZE, min_size=1, max_size=3).map(tuple)
# Drawn anew in every run, a tolerance this close to rounding would fail by chance once in a great while.
drawn = settings(derandomize=True, deadline=None, max_examples=50)


def load() -> Any:
    """The reference, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location("reference_layers", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = load()


def draw(seed: int, *shape: int) -> Array:
    """Values from .3 to 1.5 with either sign: away from kinks and from gradients near 0."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))


def differences(f: Callable[[Array], Any], x: Array, dout: Array | float, h: float = 1e-5) -> Array:
    """The gradient of sum(f(x) * dout) by central differences, entry by entry."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = np.sum((f(x + step) - f(x - step)) * dout) / (2 * h)
    return gradient


def frozen(*arrays: Array) -> None:
    """Whoever writes into one of these arrays raises ValueError from now on."""
    for array in arrays:
        array.setflags(write=False)


def labels(seed: int, n: int, c: int) -> tuple[Array, Array]:
    """Integer labels of n samples in c classes, and the same one-hot."""
    t = np.random.default_rng(seed).integers(0, c, n)
    one_hot = np.zeros((n, c))
    one_hot[np.arange(n), t] = 1
    return t, one_hot


def test_import_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load()
    assert capsys.readouterr().out == ""


def test_apples() -> None:
    price, gradients = ref.buy_apple(100, 2, 1.1)
    assert price == pytest.approx(220, rel=1e-12)
    assert gradients == pytest.approx((2.2, 110, 200), rel=1e-12)


def test_apples_and_oranges() -> None:
    price, gradients = ref.buy_apple_orange(100, 2, 150, 3, 1.1)
    assert price == pytest.approx(715, rel=1e-12)
    assert gradients == pytest.approx((2.2, 110, 3.3, 165, 650), rel=1e-12)


@pytest.mark.parametrize(("name", "inputs"), [("buy_apple", 3), ("buy_apple_orange", 5)])
@given(seed=SEED)
@drawn
def test_prices_agree_with_differences(name: str, inputs: int, seed: int) -> None:
    buy = getattr(ref, name)
    x = np.abs(draw(seed, inputs))
    assert error(np.array(buy(*x)[1]), differences(lambda z: buy(*z)[0], x, 1.0)) <= 1e-6


@pytest.mark.parametrize("name", ["MulLayer", "AddLayer"])
@given(seed=SEED, shape=st.one_of(st.just(()), SHAPE))
@drawn
def test_nodes_agree_with_differences(name: str, seed: int, shape: tuple[int, ...]) -> None:
    layer = getattr(ref, name)()
    x, y, dout = draw(seed, *shape), draw(seed + 1, *shape), draw(seed + 2, *shape)
    frozen(x, y, dout)
    layer.forward(-2 * y, -2 * x)
    layer.forward(x, y)
    dx, dy = layer.backward(dout)
    node = getattr(ref, name)
    assert error(np.asarray(dx), differences(lambda z: node().forward(z, y), x, dout)) <= 1e-6
    assert error(np.asarray(dy), differences(lambda z: node().forward(x, z), y, dout)) <= 1e-6


def test_gradients_of_a_sum_share_no_memory() -> None:
    dout = np.ones(3)
    dx, dy = ref.AddLayer().backward(dout)
    assert not np.shares_memory(dx, dy)
    assert not np.shares_memory(dx, dout)


@pytest.mark.parametrize("name", ["Relu", "Sigmoid"])
@given(seed=SEED, shape=SHAPE)
@drawn
def test_activations_agree_with_differences(name: str, seed: int, shape: tuple[int, ...]) -> None:
    activation = getattr(ref, name)
    x, dout = draw(seed, *shape), draw(seed + 1, *shape)
    frozen(x, dout)
    layer = activation()
    layer.forward(-2 * x)
    layer.forward(x)
    wanted = differences(lambda z: activation().forward(z), x, dout)
    assert error(layer.backward(dout), wanted) <= 1e-6
    assert error(layer.backward(dout), wanted) <= 1e-6, "a second backward"


def test_known_values_of_activations() -> None:
    x = np.array([[-2.0, 0.0, 3.0]])
    relu, sigmoid = ref.Relu(), ref.Sigmoid()
    assert relu.forward(x).tolist() == [[0.0, 0.0, 3.0]]
    assert relu.backward(np.array([[5.0, 6.0, 7.0]])).tolist() == [[0.0, 0.0, 7.0]]
    assert sigmoid.forward(np.array([0.0, np.log(3.0)])) == pytest.approx([0.5, 0.75])
    assert sigmoid.backward(np.array([1.0, 16.0])) == pytest.approx([0.25, 3.0])


def test_a_sigmoid_of_huge_inputs_is_exact_and_silent() -> None:
    layer = ref.Sigmoid()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert layer.forward(np.array([-1e308, -1000.0, 1000.0, 1e308])).tolist() == [0.0, 0.0, 1.0, 1.0]
        assert layer.backward(np.ones(4)).tolist() == [0.0, 0.0, 0.0, 0.0]
    assert layer.forward(np.array([-700.0])) == pytest.approx(np.exp(-700.0), rel=1e-12)


@given(seed=SEED, n=SIZE, axes=SHAPE, m=SIZE)
@drawn
def test_affine_agrees_with_differences(seed: int, n: int, axes: tuple[int, ...], m: int) -> None:
    x, dout = draw(seed, n, *axes), draw(seed + 1, n, m)
    w, b = draw(seed + 2, int(np.prod(axes)), m), draw(seed + 3, m)
    frozen(x, dout, w, b)
    layer = ref.Affine(w, b)
    layer.forward(draw(seed + 4, n + 1, *axes))
    layer.backward(draw(seed + 5, n + 1, m))
    assert layer.forward(x).shape == (n, m)
    dx = layer.backward(dout)
    assert (dx.shape, layer.dW.shape, layer.db.shape) == (x.shape, w.shape, b.shape)
    assert error(dx, differences(ref.Affine(w, b).forward, x, dout)) <= 1e-6
    assert error(layer.dW, differences(lambda z: ref.Affine(z, b).forward(x), w, dout)) <= 1e-6
    assert error(layer.db, differences(lambda z: ref.Affine(w, z).forward(x), b, dout)) <= 1e-6


@given(seed=SEED, shape=st.lists(SIZE, min_size=1, max_size=2).map(tuple))
@drawn
def test_softmax_gives_probabilities_along_the_last_axis(seed: int, shape: tuple[int, ...]) -> None:
    x = draw(seed, *shape)
    frozen(x)
    y = ref.softmax(x)
    by_hand = np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)
    assert y.shape == shape
    assert error(y, by_hand) <= 1e-14
    assert error(ref.softmax(x - 1000), y) <= 1e-12


def test_softmax_of_huge_scores_is_exact_and_silent() -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = ref.softmax(np.array([[1000.0, 1000.0, -1000.0], [1e308, 0.0, -1e300]]))
    assert y.tolist() == [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]


def test_known_values_of_the_loss() -> None:
    y = np.array([[0.1, 0.7, 0.2], [0.5, 0.25, 0.25]])
    wanted = -(np.log(0.7) + np.log(0.25)) / 2
    assert ref.cross_entropy_error(y, np.array([1, 2])) == pytest.approx(wanted, rel=1e-15)
    assert ref.cross_entropy_error(y, np.array([[0, 1, 0], [0, 0, 1]])) == pytest.approx(wanted, rel=1e-15)


@pytest.mark.parametrize("t", [1, np.int64(1), np.array(1), np.array([1]), np.array([0, 1, 0])])
def test_a_vector_of_probabilities_is_one_sample(t: Any) -> None:
    assert ref.cross_entropy_error(np.array([0.1, 0.7, 0.2]), t) == pytest.approx(-np.log(0.7), rel=1e-15)


@given(seed=SEED, n=SIZE, c=SIZE)
@drawn
def test_both_formats_of_labels_agree(seed: int, n: int, c: int) -> None:
    x = draw(seed, n, c)
    t, one_hot = labels(seed, n, c)
    frozen(x, t, one_hot)
    y = ref.softmax(x)
    assert ref.cross_entropy_error(y, t) == ref.cross_entropy_error(y, one_hot)
    assert ref.cross_entropy_error(y, t) == pytest.approx(-np.log(y[np.arange(n), t]).mean(), rel=1e-14)
    by_number, by_row = ref.SoftmaxWithLoss(), ref.SoftmaxWithLoss()
    assert by_number.forward(x, t) == by_row.forward(x, one_hot)
    assert by_number.backward().tolist() == by_row.backward().tolist()


def test_the_loss_of_a_probability_of_zero_is_finite_and_silent() -> None:
    y, tiny = np.array([[0.0, 1.0]]), np.finfo(float).tiny
    with np.errstate(all="raise"):
        assert ref.cross_entropy_error(y, np.array([1])) == 0
        assert ref.cross_entropy_error(y, np.array([0])) == pytest.approx(708.396, rel=1e-6)
        near = np.array([[tiny, 1.0]])
        assert ref.cross_entropy_error(near, np.array([0])) == -np.log(tiny)


@given(seed=SEED, n=SIZE, c=st.integers(2, 5), dout=st.sampled_from([1.0, 1.7, -0.4]))
@drawn
def test_softmax_with_loss_agrees_with_differences(seed: int, n: int, c: int, dout: float) -> None:
    x = draw(seed, n, c)
    _, one_hot = labels(seed, n, c)
    frozen(x, one_hot)
    layer = ref.SoftmaxWithLoss()
    layer.forward(draw(seed + 1, n + 1, c), np.zeros(n + 1, dtype=int))
    layer.forward(x, one_hot)
    wanted = differences(lambda z: ref.SoftmaxWithLoss().forward(z, one_hot), x, dout)
    assert error(layer.backward(dout), wanted) <= 1e-6
    assert error(layer.backward(), wanted / dout) <= 1e-6


@pytest.mark.parametrize("t", [2, np.array([0, 0, 1])])
def test_a_vector_of_scores_is_one_sample(t: Any) -> None:
    layer, batch = ref.SoftmaxWithLoss(), ref.SoftmaxWithLoss()
    x = np.array([0.3, -1.2, 0.8])
    assert layer.forward(x, t) == pytest.approx(batch.forward(x[None], np.array([2])), rel=1e-15)
    assert layer.backward().tolist() == batch.backward()[0].tolist()


def test_a_loss_of_huge_scores_is_finite_and_silent() -> None:
    layer = ref.SoftmaxWithLoss()
    x, t = np.array([[1000.0, -1000.0, 0.0], [0.0, 0.0, 1000.0]]), np.array([0, 2])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert layer.forward(x, t) == 0
        assert layer.backward().tolist() == np.zeros((2, 3)).tolist()
