from __future__ import annotations

import codecs
import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.export import sheet

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
# The standard library's writer leaves a lone carriage return unquoted where lines end otherwise.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


@given(st.text(st.sampled_from('ab,;\t" \r\n\u00e9\u7532'), max_size=40), st.booleans())
def test_a_file_comes_back_byte_for_byte(text: str, marked: bool) -> None:
    data = codecs.BOM_UTF8 * marked + text.encode()
    try:
        book = sheet.read(data)
    except UsageError as error:
        assert "quotation mark" in str(error) or "empty" in str(error)  # noqa: PT017
    else:
        assert book.data() == data


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4), st.sampled_from(",;\t"), ENDS
)
def test_values_are_those_that_were_written(rows: list[list[str]], delimiter: str, end: str) -> None:
    header = ["first", "second", "third"]
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([header, *rows])
    book = sheet.read(text.getvalue().encode())
    assert [book.values(row) for row in range(len(book.rows))] == [header, *rows]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4), ENDS, ANY, st.data())
def test_only_the_changed_cell_changes(
    rows: list[list[str]], end: str, new: str, data: st.DataObject
) -> None:
    text = StringIO()
    csv.writer(text, lineterminator=end).writerows([["first", "second", "third"], *rows])
    book = sheet.read(text.getvalue().encode())
    row, column = data.draw(st.integers(1, len(rows))), data.draw(st.integers(0, 2))
    changed = sheet.read(book.changed({(row, column): new}).data())
    assert changed.values(row)[column] == new
    for index, (before, after) in enumerate(zip(book.rows, changed.rows, strict=True)):
        kept = [c for c in range(len(before.cells)) if (index, c) != (row, column)]
        assert [before.cells[c] for c in kept] == [after.cells[c] for c in kept]
        assert before.end == after.end


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('a,"5,0",c', "7,5", 'a,"7,5",c'),
        ('a,"5",c', "7", 'a,"7",c'),
        ("a,5,c", "7", "a,7,c"),
        ("a,,c", 'say "x"', 'a,"say ""x""",c'),
        ("a", "7", "a,7"),
        ("a,,c", "two\nlines", 'a,"two\nlines",c'),
    ],
)
def test_a_cell_is_quoted_where_it_was_and_where_it_must_be(old: str, new: str, line: str) -> None:
    book = sheet.read(f"x,y,z\n{old}".encode())
    assert book.changed({(1, 1): new}).data().decode() == f"x,y,z\n{line}"


def test_files_of_excel_in_chinese_are_read() -> None:
    data = "姓名,成绩\r\n张伟,\r\n".encode("gb18030")
    book = sheet.read(data)
    assert book.values(1) == ["张伟", ""]
    assert book.changed({(1, 1): "88"}).data() == "姓名,成绩\r\n张伟,88\r\n".encode("gb18030")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\xff\xfea\x00,\x00", "neither UTF-8 nor"),
        (b'a,b\n1,"x\n', "row 2: a quotation mark is never closed"),
        (b'a,b\n"a""b,1\n', "row 2: a quotation mark is never closed"),
    ],
)
def test_anything_else_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        sheet.read(data)
