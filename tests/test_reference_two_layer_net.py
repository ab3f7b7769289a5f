"""The reference of `two_layer_net` is right: central differences, manners, and training on real images."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Array
from grader.numeric.closeness import error
from grader.release import starter_module

FOLDER = Path(__file__).parents[1] / "solutions" / "two_layer_net"
PATH = FOLDER / "two_layer_net.py"
DIGITS_SHA256 = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
SIZE = st.integers(1, 4)
SEED = st.integers(0, 2**32 - 1)
AXES = st.lists(SIZE, min_size=1, max_size=3).map(tuple)
# Drawn anew in every run, a tolerance this close to rounding would fail by chance once in a great while.
drawn = settings(derandomize=True, deadline=None, max_examples=50)


def load() -> Any:
    """The reference, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location("reference_two_layer_net", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = load()


def draw(seed: int, *shape: int) -> Array:
    """Values from .3 to 1.5 with either sign, which nobody can write into."""
    rng = np.random.default_rng(seed)
    array = np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))
    array.setflags(write=False)
    return array


def labels(seed: int, n: int, c: int) -> Array:
    """Integer labels of n samples in c classes, which nobody can write into."""
    y = np.random.default_rng(seed).integers(0, c, n)
    y.setflags(write=False)
    return y


def differences(f: Callable[[Array], Any], x: Array, dout: Array | float = 1.0, h: float = 1e-5) -> Array:
    """The gradient of sum(f(x) * dout) by central differences, entry by entry."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = np.sum((f(x + step) - f(x - step)) * dout) / (2 * h)
    return gradient


def clear_of_kinks(x: Array, w: Array, b: Array, least: float = 2e-3) -> Array:
    """The biases, moved so that no entry of x w + b lies within `least` of 0."""
    rows = x.reshape(len(x), -1)
    moved = np.array(b)
    while np.min(np.abs(rows @ w + moved)) < least:
        moved = moved + 1.7 * least
    moved.setflags(write=False)
    return moved


def net_with(seed: int, axes: tuple[int, ...], x: Array, reg: float) -> Any:
    """A net of 4 hidden units and 3 classes with drawn parameters, whose hidden units are clear of kinks at x."""
    net = ref.TwoLayerNet(input_dim=int(np.prod(axes)), hidden_dim=4, num_classes=3, reg=reg)
    assert {name: value.shape for name, value in net.params.items()} == {
        "W1": (int(np.prod(axes)), 4),
        "b1": (4,),
        "W2": (4, 3),
        "b2": (3,),
    }
    net.params = {name: draw(seed + i, *value.shape) for i, (name, value) in enumerate(net.params.items())}
    net.params["b1"] = clear_of_kinks(x, net.params["W1"], net.params["b1"])
    return net


def loss_of(net: Any, name: str, x: Array, y: Array) -> Callable[[Array], Any]:
    """The loss of a net as a function of one of its parameters."""

    def loss(value: Array) -> Any:
        moved = ref.TwoLayerNet(1, 1, 1, reg=net.reg)
        moved.params = {**net.params, name: value}
        return moved.loss(x, y)[0]

    return loss


def test_import_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("row", [False, True], ids=["b (M,)", "b (1, M)"])
@given(seed=SEED, n=SIZE, axes=AXES, m=SIZE)
@drawn
def test_affine_agrees_with_differences(row: bool, seed: int, n: int, axes: tuple[int, ...], m: int) -> None:
    x, dout = draw(seed, n, *axes), draw(seed + 1, n, m)
    w, b = draw(seed + 2, int(np.prod(axes)), m), draw(seed + 3, *([1, m] if row else [m]))
    out, cache = ref.affine_forward(x, w, b)
    ref.affine_forward(draw(seed + 4, n + 1, *axes), w, b)
    dx, dw, db = ref.affine_backward(dout, cache)
    assert (out.shape, dx.shape, dw.shape, db.shape) == ((n, m), x.shape, w.shape, b.shape)
    assert error(dx, differences(lambda z: ref.affine_forward(z, w, b)[0], x, dout)) <= 1e-6
    assert error(dw, differences(lambda z: ref.affine_forward(x, z, b)[0], w, dout)) <= 1e-6
    assert error(db, differences(lambda z: ref.affine_forward(x, w, z)[0], b, dout)) <= 1e-6


def test_known_values_of_affine() -> None:
    x, w, b = np.array([[1.0, 2.0]]), np.array([[1.0, 0.5], [3.0, -1.0]]), np.array([10.0, 20.0])
    out, cache = ref.affine_forward(x, w, b)
    assert out.tolist() == [[17.0, 18.5]]
    dx, dw, db = ref.affine_backward(np.array([[1.0, 10.0]]), cache)
    assert dx.tolist() == [[6.0, -7.0]]
    assert dw.tolist() == [[1.0, 10.0], [2.0, 20.0]]
    assert db.tolist() == [1.0, 10.0]


@given(seed=SEED, axes=AXES)
@drawn
def test_relu_agrees_with_differences(seed: int, axes: tuple[int, ...]) -> None:
    x, dout = draw(seed, *axes), draw(seed + 1, *axes)
    out, cache = ref.relu_forward(x)
    ref.relu_forward(-x)
    assert error(out, np.where(x > 0, x, 0)) == 0
    wanted = differences(lambda z: ref.relu_forward(z)[0], x, dout)
    assert error(ref.relu_backward(dout, cache), wanted) <= 1e-6
    assert error(ref.relu_backward(dout, cache), wanted) <= 1e-6, "a second backward"


def test_known_values_of_relu() -> None:
    out, cache = ref.relu_forward(np.array([[-2.0, 0.0, 3.0]]))
    assert out.tolist() == [[0.0, 0.0, 3.0]]
    assert ref.relu_backward(np.array([[5.0, 6.0, -7.0]]), cache).tolist() == [[0.0, 0.0, -7.0]]


@given(seed=SEED, n=SIZE, axes=AXES, m=SIZE)
@drawn
def test_affine_relu_agrees_with_differences(seed: int, n: int, axes: tuple[int, ...], m: int) -> None:
    x, dout, w = draw(seed, n, *axes), draw(seed + 1, n, m), draw(seed + 2, int(np.prod(axes)), m)
    b = clear_of_kinks(x, w, draw(seed + 3, m))
    out, cache = ref.affine_relu_forward(x, w, b)
    dx, dw, db = ref.affine_relu_backward(dout, cache)
    assert (out.shape, dx.shape, dw.shape, db.shape) == ((n, m), x.shape, w.shape, b.shape)
    assert error(out, np.maximum(x.reshape(n, -1) @ w + b, 0)) <= 1e-12
    assert error(dx, differences(lambda z: ref.affine_relu_forward(z, w, b)[0], x, dout)) <= 1e-6
    assert error(dw, differences(lambda z: ref.affine_relu_forward(x, z, b)[0], w, dout)) <= 1e-6
    assert error(db, differences(lambda z: ref.affine_relu_forward(x, w, z)[0], b, dout)) <= 1e-6


def sealed(forward: Callable[..., Any], backward: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """The pair, with a cache that nobody else can look into."""

    def closed(*inputs: Array) -> tuple[Any, object]:
        out, cache = forward(*inputs)
        return out, lambda: cache

    return {forward.__name__: closed, backward.__name__: lambda dout, cache: backward(dout, cache())}


@pytest.mark.parametrize("pair", ["affine", "relu", "affine_relu"])
def test_nobody_looks_into_the_cache_of_another(pair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = draw(1, 4, 5), labels(2, 4, 3)
    net = net_with(3, (5,), x, reg=0.3)
    loss, grads = net.loss(x, y)
    for name, function in sealed(*(getattr(ref, f"{pair}_{way}") for way in ("forward", "backward"))).items():
        monkeypatch.setattr(ref, name, function)
    again, same = net.loss(x, y)
    assert again == loss
    assert {name: grads[name].tolist() for name in grads} == {name: same[name].tolist() for name in same}


@pytest.mark.parametrize(
    "name",
    ["affine_forward", "affine_backward", "affine_relu_forward", "affine_relu_backward", "softmax_loss"],
)
def test_the_net_uses_the_functions_by_their_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(ref, name, broken)
    with pytest.raises(ZeroDivisionError, match=name):
        ref.TwoLayerNet(2, 2, 2).loss(np.ones((1, 2)), np.array([0]))


@given(seed=SEED, n=SIZE, c=st.integers(2, 5))
@drawn
def test_softmax_loss_agrees_with_differences(seed: int, n: int, c: int) -> None:
    x, y = draw(seed, n, c), labels(seed, n, c)
    loss, dx = ref.softmax_loss(x, y)
    probabilities = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    assert np.shape(loss) == ()
    assert loss == pytest.approx(-np.log(probabilities[np.arange(n), y]).mean(), rel=1e-12)
    assert error(dx, differences(lambda z: ref.softmax_loss(z, y)[0], x)) <= 1e-6
    assert np.abs(dx.sum(axis=1)).max() <= 1e-15


def test_known_values_of_softmax_loss() -> None:
    loss, dx = ref.softmax_loss(np.log([[1.0, 2.0, 5.0], [2.0, 1.0, 1.0]]), np.array([2, 1]))
    assert loss == pytest.approx((np.log(8 / 5) + np.log(4)) / 2, rel=1e-14)
    assert dx.ravel() == pytest.approx(np.array([1, 2, -3, 4, -6, 2]) / 16, rel=1e-14)


def test_a_loss_of_huge_scores_is_exact_and_silent() -> None:
    x = np.array([[1000.0, -1000.0, 0.0], [0.0, 0.0, 1000.0], [1e308, 0.0, 0.0]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss, dx = ref.softmax_loss(x, np.array([0, 2, 0]))
        wrong, _ = ref.softmax_loss(x[:1], np.array([1]))
    assert (loss, wrong) == (0.0, 2000.0)
    assert dx.tolist() == np.zeros((3, 3)).tolist()


@pytest.mark.parametrize("reg", [0.0, 0.3])
@given(seed=SEED, n=SIZE, axes=AXES)
@drawn
def test_the_net_agrees_with_differences(reg: float, seed: int, n: int, axes: tuple[int, ...]) -> None:
    x, y = draw(seed, n, *axes), labels(seed, n, 3)
    net = net_with(seed, axes, x, reg)
    loss, grads = net.loss(x, y)
    assert list(grads) == ["W1", "b1", "W2", "b2"]
    for name, gradient in grads.items():
        assert gradient.shape == net.params[name].shape
        assert error(gradient, differences(loss_of(net, name, x, y), net.params[name])) <= 1e-6, name
    assert net.loss(x, y)[0] == loss


@given(seed=SEED, n=SIZE, axes=AXES)
@drawn
def test_scores_and_penalty_by_hand(seed: int, n: int, axes: tuple[int, ...]) -> None:
    x, y = draw(seed, n, *axes), labels(seed, n, 3)
    net = net_with(seed, axes, x, reg=0.3)
    p = net.params
    scores = np.maximum(x.reshape(n, -1) @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]
    assert error(net.loss(x), scores) <= 1e-12
    penalty = 0.15 * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
    assert net.loss(x, y)[0] == pytest.approx(ref.softmax_loss(scores, y)[0] + penalty, rel=1e-12)


def test_biases_may_be_rows() -> None:
    x, y = draw(1, 4, 5), labels(2, 4, 3)
    net = net_with(3, (5,), x, reg=0.3)
    loss, grads = net.loss(x, y)
    net.params |= {name: net.params[name][None] for name in ("b1", "b2")}
    again, rows = net.loss(x, y)
    assert again == pytest.approx(loss, rel=1e-14)
    assert {name: rows[name].shape for name in ("b1", "b2")} == {"b1": (1, 4), "b2": (1, 3)}
    assert error(rows["b1"][0], grads["b1"]) <= 1e-14


def test_parameters_begin_normal_and_small() -> None:
    net = ref.TwoLayerNet()
    shapes = {"W1": (3072, 100), "b1": (100,), "W2": (100, 10), "b2": (10,)}
    assert {name: value.shape for name, value in net.params.items()} == shapes
    assert net.reg == 0
    assert not net.params["b1"].any()
    assert not net.params["b2"].any()
    net = ref.TwoLayerNet(input_dim=300, hidden_dim=400, num_classes=250, weight_scale=0.05)
    # 1e5 draws: six standard errors are 1.4 % of the deviation and .019 deviations of the mean.
    for w in (net.params["W1"] / 0.05, net.params["W2"] / 0.05):
        assert abs(w.mean()) < 0.019
        assert abs(w.std() - 1) < 0.014
        assert np.mean(np.abs(w) < 1) == pytest.approx(0.6827, abs=0.009)
    assert not np.array_equal(net.params["W1"].ravel()[:9], ref.TwoLayerNet().params["W1"].ravel()[:9])


def test_the_first_loss_of_a_new_net_is_that_of_guessing() -> None:
    loss, _ = ref.TwoLayerNet().loss(draw(1, 6, 3, 32, 32), labels(2, 6, 10))
    assert loss == pytest.approx(np.log(10), abs=0.05)


def test_digits_are_those_of_the_source() -> None:
    with np.load(FOLDER / "digits.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["images", "labels"]
        images, numbers = arrays["images"], arrays["labels"]
    assert (images.shape, images.dtype, int(images.max())) == ((1797, 64), np.uint8, 16)
    assert (numbers.shape, numbers.dtype) == ((1797,), np.uint8)
    assert np.bincount(numbers).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert hashlib.sha256(images.tobytes() + numbers.tobytes()).hexdigest() == DIGITS_SHA256
    assert (FOLDER / "digits.npz").stat().st_size < 200_000


def test_digits_name_their_source_and_licence() -> None:
    text = (FOLDER / "DIGITS.md").read_text("utf-8")
    assert "https://doi.org/10.24432/C50P49" in text
    assert "CC BY 4.0" in text


def test_digits_are_loaded_as_numbers_from_0_to_1() -> None:
    x, y = ref.load_digits()
    assert (x.shape, x.min(), x.max()) == ((1797, 64), 0.0, 1.0)
    assert y.dtype == int
    again, _ = ref.load_digits(FOLDER / "digits.npz")
    assert np.array_equal(again, x)


def test_training_on_digits_reads_nine_of_ten() -> None:
    x, y = ref.load_digits()
    net = ref.TwoLayerNet(input_dim=64, hidden_dim=30, num_classes=10, reg=1e-3)
    rng = np.random.default_rng(0)
    net.params |= {name: rng.normal(scale=0.1, size=net.params[name].shape) for name in ("W1", "W2")}
    start = {name: value.copy() for name, value in net.params.items()}
    given = dict(net.params)
    losses = ref.train(net, x[:1500], y[:1500], steps=300, learning_rate=0.5)
    assert losses[0] == pytest.approx(np.log(10), abs=0.2)
    assert np.mean(losses[-20:]) < 0.4
    assert ref.accuracy(net, x[1500:], y[1500:]) > 0.85
    assert all(np.array_equal(start[name], given[name]) for name in start), "new arrays at every step"

    net.params = start
    assert ref.train(net, x[:1500], y[:1500], steps=5, learning_rate=0.5) == losses[:5]


def cifar10_file(path: Path, seed: int, images: int) -> tuple[Array, Array]:
    """Writes a binary file with random pixels; its images (n, 3, 32, 32) and labels (n,), both uint8."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (images, 3, 32, 32)).astype(np.uint8)
    numbers = rng.integers(0, 10, images).astype(np.uint8)
    records = (bytes([int(n)]) + image.tobytes() for n, image in zip(numbers, pixels, strict=True))
    path.write_bytes(b"".join(records))
    return pixels, numbers


def test_cifar10_is_read_in_order_and_no_further_than_asked(tmp_path: Path) -> None:
    first, its_labels = cifar10_file(tmp_path / "data_batch_1.bin", 1, 7)
    second, more_labels = cifar10_file(tmp_path / "data_batch_2.bin", 2, 7)
    last, last_labels = cifar10_file(tmp_path / "test_batch.bin", 3, 5)
    x, y, x_test, y_test = ref.load_cifar10(str(tmp_path), training=10, test=4)
    assert (x.shape, x_test.shape) == ((10, 3, 32, 32), (4, 3, 32, 32))
    assert np.array_equal(x, np.concatenate([first, second[:3]]) / 255)
    assert y.tolist() == [*its_labels.tolist(), *more_labels[:3].tolist()]
    assert np.array_equal(x_test, last[:4] / 255)
    assert y_test.tolist() == last_labels[:4].tolist()
    assert y.dtype == y_test.dtype == int


def test_cifar10_with_fewer_images_gives_those_that_there_are(tmp_path: Path) -> None:
    for number in range(1, 6):
        cifar10_file(tmp_path / f"data_batch_{number}.bin", number, 2)
    cifar10_file(tmp_path / "test_batch.bin", 6, 3)
    x, y, x_test, y_test = ref.load_cifar10(tmp_path)
    assert [len(array) for array in (x, y, x_test, y_test)] == [10, 10, 3, 3]


@pytest.mark.parametrize(
    ("damage", "problem", "says"),
    [
        (lambda path: path.unlink(), FileNotFoundError, "no such file"),
        (lambda path: path.write_bytes(b""), ValueError, "0 bytes"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), ValueError, "9218 bytes"),
        (lambda path: path.write_bytes(b"\x0a" + path.read_bytes()[1:]), ValueError, "label of 10"),
    ],
    ids=["missing", "empty", "cut", "label"],
)
@pytest.mark.parametrize("name", ["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"])
def test_a_bad_file_of_cifar10_is_named(
    tmp_path: Path, name: str, damage: Callable[[Path], Any], problem: type[Exception], says: str
) -> None:
    for seed, file in enumerate(["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"]):
        cifar10_file(tmp_path / file, seed, 3)
    damage(tmp_path / name)
    with pytest.raises(problem, match=says) as raised:
        ref.load_cifar10(tmp_path, training=5, test=2)
    assert name in str(raised.value)


def accuracy_in(printed: str) -> float:
    """The last accuracy that an example prints."""
    found = re.findall(r"accuracy on new images ([\d.]+)%", printed)
    return float(found[-1])


def run(path: Path, capsys: pytest.CaptureFixture[str], **names: object) -> str:
    """What a module prints that is run from top to bottom, with `names` among its globals from the beginning."""
    runpy.run_path(str(path), names, "__main__")
    return capsys.readouterr().out


def test_the_examples_of_the_reference_agree_with_their_differences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = run(PATH, capsys)
    found = [float(line.rsplit(" ", 1)[1]) for line in printed.splitlines() if "relative difference" in line]
    assert len(found) == 3 + 1 + 3 + 1 + 4 + 4
    assert max(found) < 1e-6
    assert "not written yet" not in printed
    assert accuracy_in(printed) > 85


def test_the_starter_runs_from_top_to_bottom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two_layer_net.py"
    path.write_text(starter_module(PATH.read_text("utf-8")), "utf-8")
    lines = run(path, capsys).splitlines()
    assert len(lines) == 7
    assert all(line.endswith("is not written yet. Write it, then run this example again.") for line in lines)


def test_without_data_and_matplotlib_the_examples_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    lonely = Path(shutil.copy(PATH, tmp_path))
    printed = run(lonely, capsys, get_ipython=None)
    assert "The digits are not here" in printed
    assert "write the folder of its binary files into CIFAR10_FOLDER" in printed
    shutil.copy(FOLDER / "digits.npz", tmp_path)
    assert accuracy_in(run(lonely, capsys, get_ipython=None)) > 85
