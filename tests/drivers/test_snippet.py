"""The lines that show a finding again: run below a student's code, they print what the finding says was got."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from grader import fakes
from grader.checks import Trouble
from grader.checks.judgement import compared
from grader.checks.record import CASE
from grader.drivers import Case, Function, Quantity
from grader.drivers.snippet import snippet
from grader.model import Verdict
from grader.numeric import closeness
from grader.reports.facts import ClassFacts
from grader.reports.pages import student_html
from tests.courses import course_grader
from tests.diagnosis.records import observed
from tests.layers import check, grade
from tests.reports.pages import Page
from tests.test_specimens import MUTANTS, Specimen

CHOSEN = [
    *("layers/affine_dw_transposed", "layers/mul_gradients_swapped", "layers/relu_mask_inverted"),
    *(
        "layers/loss_target_missing",
        "layers/buy_apple_two_gradients",
        "layers/cross_entropy_batch_mean_missing",
    ),
    *("eight_weights/back_published_erratum", "eight_weights/update_compares"),
    *("two_layer_net/affine_dw_transposed", "two_layer_net/net_bias_gradient_missing"),
    *(
        "fc_conv/conv_bias_repeated",
        "fc_conv/fc_input_not_transposed",
        "fc_conv/network_predict_returns_nothing",
    ),
    *("torch_linear/train_mean", "torch_linear/model_weight_detached"),
]
FOUND = [mutant for mutant in MUTANTS if str(mutant) in CHOSEN]


def again(mutant: Specimen) -> Iterator[tuple[str, str, Any]]:
    """The code of a mutant, the lines for each wrong quantity of its public cases, and what was seen of that."""
    grader = course_grader(mutant.assignment)
    names = mutant.meant | {expected["exercise"] for expected in mutant.expectations}
    text = fakes.beside(grader.reference.cells[0].text, mutant.text, names)
    for record in observed(mutant.assignment, text, names).values():
        for trial in record.of(CASE):
            for quantity in record.exercise.quantities:
                judgement = compared(record, trial, quantity, trial.wanted[quantity.name])
                if judgement.verdict in (Verdict.FAILED, Verdict.CRASHED) and judgement.finding:
                    if trial.case.public:
                        yield text, judgement.finding.again, trial.got[quantity.name]
                    else:
                        assert judgement.finding.again == ""


def raised(lines: str, space: dict[str, Any]) -> str:
    """The type of the exception that the lines raise, "" for none."""
    try:
        exec(lines, space)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        return type(error).__name__
    return ""


def last_of(printed: list[Any], *values: Any) -> None:
    printed.append(values[-1])


def test_the_chosen_mutants_are_there() -> None:
    assert len(FOUND) == len(CHOSEN)


@pytest.mark.parametrize("mutant", FOUND, ids=str)
def test_the_lines_print_what_was_got(mutant: Specimen) -> None:
    shown = [(text, lines, got) for text, lines, got in again(mutant) if lines]
    assert shown
    for text, lines, got in shown:
        printed: list[Any] = []
        space = {"np": np, "print": partial(last_of, printed), "__name__": "student"}
        exec(text, space)
        printed.clear()
        if isinstance(got, Trouble):
            # Where something else was returned than should be, taking the result out of it can fail.
            error = raised(lines, space)
            assert error == got.raised.type if got.raised else error or printed
        else:
            exec(lines, space)
            value = printed[-1].detach().numpy() if hasattr(printed[-1], "detach") else printed[-1]
            assert closeness.error(np.asarray(value, float).reshape(got.shape), got.astype(float)) < 1e-5


DOUBLED = Function(name="double", inputs={}, points=1)


def case(array: np.ndarray[Any, Any]) -> Case:
    return Case(1, True, {"x": array})


def lines(
    array: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any] | None = None, name: str = "double"
) -> list[str]:
    exercise = Function(
        name="double", inputs={"x": course_grader("layers").assignment.exercises[0].inputs["x"]}, points=1
    )
    (quantity,) = exercise.quantities
    return snippet(exercise, case(array), quantity, {"double": name}, wanted).split("\n")


def test_small_inputs_are_written_down() -> None:
    assert lines(np.array([1.5, -2.0]), name="Mine.double") == [
        "import numpy as np",
        "",
        "x = np.array([ 1.5, -2. ])",
        "print(Mine.double(x))",
    ]
    assert lines(np.array(0.1234567891)) == ["x = 0.12345679", "print(double(x))"]
    assert lines(np.array(3)) == ["x = 3", "print(double(x))"]


def test_what_should_be_printed_is_said() -> None:
    assert lines(np.array(1.0), np.array(2.0))[-1] == "# should be 2"
    assert lines(np.array(1.0), np.array([2.0, 4.0]))[-2:] == [
        "# should have the shape (2,) and these values:",
        "# [2. 4.]",
    ]
    assert lines(np.array(1.0), np.zeros((9, 9)))[-1] == "# should have the shape (9, 9)"


def test_there_are_no_lines_for_large_inputs_or_unknown_results() -> None:
    assert lines(np.zeros(601)) == [""]
    assert snippet(DOUBLED, Case(1, True, {}), Quantity("other", "backward"), {}) == ""


def test_the_students_page_shows_the_lines_of_public_cases_as_text() -> None:
    methods = ["def forward(self, x): return x", "def backward(self, dout): return dout"]
    own = "\n    ".join(["class Relu:", *methods])
    report = grade(own)
    dx = check(report, "Relu.dx_matches_reference")
    assert dx.finding is not None
    page = Page(student_html(report, ClassFacts("layers", "Layers", "1", "", "none")))
    assert " ".join(dx.finding.again.split()) in page.text
    assert dx.finding.again.endswith("]]")
