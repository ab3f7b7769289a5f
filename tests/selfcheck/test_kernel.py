"""The released notebooks in a real kernel: the cells that check them, run as a student runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from grader.course import Course
from grader.release import items_of
from grader.release.bundle import bundle
from grader.release.handout import files_of
from tests.courses import COURSE, ROOT, assignment
from tests.frozen.keys import NUMPY_ONLY, public_key
from tests.selfcheck.handouts import notebook, right, wrong


def released(name: str, course: Course = COURSE) -> list[dict[str, Any]]:
    """The cells of the notebook in a bundle."""
    files = bundle(files_of(course.folder(name), items_of(assignment(name))), public_key(name), None)
    notebook = json.loads(files[f"{name}.ipynb"])
    nbformat.validate(notebook)
    return list(notebook["cells"])


def opened(text: str) -> Any:
    """A notebook as nbclient takes it."""
    read: Any = nbformat.reads
    return read(text, as_version=4)


def executed(sources: list[str], folder: Path) -> list[list[Any]]:
    """The outputs of code cells, one after another in one kernel, in a folder where no key lies."""
    book = opened(notebook(*sources))
    client = NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"})
    return [cell.outputs for cell in book.cells]


def test_every_notebook_checks_itself(tmp_path: Path) -> None:
    sources: list[str] = []
    asked: list[int] = []
    keys: dict[str, str] = {}
    for name in NUMPY_ONLY:
        cells = ["".join(cell["source"]) for cell in released(name) if cell["cell_type"] == "code"]
        key, check = cells[-2:]
        keys[name] = key
        assert check == "grader.check_all()"
        # The starter as it is; then, over it, what is right.
        for text in ("\n".join(cells[:-2]), right(name)):
            sources += [text, key, check]
            asked.append(len(sources) - 1)
        sources.append("%reset -f")
    sources += [
        right("layers"),
        wrong("layers", "affine_db_not_summed"),
        keys["layers"],
        'grader.check("Affine")',
    ]
    outputs = executed(sources, tmp_path)
    shown = []
    for number in asked:
        (one,) = outputs[number]
        assert set(one.data) == {"text/plain", "text/html", "text/markdown"}
        shown.append(one.data["text/plain"])
    for begun, done in zip(shown[::2], shown[1::2], strict=True):
        assert "not written yet, 0 of" in begun
        assert "wrong" not in done + begun
        assert "not written" not in done
    (mistake,) = outputs[-1]
    assert "Compare the shape of b with the shape of your db." in mistake.data["text/plain"]
    assert f"at In[{len(sources) - 2}], line" in mistake.data["text/plain"]


def test_trouble_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    book = opened(notebook("import grader\ngrader.check('Relu')"))
    client = NotebookClient(
        book,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    (output,) = book.cells[0].outputs
    assert output.output_type == "error"
    assert "\n".join(output.traceback).startswith("grader: There is no public answer key")
    assert "Traceback" not in "\n".join(output.traceback)
