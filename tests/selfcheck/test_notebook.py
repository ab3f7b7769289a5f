"""``grader.check`` in a namespace: the same findings, and nothing changed by having asked."""

from __future__ import annotations

import base64
import linecache
import random
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grader
from grader.selfcheck import notebook as selfcheck
from grader.selfcheck.notebook import Result, Trouble
from tests.frozen.keys import NUMPY_ONLY, written
from tests.selfcheck.handouts import folder, right, starter, wrong


class Book:
    """A namespace that is filled cell by cell, as a notebook's is; their sources can be looked up."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", "In": [""]}

    def run(self, text: str) -> Any:
        """Runs a cell; what its last line gives, if that is an expression."""
        self.names["In"].append(text)
        file = f"<cell {id(self)} {len(self.names['In']) - 1}>"
        linecache.cache[file] = (len(text), None, [line + "\n" for line in text.split("\n")], file)
        exec(compile(text, file, "exec"), self.names)
        return self.names.get("_")

    def check(self, call: str) -> Result:
        result = self.run(f"import grader\n_ = grader.{call}")
        assert isinstance(result, Result)
        return result


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    monkeypatch.chdir(folder(tmp_path, "layers"))
    selfcheck._given.clear()
    yield Book()
    selfcheck._given.clear()


@pytest.mark.parametrize("name", NUMPY_ONLY)
def test_all_of_an_assignment(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder(tmp_path, name))
    book = Book()
    book.run(starter(name))
    begun = book.check("check_all()")
    assert not begun
    assert repr(begun).count("not written yet,") == len(begun._checkup.report.exercises)
    book.run(right(name))
    done = book.check("check_all()")
    assert (done.passed, "wrong" in repr(done)) == (True, False)
    assert "hidden cases, which may differ" in repr(done)
    capsys.readouterr()


def test_a_mistake_is_shown_in_three_ways(book: Book) -> None:
    book.run(right("layers"))
    book.run(wrong("layers", "affine_dw_transposed"))
    result = book.check('check("Affine")')
    text, page, prose = repr(result), result._repr_html_(), result._repr_markdown_()
    for said in (
        "Affine",
        "wrong",
        "dW is the right gradient of W",
        "failed",
        "Write the shapes next to each factor.",
    ):
        assert said in text
        assert said in page
        assert said in prose
    assert "at In[2], line" in text
    assert "got: dW" in page
    assert "<script" not in page
    assert "Relu" not in text


def test_what_was_written_may_be_given_itself(book: Book) -> None:
    book.run(right("layers"))
    assert book.check("check(Relu, 'sigmoid')").passed
    with pytest.raises(Trouble, match="There is no exercise Thing; there are softmax"):
        book.check("check('Thing')")
    with pytest.raises(Trouble, match="say which exercise"):
        book.check("check()")


def test_text_of_a_student_is_only_shown(book: Book) -> None:
    book.run(
        "class Relu:\n    def forward(self, x):\n        raise ValueError('<script>alert(1)</script>|*a*')\n"
    )
    result = book.check("check('Relu')")
    assert "<script>" not in result._repr_html_()
    assert "&lt;script&gt;" in result._repr_html_()
    assert "\\<script\\>" in result._repr_markdown_()


def test_the_notebook_is_left_as_it_was(book: Book) -> None:
    meddling = """
import random, sys, warnings
import numpy as np
weights = np.arange(6.0)
params = {"W": [np.ones((2, 3))]}
frozen = np.arange(3)
frozen.flags.writeable = False
rate = 0.1

class Relu:
    def forward(self, x):
        global rate, invented
        rate, invented = 5, 6
        weights[:] = -1
        params["W"][0] *= 2
        np.random.seed(0), random.seed(0)
        np.seterr(all="raise")
        warnings.simplefilter("error")
        print("noise")
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
"""
    book.run(meddling)
    before = dict(book.names)
    with np.errstate(divide="warn", over="ignore"), warnings.catch_warnings():
        random.seed(3)
        np.random.seed(3)  # the test is about the global generator
        wanted = random.getstate(), str(np.random.get_state()), np.geterr(), list(warnings.filters)
        assert book.check("check('Relu')").passed
        now = random.getstate(), str(np.random.get_state()), np.geterr(), list(warnings.filters)
    assert now == wanted
    assert book.names["weights"].tolist() == [0, 1, 2, 3, 4, 5]
    assert book.names["params"]["W"][0].tolist() == np.ones((2, 3)).tolist()
    assert book.names["rate"] == 0.1
    assert {name for name in book.names if book.names[name] is not before.get(name)} == {"grader", "_"}


def test_functions_that_read_globals_leave_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path, "eight_weights"))
    book = Book()
    book.run(right("eight_weights"))
    book.run("w1, keep = 'mine', 'this'")
    own = "def back_propagate(out_o1, out_o2, out_h1, out_h2):\n    d_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)\n"
    book.run(own + "    return [d_o1 * out_h1] * 8\n")
    assert not book.check("check('back_propagate')")
    assert (book.names["w1"], book.names["keep"], "y1" in book.names) == ("mine", "this", False)


def test_output_and_a_loop_are_kept_away(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.run("class Relu:\n    def forward(self, x):\n        print('noise')\n        return input('?')\n")
    assert "EOFError" in repr(book.check("check('Relu')"))
    assert capsys.readouterr() == ("", "")


def test_names_nearly_right_and_names_imported(book: Book) -> None:
    book.run(right("layers"))
    book.run("Sigmiod = Sigmoid\ndel Sigmoid")
    assert "we took Sigmiod for Sigmoid" in repr(book.check("check('Sigmoid')"))
    book.run("del Relu\nfrom collections import OrderedDict as Relu")
    assert "Relu is imported from collections, not written here" in repr(book.check("check('Relu')"))


def test_modules_of_ones_own_beside_the_notebook_count(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mylayers.py").write_text(right("layers"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(Path.cwd()))
    try:
        book.run("from mylayers import Relu")
        result = book.check("check('Relu')")
        assert result.passed
    finally:
        sys.modules.pop("mylayers", None)


def test_a_key_in_the_notebook_needs_no_file(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    book.run(right("layers"))
    with pytest.raises(Trouble, match="There is no public answer key") as caught:
        book.check("check_all()")
    assert caught.value._render_traceback_() == [f"grader: {caught.value}"]
    text = base64.b64encode(written("layers")).decode()
    book.names["text"] = f"\n{text[:50]}\n {text[50:]}\n"
    book.run("grader.use_key(text)")
    assert book.check("check_all()").passed
    for damaged in (text[:-40], "%", text.replace("A", "B")):
        book.names["text"] = damaged
        with pytest.raises(Trouble, match="key"):
            book.run("grader.use_key(text)")


def test_what_is_public_is_there_and_nothing_else() -> None:
    assert set(selfcheck.__dict__) >= {"check", "check_all", "use_key"}
    assert {"check", "check_all", "use_key", "__version__"} <= set(dir(grader))
    with pytest.raises(AttributeError, match="has no attribute 'chekc'"):
        grader.chekc  # noqa: B018
