"""The reference of `fc_conv` is right: known values, central differences, training by hand, and manners."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Array
from grader.numeric.closeness import error

PATH = Path(__file__).parents[1] / "solutions" / "fc_conv" / "fc_conv.py"
SIZE = st.integers(1, 4)
SEED = st.integers(0, 2**32 - 1)
RATE = st.sampled_from([0.37, 0.5, 2.0])
SHAPE = st.lists(SIZE, min_size=1, max_size=3).map(tuple)
XOR = np.array([[[0.0, 0.0]], [[0.0, 1.0]], [[1.0, 0.0]], [[1.0, 1.0]]])
XOR_TARGETS = np.array([[[0.0]], [[1.0]], [[1.0]], [[0.0]]])
# Drawn anew in every run, a tolerance this close to rounding would fail by chance once in a great while.
drawn = settings(derandomize=True, deadline=None, max_examples=50)


def load() -> Any:
    """The reference, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location("reference_fc_conv", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = load()


@pytest.fixture(autouse=True)
def _seeded() -> None:
    """Constructors and masks draw from NumPy's global generator."""
    np.random.seed(20)


def draw(seed: int, *shape: int) -> Array:
    """Values from .3 to 1.5 with either sign: away from kinks and from gradients near 0."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))


def shuffled(seed: int, *shape: int) -> Array:
    """Values .05 apart in a random order: no ties, and no winner that a small step changes."""
    rng = np.random.default_rng(seed)
    return rng.permutation(int(np.prod(shape))).reshape(shape) * 0.05 - 0.6


def differences(f: Callable[[Array], Any], x: Array, output_error: Array | float, h: float = 1e-5) -> Array:
    """The gradient of sum(f(x) * output_error) by central differences, entry by entry."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = np.sum((f(x + step) - f(x - step)) * output_error) / (2 * h)
    return gradient


def frozen(*arrays: Array) -> None:
    """Whoever writes into one of these arrays raises ValueError from now on."""
    for array in arrays:
        array.setflags(write=False)


def given_to(layer: Any, seed: int) -> Any:
    """The layer, with read-only parameters of the shapes that it drew."""
    for number, name in enumerate(("weights", "bias")):
        value = draw(seed + number, *getattr(layer, name).shape)
        frozen(value)
        setattr(layer, name, value)
    return layer


def agrees_with_differences(layer: Any, x: Array, seed: int, rate: float) -> None:
    """Input error, and gradients recovered from the step, after another forward and backward pass."""
    output_error = draw(seed + 2, *layer.forward_propagation(-2 * x).shape)
    layer.backward_propagation(-output_error, rate)
    frozen(x, output_error)
    before = copy.deepcopy(layer)

    def output(z: Array) -> Any:
        return copy.deepcopy(before).forward_propagation(z)

    def output_with(name: str, value: Array) -> Any:
        fresh = copy.deepcopy(before)
        setattr(fresh, name, value)
        return fresh.forward_propagation(x)

    assert layer.forward_propagation(x).shape == output_error.shape
    input_error = layer.backward_propagation(output_error, rate)
    assert input_error.shape == x.shape
    assert error(input_error, differences(output, x, output_error)) <= 1e-6
    for name in {"weights", "bias"} & set(vars(before)):
        start, end = getattr(before, name), getattr(layer, name)
        assert end.shape == start.shape
        wanted = differences(partial(output_with, name), start, output_error)
        assert error((start - end) / rate, wanted) <= 1e-6


def test_import_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load()
    assert capsys.readouterr().out == ""


@given(seed=SEED, shape=st.one_of(st.just(()), SHAPE))
@drawn
def test_the_slope_of_tanh_agrees_with_differences(seed: int, shape: tuple[int, ...]) -> None:
    x = draw(seed, *shape)
    frozen(x)
    assert error(np.asarray(ref.tanh(x)), (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) <= 1e-14
    assert error(np.asarray(ref.tanh_prime(x)), differences(ref.tanh, x, 1.0)) <= 1e-6


def test_known_values_of_the_functions() -> None:
    assert (ref.tanh(0.0), ref.tanh_prime(0.0)) == (0.0, 1.0)
    assert ref.tanh(np.log(2.0)) == pytest.approx(0.6, rel=1e-15)
    assert ref.tanh_prime(np.log(2.0)) == pytest.approx(0.64, rel=1e-15)
    y_true, y_pred = np.array([[1.0, 0.0], [2.0, -1.0]]), np.array([[0.5, 1.0], [2.0, 1.0]])
    assert ref.mse(y_true, y_pred) == pytest.approx(5.25 / 4, rel=1e-15)
    assert ref.mse_prime(y_true, y_pred).tolist() == [[-0.25, 0.5], [0.0, 1.0]]


@given(seed=SEED, shape=SHAPE)
@drawn
def test_the_gradient_of_the_loss_agrees_with_differences(seed: int, shape: tuple[int, ...]) -> None:
    y_true, y_pred = draw(seed, *shape), draw(seed + 1, *shape) / 3
    frozen(y_true, y_pred)
    wanted = differences(lambda y: ref.mse(y_true, y), y_pred, 1.0)
    assert error(ref.mse_prime(y_true, y_pred), wanted) <= 1e-6


@given(seed=SEED, i=SIZE, j=SIZE, rate=RATE)
@drawn
def test_a_fully_connected_layer_agrees_with_differences(seed: int, i: int, j: int, rate: float) -> None:
    layer = given_to(ref.FCLayer((1, i), (1, j)), seed)
    agrees_with_differences(layer, draw(seed + 3, 1, i), seed, rate)


@given(seed=SEED, shape=SHAPE, rate=RATE)
@drawn
def test_an_activation_agrees_with_differences(seed: int, shape: tuple[int, ...], rate: float) -> None:
    layer = ref.ActivationLayer(shape, np.arctan, lambda x: 1 / (1 + x**2))
    agrees_with_differences(layer, draw(seed, *shape), seed, rate)


@given(seed=SEED, m=SIZE, n=SIZE, down=SIZE, across=SIZE, d=st.integers(1, 3), k=st.integers(1, 3), rate=RATE)
@drawn
def test_a_convolution_agrees_with_differences(
    seed: int, m: int, n: int, down: int, across: int, d: int, k: int, rate: float
) -> None:
    shape = (m + down - 1, n + across - 1, d)
    layer = given_to(ref.ConvLayer(shape, (m, n), k), seed)
    assert (layer.weights.shape, layer.bias.shape) == ((m, n, d, k), (k,))
    agrees_with_differences(layer, draw(seed + 3, *shape), seed, rate)


@given(seed=SEED, m=SIZE, n=SIZE, down=SIZE, across=SIZE, d=SIZE, k=SIZE)
@drawn
def test_a_convolution_is_the_correlation_that_the_formulas_say(
    seed: int, m: int, n: int, down: int, across: int, d: int, k: int
) -> None:
    x, e = draw(seed, m + down - 1, n + across - 1, d), draw(seed + 1, down, across, k)
    layer = given_to(ref.ConvLayer(x.shape, (m, n), k), seed + 2)
    w, b = layer.weights, layer.bias
    y = np.zeros(e.shape)
    for u, v, q in np.ndindex(e.shape):
        y[u, v, q] = b[q] + np.sum(x[u : u + m, v : v + n] * w[..., q])
    assert error(layer.forward_propagation(x), y) <= 1e-13
    padded = np.pad(e, ((m - 1, m - 1), (n - 1, n - 1), (0, 0)))
    full = np.zeros(x.shape)
    for g, h, s in np.ndindex(x.shape):
        full[g, h, s] = np.sum(padded[g : g + m, h : h + n] * w[::-1, ::-1, s])
    assert error(layer.backward_propagation(e, 1.0), full) <= 1e-12
    assert error(b - layer.bias, e.sum(axis=0).sum(axis=0)) <= 1e-12


def test_the_bias_counts_once_whatever_the_depth() -> None:
    layer = ref.ConvLayer((4, 5, 3), (2, 2), 2)
    layer.weights, layer.bias = np.zeros((2, 2, 3, 2)), np.array([0.5, -2.0])
    y = layer.forward_propagation(draw(1, 4, 5, 3))
    assert y.tolist() == np.broadcast_to([0.5, -2.0], (3, 4, 2)).tolist()
    layer.backward_propagation(np.ones((3, 4, 2)), 1.0)
    assert layer.bias.tolist() == [0.5 - 12, -2.0 - 12]


@given(seed=SEED, shape=st.lists(SIZE, min_size=1, max_size=4).map(tuple))
@drawn
def test_flattening_keeps_the_order_both_ways(seed: int, shape: tuple[int, ...]) -> None:
    x = draw(seed, *shape)
    frozen(x)
    layer = ref.FlattenLayer()
    assert layer.forward_propagation(x).tolist() == [list(x.flat)]
    output_error = draw(seed + 1, 1, x.size)
    frozen(output_error)
    input_error = layer.backward_propagation(output_error, 0.5)
    assert input_error.shape == shape
    assert list(input_error.flat) == list(output_error.flat)


@given(seed=SEED, p=SIZE, q=SIZE, down=SIZE, across=SIZE, d=st.integers(1, 3), rate=RATE)
@drawn
def test_pooling_agrees_with_differences(
    seed: int, p: int, q: int, down: int, across: int, d: int, rate: float
) -> None:
    x = shuffled(seed, p * down, q * across, d)
    layer = ref.MaxPoolLayer(x.shape, (p, q))
    y = layer.forward_propagation(x)
    for u, v in np.ndindex(down, across):
        block = x[u * p : (u + 1) * p, v * q : (v + 1) * q]
        assert y[u, v].tolist() == block.max(axis=(0, 1)).tolist()
    agrees_with_differences(layer, x, seed, rate)


def test_of_a_tie_one_pixel_gets_the_whole_error() -> None:
    layer = ref.MaxPoolLayer((2, 4, 1), (2, 2))
    layer.forward_propagation(np.zeros((2, 4, 1)))
    input_error = layer.backward_propagation(np.array([[[3.0], [5.0]]]), 0.5)
    assert sorted(input_error[:, :2].flat) == [0.0, 0.0, 0.0, 3.0]
    assert sorted(input_error[:, 2:].flat) == [0.0, 0.0, 0.0, 5.0]


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.3, 0.7])
def test_dropout_drops_its_rate_and_keeps_the_mean(rate: float) -> None:
    layer = ref.DropoutLayer(rate)
    x = np.random.default_rng(1).uniform(1, 2, (200, 300))
    y = layer.forward_propagation(x)
    # Six standard deviations of a mean of 60 000 draws.
    assert np.mean(y == 0) == pytest.approx(rate, abs=6 * (rate * (1 - rate) / x.size) ** 0.5)
    assert error(y[y != 0], x[y != 0] / (1 - rate)) <= 1e-15
    assert y.mean() == pytest.approx(x.mean(), rel=0.02)


@given(seed=SEED, shape=SHAPE, rate=st.sampled_from([0.2, 0.3, 0.7]))
@drawn
def test_dropout_reuses_the_mask_of_the_latest_forward(
    seed: int, shape: tuple[int, ...], rate: float
) -> None:
    layer = ref.DropoutLayer(rate)
    x, output_error = draw(seed, *shape), draw(seed + 1, *shape)
    frozen(x, output_error)
    layer.forward_propagation(-2 * x)
    y = layer.forward_propagation(x)
    for _ in range(2):
        assert error(layer.backward_propagation(output_error, 0.5), y / x * output_error) <= 1e-15


def test_dropout_draws_a_new_mask_for_every_forward() -> None:
    layer, x = ref.DropoutLayer(0.5), np.ones((10, 10))
    assert not np.array_equal(layer.forward_propagation(x), layer.forward_propagation(x))


@given(seed=SEED, shape=SHAPE)
@drawn
def test_dropout_is_the_identity_when_not_training(seed: int, shape: tuple[int, ...]) -> None:
    layer = ref.DropoutLayer(0.7)
    x, output_error = draw(seed, *shape), draw(seed + 1, *shape)
    layer.forward_propagation(x)
    layer.training = False
    y = layer.forward_propagation(x)
    input_error = layer.backward_propagation(output_error, 0.5)
    assert (y.tolist(), input_error.tolist()) == (x.tolist(), output_error.tolist())
    assert not np.shares_memory(y, x)
    assert not np.shares_memory(input_error, output_error)


def network(*layers: Any) -> Any:
    """A network of these layers, trained by the mean squared error."""
    net = ref.Network()
    for layer in layers:
        net.add(layer)
    net.use(ref.mse, ref.mse_prime)
    return net


def test_a_layer_that_is_not_written_says_so() -> None:
    with pytest.raises(NotImplementedError, match=r"^Layer\.forward_propagation is not written yet$"):
        ref.Layer().forward_propagation(np.ones((1, 2)))
    with pytest.raises(NotImplementedError, match=r"^FlattenLayer\.backward_propagation is not written"):
        super(ref.FlattenLayer, ref.FlattenLayer()).backward_propagation(np.ones((1, 2)), 0.1)


def test_xor_is_learnt() -> None:
    np.random.seed(3)
    net = network(
        ref.FCLayer((1, 2), (1, 3)),
        ref.ActivationLayer((1, 3), ref.tanh, ref.tanh_prime),
        ref.FCLayer((1, 3), (1, 1)),
        ref.ActivationLayer((1, 1), ref.tanh, ref.tanh_prime),
    )
    assert ref.mse(XOR_TARGETS, np.array(net.predict(XOR))) > 0.2
    assert net.fit(XOR, XOR_TARGETS, epochs=1000, learning_rate=0.1) is None
    outputs = net.predict(XOR)
    assert isinstance(outputs, list)
    assert [output.shape for output in outputs] == [(1, 1)] * 4
    assert error(np.array(outputs), XOR_TARGETS) <= 0.05


def by_hand(net: Any, x: Array, y: Array, rate: float) -> None:
    """One update for one sample, with gradients by central differences instead of backward passes."""

    def loss(layer: Any, name: str, value: Array) -> float:
        kept = getattr(layer, name)
        setattr(layer, name, value)
        found = float(ref.mse(y, net.predict([x])[0]))
        setattr(layer, name, kept)
        return found

    learned = [(layer, name) for layer in net.layers for name in ("weights", "bias") if hasattr(layer, name)]
    steps = [rate * differences(partial(loss, *one), getattr(*one), 1.0) for one in learned]
    for (layer, name), step in zip(learned, steps, strict=True):
        setattr(layer, name, getattr(layer, name) - step)


def test_training_a_small_conv_net_equals_updates_made_by_hand() -> None:
    conv, last = ref.ConvLayer((5, 6, 2), (2, 3), 3), ref.FCLayer((1, 12), (1, 2))
    net = network(
        conv,
        ref.ActivationLayer((4, 4, 3), ref.tanh, ref.tanh_prime),
        ref.MaxPoolLayer((4, 4, 3), (2, 2)),
        ref.FlattenLayer(),
        last,
        ref.ActivationLayer((1, 2), ref.tanh, ref.tanh_prime),
    )
    other = copy.deepcopy(net)
    x, y = draw(1, 3, 5, 6, 2), draw(2, 3, 1, 2) / 2
    frozen(x, y)
    net.fit(x, y, epochs=2, learning_rate=0.1)
    for _ in range(2):
        for sample, wanted in zip(x, y, strict=True):
            by_hand(other, sample, wanted, 0.1)
    for mine, theirs in ((conv, other.layers[0]), (last, other.layers[4])):
        assert error(mine.weights, theirs.weights) <= 1e-8
        assert error(mine.bias, theirs.bias) <= 1e-8


def test_as_many_samples_as_wanted_outputs() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        network(ref.FCLayer((1, 2), (1, 1))).fit(XOR, XOR_TARGETS[:3], epochs=1, learning_rate=0.1)
