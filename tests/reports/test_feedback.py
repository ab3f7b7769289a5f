"""The student's notebook with what was found below the cells that it speaks of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat

from grader.box.program import Cell, Place, Source
from grader.model import Report
from grader.reports import facts_of
from grader.reports.feedback import feedback
from grader.reports.files import write_pages
from tests.reports import specimens
from tests.reports.specimens import db_not_summed, exercise, report

CELLS = (Cell("import numpy as np", 2), Cell("class Affine: ...", 12), Cell("x = 1", 13))
NOTEBOOK = Source("layers.ipynb", CELLS, True, prose=(Cell("# Layers", 1), Cell("The affine layer", 11)))


def cells(found: Report) -> list[tuple[str, str]]:
    book = nbformat.reads(feedback(found), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(book)
    return [(cell.cell_type, cell.source) for cell in book.cells]


def test_findings_stand_below_their_cell_and_the_rest_is_as_it_was() -> None:
    opening, *rest = cells(report("s1", exercise("Affine", db_not_summed()), sources=(NOTEBOOK,)))
    assert opening[1].startswith("Score: 195 of 200 points.")
    assert [text for _, text in rest[:4]] == [
        "# Layers",
        "import numpy as np",
        "The affine layer",
        CELLS[1].text,
    ]
    kind, told = rest[4]
    assert kind == "markdown"
    assert told.startswith("> **Affine** (line 18): db is summed over the batch – **Failed**")
    assert "Compare the shape of b with the shape of your db" in told
    assert rest[5:] == [("code", "x = 1")]


def test_checks_that_found_the_same_are_told_together() -> None:
    shapes = replace(db_not_summed(), name="has_right_shapes", title="All have the right shape", diagnoses=())
    told = cells(report("s1", exercise("Affine", shapes, db_not_summed()), sources=(NOTEBOOK,)))[5][1]
    assert "All have the right shape – **Failed**; db is summed over the batch – **Failed**" in told
    assert told.count("db\\.shape") == 1
    assert told.count("Compare the shape of b") == 1


def test_a_notebook_without_findings_has_its_own_cells_alone() -> None:
    assert [text for _, text in cells(report("s1", sources=(NOTEBOOK,)))[1:]] == [
        *("# Layers", "import numpy as np", "The affine layer", "class Affine: ...", "x = 1")
    ]


def test_what_is_in_no_cell_is_told_above() -> None:
    elsewhere = replace(db_not_summed(), place=Place("other.py", 3))
    unwritten = exercise("Relu", replace(specimens.untouched("Relu").checks[0], place=None))
    found = report("s1", unwritten, exercise("Affine", elsewhere), sources=(NOTEBOOK,))
    opening, *rest = cells(found)
    assert "> **Relu**: it is defined – **Missing**" in opening[1]
    assert opening[1].count("Relu") == 2
    assert "> **Affine** (other\\.py\\, line 3)" in opening[1]
    assert len(rest) == len(CELLS) + 2


def test_nothing_hidden_and_nothing_hostile_is_in_it() -> None:
    found = specimens.struggling()
    told = "".join(text for kind, text in cells(found) if kind == "markdown")
    assert specimens.SECRET not in feedback(found)
    assert str(specimens.SECRET_NUMBER) not in feedback(found)
    assert "<script>" not in told
    assert "\\<script\\>alert\\(1\\)" in told


def test_the_same_report_gives_the_same_bytes() -> None:
    found = report("s1", exercise("Affine", db_not_summed()), sources=(NOTEBOOK,))
    assert feedback(found) == feedback(found)


def test_a_module_has_no_notebook(tmp_path: Path) -> None:
    facts = facts_of(specimens.class_report())
    write_pages(tmp_path, report("s1", sources=(NOTEBOOK,)), facts)
    write_pages(tmp_path, report("s1", sources=(replace(NOTEBOOK, notebook=False),)), facts)
    write_pages(tmp_path, report("s2", sources=(NOTEBOOK,)), facts)
    assert sorted(path.name for path in (tmp_path / "students").iterdir()) == [
        "s1.html",
        "s2.html",
        "s2.ipynb",
    ]
