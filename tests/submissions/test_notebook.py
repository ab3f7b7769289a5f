from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.box.program import Cell
from grader.errors import UnreadableSubmission
from grader.submissions.notebook import is_notebook, read_notebook
from tests.submissions.making import code, notebook

PROSE = {"cell_type": "markdown", "source": "# Title", "metadata": {}}
RAW = {"cell_type": "raw", "source": "x"}


def cells(text: str) -> list[Cell]:
    return list(read_notebook(text, "a.ipynb")[0])


def test_code_cells_are_counted_among_all_cells() -> None:
    text = notebook(PROSE, "x = 1", RAW, ["y = 2\n", "z = 3"])
    assert cells(text) == [Cell("x = 1", 2), Cell("y = 2\nz = 3", 4)]


def test_text_cells_are_counted_among_all_cells_too() -> None:
    text = notebook(PROSE, "x = 1", RAW, {**PROSE, "source": ["a\n", "b"]})
    assert read_notebook(text, "a.ipynb") == ((Cell("x = 1", 2),), (Cell("# Title", 1), Cell("a\nb", 4)), ())


def test_nbformat_3_has_worksheets_and_inputs() -> None:
    sheets = [
        {
            "cells": [
                {"cell_type": "heading", "source": "t"},
                {"cell_type": "code", "input": "x = 1", "language": "python"},
            ]
        },
        {"cells": [{"cell_type": "code", "input": ["y = 2\n", "z = 3"]}]},
        {"metadata": {}},
        "no sheet",
    ]
    book = json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": sheets})
    assert cells(book) == [Cell("x = 1", 2), Cell("y = 2\nz = 3", 3)]


def test_a_cell_that_lacks_its_type_is_code_when_it_has_what_code_has() -> None:
    assert cells(notebook({"source": "x", "outputs": []}, {"source": "y"})) == [Cell("x", 1)]


def test_lines_that_lost_their_ends_are_joined_as_lines() -> None:
    assert cells(notebook(["def f():", "    return 1"])) == [Cell("def f():\n    return 1", 1)]


@pytest.mark.parametrize("odd", [None, 7, "cell", [], ["x = 1"]])
def test_what_is_no_cell_is_counted_and_left_out(odd: Any) -> None:
    text = json.dumps({"cells": [odd, code("x = 1")]})
    assert cells(text) == [Cell("x = 1", 2)]


@pytest.mark.parametrize(("source", "text"), [(None, ""), (3, ""), ({"a": 1}, ""), (["x\n", 5, "y"], "x\ny")])
def test_a_source_of_the_wrong_type_is_noted(source: Any, text: str) -> None:
    got, _, notes = read_notebook(notebook("z", code(source)), "a.ipynb")
    assert got == (Cell("z", 1), Cell(text, 2))
    assert notes == ("a.ipynb, cell 2: what is no text was left out.",)


def test_a_code_cell_without_source_is_empty() -> None:
    assert read_notebook(notebook({"cell_type": "code"}), "a.ipynb") == ((Cell("", 1),), (), ())


def test_characters_that_no_file_can_hold_are_replaced_and_noted() -> None:
    got, _, notes = read_notebook(notebook("x\0 = '\ud800'"), "a.ipynb")
    assert got == (Cell("x = '\ufffd'", 1),)
    assert notes == ("a.ipynb, cell 1: characters that cannot be saved were replaced.",)


def test_line_ends_inside_cells_are_made_uniform_and_noted_once() -> None:
    got, _, notes = read_notebook(notebook("a\r\nb", ["c\r\n", "d"], "e\rf"), "a.ipynb")
    assert [cell.text for cell in got] == ["a\nb", "c\nd", "e\nf"]
    assert notes == ("a.ipynb, cell 1, 2, 3: line ends were made uniform.",)


def test_of_two_equal_keys_the_last_counts_as_in_jupyter() -> None:
    twice = '{"cells": [], "cells": [{"cell_type": "code", "source": "x = 0", "source": "x = 1"}]}'
    assert cells(twice) == [Cell("x = 1", 1)]


def test_numbers_that_json_does_not_know_do_no_harm() -> None:
    assert cells('{"a": [NaN, -Infinity], "cells": [{"cell_type": "code", "source": "x"}]}') == [Cell("x", 1)]


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "R", "name": "ir"}},
        {"kernelspec": {"name": "julia-1.9", "language": "julia"}},
        {"language_info": {"name": "R"}},
        {"kernelspec": {"name": "ir"}},
        {"kernelspec": {"name": "julia-1.9"}},
    ],
)
def test_a_notebook_for_another_language_is_told(metadata: dict[str, Any]) -> None:
    with pytest.raises(UnreadableSubmission, match=r"is a notebook for .*; hand in one for Python"):
        cells(notebook("x <- 1", metadata=metadata))


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "python", "name": "python3"}},
        {"kernelspec": {"name": "conda-env-r-py", "display_name": "R"}},
        {"kernelspec": {"language": "r"}, "language_info": {"name": "python"}},
        {"kernelspec": 5, "language_info": ["R"]},
        ["R"],
        None,
    ],
)
def test_a_notebook_that_may_be_python_is_read(metadata: Any) -> None:
    assert cells(notebook("x = 1", metadata=metadata)) == [Cell("x = 1", 1)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a.ipynb is empty"),
        (" \n", "a.ipynb is empty"),
        ("<!DOCTYPE html>\n<html>", "a.ipynb is a web page"),
        (notebook("x = 1")[:-5], "a.ipynb is damaged or cut off at line 1"),
        ("[1, 2]", "a.ipynb is no notebook"),
        ('"text"', "a.ipynb is no notebook"),
        ("hello", "a.ipynb is no notebook"),
        ("{}", r"a.ipynb is no notebook \(it has no cells\)"),
        ('{"cells": {"0": {}}}', "it has no cells"),
        ('{"cells": null, "worksheets": 3}', "it has no cells"),
        ('{"cells": ' + "[" * 100_000, "nested too deeply"),
        ('{"cells": [], "big": ' + "9" * 5000 + "}", "a.ipynb is no notebook"),
        ('{"cells": [' + "[]," * 300_001, "too much data; clear its outputs"),
        ('{"cells": [' + "1," * 1_500_001, "too much data; clear its outputs"),
    ],
)
def test_what_is_no_notebook_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableSubmission, match=sentence):
        read_notebook(text, "a.ipynb")


def test_a_notebook_is_known_by_its_cells() -> None:
    assert is_notebook(notebook("x"))
    assert is_notebook('\n{"worksheets": []}')
    assert not is_notebook('{"cells": 3}')
    assert not is_notebook("{'cells': [1]}")
    assert not is_notebook('{"layers": []}')
    assert not is_notebook('x = {"cells": []}')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: (
        st.lists(inside)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "source", "cell_type", "metadata", "outputs", "kernelspec", "language"]
            ),
            inside,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_any_json_is_read_or_a_sentence(tree: Any) -> None:
    for text in (
        json.dumps(tree),
        notebook(code(tree), tree if isinstance(tree, dict) else "x", metadata=tree),
    ):
        try:
            got, _, _ = read_notebook(text, "a.ipynb")
        except UnreadableSubmission:
            continue
        for cell in got:
            cell.text.encode()


@given(st.text())
def test_any_text_is_read_or_a_sentence(text: str) -> None:
    try:
        read_notebook(text, "a.ipynb")
    except UnreadableSubmission as sentence:
        told = str(sentence)
    else:
        told = "a.ipynb"
    assert told.startswith("a.ipynb")
