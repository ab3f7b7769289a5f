"""What a finding says: got, wanted, the call and the place; and what it must never say."""

from __future__ import annotations

import numpy as np

from grader.model import Report, Verdict
from tests.layers import check, grade, grade_files, layers, message

HIDDEN = [
    value
    for entries in layers().key.entries.values()
    for entry in entries
    if not entry.ask.case.public
    for array in entry.ask.case.arrays.values()
    for value in np.ravel(array)
    if value not in (0.0, 1.0)
]


def test_a_bias_gradient_that_keeps_the_batch_is_told_by_its_shape() -> None:
    report = grade(
        "class Affine:\n"
        "    def __init__(self, W, b): self.W, self.b = W, b\n"
        "    def forward(self, x):\n"
        "        self.x = x.reshape(len(x), -1)\n"
        "        self.shape = x.shape\n"
        "        return self.x @ self.W + self.b\n"
        "    def backward(self, dout):\n"
        "        self.dW, self.db = self.x.T @ dout, dout\n"
        "        return (dout @ self.W.T).reshape(self.shape)\n"
    )
    result = check(report, "Affine.db_matches_reference")
    assert result.verdict is Verdict.FAILED
    assert "db.shape=(6, 3), but should be (3,)" in message(report, "Affine.db_matches_reference")
    assert "[Affine(W 4x3, b 3).backward(dout 6x3), public case 1]" in message(
        report, "Affine.db_matches_reference"
    )
    assert result.place is not None
    assert result.place.file == "layers.py"
    assert report.score == 96


def test_wrong_values_are_shown_side_by_side_at_the_place_of_the_largest_difference() -> None:
    report = grade("def softmax(x):\n    y = np.exp(x - x.max())\n    return y / y.sum()\n")
    result = check(report, "softmax.value_matches_reference")
    assert result.finding is not None
    evidence = result.finding.evidence
    assert evidence is not None
    assert evidence.public
    assert evidence.got is not None
    assert evidence.wanted is not None
    gaps = np.abs(evidence.got - evidence.wanted)
    assert evidence.where == np.unravel_index(gaps.argmax(), gaps.shape)
    assert f"got {evidence.got[evidence.where]:.6g}" in result.finding.message
    assert set(evidence.inputs) == {"x"}
    assert evidence.call == "softmax(x 3x5)"


def test_a_constant_factor_is_named() -> None:
    report = grade("def cross_entropy_error(y, t):\n    return -3 * np.sum(t * np.log(y)) / len(y)\n")
    assert "wrong" in message(report, "cross_entropy_error.value_matches_reference")
    report = grade(
        "def softmax(x):\n    y = np.exp(x - x.max(-1, keepdims=True))\n    return 2 * y / y.sum(-1, keepdims=True)\n"
    )
    assert "2 times the right values" in message(report, "softmax.value_matches_reference")


def test_an_error_is_told_with_its_text_and_line() -> None:
    report = grade(
        "class Sigmoid:\n"
        "    def forward(self, x):\n"
        "        return 1 / (1 + np.exp(-X))\n"
        "    def backward(self, dout):\n"
        "        return dout\n"
    )
    result = check(report, "Sigmoid.forward_matches_reference")
    assert result.verdict is Verdict.CRASHED
    assert "name 'X' is not defined" in message(report, "Sigmoid.forward_matches_reference")
    assert check(report, "Sigmoid.dx_matches_reference").verdict is Verdict.SKIPPED


def test_a_missing_self_is_a_matter_of_the_interface() -> None:
    report = grade(
        "class Sigmoid:\n    def forward(x):\n        return x\n    def backward(self, dout):\n        return dout\n"
    )
    assert check(report, "Sigmoid.has_interface").verdict is Verdict.CRASHED
    assert "Sigmoid.forward" in message(report, "Sigmoid.has_interface")


def test_a_gradient_that_was_never_set_is_named() -> None:
    report = grade(
        "class Affine:\n"
        "    def __init__(self, W, b): self.W, self.b = W, b\n"
        "    def forward(self, x):\n"
        "        self.x = x\n"
        "        return x.reshape(len(x), -1) @ self.W + self.b\n"
        "    def backward(self, dout):\n"
        "        self.dW = self.x.reshape(len(self.x), -1).T @ dout\n"
        "        return (dout @ self.W.T).reshape(self.x.shape)\n"
    )
    assert "Affine has no attribute db after backward" in message(report, "Affine.db_matches_reference")
    assert check(report, "Affine.dw_matches_reference").verdict is Verdict.PASSED


def test_an_unwritten_method_is_missing_and_the_written_one_is_judged() -> None:
    report = grade(
        "class Relu:\n    def forward(self, x):\n        return np.maximum(x, 0)\n"
        "    def backward(self, dout):\n        raise NotImplementedError\n"
    )
    assert check(report, "Relu.forward_matches_reference").verdict is Verdict.PASSED
    assert check(report, "Relu.dx_matches_reference").verdict is Verdict.MISSING
    assert message(report, "Relu.dx_matches_reference") == "Relu.backward is not written yet"


def _hidden_only(body: str) -> Report:
    """A Relu that is right on the public cases, which it knows by heart, and does `body` on all others."""
    known = sorted(
        {
            round(float(entry.ask.case.arrays["x"].sum()), 6)
            for entry in layers().key.entries["Relu"]
            if entry.ask.case.public
        }
    )
    return grade(
        "class Relu:\n"
        "    def forward(self, x):\n"
        "        self.x = x\n"
        f"        if not any(abs(x.sum() - known) < 1e-5 for known in {known}) and abs(x).min() < 5:\n"
        f"            {body}\n"
        "        return np.maximum(x, 0)\n"
        "    def backward(self, dout):\n"
        "        return dout * (self.x > 0)\n"
    )


def _texts(report: Report) -> str:
    return "\n".join(
        part
        for result in report.exercises
        for one in result.checks
        if one.finding
        for part in (one.finding.message,)
    )


def test_a_failure_on_hidden_cases_alone_states_facts_without_values() -> None:
    report = _hidden_only("return x * 1.5")
    result = check(report, "Relu.forward_matches_reference")
    assert result.verdict is Verdict.FAILED
    assert result.finding is not None
    assert "got" in result.finding.private
    assert "got" not in result.finding.message
    assert result.finding.evidence is not None
    assert not result.finding.evidence.public


def test_hidden_inputs_do_not_get_out_in_the_text_of_an_exception() -> None:
    report = _hidden_only("raise ValueError(repr(x.tolist()))")
    assert check(report, "Relu.forward_matches_reference").verdict is Verdict.CRASHED
    assert "raised ValueError" in message(report, "Relu.forward_matches_reference")
    assert not [value for value in HIDDEN if f"{value:.5f}" in _texts(report)]


def test_hidden_inputs_do_not_get_out_in_the_name_of_an_exception() -> None:
    report = _hidden_only("raise type('E' + repr(x.tolist()), (Exception,), {})()")
    assert "raised an exception" in message(report, "Relu.forward_matches_reference")
    assert not [value for value in HIDDEN if f"{value:.5f}" in _texts(report)]


def test_hidden_inputs_do_not_get_out_in_what_is_printed() -> None:
    report = _hidden_only("print(x.tolist())")
    assert check(report, "Relu.forward_matches_reference").verdict is Verdict.PASSED
    shown = {
        round(float(entry.ask.case.arrays["x"].flat[0]), 6)
        for entry in layers().key.entries["Relu"]
        if not entry.ask.case.public
    }
    assert not [value for value in shown if f"{value:.5f}" in report.output]


def test_a_missing_exercise_is_missing_in_every_check_with_points() -> None:
    report = grade_files({"layers.py": "def softmax(x):\n    pass\n"})
    assert check(report, "softmax.is_defined").verdict is Verdict.MISSING
    assert check(report, "Relu.is_defined").verdict is Verdict.MISSING
    assert "There is no class Relu" in message(report, "Relu.is_defined")
    assert check(report, "Relu.dx_matches_reference").verdict is Verdict.MISSING
    assert report.score == 0
