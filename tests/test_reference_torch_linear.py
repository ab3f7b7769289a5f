"""The reference of `torch_linear` is right: known values, derivatives by hand, its path, and what its prose claims."""

from __future__ import annotations

import importlib.util
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.language import Both
from grader.model import Array
from grader.numeric.closeness import ROUGH, error
from grader.submissions import File, Submission
from tests.courses import COURSE, assignment, course_grader
from tests.test_architecture import Module, third_party

PATH = COURSE.folder("torch_linear") / "torch_linear.py"
TEXT = PATH.read_text(encoding="utf-8")
X, Y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
RATE = 0.01
SEED = st.integers(0, 2**32 - 1)
drawn = settings(derandomize=True, deadline=None, max_examples=50)


def load(path: Path, name: str) -> Any:
    """A file of the assignment, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = load(PATH, "reference_torch_linear")
author = load(PATH.with_name("assignment.py"), "author_of_torch_linear")


def parameters(model: Any) -> Array:
    """Weight and bias."""
    return np.array([model.linear.weight.item(), model.linear.bias.item()])


def path(start: Array, epochs: int, rate: float = RATE, x: Array = X, y: Array = Y) -> Array:
    """Where gradient descent on the summed squared error leads, in plain numbers."""
    w, b = start
    for _ in range(epochs):
        e = w * x + b - y
        w, b = w - rate * 2 * (e * x).sum(), b - rate * 2 * e.sum()
    return np.array([w, b])


def loss(at: Array) -> float:
    """The summed squared error on the three points."""
    return float(((at[0] * X + at[1] - Y) ** 2).sum())


def english(found: Any) -> str:
    """The sentence of a judge of the author's, with or without the mistake's id."""
    said = found[0] if isinstance(found, tuple) else found
    return said.english if isinstance(said, Both) else str(said)


def test_import_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load(PATH, "reference_torch_linear")
    assert capsys.readouterr().out == ""


def test_a_model_has_a_weight_and_a_bias_and_each_is_drawn() -> None:
    one, other = ref.LinearModel(), ref.LinearModel()
    shapes = {name: tuple(value.shape) for name, value in one.named_parameters()}
    assert shapes == {"linear.weight": (1, 1), "linear.bias": (1,)}
    assert all(value.requires_grad for value in one.parameters())
    assert not np.array_equal(parameters(one), parameters(other))


@given(seed=SEED, n=st.integers(1, 6))
@drawn
def test_autograd_finds_the_derivatives_on_paper(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((n, 1)), rng.standard_normal((n, 1))
    model = ref.LinearModel().double()
    predictions = model(torch.tensor(x))
    assert predictions.shape == (n, 1)
    torch.autograd.backward((predictions - torch.tensor(y)).square().sum())
    got = np.array([model.linear.weight.grad.item(), model.linear.bias.grad.item()])
    assert error(got, author.slopes({"x": x, "y": y}, *parameters(model))) <= 1e-10


def test_known_gradients() -> None:
    model = ref.line(0.5, 0.0)
    torch.autograd.backward((model(ref.X_DATA) - ref.Y_DATA).square().sum())
    assert (model.linear.weight.grad.item(), model.linear.bias.grad.item()) == (-42, -18)


def test_known_values_of_one_epoch() -> None:
    model = ref.line(0.5, 0.0)
    assert ref.train(model, ref.X_DATA, ref.Y_DATA, 1) is None
    assert parameters(model) == pytest.approx([0.92, 0.18], abs=1e-6)


@given(seed=st.integers(0, 2**31), n=st.integers(1, 6), epochs=st.integers(0, 7))
@drawn
def test_training_is_descent_on_the_sum_in_double_precision(seed: int, n: int, epochs: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((n, 1)), rng.standard_normal((n, 1))
    torch.manual_seed(seed)
    model = ref.LinearModel().double()
    start = parameters(model)
    # What an earlier backward left behind is forgotten.
    torch.autograd.backward(model(torch.tensor(x)).sum())
    ref.train(model, torch.tensor(x), torch.tensor(y), epochs)
    assert error(parameters(model), path(start, epochs, x=x, y=y)) <= 1e-10


@pytest.mark.parametrize("seed", range(20))
def test_a_hundred_epochs_from_any_start_are_ours_at_the_precision_of_float32(seed: int) -> None:
    torch.manual_seed(seed)
    model = ref.LinearModel()
    start = parameters(model)
    ref.train(model, ref.X_DATA, ref.Y_DATA, 100)
    assert error(parameters(model), path(start, 100)) <= ROUGH / 20


def test_a_hundred_epochs_are_not_convergence() -> None:
    start = np.array([0.5, 0.0])
    after = path(start, 100)
    assert abs(after[0] - 2) > 0.1
    assert after[1] > 0.2
    assert loss(after) < loss(start) / 1000
    assert error(path(start, 10_000), np.array([2.0, 0.0])) <= 1e-12


def test_the_loss_of_the_mean_falls_too_and_leads_elsewhere() -> None:
    start = np.array([0.5, 0.0])
    mean = path(start, 100, rate=RATE / 3)
    assert loss(mean) < loss(start) / 100
    assert error(mean, path(start, 100)) > 1000 * ROUGH


def test_the_prose_quotes_what_is_computed() -> None:
    prose = " ".join(line.lstrip("# ") for line in TEXT.split("\n") if line.startswith("#"))
    start = np.array([0.5, 0.0])
    after = path(start, 100)
    steep, flat = np.linalg.eigvalsh(2 * np.array([[X @ X, X.sum()], [X.sum(), 3]]))[::-1]
    for quote in (
        rf"\begin{{pmatrix}} {2 * X @ X:g} & {2 * X.sum():g} \\ {2 * X.sum():g} & 6 \end{{pmatrix}}",
        f"$w = {after[0]:.6f}$ and $b = {after[1]:.6f}$",
        f"from {loss(start)} to {loss(after):.6f}",
        f"at $x = 4$ the line says {4 * after[0] + after[1]:.6f}",
        f"after ten epochs $w$ is {path(start, 10)[0]:.6f}",
        f"eigenvalues {steep:.2f} and {flat:.2f}",
        f"$0.9928^{{100}} = {(1 - RATE * flat) ** 100:.3f}$",
        f"$2 / 33.28 = {2 / steep:.2f}$",
    ):
        assert quote in prose
    assert 1 - RATE * flat == pytest.approx(0.9928, abs=5e-5)


def test_the_examples_show_what_they_promise(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(PATH), run_name="__main__")
    out = capsys.readouterr().out
    for line in (
        "predictions (should be 0.5, 1, 1.5): [0.5, 1.0, 1.5]",
        "loss (should be 31.5): 31.5",
        "slope of the weight (should be -42): -42.0",
        "weight after one epoch (should be 0.92): 0.920000",
    ):
        assert line in out
    ours, theirs = (
        np.array([float(word.strip(",")) for word in line.split()[-3::2]])
        for line in out.splitlines()
        if line.startswith(("PyTorch:", "by hand:"))
    )
    assert error(ours, theirs) <= 1e-5


def test_the_assignment_says_what_its_reference_imports() -> None:
    imported = third_party(Module("torch_linear", PATH, package=False))
    assert {name.partition(".")[0] for name in assignment("torch_linear").requires} == imported


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1.0, ""), (0.2, "0.2 times the right one for 5 samples"), (-1.0, "-1 times"), (0.0, "changes nothing")],
)
def test_the_first_step_is_judged_by_its_ratio(factor: float, words: str) -> None:
    rng = np.random.default_rng(1)
    arrays = {"x": rng.uniform(0.3, 1.5, (5, 1)), "y": rng.uniform(1.5, 4, (5, 1))}
    arrays |= {"weight": np.array(0.4), "bias": np.array(0.3)}
    after = np.array([0.4, 0.3]) - factor * RATE * author.slopes(arrays, 0.4, 0.3)
    found = english(author.steps_down_the_gradient(arrays, {"weight": after[:1], "bias": after[1:]}))
    assert words in found
    assert bool(found) == bool(words)


def test_the_name_of_a_missing_part_is_told() -> None:
    wrong = (COURSE.folder("torch_linear") / "mutants" / "model_part_named_fc.py").read_bytes()
    report = course_grader("torch_linear").grade(Submission("s", (File("m.py", b"import torch\n" + wrong),)))
    found = {check.name: check.finding for check in report.exercises[0].checks}[
        "prediction_matches_reference"
    ]
    assert found is not None
    assert found.message.startswith("LinearModel has no attribute linear [")


@pytest.mark.parametrize("odd", [np.array([np.nan]), np.ones((1, 3)), np.array([])])
def test_odd_parameters_are_told_and_not_computed_with(odd: Array) -> None:
    got = {"first weight": np.ones(1), "first bias": np.ones(1), "weight": odd, "bias": np.ones(1)}
    found = author.walks_a_hundred_steps({"x": X, "y": Y}, got)
    assert english(found) == "weight should be one finite number"


@given(seed=SEED)
@drawn
def test_what_is_drawn_keeps_slopes_and_parameters_away_from_zero(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model, train = assignment("torch_linear").exercises
    for exercise in (model, train):
        arrays: dict[str, Array] = {}
        for name, draw in exercise.inputs.items():
            arrays[name] = draw.sample(rng, exercise.tables[0], arrays)
        at = np.array([float(arrays["weight"]), float(arrays["bias"])])
        assert np.abs(author.slopes(arrays, *at)).min() > 0.1
        if exercise is train:
            x, y = arrays["x"], arrays["y"]
            assert all(np.abs(path(at, epochs, x=x, y=y)).min() > 0.1 for epochs in range(6))
