"""A class: results that are on disk at once, an interruption that loses nothing."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from grader.batch.crew import Crew, Here, WorkersLost
from grader.batch.recipe import recipe
from grader.batch.work import Graded, Judge, Task
from grader.errors import Fault
from grader.model import Status
from grader.reports import ClassFacts, report_to_dict
from grader.submissions import File, Submission
from tests.batches import batch, run_batch
from tests.courses import COURSE, HIDDEN_SEED
from tests.layers import layers, reference_with


@dataclass(frozen=True)
class Handed:
    """A submission that is there already."""

    student: str
    text: str

    def read(self) -> Submission:
        return Submission(self.student, (File("layers.py", self.text.encode()),))


def test_every_submission_has_its_row_and_its_pages(tmp_path: Path) -> None:
    handed = [Handed("right", reference_with("")), Handed("empty", "x = 1\n"), Handed("broken", "def (:\n")]
    told: list[str] = []
    run_batch(layers(), tmp_path, handed, told.append)
    results = json.loads((tmp_path / "results.json").read_text())
    assert [row["student"] for row in results["submissions"]] == told == ["right", "empty", "broken"]
    assert [row["score"] for row in results["submissions"]] == [100, 0, 0]
    assert results["seed"] == layers().key.fingerprint
    for room in ("students", "instructor"):
        assert len(list((tmp_path / room).glob("*.html"))) == 3


def test_a_group_is_graded_once_and_is_no_copy_of_itself(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Together(Handed):
        group: str = "red"

        def read(self) -> Submission:
            return replace(super().read(), group=self.group, name=self.student.upper())

    text = reference_with("")
    handed = [Together("a", text), Together("b", text), Together("c", text, "blue"), Together("d", "x = 1\n")]
    first, second, other, own = run_batch(layers(), tmp_path, handed).submissions
    assert (second.student, second.name, second.score) == ("b", "B", 100)
    assert second == replace(first, student="b", name="B", flags=second.flags)
    assert [flag.id for flag in other.flags] == ["same-as-another"]
    assert own.score == 0


def test_a_submission_that_the_disk_does_not_give_is_a_row_of_its_own(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Unreadable(Handed):
        def read(self) -> Submission:
            raise Fault("the disk is gone")

    handed = [Unreadable("lost", ""), Handed("right", reference_with(""))]
    lost, right = run_batch(layers(), tmp_path, handed).submissions
    assert (lost.status, lost.score, lost.max_score) == (Status.ERROR, 0, 0)
    assert right.score == 100


def test_an_interruption_keeps_what_was_graded(tmp_path: Path) -> None:
    def interrupted(student: str) -> None:
        if student == "second":
            raise KeyboardInterrupt

    handed = [Handed(name, reference_with("")) for name in ("first", "second", "third")]
    with pytest.raises(KeyboardInterrupt):
        run_batch(layers(), tmp_path, handed, interrupted)
    results = json.loads((tmp_path / "results.json").read_text())
    assert [row["student"] for row in results["submissions"]] == ["first", "second"]


def test_the_same_submission_meets_the_same_judgement(tmp_path: Path) -> None:
    handed = [Handed(name, "def softmax(x):\n    return x\n") for name in ("one", "two")]
    first, second = run_batch(layers(), tmp_path, handed).submissions
    one, other = (
        report_to_dict(replace(report, student="same", seconds=0.0, flags=())) for report in (first, second)
    )
    assert one == other


def test_a_submission_that_ends_every_worker_is_our_fault_and_the_others_are_graded(tmp_path: Path) -> None:
    def graded(task: Task) -> Graded:
        if task.submission.student == "deadly":
            raise WorkersLost
        return judge.graded(task)

    facts = ClassFacts("layers", "Layers", "0", "sha256:0", "none")
    judge = Judge(layers(), facts)
    handed = [Handed(name, reference_with("")) for name in ("first", "deadly", "last")]
    with batch(layers(), tmp_path) as run:
        run.crew = lambda _submissions: lambda _judge: Crew(lambda: nullcontext(Here()), graded, 1)
        first, deadly, last = run.run(handed, lambda _: None).submissions
        assert run.unjudged
    assert (deadly.status, deadly.score, deadly.max_score) == (Status.ERROR, 0, 0)
    assert first.score == last.score == 100


def test_what_travels_to_a_worker_makes_the_same_judge() -> None:
    made = recipe(Judge(layers(), ClassFacts("layers", "", "", "", "none")), HIDDEN_SEED, COURSE.settings)
    again = made.judge(COURSE, layers().sandbox)
    assert again.grader.key.fingerprint == layers().key.fingerprint
    for name, entries in layers().key.entries.items():
        for one, other in zip(entries, again.grader.key.entries[name], strict=True):
            assert (one.ask.tag, one.ask.case.label) == (other.ask.tag, other.ask.case.label)
            assert one.ask.case.arrays.keys() == other.ask.case.arrays.keys()
            for key, array in one.ask.case.arrays.items():
                np.testing.assert_array_equal(array, other.ask.case.arrays[key])
            assert one.wanted is other.wanted
