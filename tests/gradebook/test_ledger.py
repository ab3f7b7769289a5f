"""What a run keeps: every result once, and which of them counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from grader.flags import SAME, Entry
from grader.gradebook import Before, Gradebook
from grader.model import Report
from grader.reports.outcome import Outcome
from tests.gradebook.making import Handed, a_book, exercise, ledger, report, unjudged

ONE = Handed("s1")


def rows(book: Gradebook) -> list[tuple[str, int, bool, float]]:
    """All results: made with what, which take, whether it counts, its score."""
    wanted = text("SELECT made_with, take, counts, score FROM results ORDER BY id")
    with book.engine.connect() as connection:
        return [(row[0], row[1], bool(row[2]), row[3]) for row in connection.execute(wanted)]


def keep(book: Gradebook, made: str, handed: Handed, what: Report) -> None:
    """A run of one submission."""
    run = ledger(book, made, handed.look())
    run.recorded(handed.look(), Outcome.of(what), None, "bubblewrap")


def test_a_result_is_there_for_whoever_comes_next(where: str) -> None:
    made = report("s1", 7.5, name="Анна", mends=("a tab was eight columns",), output="hello\n")
    with a_book(where) as book:
        keep(book, "v1", ONE, made)
    with a_book(where) as book:
        run = ledger(book, "v1", ONE.look())
        standings = run.standings(["s1"])
        (stands,) = standings
        assert replace(stands, result="") == made
        assert standings.sandbox == "bubblewrap"


def test_what_is_unchanged_is_known_and_what_changed_is_not(where: str) -> None:
    with a_book(where) as book:
        keep(book, "v1", ONE, report("s1"))
        run = ledger(book, "v1")
        same, other, stranger = ONE.look(), Handed("s1", "0 0").look(), Handed("s2").look()
        assert [seen is not None for seen in run.sighted([same, other, stranger])] == [True, False, False]
        assert run.before(["s1", "s2"]) == Before({"s1": ""}, {same.key})
        assert run.seen(same).report.score == 20
        assert list(ledger(book, "v2").sighted([same])) == [None]


def test_the_same_result_is_kept_once_and_a_different_one_beside_it(where: str) -> None:
    with a_book(where) as book:
        for affine in (5, 5, 7):
            keep(book, "v1", ONE, report("s1", affine, seconds=affine))
        assert rows(book) == [("v1", 0, False, 15), ("v1", 1, True, 17)]


def test_what_an_older_version_said_counts_again_when_it_comes_back(where: str) -> None:
    with a_book(where) as book:
        keep(book, "v1", ONE, report("s1", 5))
        keep(book, "v2", ONE, report("s1", 6))
        run = ledger(book, "v1")
        (seen,) = run.sighted([ONE.look()])
        assert seen is not None
        assert seen.report.score == 15
        assert rows(book) == [("v1", 0, True, 15), ("v2", 0, False, 16)]


def test_what_we_failed_to_judge_is_tried_again(where: str) -> None:
    with a_book(where) as book:
        keep(book, "v1", ONE, unjudged("s1"))
        run = ledger(book, "v1")
        assert list(run.sighted([ONE.look()])) == [None]
        assert not run.before(["s1"]).judged
        keep(book, "v1", ONE, report("s1"))
        assert rows(book) == [("v1", 0, False, 10), ("v1", 1, True, 20)]


def test_an_older_attempt_stays_and_the_newer_one_counts(where: str) -> None:
    with a_book(where) as book:
        keep(book, "v1", ONE, report("s1", 9))
        newer = Handed("s1", "another text")
        keep(book, "v1", newer, report("s1", 3))
        (chosen,) = ledger(book, "v1", newer.look()).standings(["s1"]).bare()
        assert chosen.report.score == 13
        assert len(chosen.attempts) == 2
        (chosen,) = ledger(book, "v1", ONE.look()).standings(["s1"]).bare()
        assert chosen.report.score == 19


@pytest.mark.parametrize(
    "student", ["张伟", "a\0b", "caf\udce9", "'; DROP TABLE students; --", " ", "x" * 5000]
)
def test_a_student_may_be_called_anything(where: str, student: str) -> None:
    strange = replace(
        report(student), exercises=(exercise("Affine", 10),), note=student, output="\0\udce9\x1b[31m"
    )
    handed = Handed(student)
    with a_book(where) as book:
        run = ledger(book, "v1", handed.look())
        run.recorded(handed.look(), Outcome.of(strange), Entry(student, b"digest"), "bubblewrap")
        (stands,) = run.standings([student])
        assert stands.student == student
        assert stands.score == strange.score
        assert None not in list(ledger(book, "v1").sighted([handed.look()]))


def test_copies_are_flagged_whichever_run_graded_them_but_not_within_a_team(where: str) -> None:
    entry = Entry("sums.py", b"the same")
    handed = [Handed("anna"), Handed("bert", group="g"), Handed("carl", group="g")]
    with a_book(where) as book:
        for one in handed:
            run = ledger(book, "v1", *(other.look() for other in handed))
            run.recorded(one.look(), Outcome.of(report(one.student)), entry, "bubblewrap")
        flags = {one.student: one.flags for one in run.standings(one.student for one in handed)}
        assert [flag.id for found in flags.values() for flag in found] == [SAME] * 3
        assert flags["anna"][0].where == "sums.py, like that of bert and carl"
        assert flags["bert"][0].where == flags["carl"][0].where == "sums.py, like that of anna"


def test_a_move_tells_what_changed_and_no_more(where: str) -> None:
    with a_book(where) as book:
        for made, affine in (("v1", 5), ("v2", 5)):
            run = ledger(book, made, ONE.look())
            run.recorded(ONE.look(), Outcome.of(report("s1", affine)), None, "bubblewrap")
            assert run.moves == []
        run = ledger(book, "v3", ONE.look())
        run.recorded(ONE.look(), Outcome.of(report("s1", 8)), None, "bubblewrap")
        assert [(move.old.score, move.new.score, move.held) for move in run.moves] == [(15, 18, False)]
        run = ledger(book, "v1", ONE.look())
        assert [(move.old.score, move.new.score, move.held) for move in run.moves] == [(18, 15, False)]
