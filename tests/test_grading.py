"""One mistake costs once: dependents are judged with the reference's parts where the student's are wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import NoReturn

import pytest

from grader.assignment import Assignment
from grader.model import Report, Status, Verdict
from grader.sandbox.bubblewrap import Bubblewrap
from grader.submissions import File, Submission
from tests.courses import course_grader
from tests.layers import check, exercise, grade, grade_files, layers, reference_with

WRONG_SOFTMAX = "def softmax(x):\n    y = np.exp(x - x.max())\n    return y / y.sum()\n"


def lost(report: Report) -> set[str]:
    return {result.name for result in report.exercises if result.score < result.max_score}


def test_the_reference_earns_everything() -> None:
    report = grade("")
    assert (report.score, report.max_score) == (100, 100)
    assert report.status is Status.GRADED
    assert not [
        (one.name, one.verdict)
        for result in report.exercises
        for one in result.checks
        if one.verdict is not Verdict.PASSED
    ]


def test_a_wrong_softmax_costs_softmax_alone() -> None:
    report = grade(WRONG_SOFTMAX)
    assert lost(report) == {"softmax"}
    loss = exercise(report, "SoftmaxWithLoss")
    assert loss.lent == ("softmax",)
    assert "judged with our softmax in place of yours" in {one.note for one in loss.checks}


def test_an_import_from_a_file_that_was_not_handed_in_costs_only_what_is_missing() -> None:
    text = reference_with("").replace("def softmax(", "def _mine(")
    report = grade_files({"layers.py": "from common.functions import softmax\n" + text})
    assert lost(report) == {"softmax"}
    assert check(report, "softmax.is_defined").verdict is Verdict.MISSING


def test_a_part_that_is_a_stub_costs_the_part_alone() -> None:
    report = grade("def softmax(x):\n    raise NotImplementedError\n")
    assert lost(report) == {"softmax"}
    assert check(report, "SoftmaxWithLoss.forward_matches_reference").verdict is Verdict.PASSED


def network_without_its_loss(wrong: str = "", right: str = "") -> Report:
    """The reference of fc_conv without `mse`, which its network is trained with, and with one change."""
    grader = course_grader("fc_conv")
    text = grader.reference.cells[0].text.replace("def mse(", "def mine(").replace(right, wrong)
    return grader.grade(Submission("s", (File("fc_conv.py", text.encode()),)))


def test_what_is_built_on_a_missing_part_is_not_lost_with_it() -> None:
    report = network_without_its_loss()
    assert lost(report) == {"mse"}
    assert check(report, "Network.is_defined").verdict is Verdict.PASSED


def test_what_is_wrong_and_lacks_a_part_is_called_wrong_and_not_missing() -> None:
    report = network_without_its_loss("for layer in self.layers", "for layer in reversed(self.layers)")
    fit = check(report, "Network.fit_matches_reference")
    assert fit.verdict is Verdict.CRASHED
    assert fit.finding is not None
    assert fit.finding.message == "Network gives no usable value, even with our mse in place of yours"
    assert check(report, "Network.predict_matches_reference").verdict is Verdict.PASSED


def test_a_wrong_dependent_stays_wrong_and_says_so_without_arrays() -> None:
    report = grade(
        WRONG_SOFTMAX
        + "class SoftmaxWithLoss:\n"
        + "    def forward(self, x, t):\n"
        + "        self.y, self.t = softmax(x), t\n"
        + "        return cross_entropy_error(self.y, t)\n"
        + "    def backward(self, dout=1):\n"
        + "        return self.y + 0\n"
    )
    assert lost(report) == {"softmax", "SoftmaxWithLoss"}
    assert check(report, "SoftmaxWithLoss.forward_matches_reference").verdict is Verdict.PASSED
    assert check(report, "SoftmaxWithLoss.dx_matches_reference").verdict is Verdict.FAILED


KEEPS_LOANS = """
import sys
class SoftmaxWithLoss:
    def forward(self, x, t):
        lent = softmax
        for module in list(sys.modules.values()):
            try:
                module.softmax = lent
            except Exception:
                pass
        globals()["kept"] = lent
        self.y, self.t = lent(x), t
        return cross_entropy_error(self.y, t)
    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
def softmax(x):
    return globals().get("kept", np.zeros_like)(x)
"""


def test_what_was_lent_cannot_be_kept_to_answer_with() -> None:
    # In a box: it writes into every module that there is.
    boxed = replace(layers(), sandbox=Bubblewrap())
    report = boxed.grade(Submission("s", (File("layers.py", reference_with(KEEPS_LOANS).encode()),)))
    assert exercise(report, "softmax").score == 0
    assert check(report, "SoftmaxWithLoss.forward_matches_reference").verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ({}, Status.MISSING),
        ({"report.docx": "PK"}, Status.UNREADABLE),
        ({"layers.ipynb": '{"cells": ['}, Status.UNREADABLE),
    ],
)
def test_what_cannot_be_read_has_a_row_and_a_reason(files: dict[str, str], status: Status) -> None:
    report = grade_files(files)
    assert report.status is status
    assert report.note
    assert (report.score, report.max_score) == (0, 100)
    assert len(report.exercises) == 10


def test_a_fault_of_ours_in_a_check_costs_no_points() -> None:
    def broken(seen: object) -> NoReturn:
        raise RuntimeError(f"ours, with {type(seen)}")

    grader = layers()
    exercises = [
        replace(one, forms=(broken,)) if one.name == "cross_entropy_error" else one
        for one in grader.assignment.exercises
    ]
    faulty = replace(grader, assignment=Assignment("layers", "Layers", exercises))
    report = faulty.grade(
        Submission(
            "s",
            (File("layers.py", reference_with("def cross_entropy_error(y, t):\n    return 7.0\n").encode()),),
        )
    )
    one = check(report, "cross_entropy_error.value_matches_reference")
    assert one.verdict is Verdict.ERROR
    assert one.finding is not None
    assert "ours, with" not in one.finding.message
    assert "RuntimeError: ours, with" in one.finding.private
    assert report.score == report.max_score == 100 - exercise(grade(""), "cross_entropy_error").max_score


def test_a_fault_of_ours_in_the_whole_leaves_the_student_unjudged() -> None:
    broken = replace(layers(), key=replace(layers().key, entries={}))
    report = broken.grade(Submission("s", (File("layers.py", reference_with("").encode()),)))
    assert report.status is Status.ERROR
    assert (report.score, report.max_score) == (0, 0)
    assert {one.verdict for result in report.exercises for one in result.checks} == {Verdict.ERROR}


def test_a_notebook_is_graded_like_a_module() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# layers"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": "%matplotlib inline\n" + reference_with(""),
            "outputs": [],
        },
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    report = grade_files({"layers.ipynb": notebook})
    assert report.score == 100
    place = exercise(report, "Relu").place
    assert place is not None
    assert place.cell == 2


def test_wrong_values_have_a_fingerprint_where_nothing_explains_them() -> None:
    odd = (
        "class Relu:\n    def forward(self, x):\n        return {}\n"
        "    def backward(self, dout):\n        return dout\n"
    )
    name = "Relu.forward_matches_reference"
    first, same, other = (
        check(grade(odd.format(body)), name) for body in ("x * x * x + 3", "3 + x * x * x", "x * x * x + 4")
    )
    assert first.diagnoses == ()
    assert first.fingerprint == same.fingerprint != other.fingerprint
    assert first.fingerprint
    named = check(grade(WRONG_SOFTMAX), "softmax.value_matches_reference")
    assert named.diagnoses
    assert named.fingerprint == ""
