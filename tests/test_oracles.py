"""Every gradient of the references against torch's autograd in float64 and, where a function is smooth, against the
complex step. At the end of the run the largest differences are printed.

What the layers compute is written once more here, in torch: both ways of theirs meet a way forward of our own.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional as F

from grader.model import Array
from grader.numeric.closeness import error
from tests.courses import COURSE

MOST = 1e-10
STEP = 1e-30
drawn = settings(derandomize=True, deadline=None, max_examples=40)

SIZES = st.tuples(*[st.integers(1, 5)] * 5)
SEED = st.integers(0, 2**32 - 1)
RATE = 0.5

Sizes = tuple[int, int, int, int, int]
Pairs = dict[str, tuple[Any, Any]]

worst: dict[str, dict[str, float]] = {"torch": {}, "the complex step": {}}
"""By oracle and name the largest error seen."""


@pytest.fixture(scope="module", autouse=True)
def _told(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        for oracle, found in worst.items():
            if found:
                name = max(found, key=lambda one: found[one])
                print(f"\n{len(found)} against {oracle}: largest error {found[name]:.1e}, of {name}", end="")


def agree(oracle: str, name: str, pairs: Pairs) -> None:
    """Asserts that both of each pair are the same, and keeps the largest error."""
    for quantity, (got, wanted) in pairs.items():
        assert np.shape(got) == np.shape(wanted), quantity
        found = error(np.asarray(got), np.asarray(wanted))
        worst[oracle][name] = max(worst[oracle].get(name, 0.0), found)
        assert found <= MOST, quantity


def load(name: str) -> Any:
    """A reference, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"oracle_{name}", COURSE.folder(name) / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layers, net, conv, eight = map(load, ("layers", "two_layer_net", "fc_conv", "eight_weights"))


class Draw:
    """Arrays of one seed: magnitudes from .3 to 1.5 with either sign, away from kinks."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def __call__(self, *shape: int) -> Array:
        return np.asarray(self._rng.uniform(0.3, 1.5, shape) * self._rng.choice([-1.0, 1.0], shape))

    def labels(self, n: int, c: int) -> Array:
        return self._rng.integers(0, c, n)

    def shuffled(self, *shape: int) -> Array:
        """All different values, .05 apart."""
        return self._rng.permutation(int(np.prod(shape))).reshape(shape) * 0.05 - 0.6


def autograd(f: Callable[..., Tensor], *inputs: Array | float, dout: Any = 1.0) -> tuple[Array, ...]:
    """The value of f, and the gradients of sum(f * dout) with respect to all inputs."""
    leaves = [torch.tensor(np.asarray(one), dtype=torch.float64, requires_grad=True) for one in inputs]
    value = f(*leaves)
    torch.autograd.backward((value * torch.as_tensor(dout, dtype=torch.float64)).sum())
    slopes = [torch.zeros_like(leaf) if leaf.grad is None else leaf.grad for leaf in leaves]
    return value.detach().numpy(), *(slope.numpy() for slope in slopes)


def paired(names: str, got: Sequence[Any], wanted: Sequence[Any]) -> Pairs:
    """Both by names."""
    return dict(zip(names.split(), zip(got, wanted, strict=True), strict=True))


def node(name: str, f: Callable[..., Tensor]) -> Callable[[Draw, Sizes], Pairs]:
    def pairs(draw: Draw, sizes: Sizes) -> Pairs:
        x, y, dout = (draw(*sizes[:2]) for _ in range(3))
        layer = getattr(layers, name)()
        return paired("out dx dy", (layer.forward(x, y), *layer.backward(dout)), autograd(f, x, y, dout=dout))

    return pairs


def activation(name: str, f: Callable[..., Tensor]) -> Callable[[Draw, Sizes], Pairs]:
    def pairs(draw: Draw, sizes: Sizes) -> Pairs:
        x, dout = draw(*sizes[:3]), draw(*sizes[:3])
        layer = getattr(layers, name)()
        return paired("out dx", (layer.forward(x), layer.backward(dout)), autograd(f, x, dout=dout))

    return pairs


def linear(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return F.linear(x.flatten(1), w.T, b)


def affine(draw: Draw, sizes: Sizes) -> Pairs:
    n, i, j, m, _ = sizes
    x, w, b, dout = draw(n, i, j), draw(i * j, m), draw(m), draw(n, m)
    layer = layers.Affine(w, b)
    got = (layer.forward(x), layer.backward(dout), layer.dW, layer.db)
    return paired("out dx dW db", got, autograd(linear, x, w, b, dout=dout))


def softmax_with_loss(draw: Draw, sizes: Sizes) -> Pairs:
    n, c = sizes[:2]
    x, t = 2 * draw(n, c), draw.labels(n, c)
    wanted = autograd(lambda x: F.cross_entropy(x, torch.tensor(t)), x, dout=1.7)
    found: Pairs = {}
    for kind, labels in (("numbers", t), ("one-hot", np.eye(c)[t])):
        layer = layers.SoftmaxWithLoss()
        got = (layer.forward(x, labels), layer.backward(1.7))
        found |= paired(f"loss({kind}) dx({kind})", got, wanted)
    y = layers.softmax(x)
    (likely,) = autograd(lambda y: F.nll_loss(torch.log(y), torch.tensor(t)), y)[:1]
    probabilities = torch.softmax(torch.tensor(x), -1).numpy()
    return found | paired("softmax nll", (y, layers.cross_entropy_error(y, t)), (probabilities, likely))


def shop(draw: Draw, _sizes: Sizes) -> Pairs:
    one, both = np.abs(draw(3)), np.abs(draw(5))
    price, slopes = layers.buy_apple(*one)
    found = paired("price a n t", (price, *slopes), autograd(lambda a, n, t: a * n * t, *one))
    price, slopes = layers.buy_apple_orange(*both)
    wanted = autograd(lambda a, n, o, m, t: (a * n + o * m) * t, *both)
    return found | paired("price2 a2 n2 o2 m2 t2", (price, *slopes), wanted)


def pairs_of_functions(draw: Draw, sizes: Sizes) -> Pairs:
    n, i, j, m, _ = sizes
    x, w, b, dout = draw(n, i, j), draw(i * j, m), draw(m), draw(n, m)
    out, cache = net.affine_forward(x, w, b)
    found = paired(
        "affine dx dw db", (out, *net.affine_backward(dout, cache)), autograd(linear, x, w, b, dout=dout)
    )
    out, cache = net.affine_relu_forward(x, w, b)
    wanted = autograd(lambda *given: F.relu(linear(*given)), x, w, b, dout=dout)
    found |= paired("affine_relu rdx rdw rdb", (out, *net.affine_relu_backward(dout, cache)), wanted)
    z = draw(n, m)
    out, cache = net.relu_forward(z)
    return found | paired("relu dz", (out, net.relu_backward(dout, cache)), autograd(F.relu, z, dout=dout))


def two_layer_net(draw: Draw, sizes: Sizes) -> Pairs:
    n, d, h, c, reg = *sizes[:4], 0.3 * (sizes[4] - 1)
    x, y = draw(n, d), draw.labels(n, c)
    params = {"W1": draw(d, h), "b1": draw(h), "W2": draw(h, c), "b2": draw(c)}
    model = net.TwoLayerNet(d, h, c, reg=reg)
    model.params = params
    loss, slopes = model.loss(x, y)

    def wanted(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
        scores = F.relu(torch.tensor(x) @ w1 + b1) @ w2 + b2
        return F.cross_entropy(scores, torch.tensor(y)) + 0.5 * reg * (w1.square().sum() + w2.square().sum())

    own = (loss, *(slopes[name] for name in params))
    found = paired("loss W1 b1 W2 b2", own, autograd(wanted, *params.values()))
    z = draw(n, c)
    single = autograd(lambda z: F.cross_entropy(z, torch.tensor(y)), z)
    return found | paired("softmax_loss dx", net.softmax_loss(z, y), single)


def losses(draw: Draw, sizes: Sizes) -> Pairs:
    x, y, t = draw(*sizes[:2]), draw(*sizes[:2]), draw(*sizes[:2])
    found = paired("tanh tanh_prime", (conv.tanh(x), conv.tanh_prime(x)), autograd(torch.tanh, x))
    wanted = autograd(lambda y: F.mse_loss(y, torch.tensor(t)), y)
    return found | paired("mse mse_prime", (conv.mse(t, y), conv.mse_prime(t, y)), wanted)


def updating(layer: Any, f: Callable[..., Tensor], draw: Draw, x: Array) -> Pairs:
    """A layer of fc_conv: output, input error, and the gradients recovered from its step."""
    learned = [name for name in ("weights", "bias") if hasattr(layer, name)]
    before = [draw(*getattr(layer, name).shape) for name in learned]
    for name, value in zip(learned, before, strict=True):
        setattr(layer, name, value.copy())
    out = layer.forward_propagation(x)
    dout = draw(*out.shape)
    back = layer.backward_propagation(dout, RATE)
    steps = [(old - getattr(layer, name)) / RATE for name, old in zip(learned, before, strict=True)]
    names = " ".join(["out", "dx", *learned])
    return paired(names, (out, back, *steps), autograd(f, x, *before, dout=dout))


def correlation(x: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """torch has channels first: (1, d, i, j) with kernels (k, d, m, n)."""
    return F.conv2d(x.permute(2, 0, 1)[None], weights.permute(3, 2, 0, 1), bias)[0].permute(1, 2, 0)


def fully_connected(draw: Draw, sizes: Sizes) -> Pairs:
    i, j = sizes[:2]
    return updating(conv.FCLayer((1, i), (1, j)), lambda x, w, b: x @ w + b, draw, draw(1, i))


def tanh_layer(draw: Draw, sizes: Sizes) -> Pairs:
    shape = sizes[:3]
    layer = conv.ActivationLayer(shape, conv.tanh, conv.tanh_prime)
    return updating(layer, torch.tanh, draw, draw(*shape))


def convolution(draw: Draw, sizes: Sizes) -> Pairs:
    m, n, down, d, k = sizes
    x = draw(m + down - 1, n + 2, d)
    return updating(conv.ConvLayer(x.shape, (m, n), k), correlation, draw, x)


def flatten(draw: Draw, sizes: Sizes) -> Pairs:
    return updating(conv.FlattenLayer(), lambda x: x.reshape(1, -1), draw, draw(*sizes[:3]))


def pooling(draw: Draw, sizes: Sizes) -> Pairs:
    p, q, down, across, d = sizes
    x = draw.shuffled(p * down, q * across, d)

    def pooled(x: Tensor) -> Tensor:
        return F.max_pool2d(x.permute(2, 0, 1)[None], (p, q))[0].permute(1, 2, 0)

    return updating(conv.MaxPoolLayer(x.shape, (p, q)), pooled, draw, x)


def dropout(draw: Draw, sizes: Sizes) -> Pairs:
    """The mask is the layer's own; what is compared is that both ways use it."""
    x, dout, layer = draw(*sizes[:3]), draw(*sizes[:3]), conv.DropoutLayer(0.3)
    out = layer.forward_propagation(x)
    mask = torch.tensor(out != 0)
    wanted = autograd(lambda x: torch.where(mask, x / 0.7, torch.zeros_like(x)), x, dout=dout)
    return paired("out dx", (out, layer.backward_propagation(dout, RATE)), wanted)


def training(draw: Draw, sizes: Sizes) -> Pairs:
    """Two epochs of a small convolutional net, against SGD over autograd, sample by sample."""
    d, k = sizes[0], sizes[1]
    x, y = draw(3, 5, 4, d), draw(3, 1, 2) / 2
    given_to = [draw(2, 3, d, k) / 3, draw(k), draw(8 * k, 2) / 3, draw(1, 2)]
    model, first, last = (
        conv.Network(),
        conv.ConvLayer((5, 4, d), (2, 3), k),
        conv.FCLayer((1, 8 * k), (1, 2)),
    )
    first.weights, first.bias, last.weights, last.bias = (one.copy() for one in given_to)
    tanh = conv.ActivationLayer((4, 2, k), conv.tanh, conv.tanh_prime)
    for layer in (first, tanh, conv.FlattenLayer(), last):
        model.add(layer)
    model.use(conv.mse, conv.mse_prime)
    model.fit(x, y, epochs=2, learning_rate=0.05)
    learned = [torch.tensor(one, requires_grad=True) for one in given_to]
    optimizer = torch.optim.SGD(learned, lr=0.05)
    for _epoch in range(2):
        for sample, target in zip(torch.tensor(x), torch.tensor(y), strict=True):
            optimizer.zero_grad()
            hidden = torch.tanh(correlation(sample, learned[0], learned[1])).reshape(1, -1)
            torch.autograd.backward(F.mse_loss(hidden @ learned[2] + learned[3], target))
            optimizer.step()
    got = (first.weights, first.bias, last.weights, last.bias)
    return paired("conv conv_bias last last_bias", got, [one.detach().numpy() for one in learned])


def eight_weights(draw: Draw, _sizes: Sizes) -> Pairs:
    x1, x2, y1, y2, *w = draw(12)

    def wanted(*w: Tensor) -> Tensor:
        h1, h2 = torch.sigmoid(w[0] * x1 + w[2] * x2), torch.sigmoid(w[1] * x1 + w[3] * x2)
        o1, o2 = torch.sigmoid(w[4] * h1 + w[6] * h2), torch.sigmoid(w[5] * h1 + w[7] * h2)
        return torch.square(o1 - y1) / 2 + torch.square(o2 - y2) / 2

    *outputs, loss = eight.forward_propagate(x1, x2, y1, y2, *w)
    slopes = eight.back_propagate(*outputs, x1, x2, y1, y2, *w[4:])
    # As one array: of a single number the relative error would be that of what cancels in it.
    value, *theirs = autograd(wanted, *w)
    return paired("error slopes", (loss, np.array(slopes)), (value, np.array(theirs)))


ORACLES: dict[str, Callable[[Draw, Sizes], Pairs]] = {
    "layers.MulLayer": node("MulLayer", torch.mul),
    "layers.AddLayer": node("AddLayer", torch.add),
    "layers.Relu": activation("Relu", F.relu),
    "layers.Sigmoid": activation("Sigmoid", torch.sigmoid),
    "layers.Affine": affine,
    "layers.SoftmaxWithLoss": softmax_with_loss,
    "layers.buy_apple_orange": shop,
    "two_layer_net.pairs": pairs_of_functions,
    "two_layer_net.TwoLayerNet": two_layer_net,
    "fc_conv.mse": losses,
    "fc_conv.FCLayer": fully_connected,
    "fc_conv.ActivationLayer": tanh_layer,
    "fc_conv.ConvLayer": convolution,
    "fc_conv.FlattenLayer": flatten,
    "fc_conv.MaxPoolLayer": pooling,
    "fc_conv.DropoutLayer": dropout,
    "fc_conv.Network": training,
    "eight_weights.back_propagate": eight_weights,
}


@pytest.mark.parametrize("name", ORACLES)
@given(seed=SEED, sizes=SIZES)
@drawn
def test_a_reference_agrees_with_autograd(name: str, seed: int, sizes: Sizes) -> None:
    np.random.seed(seed)
    agree("torch", name, ORACLES[name](Draw(seed), sizes))


def complex_step(f: Callable[[Array], Any], x: Array, dout: Array | float = 1.0) -> Array:
    """The gradient of sum(f(x) * dout) of a smooth f, without the rounding of differences."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += STEP * 1j
        gradient[index] = np.sum(np.imag(f(moved)) * dout) / STEP
    return gradient


def steps_of_layers(draw: Draw, sizes: Sizes) -> Pairs:
    x, dout = draw(*sizes[:2]), draw(*sizes[:2])
    layer, loss = layers.Sigmoid(), layers.SoftmaxWithLoss()
    layer.forward(x)
    t = np.eye(sizes[1])[draw.labels(*sizes[:2])]
    loss.forward(x, t)
    return {
        "Sigmoid": (layer.backward(dout), complex_step(lambda z: 1 / (1 + np.exp(-z)), x, dout)),
        "SoftmaxWithLoss": (
            loss.backward(),
            complex_step(lambda z: -np.sum(t * np.log(layers.softmax(z))) / len(x), x),
        ),
    }


def steps_of_functions(draw: Draw, sizes: Sizes) -> Pairs:
    x, t, y = draw(*sizes[:2]), draw(*sizes[:2]), draw.labels(*sizes[:2])
    return {
        "softmax_loss": (net.softmax_loss(x, y)[1], complex_step(lambda z: net.softmax_loss(z, y)[0], x)),
        "tanh_prime": (conv.tanh_prime(x), complex_step(conv.tanh, x)),
        "mse_prime": (conv.mse_prime(t, x), complex_step(lambda z: conv.mse(t, z), x)),
    }


def steps_of_weights(draw: Draw, _sizes: Sizes) -> Pairs:
    sample, w = draw(4), draw(8)
    outputs = eight.forward_propagate(*sample, *w)[:4]
    got = np.array(eight.back_propagate(*outputs, *sample, *w[4:]))
    return {"back_propagate": (got, complex_step(lambda w: eight.forward_propagate(*sample, *w)[4], w))}


SMOOTH: dict[str, Callable[[Draw, Sizes], Pairs]] = {
    "layers": steps_of_layers,
    "two_layer_net, fc_conv": steps_of_functions,
    "eight_weights": steps_of_weights,
}


@pytest.mark.parametrize("name", SMOOTH)
@given(seed=SEED, sizes=SIZES)
@drawn
def test_smooth_functions_agree_with_the_complex_step(name: str, seed: int, sizes: Sizes) -> None:
    agree("the complex step", name, SMOOTH[name](Draw(seed), sizes))


def test_a_gradient_that_is_off_by_a_billionth_is_seen() -> None:
    x, dout = Draw(1)(3, 4), Draw(2)(3, 4)
    wanted = autograd(torch.sigmoid, x, dout=dout)[1]
    assert error(wanted * (1 + 1e-9), wanted) > MOST
    assert error(wanted * (1 + 1e-11), wanted) < MOST
