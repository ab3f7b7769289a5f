"""What a submission costs the gradebook does not depend on the class: few statements, each through an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from grader.gradebook import FILE, Gradebook
from grader.reports.outcome import Outcome
from tests.gradebook.making import Handed, a_book, desk, ledger, report

GROWING = ("attempts", "results", "students", "events", "released", "adjustments", "comments")


@contextmanager
def statements(book: Gradebook) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of a gradebook meanwhile, without its transactions."""
    found: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append((statement, parameters))

    event.listen(book.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(book.engine, "before_cursor_execute", note)


def scans(book: Gradebook, asked: list[tuple[str, Any]]) -> list[str]:
    """The plans of statements that go through all rows of a table that grows with the class."""
    with book.engine.connect() as connection:
        plans = [
            row[3]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    tables = tuple(f"{way} {name}" for way in ("SCAN", "SEARCH") for name in GROWING)
    # A search without a condition, and one for all that an assignment has, go through everything too.
    all_of_it = [plan for plan in plans if "(" not in plan or plan.endswith("(assignment_id=?)")]
    return [plan for plan in all_of_it if plan.startswith(tables)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """A gradebook with a class of 50 whose scores were made known, and an appeal."""
    with a_book(tmp_path / FILE) as found:
        looks = [Handed(f"s{number}").look(number) for number in range(50)]
        run = ledger(found, "v1", *looks)
        for one in looks:
            run.recorded(one, Outcome.of(report(one.student)), None, "bubblewrap")
        desk(found).publish()
        desk(found).adjust("s3", "Relu", 1, "an appeal")
        yield found


def test_a_first_result_takes_seven_statements_and_no_scan(book: Gradebook) -> None:
    run = ledger(book)
    new = Handed("new").look(50)
    with statements(book) as asked:
        assert run.before(["new"]).names == {}
        run.recorded(new, Outcome.of(report("new")), None, "bubblewrap")
    assert len(asked) == 7
    assert scans(book, asked) == []


def test_another_result_of_somebody_who_is_known_takes_no_scan(book: Gradebook) -> None:
    run = ledger(book, "v2")
    for text in ("10 10", "another attempt"):
        with statements(book) as asked:
            one = Handed("s3", text).look(3)
            run.before(["s3"])
            run.recorded(one, Outcome.of(report("s3", 9)), None, "bubblewrap")
        assert len(asked) <= 20
        assert scans(book, asked) == []


def test_a_class_is_read_in_pieces_without_a_scan(book: Gradebook) -> None:
    standings = ledger(book).standings(f"s{number}" for number in range(50))
    with statements(book) as asked:
        assert len(list(standings)) == 50
    assert len(asked) <= 10
    assert scans(book, asked) == []
