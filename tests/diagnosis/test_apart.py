"""Mistakes are named only where the cases tell them apart: that is proved with the assignment."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import newcourse
from grader.assignment import Mistake
from grader.cli import run
from grader.diagnosis import apart
from grader.diagnosis.apart import RIGHT, alike, wrong_formulas
from grader.numeric import closeness
from grader.validate import unclear
from tests.courses import NAMES, course_grader
from tests.diagnosis.squares import square, square_trials


@pytest.mark.parametrize("name", NAMES)
def test_derivations_are_right_and_their_mistakes_told_apart(name: str) -> None:
    assert list(unclear(course_grader(name))) == []


def test_a_mistake_that_is_nearly_right_is_found() -> None:
    (found,) = alike(square(Mistake("other-slope", {"dx": "dout * 2.0002 * x"})), square_trials())
    assert (found.quantity, set(found.mistakes)) == ("dx", {RIGHT, "other-slope"})
    assert found.error == pytest.approx(1e-4, rel=0.01)


def test_mistakes_that_nearly_predict_the_same_are_found_once() -> None:
    mistakes = [
        Mistake("other-slope", {"slope": "5 * x"}),
        *(Mistake("slope-of-output", {"slope": f"{factor} * x"}) for factor in (5.0001, 5.0002)),
    ]
    (found,) = alike(square(*mistakes), square_trials())
    assert set(found.mistakes) == {"other-slope", "slope-of-output"}
    assert found.error == pytest.approx(2e-5, rel=0.01)


@pytest.mark.parametrize("factor", ["5", "5.01", "5.00000000001"])
def test_the_same_and_what_clearly_differs_are_not_alike(factor: str) -> None:
    mistakes = (
        Mistake("other-slope", {"slope": "5 * x"}),
        Mistake("slope-of-output", {"slope": f"{factor} * x"}),
    )
    assert alike(square(*mistakes), square_trials()) == []


def test_one_case_that_tells_mistakes_apart_is_enough() -> None:
    near = (
        Mistake("other-slope", {"slope": "5 * x"}),
        Mistake("slope-of-output", {"slope": "5 * x + 0.5 * (x > 1.4)"}),
    )
    found = [len(alike(square(*near), [trial])) for trial in square_trials(6)]
    assert sum(found) == 0
    assert alike(square(*near), square_trials(6)) == []


def test_formulas_that_are_not_the_references_are_told() -> None:
    assert list(wrong_formulas(square(), square_trials())) == []
    assert list(wrong_formulas(square(slope="x"), square_trials())) == [
        "the derivation's dx is not the reference's"
    ]
    assert list(wrong_formulas(square(dx="sum(dout * slope)"), square_trials())) != []
    (told,) = wrong_formulas(square(slope="2 * z"), square_trials())
    assert told == "the derivation cannot be reckoned: a formula speaks of z, which is not known"


@given(st.data())
def test_errors_are_those_of_the_one_metric(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    numbers = st.floats(-1e3, 1e3) | st.sampled_from([0.0, 1e-12])
    predictions = [
        [np.array(data.draw(st.lists(numbers, min_size=size, max_size=size))) for size in sizes]
        for _ in range(3)
    ]
    for first, errors in enumerate(apart._errors(predictions)):
        for second in range(first + 1, 3):
            wanted = max(map(closeness.error, predictions[first], predictions[second]))
            assert errors[second] == pytest.approx(wanted, rel=1e-12)


def test_the_command_tells_of_a_derivation_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newcourse.write_example(tmp_path)
    path = tmp_path / "solutions" / "squares" / "assignment.py"
    wrong = 'derivation=Derivation({"forward": "x ** 2", "dx": "dout * x"}), points=10'
    text = path.read_text("utf-8").replace("import Assignment", "import Derivation, Assignment")
    path.write_text(text.replace("points=10", wrong), "utf-8")
    assert run(["validate", "squares", "--course", str(tmp_path)]) == 1
    assert "        Square: the derivation's dx is not the reference's\n" in capsys.readouterr().out
    assert run(["validate", "squares", "--course", str(tmp_path), "--json"]) == 1
    *_proofs, cases = json.loads(capsys.readouterr().out)
    assert cases["complaints"] == ["Square: the derivation's dx is not the reference's"]
