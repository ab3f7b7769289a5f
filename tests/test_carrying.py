"""What is kept when a mistake goes on: half for a gradient of one's own forward, everything that a mistake spoils."""

from __future__ import annotations

import pytest

from grader.model import CheckResult, Report, Verdict
from grader.submissions import File, Submission
from tests.courses import course_grader
from tests.diagnosis.records import module_with
from tests.layers import check

SIGMOID = """
class Sigmoid:
    def forward(self, x):
        self.x = x
        return {forward}

    def backward(self, dout):
        x = self.x
        return dout * {slope}
"""
FALLING = SIGMOID.format(forward="1 / (1 + np.exp(x))", slope="-np.exp(x) / (1 + np.exp(x)) ** 2")


def graded(assignment: str, own: str) -> Report:
    file = File(f"{assignment}.py", module_with(assignment, own).encode())
    return course_grader(assignment).grade(Submission("s", (file,)))


def dx(own: str) -> CheckResult:
    return check(graded("layers", own), "Sigmoid.dx_matches_reference")


def test_a_gradient_that_is_right_for_a_forward_with_a_known_mistake_keeps_half() -> None:
    result = dx(FALLING)
    assert result.verdict is Verdict.FAILED
    assert result.score == 0.5 * result.max_score
    assert "half" in result.note


@pytest.mark.parametrize(
    ("forward", "slope"),
    [
        ("x", "1"),
        ("0 * x", "0"),
        ("0 * x + 0.5", "0"),
        ("np.maximum(x, 0)", "(x > 0)"),
        ("x ** 2", "2 * x"),
        ("1 / (1 + np.exp(x))", "-np.exp(x) / (1 + np.exp(x))"),
    ],
    ids=["identity", "zero", "constant", "Relu", "no name", "not its own slope"],
)
def test_nothing_is_kept_for_no_attempt_and_for_mistakes_without_a_name(forward: str, slope: str) -> None:
    assert dx(SIGMOID.format(forward=forward, slope=slope)).score == 0


TRANSPOSED_NET = """
class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        h, cache1 = affine_relu_forward(X, W1, b1)
        scores, cache2 = affine_forward(h, W2, b2)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dh, dW2, db2 = affine_backward(dscores, cache2)
        _, dW1, db1 = affine_relu_backward(dh, cache1)
        return loss, {"W1": (dW1 + self.reg * W1).T, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
"""
AFFINE = {
    "layers": """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = dout.T @ self.x, dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.shape)
""",
    "two_layer_net": """
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), dout.T @ x.reshape(len(x), -1), dout.sum(axis=0)
""",
}


@pytest.mark.parametrize(
    ("assignment", "own", "cost"),
    [
        ("layers", AFFINE["layers"], {"Affine.dw_matches_reference": 4}),
        ("two_layer_net", AFFINE["two_layer_net"], {"affine.dw_matches_reference": 4}),
        ("two_layer_net", TRANSPOSED_NET, {"TwoLayerNet.dw1_matches_reference": 5}),
    ],
    ids=["layers", "two_layer_net", "the net's own"],
)
def test_a_transposed_gradient_costs_its_own_points_only(
    assignment: str, own: str, cost: dict[str, float]
) -> None:
    report = graded(assignment, own)
    lost = {
        f"{exercise.name}.{one.name}": one.max_score - one.score
        for exercise in report.exercises
        for one in exercise.checks
        if one.score < one.max_score
    }
    assert lost == cost
    (name,) = cost
    assert [one.id for one in check(report, name).diagnoses] == ["transposed"]


def test_a_net_whose_gradients_are_mostly_wrong_does_not_get_the_steps_for_nothing() -> None:
    wrong = TRANSPOSED_NET.replace(
        '"b1": db1, "W2": dW2 + self.reg * W2, "b2": db2', '"b1": -db1, "W2": -dW2, "b2": -db2'
    )
    assert check(graded("two_layer_net", wrong), "TwoLayerNet.twenty_steps_match_reference").score == 0
