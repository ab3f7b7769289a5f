"""A check that has seen nothing has not passed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.box.program import Definition
from grader.checks import Record, Trial
from grader.checks.judgement import worst
from grader.diagnosis import Reckoner
from grader.judging import judged
from grader.model import Verdict
from tests.layers import layers


@pytest.mark.parametrize("name", sorted(layers().assignment.by_name))
def test_an_exercise_that_was_found_but_never_asked_earns_nothing(name: str) -> None:
    exercise = layers().assignment.by_name[name]
    definitions = [Definition(wanted.name, found_as=wanted.name) for wanted in exercise.sought]
    result = judged(Record(exercise, definitions, ()), Reckoner())
    assert result.score == 0
    assert {check.verdict for check in result.checks} <= {Verdict.ERROR, Verdict.SKIPPED}


def test_a_probe_that_was_never_asked_does_not_pass() -> None:
    record_of = layers().assignment.by_name["Relu"]
    entries = layers().key.entries["Relu"]
    trials = [Trial(e.ask.tag, e.ask.case, e.wanted, e.wanted) for e in entries if e.ask.tag == "case"]
    record = Record(record_of, [Definition("Relu", found_as="Relu")], trials)
    verdicts = {check.name: check.verdict for check in judged(record, Reckoner()).checks}
    assert verdicts["dx_matches_reference"] is Verdict.PASSED
    assert verdicts["second_forward_matches_reference"] is Verdict.ERROR
    everything = [Trial(e.ask.tag, e.ask.case, e.wanted, e.wanted) for e in entries]
    full = {
        check.name: check.verdict for check in judged(replace(record, trials=everything), Reckoner()).checks
    }
    assert full["second_forward_matches_reference"] is Verdict.PASSED


def test_no_judgement_at_all_is_no_pass() -> None:
    with pytest.raises(ValueError, match="nothing was judged"):
        worst([])
