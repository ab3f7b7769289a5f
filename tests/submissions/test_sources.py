from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.box.program import Cell, Source
from grader.errors import UnreadableSubmission
from grader.submissions import File, NothingHandedIn, Submission, sources
from tests.submissions.making import notebook

CODE = "import numpy as np\n"


def read(**files: str | bytes) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """`sources` of files, whose names have a double underscore for the dot."""
    return sources_of({name.replace("__", "."): data for name, data in files.items()})


def sources_of(files: dict[str, str | bytes]) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    raw = (File(path, data if isinstance(data, bytes) else data.encode()) for path, data in files.items())
    return sources(Submission("s001", tuple(raw), notes=("not repeated",)))


def test_modules_and_notebooks_are_sources_and_data_is_not() -> None:
    files: dict[str, str | bytes] = {
        "a.py": CODE,
        "d/作业6_2021.py": "x = 1",
        "layers(1).ipynb": notebook("y"),
        "w.npy": b"\0",
        "b.txt": "x",
    }
    assert sources_of(files) == (
        (
            Source("a.py", (Cell(CODE),)),
            Source("d/作业6_2021.py", (Cell("x = 1"),)),
            Source("layers(1).ipynb", (Cell("y", 1),), notebook=True),
        ),
        (),
    )


def test_endings_count_without_case() -> None:
    found, notes = read(A__PY=CODE, B__Ipynb=notebook("y"))
    assert [(source.path, source.notebook) for source in found] == [("A.PY", False), ("B.Ipynb", True)]
    assert notes == ()


@pytest.mark.parametrize("name", ["a.py.txt", "a.ipynb.txt", "a.ipynb.json"])
def test_endings_that_browsers_add_are_noted(name: str) -> None:
    is_notebook = "ipynb" in name
    (source,), notes = sources_of({name: notebook("y") if is_notebook else CODE})
    assert source == Source(name, (Cell("y", 1),) if is_notebook else (Cell(CODE),), is_notebook)
    assert notes == (f"{name} has an unusual ending; it was read as code all the same.",)


def test_json_is_a_source_only_when_it_is_a_notebook() -> None:
    found, notes = read(a__json=notebook("y"), b__json='{"rate": 0.1}', c__json="{", d__json=b"\xff\xff")
    assert [source.path for source in found] == ["a.json"]
    assert notes == ("a.json is a notebook by another name; it was read as one.",)


def test_a_notebook_called_py_is_read_as_one() -> None:
    (source,), notes = read(a__py=notebook("y"))
    assert source == Source("a.py", (Cell("y", 1),), notebook=True)
    assert notes == ("a.py is a notebook by another name; it was read as one.",)


@pytest.mark.parametrize("text", ['{"cells": 3}', "{'cells': [1]}\n", '{"cells": [}'])
def test_a_module_that_begins_like_a_notebook_stays_a_module(text: str) -> None:
    assert read(a__py=text) == ((Source("a.py", (Cell(text),)),), ())


@pytest.mark.parametrize("text", [CODE, "\n# title\nx = 1\n", "w = 3", "class A:\n  pass"])
def test_python_called_ipynb_is_read_as_a_module(text: str) -> None:
    (source,), notes = read(a__ipynb=text)
    assert source == Source("a.ipynb", (Cell(text),))
    assert notes == ("a.ipynb holds Python text, not a notebook; it was read as a module.",)


def test_every_mend_is_passed_on() -> None:
    _, notes = read(a__py="# 作业\r\n".encode("gb18030"), b__ipynb=notebook("x\r\ny"))
    assert notes == (
        "a.py is not UTF-8; it was read as GB18030.",
        "Line ends of a.py were made uniform.",
        "b.ipynb, cell 1: line ends were made uniform.",
    )


def test_what_cannot_be_read_is_left_out_beside_what_can() -> None:
    found, notes = read(a__py=CODE, b__ipynb=notebook("x")[:-3], c__py=b"x\0")
    assert [source.path for source in found] == ["a.py"]
    assert notes == (
        "Left out: b.ipynb is damaged or cut off at line 1; save the notebook again.",
        "Left out: c.py is no text (it holds NUL bytes); save it as UTF-8 text.",
    )


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"report.docx": b"PK"},
            r"The submission holds report\.docx only; hand in the \.py or \.ipynb file\.",
        ),
        ({"a.npy": b"", "b.pdf": b"", "c": b"", "d": b""}, r"holds a\.npy, b\.pdf, c and 1 more only"),
        ({"a.ipynb": b"{"}, r"a\.ipynb is damaged"),
        ({"a.ipynb": b"%PDF-1.4", "b.docx": b""}, r"a\.ipynb is a PDF, not a notebook"),
        ({"a.py": b"%PDF-1.4" + bytes(5 << 20)}, r"a\.py is a PDF, not Python"),
        ({"a.ipynb": b"hello"}, r"a\.ipynb is no notebook"),
        ({"a.py": b"#" * (4 * 2**20 + 1)}, "holds more than 4 MiB of code"),
        ({"a.ipynb": notebook("#" * (4 * 2**20 + 1)).encode()}, "holds more than 4 MiB of code"),
    ],
)
def test_nothing_readable_is_one_sentence(files: dict[str, str | bytes], sentence: str) -> None:
    with pytest.raises(UnreadableSubmission, match=sentence) as told:
        sources_of(files)
    assert not isinstance(told.value, NothingHandedIn)


def test_nothing_at_all_is_told_apart() -> None:
    with pytest.raises(NothingHandedIn, match="No file was handed in"):
        sources_of({})


def test_a_problem_of_the_submission_is_the_sentence() -> None:
    with pytest.raises(UnreadableSubmission, match=r"hw\.rar is") as told:
        sources(Submission("s001", (), problem="hw.rar is a RAR archive."))
    assert not isinstance(told.value, NothingHandedIn)


def test_an_empty_module_is_a_source() -> None:
    assert read(a__py="") == ((Source("a.py", (Cell(""),)),), ())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.py", "b.ipynb", "c.json", "d.ipynb.txt", "e"]),
            st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")),
        )
    )
)
def test_any_bytes_are_read_or_a_sentence(files: list[tuple[str, bytes]]) -> None:
    try:
        found, _ = sources(Submission("s", tuple(File(*file) for file in files)))
    except UnreadableSubmission as sentence:
        told = str(sentence)
    else:
        told = "".join(source.path for source in found)
    assert told
    assert "\n" not in told
