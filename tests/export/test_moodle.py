from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.export import Scale, fill_moodle, sheet
from grader.export.moodle import comment
from tests.export import classes
from tests.reports import specimens

TWENTY = Scale(Fraction(20), Fraction(1, 2))
CLASS = classes.of(
    classes.wrong("1234567"),  # 19.5 of 20
    classes.submission("ada@uni.edu", score=150.0),
    classes.submission("x", "张伟", score=0.0),
    classes.submission("nobody"),
    classes.unjudged("7654321"),
)
PEOPLE = [
    ("1234567", "Bo O'Neil", "K1", "bo@uni.edu"),
    ("1234568", "Lovelace, Ada", "K2", "ada@uni.edu"),
    ("1234569", "张伟", "K3", "zw@uni.edu"),
    ("7654321", "Ours", "K4", "ours@uni.edu"),
    ("7654322", "=Else", "K5", "else@uni.edu"),
]
ENGLISH = (
    "Participant ",
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments",
    "20.00",
)
GERMAN = (
    "Teilnehmer/in",
    "ID,Vollständiger Name,ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
    "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar",
    "20,00",
)
CHINESE = (
    "参与人",
    "标识符,全名,学号,电子邮件地址,状态,成绩,最高分,允许更改成绩,上次修改（作业）,上次修改（评分）,反馈意见",
    "20.00",
)
LANGUAGES = pytest.mark.parametrize("language", [ENGLISH, GERMAN, CHINESE], ids=["en", "de", "zh_cn"])
GRADE, FEEDBACK = 5, 10


def worksheet(
    language: tuple[str, str, str], end: str = "\n", mark: str = "", filled: Sequence[tuple[str, str]] = ()
) -> bytes:
    """As Moodle writes it: quoted where a cell holds a space, a comma or a quotation mark.

    `filled` holds grades and comments of the first people.
    """
    word, header, top = language
    lines = [header]
    for row, person in enumerate(PEOPLE):
        number, name, key, email = person
        grade, told = filled[row] if row < len(filled) else ("", "")
        cells = [
            f"{word}{number}",
            name,
            key,
            email,
            "Submitted for grading",
            grade,
            top,
            "Yes",
            '-,"',
            "-",
            told,
        ]
        quoted = [
            '"{}"'.format(cell.replace('"', '""')) if set(cell) & set(' ,"') else cell for cell in cells
        ]
        lines.append(",".join(quoted))
    return f"{mark}{end.join(lines)}{end}".encode()


def columns(data: bytes, *which: int) -> list[list[str]]:
    """Read by the standard library."""
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    return [[row[index] for index in which] for row in rows[1:]]


@LANGUAGES
@pytest.mark.parametrize(("end", "mark"), [("\n", ""), ("\r\n", "\ufeff")])
def test_only_grades_and_comments_change(language: tuple[str, str, str], end: str, mark: str) -> None:
    graded = zip(CLASS.submissions, (f"19{language[2][2]}5", "15", "0"), strict=False)
    expected = [(grade, comment(one, CLASS, TWENTY)) for one, grade in graded]
    filled = fill_moodle(worksheet(language, end, mark), CLASS, TWENTY).data
    assert filled == worksheet(language, end, mark, expected)


@LANGUAGES
def test_grades_have_the_decimal_mark_of_the_file(language: tuple[str, str, str]) -> None:
    filled = fill_moodle(worksheet(language), CLASS, TWENTY).data
    mark = language[2][2]
    assert columns(filled, GRADE) == [[f"19{mark}5"], ["15"], ["0"], [""], [""]]
    assert filled.count(b'"19,5"') == (mark == ",")


def test_everybody_without_a_grade_is_named() -> None:
    assert fill_moodle(worksheet(GERMAN), CLASS, TWENTY).notes == (
        "Written to 'Bewertung': 3 grades",
        "Not judged whole, by our fault, so no grade is written: 7654321",
        "Found in the worksheet by name, since no id fits: x (张伟)",
        "Not found in the worksheet, nothing is written for: nobody",
        "In the worksheet without results, left as it was: =Else (Teilnehmer/in7654322)",
    )


def test_a_comment_says_what_to_mend() -> None:
    ((told,), *_) = columns(fill_moodle(worksheet(ENGLISH), CLASS, TWENTY).data, FEEDBACK)
    assert told == (
        '<div class="backprop-grader">Score: 19.5 / 20<br>Affine: db is summed over the batch – Failed. '
        "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)] "
        "Compare the shape of b with the shape of your db.</div>"
    )


def test_what_somebody_wrote_is_kept_and_ours_replaced() -> None:
    book = sheet.read(worksheet(ENGLISH))
    data = book.changed({(1, FEEDBACK): '<p>Well argued, "Bo"</p>'}).data()
    once = fill_moodle(data, CLASS, Scale(Fraction(20), Fraction(1))).data
    twice = fill_moodle(once, CLASS, TWENTY).data
    ((told,), *_) = columns(twice, FEEDBACK)
    assert told.startswith('<p>Well argued, "Bo"</p><div class="backprop-grader">Score: 19.5 / 20<br>')
    assert told.count("<div") == 1
    assert fill_moodle(twice, CLASS, TWENTY).data == twice


def test_a_worksheet_without_comments_gets_grades() -> None:
    data = worksheet(ENGLISH).replace(b",Feedback comments", b",Feedback files")
    filled = fill_moodle(data, CLASS, TWENTY)
    assert columns(filled.data, GRADE, FEEDBACK)[0] == ["19.5", ""]
    assert "It has no column for comments: only grades are written" in filled.notes


def test_other_languages_by_the_names_of_their_columns() -> None:
    data = worksheet(
        ("Osallistuja", "Tunniste,Nimi,Nro,Posti,Tila,Arvosana,Maksimi,Voi,Pal,Arv,Kommentit", "20,00")
    )
    with pytest.raises(UsageError, match="name it with --column: 'Tunniste', 'Nimi'"):
        fill_moodle(data, CLASS, TWENTY)
    filled = fill_moodle(data, CLASS, TWENTY, "Arvosana", "Kommentit").data
    assert [row[0] for row in columns(filled, GRADE)] == ["19.5", "", "", "", ""]
    assert columns(filled, FEEDBACK)[0][0].startswith("<div")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("20.00", "100.00", "full score is 100, but grades are exported out of 20: set scale = 100"),
        ("Grade,Maximum Grade", "Grade,Scale", "words of a scale"),
        (",Grade,", ",Points,", "no column 'grade' in a language known here"),
        ("Participant 1234568", "Ada", "row 3: 'Identifier' holds no participant's number"),
    ],
)
def test_another_file_is_told_and_not_filled(old: str, new: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        fill_moodle(worksheet(ENGLISH).replace(old.encode(), new.encode()), CLASS, TWENTY)


class Tags(HTMLParser):
    """The tags of a text of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.found.add(tag)


def test_no_text_of_a_submission_is_markup_or_a_formula() -> None:
    judged = [one for one in specimens.class_report().submissions if Scale().grade(one, CLASS) is not None]
    report = classes.of(
        *(replace(one, student=f"K{i}", note=one.note or "<img src=x>") for i, one in enumerate(judged))
    )
    rows = [f"Participant {i},,K{i},,,,,,,," for i in range(len(judged))]
    filled = fill_moodle("\n".join([ENGLISH[1], *rows]).encode(), report, Scale()).data
    comments = [row[0] for row in columns(filled, FEEDBACK)]
    assert len(comments) == len(judged) == 7
    assert all(text.startswith("<div") and Tags(text).found <= {"div", "br"} for text in comments)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=10), min_size=1, max_size=4))
def test_whatever_else_is_in_it_stays(others: list[str]) -> None:
    rows = [
        [f"Participant {i}", text, f"K{i}", text, text, "", "20", text, text, text, ""]
        for i, text in enumerate(others)
    ]
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([ENGLISH[1].split(","), *rows])
    report = classes.of(*(classes.wrong(f"K{index}") for index in range(len(others))))
    filled = fill_moodle(text.getvalue().encode(), report, TWENTY).data
    kept = [index for index in range(11) if index not in (GRADE, FEEDBACK)]
    assert columns(filled, *kept) == [[row[index] for index in kept] for row in rows]
