from __future__ import annotations

import codecs
import importlib.util
import pickle
import re
from zipfile import ZIP_STORED

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableSubmission
from grader.submissions.text import decode
from tests.submissions.making import zipped

CHINESE = "# 作业六：反向传播\nx = 1\n"


def test_utf8_is_read_without_a_note() -> None:
    assert decode(CHINESE.encode(), "a.py", module=True) == (CHINESE, ())


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    ],
)
def test_a_byte_order_mark_decides_and_is_noted(mark: bytes, encoding: str, name: str) -> None:
    text, notes = decode(mark + CHINESE.encode(encoding), "a.py", module=True)
    assert text == CHINESE
    assert notes == (f"a.py begins with the byte order mark of {name}; it was left out.",)


@pytest.mark.parametrize(
    ("cookie", "encoding"),
    [
        ("# -*- coding: gbk -*-", "gb18030"),
        ("# coding=gb2312", "gb18030"),
        ("#!/usr/bin/python\n# vim: set fileencoding=big5 :", "big5"),
        ("\n# coding: shift_jis", "shift_jis"),
        ("# coding: utf-8-unix", "utf-8"),
        ("# -*- coding: utf-8-sig -*-", "utf-8"),
    ],
)
def test_the_coding_line_is_followed_without_a_note(cookie: str, encoding: str) -> None:
    text = f"{cookie}\nname = '中文'\n"
    assert decode(text.encode(encoding), "a.py", module=True) == (text, ())


def test_latin_1_is_read_only_when_the_file_says_so() -> None:
    body = "caf\xe9 = 1\n"
    text = f"# coding: latin-1\n{body}"
    assert decode(text.encode("latin-1"), "a.py", module=True) == (text, ())
    with pytest.raises(UnreadableSubmission, match=r"a\.py is in an unknown encoding; save it as UTF-8"):
        decode(body.encode("latin-1"), "a.py", module=True)


def test_a_coding_line_counts_in_the_first_two_lines_of_a_module_only() -> None:
    text = "import x\n# coding: big5\nname = '中文'\n"
    assert decode(text.encode(), "a.py", module=True) == (text, ())
    third = "#\n#\n# coding: no-such\n"
    assert decode(third.encode(), "a.py", module=True) == (third, ())
    first = "# coding: no-such\n"
    assert decode(first.encode(), "a.ipynb") == (first, ())


@pytest.mark.parametrize(
    "cookie", ["no-such", "rot13", "hex", "zlib", "idna", "unicode_escape", "utf-7", "ascii"]
)
def test_a_coding_line_that_does_not_fit_is_noted_and_not_used(cookie: str) -> None:
    text = f"# coding: {cookie}\nname = '中文'\n"
    got, notes = decode(text.encode(), "a.py", module=True)
    assert got == text
    assert [cookie in note and "a.py" in note for note in notes] == [True]


def test_gb18030_is_the_last_resort_and_noted() -> None:
    text, notes = decode(CHINESE.encode("gb18030"), "作业.py", module=True)
    assert text == CHINESE
    assert notes == ("作业.py is not UTF-8; it was read as GB18030.",)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_made_uniform_and_noted(end: str) -> None:
    text, notes = decode(CHINESE.replace("\n", end).encode(), "a.py")
    assert text == CHINESE
    assert notes == ("Line ends of a.py were made uniform.",)


def test_nul_bytes_are_refused() -> None:
    with pytest.raises(UnreadableSubmission, match=r"a\.py is no text \(it holds NUL bytes\)"):
        decode(b"x = 1\0\n", "a.py", module=True)
    with pytest.raises(UnreadableSubmission, match="NUL"):
        decode(codecs.BOM_UTF32_LE + "x = 1".encode("utf-32-le"), "a.py", module=True)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4\n", "a PDF"),
        (zipped({"a.py": "x = 1"}), "a zip archive"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "a Word document"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel document"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, ZIP_STORED), "an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
        (b"{\\rtf1\\ansi", "a text document (RTF)"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"BM\x36\0\x0c\0\0\0\0\0\x36", "a picture"),
        (b"RIFF\0\0\0\0WEBP", "a picture, film or sound"),
        (b"\0\0\0\x18ftypheic", "a picture, film or sound"),
        (b"Rar!\x1a\x07\0", "an archive (RAR)"),
        (b"\x93NUMPY\x01\0", "an array file of NumPy"),
        (pickle.dumps([1]), "a pickle"),
        (importlib.util.MAGIC_NUMBER, "compiled Python"),
        (b"\x7fELF\x02", "a program"),
    ],
)
def test_what_is_no_text_is_named(head: bytes, kind: str) -> None:
    with pytest.raises(UnreadableSubmission) as told:
        decode(head + b"rest", "a.ipynb")
    assert str(told.value) == f"a.ipynb is {kind}, not a notebook; hand in the .py or .ipynb file."
    with pytest.raises(UnreadableSubmission, match=f"is {re.escape(kind)}, not Python;"):
        decode(head + b"rest", "a.py", module=True)


@pytest.mark.parametrize("text", ["BM = 1\n\n\n", "GIF = 1", "MZ = 2", "{}", "RIFF = 1", "PK = 3", "II = 4"])
def test_text_is_not_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode(), "a.py", module=True) == (text, ())


def test_an_odd_number_of_bytes_of_utf16_is_refused() -> None:
    with pytest.raises(UnreadableSubmission, match=r"encoding|NUL"):
        decode(codecs.BOM_UTF16_LE + b"x\0y", "a.py", module=True)


@given(st.binary(max_size=200), st.sampled_from([b"", codecs.BOM_UTF16_LE, b"# coding: "]), st.booleans())
def test_bytes_become_clean_text_or_a_sentence(data: bytes, head: bytes, module: bool) -> None:
    try:
        text, _ = decode(head + data, "a.py", module)
    except UnreadableSubmission:
        return
    text.encode()
    assert not {"\0", "\r"} & set(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_every_utf8_text_comes_back(text: str) -> None:
    data = text.encode()
    if not data.startswith((codecs.BOM_UTF8, b"%PDF-", b"PK\x03\x04")):
        assert decode(data, "a.ipynb") == (text, ())
