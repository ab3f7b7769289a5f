"""The reference of `eight_weights` is right: known values, central differences, descents, and what its prose claims."""

from __future__ import annotations

import importlib.util
import json
import math
import runpy
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Array
from grader.numeric.closeness import error
from grader.release import starter_module
from grader.release.notebook import starter_notebook
from grader.release.starter import regions

PATH = Path(__file__).parents[1] / "solutions" / "eight_weights" / "eight_weights.py"
TEXT = PATH.read_text(encoding="utf-8")

SAMPLE = (0.5, 0.3, 0.23, -0.07)
START = (0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8)
FORWARD = (0.476945759, 0.528696400, 0.562176501, 0.495000167, 0.209709794)
HIDDEN = (-0.008421480, 0.012606653, -0.005052888, 0.007563992)
OUTPUT = (0.034632989, 0.083866100, 0.030494579, 0.073844661)
PUBLISHED = (0.014583332, 0.013041101, 0.008749999, 0.007824660)

NUMBER = st.floats(-2, 2, allow_subnormal=False)
SAMPLES = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER)
WEIGHTS = st.tuples(*[NUMBER] * 8)
drawn = settings(derandomize=True, deadline=None, max_examples=100)

Numbers = Sequence[float] | Array
Gradient = Callable[[Numbers, Numbers], Array]


def load() -> Any:
    """The reference, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location("reference_eight_weights", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ref = load()


def error_of(sample: Numbers, weights: Numbers) -> float:
    """The error after a forward pass."""
    return float(ref.forward_propagate(*sample, *weights)[4])


def gradient_of(sample: Numbers, weights: Numbers) -> Array:
    """The reference's eight derivatives."""
    outputs = ref.forward_propagate(*sample, *weights)[:4]
    return np.array(ref.back_propagate(*outputs, *sample, *weights[4:]))


def published_gradient(sample: Numbers, weights: Numbers) -> Array:
    """The widely published gradient, which sends no delta back through its weight."""
    _, _, h1, h2, _ = ref.forward_propagate(*sample, *weights)
    d_w5, d_w6, d_w7, d_w8 = gradient_of(sample, weights)[4:]
    to_h1, to_h2 = (d_w5 + d_w6) * h1 * (1 - h1), (d_w7 + d_w8) * h2 * (1 - h2)
    x1, x2, _, _ = sample
    return np.array([to_h1 * x1, to_h2 * x1, to_h1 * x2, to_h2 * x2, d_w5, d_w6, d_w7, d_w8])


def differences(sample: Numbers, weights: Numbers, h: float = 1e-5) -> Array:
    """Central differences of the error, weight by weight."""
    steps = h * np.eye(8)
    return np.array(
        [(error_of(sample, weights + s) - error_of(sample, weights - s)) / (2 * h) for s in steps]
    )


def descent(gradient: Gradient, step: float, steps: int) -> list[Array]:
    """The weights before the first step and after each one."""
    path = [np.array(START)]
    for _ in range(steps):
        path.append(np.array(ref.update_w(step, *path[-1], *gradient(SAMPLE, path[-1]))))
    return path


def errors(gradient: Gradient, step: float = 0.5, steps: int = 10) -> list[float]:
    """The errors along a descent."""
    return [error_of(SAMPLE, weights) for weights in descent(gradient, step, steps)]


def test_import_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    load()
    assert capsys.readouterr().out == ""


def test_known_values_of_the_sigmoid() -> None:
    assert ref.sigmoid(0.0) == 0.5
    assert ref.sigmoid(math.log(3)) == pytest.approx(0.75, rel=1e-15)
    assert ref.sigmoid(0.25) == pytest.approx(0.562176501, abs=1e-9)
    assert ref.sigmoid(np.array([[0.0, -math.log(3)]])) == pytest.approx(np.array([[0.5, 0.25]]), rel=1e-15)


@given(z=st.floats(-30, 30))
@drawn
def test_the_sigmoid_of_both_signs_sums_to_one(z: float) -> None:
    assert ref.sigmoid(z) + ref.sigmoid(-z) == pytest.approx(1, rel=1e-15)
    assert ref.sigmoid(z) == pytest.approx((1 + math.tanh(z / 2)) / 2, abs=1e-15)


def test_known_values_forward() -> None:
    assert ref.forward_propagate(*SAMPLE, *START) == pytest.approx(FORWARD, abs=1e-9, rel=0)


def test_known_gradients() -> None:
    assert gradient_of(SAMPLE, START) == pytest.approx((*HIDDEN, *OUTPUT), abs=1e-9, rel=0)


def test_numbers_come_out_as_numbers() -> None:
    outputs = ref.forward_propagate(*SAMPLE, *START)
    gradients = ref.back_propagate(*outputs[:4], *SAMPLE, *START[4:])
    weights = ref.update_w(0.5, *START, *gradients)
    assert [len(outputs), len(gradients), len(weights)] == [5, 8, 8]
    assert all(isinstance(value, float) for value in (ref.sigmoid(0.3), *outputs, *gradients, *weights))


@pytest.mark.parametrize(
    ("weight", "moved"),
    [
        (1, "h1 o1 o2"),
        (2, "h2 o1 o2"),
        (3, "h1 o1 o2"),
        (4, "h2 o1 o2"),
        (5, "o1"),
        (6, "o2"),
        (7, "o1"),
        (8, "o2"),
    ],
)
def test_every_weight_sits_on_its_line(weight: int, moved: str) -> None:
    changed = list(START)
    changed[weight - 1] += 0.1
    before, after = (ref.forward_propagate(*SAMPLE, *weights)[:4] for weights in (START, changed))
    names = ("o1", "o2", "h1", "h2")
    differing = {name for name, a, b in zip(names, before, after, strict=True) if a != b}
    assert differing == set(moved.split())


@pytest.mark.parametrize(("weight", "of", "to"), [(1, 0, 2), (2, 0, 3), (3, 1, 2), (4, 1, 3)])
def test_a_hidden_weight_multiplies_its_own_input(weight: int, of: int, to: int) -> None:
    inputs = [0.0, 0.0]
    inputs[of] = 0.7
    weights = [0.0] * 8
    weights[weight - 1] = -1.3
    outputs = ref.forward_propagate(*inputs, 0.0, 0.0, *weights)
    assert outputs[to] == pytest.approx(1 / (1 + math.exp(0.91)), rel=1e-15)


@given(sample=SAMPLES, weights=WEIGHTS)
@drawn
def test_gradients_agree_with_differences(sample: tuple[float, ...], weights: tuple[float, ...]) -> None:
    got, wanted = gradient_of(sample, weights), differences(sample, weights)
    assert np.max(np.abs(got - wanted)) <= 1e-9


def test_a_neuron_whose_lines_are_cut_gets_no_blame() -> None:
    weights = (*START[:4], 0.0, 0.0, *START[6:])
    assert gradient_of(SAMPLE, weights)[[0, 2]].tolist() == [0, 0]
    assert all(published_gradient(SAMPLE, weights)[[0, 2]] > 0.005)


def test_a_perfect_output_has_no_gradient() -> None:
    o1, o2, *_rest = ref.forward_propagate(*SAMPLE, *START)
    sample = (*SAMPLE[:2], o1, o2)
    assert error_of(sample, START) == 0
    assert gradient_of(sample, START).tolist() == [0] * 8


def test_a_step_goes_against_each_weights_own_gradient() -> None:
    gradients = (1.0, -2.0, 3.0, -4.0, 5.0, -6.0, 7.0, -8.0)
    wanted = [w - 0.37 * g for w, g in zip(START, gradients, strict=True)]
    assert list(ref.update_w(0.37, *START, *gradients)) == pytest.approx(wanted, rel=1e-15)
    assert ref.update_w(0, *START, *gradients) == START


@pytest.mark.parametrize("step", [0.37, 0.5])
def test_ten_steps_are_those_of_a_descent_by_differences(step: float) -> None:
    path, wanted = descent(gradient_of, step, 10), descent(differences, step, 10)
    assert error(path[-1], wanted[-1]) <= 1e-9
    fallen = errors(gradient_of, step)
    assert all(after < before for before, after in pairwise(fallen))


def test_the_published_gradient_is_wrong_and_its_error_falls_all_the_same() -> None:
    wrong, right = published_gradient(SAMPLE, START), gradient_of(SAMPLE, START)
    assert wrong == pytest.approx((*PUBLISHED, *OUTPUT), abs=1e-9, rel=0)
    cosine = wrong @ right / (np.linalg.norm(wrong) * np.linalg.norm(right))
    assert cosine == pytest.approx(0.976, abs=5e-4)
    fallen = errors(published_gradient)
    assert all(after < before for before, after in pairwise(fallen))
    assert errors(gradient_of)[-1] < fallen[-1] < 0.75 * fallen[0]


@given(weights=st.tuples(*[st.floats(-30, 30)] * 8))
@drawn
def test_no_weights_reach_a_target_below_zero(weights: tuple[float, ...]) -> None:
    assert error_of(SAMPLE, weights) >= 0.00245


def test_the_floor_is_approached() -> None:
    assert error_of(SAMPLE, (0, 0, 0, 0, math.log(0.23 / 0.77), -30, math.log(0.23 / 0.77), -30)) < 0.00246


def test_a_huge_step_ends_on_a_plateau() -> None:
    fallen = errors(gradient_of, step=500, steps=20)
    assert fallen[20] == pytest.approx(fallen[1], abs=1e-6)
    assert fallen[20] > 10 * 0.00245
    assert np.max(np.abs(gradient_of(SAMPLE, descent(gradient_of, 500, 1)[-1]))) < 1e-6


def test_the_prose_quotes_what_is_computed() -> None:
    prose = " ".join(line.lstrip("# ") for line in TEXT.split("\n") if line.startswith("#"))
    fallen = errors(gradient_of)
    quoted = [
        " | ".join(f"{value:.9f}" for value in ref.forward_propagate(*SAMPLE, *START)),
        " | ".join(f"{value:.9f}" for value in gradient_of(SAMPLE, START)[:4]),
        " | ".join(f"{value:.9f}" for value in gradient_of(SAMPLE, START)[4:]),
        " | ".join(f"{value:.9f}" for value in published_gradient(SAMPLE, START)[:4]),
        f"down to {errors(published_gradient)[-1]:.6f} in the wrong version, and to {fallen[-1]:.6f}",
        f"from {fallen[0]:.6f} to {fallen[-1]:.6f} after the tenth",
        f"the new $w_1$ is {descent(gradient_of, 0.5, 1)[-1][0]:.8f}:",
    ]
    for quote in quoted:
        assert quote in prose.replace("+", "")


def test_the_examples_show_the_descent(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(PATH), run_name="__main__")
    out = capsys.readouterr().out
    for number, value in enumerate(errors(gradient_of)):
        assert f"after {number:2} steps: error {value:.6f}\n" in out
    shown = [line.split() for line in out.splitlines() if "by the chain rule" in line]
    assert len(shown) == 8
    assert all(words[1] == words[6] for words in shown)


def test_the_starter_runs_from_top_to_bottom() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", starter_module(TEXT)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) >= 4
    assert all(line.endswith("is not written yet. Write it, then run this example again.") for line in lines)


def test_the_starter_notebook_runs_cell_by_cell(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in json.loads(starter_notebook(TEXT))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert "sigmoid is not written yet" in capsys.readouterr().out
    for name, inputs in [("sigmoid", 1), ("forward_propagate", 12), ("back_propagate", 12), ("update_w", 17)]:
        with pytest.raises(NotImplementedError, match=rf"^{name} is not written yet$"):
            names[name](*[0.0] * inputs)


def test_no_line_of_a_solution_is_handed_out() -> None:
    lines = TEXT.split("\n")
    solution = {line.strip() for region in regions(TEXT) for line in lines[region.first : region.last - 1]}
    telling = {line for line in solution if len(line) >= 10}
    assert len(telling) > 15
    starter = starter_module(TEXT)
    assert {line for line in telling if line in starter} == set()
