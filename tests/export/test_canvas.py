from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.export import Scale, fill_canvas, sheet
from tests.export import classes

TWENTY = Scale(Fraction(20), Fraction(1, 2))
CLASS = classes.of(
    classes.wrong("101"),  # 19.5 of 20
    classes.submission("sis-2", score=150.0),
    classes.submission("x", "Grace Hopper", score=0.0),
    classes.submission("nobody"),
    classes.unjudged("105"),
    classes.submission("106"),
)
BOOK = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Warm up (7),Layers (42),Current Score,Final Score\r\n"
    ",,,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,10.00,20.00,(read only),(read only)\r\n"
    '"Lovelace, Ada",101,sis-1,ada,"Main, first",9.50,,95.00,95.00\r\n'
    '"O\'Neil, Bo",102,sis-2,=bo,Main,8.00,11.00,80.00,80.00\r\n'
    '"Hopper, Grace",103,sis-3,grace,Main,,,,\r\n'
    '"Nobody, Else",104,sis-4,else,Main,1.00,3.00,10.00,10.00\r\n'
    '"Fault, Ours",105,sis-5,ours,Main,1.00,,10.00,10.00\r\n'
    '"Excused, Ex",106,sis-6,ex,Main,1.00,EX,10.00,10.00\r\n'
    '"Student, Test",999,,5e1f,Main,,,,\r\n'
)


def test_only_the_grades_of_the_column_change() -> None:
    filled = fill_canvas(BOOK.encode(), CLASS, TWENTY)
    expected = (
        BOOK.replace('first",9.50,,95', 'first",9.50,19.5,95')
        .replace("8.00,11.00,", "8.00,15,")
        .replace("grace,Main,,,", "grace,Main,,0,")
    )
    assert filled.data.decode() == expected


def test_whoever_has_no_grade_is_named() -> None:
    assert fill_canvas(BOOK.encode(), CLASS, TWENTY).notes == (
        "Written to 'Layers (42)': 3 grades",
        "Not judged whole, by our fault, so no grade is written: 105",
        "Left as it was, because excused: 106",
        "Found in the gradebook by name, since no id fits: x (Grace Hopper)",
        "Not found in the gradebook, nothing is written for: nobody",
        "In the gradebook without results, left as it was: Nobody, Else (104), Student, Test (999)",
    )


def test_filling_twice_is_filling_once() -> None:
    once = fill_canvas(BOOK.encode(), CLASS, TWENTY).data
    assert fill_canvas(once, CLASS, TWENTY).data == once


def test_semicolons_and_decimal_commas_stay() -> None:
    book = (
        "Student;ID;SIS Login ID;Section;Layers (42);Final Score\n"
        "    Points Possible;;;;20,00;(read only)\n"
        "Lovelace, Ada;101;ada;Main;;95,00"
    )
    filled = fill_canvas(book.encode(), CLASS, TWENTY)
    assert filled.data.decode() == book.replace("Main;;95", "Main;19,5;95")


def test_first_and_last_names_in_columns_of_their_own() -> None:
    header = "LastName,FirstName,ID,SIS Login ID,Section,Layers (42)\n    Points Possible,,,,,20\n"
    book = f"{header}Hopper,Grace,103,g,Main,\n"
    assert fill_canvas(book.encode(), CLASS, TWENTY).data.decode() == book.replace("Main,\n", "Main,0\n")


def test_the_column_may_be_named() -> None:
    book = BOOK.replace("Warm up (7)", "Backprop (7)").replace(",10.00,20.00", ",20.00,20.00")
    filled = fill_canvas(book.encode(), CLASS, TWENTY, "Backprop (7)")
    assert sheet.read(filled.data).values(3)[5:7] == ["19.5", ""]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Student,ID", "Name,Number", "no gradebook from Canvas"),
        (
            "Layers (42)",
            "Homework (42)",
            r"no column is named 'layers'.*there are 'Warm up \(7\)', 'Homework \(42\)'",
        ),
        ("Warm up (7)", "layers (7)", "several columns are named 'layers'"),
        (
            "20.00,(read",
            "100.00,(read",
            r"full score is 100, but grades are exported out of 20: set scale = 100 for",
        ),
        ("10.00,20.00,", "10.00,(read only),", r"'Layers \(42\)' is read only"),
    ],
)
def test_another_file_is_told_and_not_filled(old: str, new: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        fill_canvas(BOOK.replace(old, new).encode(), CLASS, TWENTY)


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="it has no column 'Layers'; its columns are 'Student', 'ID'"):
        fill_canvas(BOOK.encode(), CLASS, TWENTY, "Layers")


FIELD = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@given(st.lists(st.tuples(FIELD, FIELD, FIELD), max_size=5), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_else_is_in_it_stays(rows: list[tuple[str, str, str]], end: str, quoted: bool) -> None:
    def cell(text: str) -> str:
        doubled = text.replace('"', '""')
        return f'"{doubled}"' if quoted or any(char in text for char in ',"\r\n') else text

    lines = [
        "Student,ID,SIS Login ID,Section,Layers (42),Final Score",
        "    Points Possible,,,,20,(read only)",
    ]
    lines += [
        f"{cell(name)},{index},{cell(login)},Main,,{cell(more)}"
        for index, (name, login, more) in enumerate(rows)
    ]
    data = (end.join(lines) + end).encode()
    report = classes.of(*(classes.wrong(str(index)) for index in range(len(rows))))
    before, after = sheet.read(data), sheet.read(fill_canvas(data, report, TWENTY).data)
    for index, (old, new) in enumerate(zip(before.rows, after.rows, strict=True)):
        assert (old.cells[:4], old.cells[5:], old.end) == (new.cells[:4], new.cells[5:], new.end)
        assert index > 1 or old == new
