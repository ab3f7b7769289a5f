from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest

from grader.export import Scale, grades_csv, nbgrader_csv
from tests.export import classes
from tests.reports import specimens

TWENTY = Scale(Fraction(20), Fraction(1, 2))
REPORT = classes.of(classes.wrong("0042", "Ada"), classes.submission("s2", score=0.0), classes.unjudged("s3"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_plain_table() -> None:
    table = rows(grades_csv(REPORT, TWENTY))
    assert list(table[0]) == ["student", "name", "status", "grade", "out_of", *specimens.TITLES]
    assert [list(row.values())[:5] for row in table] == [
        ["0042", "Ada", "graded", "19.5", "20"],
        ["s2", "", "graded", "0", "20"],
        ["s3", "", "error", "", "20"],
    ]
    assert [row["Affine"] for row in table] == ["1.5", "2", ""]


def test_the_table_of_nbgrader() -> None:
    table = rows(nbgrader_csv(REPORT, TWENTY, date(2026, 10, 1)))
    assert ",".join(table[0]) == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
        "raw_score,late_submission_penalty,score,max_score"
    )
    assert {key: value for key, value in table[0].items() if value} == {
        "assignment": "layers",
        "duedate": "2026-10-01",
        "student_id": "0042",
        "last_name": "Ada",
        "raw_score": "19.5",
        "score": "19.5",
        "max_score": "20",
    }
    assert [row["score"] for row in table] == ["19.5", "0", ""]


@pytest.mark.parametrize("table", [grades_csv, nbgrader_csv])
def test_no_cell_of_a_hostile_class_is_a_formula(table: object) -> None:
    assert callable(table)
    found = rows(table(specimens.class_report(), Scale()))
    assert len(found) == len(specimens.class_report().submissions)
    assert not [v for row in found for v in row.values() if v.startswith(tuple("=+-@\t\r\n"))]
