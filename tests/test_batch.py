"""A class: the seed that stays, results that are on disk at once, an interruption that loses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.batch import Batch, hidden_seed
from grader.errors import Fault, UsageError
from grader.model import Report, Status
from grader.reports import report_to_dict
from grader.submissions import File, Submission
from tests.layers import layers, reference_with


@dataclass(frozen=True)
class Handed:
    """A submission that is there already."""

    student: str
    text: str

    def read(self) -> Submission:
        return Submission(self.student, (File("layers.py", self.text.encode()),))


def ignore(report: Report) -> None:
    """No progress is wanted."""


def test_the_seed_is_drawn_once_and_only_this_user_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    first = hidden_seed(folder)
    assert hidden_seed(folder) == first
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert first.bit_length() > 64
    assert hidden_seed(tmp_path / "other") != first


def test_a_seed_is_replaced_only_when_that_is_said(tmp_path: Path) -> None:
    first = hidden_seed(tmp_path)
    assert hidden_seed(tmp_path, new=True) != first
    assert hidden_seed(tmp_path, given=17) == 17
    assert hidden_seed(tmp_path) == 17
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_holds_no_seed_is_the_users_to_mend(tmp_path: Path) -> None:
    hidden_seed(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text("seventeen")
    with pytest.raises(UsageError, match="--new-seed"):
        hidden_seed(tmp_path)


def test_every_submission_has_its_row_and_its_pages(tmp_path: Path) -> None:
    handed = [Handed("right", reference_with("")), Handed("empty", "x = 1\n"), Handed("broken", "def (:\n")]
    told: list[str] = []
    Batch(layers(), tmp_path).run(handed, lambda report: told.append(report.student))
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
    first, second, other, own = Batch(layers(), tmp_path).run(handed, ignore).submissions
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
    lost, right = Batch(layers(), tmp_path).run(handed, ignore).submissions
    assert (lost.status, lost.score, lost.max_score) == (Status.ERROR, 0, 0)
    assert right.score == 100


def test_an_interruption_keeps_what_was_graded(tmp_path: Path) -> None:
    def interrupted(report: Report) -> None:
        if report.student == "second":
            raise KeyboardInterrupt

    handed = [Handed(name, reference_with("")) for name in ("first", "second", "third")]
    with pytest.raises(KeyboardInterrupt):
        Batch(layers(), tmp_path).run(handed, interrupted)
    results = json.loads((tmp_path / "results.json").read_text())
    assert [row["student"] for row in results["submissions"]] == ["first", "second"]


def test_the_same_submission_meets_the_same_judgement(tmp_path: Path) -> None:
    handed = [Handed("one", "def softmax(x):\n    return x\n")] * 2
    first, second = Batch(layers(), tmp_path).run(handed, ignore).submissions
    assert report_to_dict(replace(first, seconds=0)) == report_to_dict(replace(second, seconds=0))
