"""Runs over a class: what is graded again and what is not, which pages there are, what an interruption leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.batch.run import Handle
from grader.errors import Fault
from grader.gradebook import Gradebook
from grader.late import Policy
from grader.submissions import Submission
from tests.gradebook.making import ASSIGNMENT, Handed, Scorer, a_book, batch, desk

SCHEMA = Path(__file__).parents[1] / "reports" / "results.schema.json"
CLASS = [Handed("s1", "5 10"), Handed("s2", "6 10"), Handed("s3", "7 10")]
DUE = datetime(2026, 10, 1, 12, tzinfo=UTC)


def run(
    book: Gradebook, folder: Path, *handed: Handle, scorer: Scorer | None = None, **more: Any
) -> list[str]:
    """A run over a class; whom it graded."""
    scorer = scorer or Scorer()
    batch(book, folder, scorer, **more).run(handed, lambda _: None)
    return scorer.graded


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    """What results.json says, by student."""
    data = json.loads((folder / "results.json").read_text("utf-8"))
    return {row["student"]: row for row in data["submissions"]}


def page(folder: Path, student: str, room: str = "students") -> str:
    return (folder / room / f"{student}.html").read_text("utf-8")


def test_a_second_run_grades_nothing_and_says_the_same(where: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with a_book(where) as book:
        assert run(book, out, *CLASS) == ["s1", "s2", "s3"]
        before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        assert run(book, out, *CLASS) == []
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
        assert list(rows(out)) == ["s1", "s2", "s3"]


def test_only_what_changed_is_graded_again(where: str, tmp_path: Path) -> None:
    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        changed = [CLASS[0], Handed("s2", "9 10"), CLASS[2], Handed("s4")]
        assert run(book, tmp_path, *changed) == ["s2", "s4"]
        assert rows(tmp_path)["s2"]["score"] == 19
        assert "19" in page(tmp_path, "s2")
        assert run(book, tmp_path, *changed, made="another version") == ["s1", "s2", "s3", "s4"]


def test_the_reports_show_who_is_there_and_the_gradebook_keeps_the_rest(where: str, tmp_path: Path) -> None:
    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        assert run(book, tmp_path, CLASS[2], CLASS[0]) == []
        assert list(rows(tmp_path)) == ["s3", "s1"]
        assert run(book, tmp_path, *CLASS) == []


def test_a_page_that_is_missing_or_of_another_result_is_made_again(where: str, tmp_path: Path) -> None:
    newer = Handed("s1", "9 10")
    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        (tmp_path / "instructor" / "s2.html").unlink()
        assert run(book, tmp_path, *CLASS) == ["s2"]
        assert run(book, tmp_path, newer) == ["s1"]
        assert run(book, tmp_path, CLASS[0]) == ["s1"]
        assert "<b>15</b>" in page(tmp_path, "s1")
        assert run(book, tmp_path / "elsewhere", CLASS[0]) == ["s1"]


def test_an_interrupted_run_is_taken_up_where_it_ended(where: str, tmp_path: Path) -> None:
    def interrupted(student: str) -> None:
        if student == "s2":
            raise KeyboardInterrupt

    with a_book(where) as book:
        with pytest.raises(KeyboardInterrupt):
            batch(book, tmp_path, Scorer()).run(CLASS, interrupted)
        assert list(rows(tmp_path)) == ["s1", "s2"]
        assert run(book, tmp_path, *CLASS) == ["s3"]
        assert list(rows(tmp_path)) == ["s1", "s2", "s3"]


def test_a_class_of_which_a_part_is_still_to_be_graded_says_so(where: str, tmp_path: Path) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    def told() -> tuple[int, bool, int, int]:
        data = json.loads((tmp_path / "results.json").read_text("utf-8"))
        jsonschema.validate(data, json.loads(SCHEMA.read_text("utf-8")))
        at_desk = desk(book)
        shown = "hand-ins are still to be graded" in (tmp_path / "index.html").read_text("utf-8")
        return data.get("waiting", 0), shown, at_desk.report(ASSIGNMENT).waiting, at_desk.publish().waiting

    with a_book(where) as book:
        with pytest.raises(KeyboardInterrupt):
            batch(book, tmp_path, Scorer()).run(CLASS, interrupted)
        assert told() == (2, True, 2, 2)
        run(book, tmp_path, *CLASS)
        assert told() == (0, False, 0, 0)
        with pytest.raises(KeyboardInterrupt):
            batch(book, tmp_path, Scorer(), made="a mended check").run(CLASS, interrupted)
        assert told() == (2, True, 2, 2)


def test_what_the_disk_does_not_give_is_a_row_and_is_read_again_next_time(where: str, tmp_path: Path) -> None:
    class Lost(Handed):
        def read(self) -> Submission:
            raise Fault("the disk is gone")

    with a_book(where) as book:
        first = batch(book, tmp_path, Scorer())
        report = first.run([Lost("s1"), CLASS[1]], lambda _: None)
        assert [(one.student, one.status.value) for one in report.submissions] == [
            ("s1", "error"),
            ("s2", "graded"),
        ]
        assert first.unjudged
        assert run(book, tmp_path, *CLASS[:2]) == ["s1"]


def test_a_grader_is_made_only_where_there_is_something_to_grade(where: str, tmp_path: Path) -> None:
    def none() -> Any:
        raise Fault("there is no sandbox")

    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        again = replace(batch(book, tmp_path, None), grader=none)
        assert len(again.run(CLASS, lambda _: None).submissions) == 3
        (tmp_path / "results.json").unlink()
        more = replace(batch(book, tmp_path, None), grader=none)
        with pytest.raises(Fault, match="no sandbox"):
            more.run([*CLASS, Handed("s4")], lambda _: None)
        assert not (tmp_path / "results.json").exists()


def test_grading_again_tells_what_moved(where: str, tmp_path: Path) -> None:
    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        mended = batch(book, tmp_path, Scorer({"Affine": 1.0}), again=True)
        mended.run(CLASS, lambda _: None)
        assert [(move.new.student, move.old.score, move.new.score) for move in mended.ledger.moves] == [
            ("s1", 15, 16),
            ("s2", 16, 17),
            ("s3", 17, 18),
        ]
        assert rows(tmp_path)["s1"]["score"] == 16
        assert "<b>16</b>" in page(tmp_path, "s1")


def test_what_was_made_known_stays_on_page_and_in_tables_when_it_would_fall(
    where: str, tmp_path: Path
) -> None:
    with a_book(where) as book:
        run(book, tmp_path, *CLASS)
        desk(book).publish()
        stricter = Scorer({"Affine": -2.0})
        held = batch(book, tmp_path, stricter, "v2")
        held.run(CLASS, lambda _: None)
        assert [move.held for move in held.ledger.moves] == [True] * 3
        assert rows(tmp_path)["s1"]["score"] == 15
        assert "<b>15</b>" in page(tmp_path, "s1")
        assert run(book, tmp_path, *CLASS, scorer=Scorer(), made="v2") == []
        run(book, tmp_path, *CLASS, scorer=stricter, made="v2", again=True, allow_lower=True)
        assert rows(tmp_path)["s1"]["score"] == 13
        assert "<b>13</b>" in page(tmp_path, "s1")


def test_adjustments_lateness_and_comments_are_lines_of_their_own(where: str, tmp_path: Path) -> None:
    policy = Policy(due=DUE, percent=10)
    late = replace(CLASS[0], handed_in=DUE + timedelta(hours=1))
    with a_book(where) as book:
        run(book, tmp_path, late, policy=policy)
        desk(book, policy).adjust("s1", "Relu", 1, "a <b>fair</b> point")
        desk(book, policy).comment("s1", "come & see me")
        key = desk(book, policy).publish().key
        assert run(book, tmp_path, late, policy=policy) == []
    jsonschema.validate(
        json.loads((tmp_path / "results.json").read_text("utf-8")), json.loads(SCHEMA.read_text("utf-8"))
    )
    row = rows(tmp_path)["s1"]
    assert (row["score"], row["total"], row["late"], row["release"]) == (15, 14, True, key)
    assert [(one["exercise"], one["points"]) for one in row["adjustments"]] == [("Relu", 1), (None, -2)]
    for room in ("students", "instructor"):
        shown = page(tmp_path, "s1", room)
        for words in (
            "a &lt;b&gt;fair&lt;/b&gt; point",
            "come &amp; see me",
            "Handed in late (1 h 0 min)",
            key,
        ):
            assert words in shown


def test_the_best_attempt_has_the_page_whichever_is_graded_last(where: str, tmp_path: Path) -> None:
    attempts = [Handed("s1", "9 10", attempt=1), Handed("s1", "4 10", attempt=2), Handed("s2", "1 10")]
    with a_book(where) as book:
        for policy, score, again in (
            (Policy(attempts="best"), 19, ["s1", "s1", "s2"]),
            (Policy(), 14, ["s1", "s2"]),
        ):
            out = tmp_path / policy.attempts
            assert run(book, out, *attempts, policy=policy) == again
            assert {student: row["score"] for student, row in rows(out).items()} == {"s1": score, "s2": 11}
            assert f"<b>{score}</b>" in page(out, "s1")
            assert run(book, out, *attempts, policy=policy) == []


def test_a_copy_that_comes_later_is_flagged_on_the_page_of_the_first(where: str, tmp_path: Path) -> None:
    class Coded(Handed):
        def read(self) -> Submission:
            found = super().read()
            code = replace(found.files[0], data=b"def Affine(x):\n    return x\n")
            return replace(found, files=(*found.files, code))

    with a_book(where) as book:
        run(book, tmp_path, Coded("s1"))
        assert "same-as-another" not in page(tmp_path, "s1", "instructor")
        assert run(book, tmp_path, Coded("s1"), Coded("s2")) == ["s2"]
        assert "same-as-another" in page(tmp_path, "s1", "instructor")
        assert "same-as-another" not in page(tmp_path, "s1")
        assert ASSIGNMENT.name in page(tmp_path, "s1").lower()


def test_what_is_said_of_a_student_while_others_are_graded_is_on_the_page(where: str, tmp_path: Path) -> None:
    with a_book(where) as book:

        def say(student: str) -> None:
            if student == "s2":
                desk(book).comment("s1", "Well drawn.")

        batch(book, tmp_path, Scorer()).run(CLASS, say)
        assert "Well drawn." in page(tmp_path, "s1")
        assert "Well drawn." not in page(tmp_path, "s2")
