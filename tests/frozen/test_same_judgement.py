"""By a key that was read from a file the judge says what it says by the author's own, over all specimens."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from grader import fakes, judging
from grader.box.program import Cell, Source
from grader.checks import Record
from grader.diagnosis import Reckoner
from grader.drivers import Exercise
from grader.frozen.foreseen import Remembering
from grader.key import Key
from grader.model import CheckResult, Verdict
from grader.observing import observe
from grader.sandbox.base import Limits
from grader.sandbox.inprocess import InProcess
from grader.sandbox.session import Session
from tests.courses import COURSE, ROOT, assignment, course_grader
from tests.frozen.keys import NUMPY_ONLY, public_key

# Every right variant and a share of the mutants each time; all mutants where time does not matter.
SHARE = 10
SPECIMENS = [
    pytest.param(name, path, marks=pytest.mark.soak if number % SHARE else pytest.mark.proof)
    for name in NUMPY_ONLY
    for folder, share in (("mutants", SHARE), ("variants", 1))
    for number, path in enumerate(sorted((COURSE.folder(name) / folder).glob("*.py")))
    for number in [number if share > 1 else 0]
]
# By the author's own key these are told by a function; the public one leaves it open.
OPEN = "known to your instructor only"


@cache
def reckoners(name: str) -> tuple[Reckoner, Reckoner]:
    return Reckoner(), Remembering(foreseen=public_key(name).foreseen)


@cache
def slim_reference(name: str) -> str:
    """The reference without its prose and examples, which take longer to read than the rest."""
    tree = ast.parse(COURSE.reference(name).cells[0].text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            node.body = [one for one in node.body if not isinstance(one, ast.Expr)] or [ast.Pass()]
    return ast.unparse(tree)


@cache
def public_cases(name: str) -> Key:
    """The author's own key, without hidden cases."""
    key = course_grader(name).key
    return Key(
        {one: [e for e in entries if e.ask.case.public] for one, entries in key.entries.items()}, "public"
    )


def records(name: str, text: str, exercises: Sequence[Exercise]) -> dict[str, Record]:
    source = Source(f"{name}.py", (Cell(text),))
    wanted = assignment(name).sought
    with Session(InProcess(ROOT), {}, (source,), wanted, Limits()) as session:
        return dict(observe(session, public_cases(name), exercises).records)


def by_the_file(record: Record, name: str) -> Record:
    """The same observations, against what the file wants."""
    key = public_key(name)
    exercise = key.assignment.by_name[record.exercise.name]
    entries = key.entries[exercise.name]
    by_label = {trial.case.label: trial for trial in record.trials}
    trials = [replace(by_label[e.ask.case.label], case=e.ask.case, wanted=e.wanted) for e in entries]
    return replace(record, exercise=exercise, trials=trials if record.trials else ())


def compared(ours: Sequence[CheckResult], theirs: Sequence[CheckResult]) -> list[str]:
    """Where two judgements of an exercise are not the same."""
    known = {check.name: check for check in ours}
    lines = []
    for check in theirs:
        own = known[check.name]
        if check.finding is not None and OPEN in check.finding.message:
            assert own.verdict in (Verdict.FAILED, Verdict.PASSED)
            continue
        said = [
            (c.verdict, c.finding.message if c.finding else "", c.note, c.diagnoses) for c in (own, check)
        ]
        if said[0] != said[1]:
            lines.append(f"{check.name}: {said[0]} and {said[1]}")
    return lines


@pytest.mark.parametrize(("name", "path"), SPECIMENS, ids=lambda one: getattr(one, "stem", one))
def test_a_specimen_is_judged_alike(name: str, path) -> None:  # type: ignore[no-untyped-def]
    own, loaded = path.read_text("utf-8"), assignment(name)
    meant = fakes.meant(loaded, own)
    text = fakes.beside(slim_reference(name), own, meant)
    kept = public_key(name).assignment
    exercises = [
        one
        for one in loaded.exercises
        if one.name in kept.by_name
        and ({wanted.name for wanted in one.sought} & meant or "expect:" not in own.partition("\n")[0])
    ]
    ours, theirs = reckoners(name)
    for exercise, record in records(name, text, exercises).items():
        own_result = judging.judged(record, ours, loaded.errata, loaded.exercises)
        read_result = judging.judged(by_the_file(record, name), theirs, kept.errata, kept.exercises)
        assert compared(own_result.checks, read_result.checks) == []
        if path.parent.name == "variants":
            wrong = [
                check for check in read_result.checks if check.verdict is Verdict.FAILED and not check.advice
            ]
            assert (exercise, [check.name for check in wrong if check.max_score]) == (exercise, [])
