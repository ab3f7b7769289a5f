"""Classes of any size, made of what an assignment ships: right, wrong in the ways of its mutants, begun, broken.

The same seed makes the same students, and a larger class begins with the students of a smaller one. No two hand in the
same, and none hangs: a time limit would then be all that is measured.
"""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jupytext
import numpy as np

from benchmarks.figures import ROOT
from grader import course, fakes
from grader.release.cells import in_language
from grader.release.notebook import METADATA
from grader.release.starter import MARKER, starter_module

SEED = 8

# How many of a hundred students hand in what.
SHARES = {"right": 40, "in own style": 10, "wrong": 38, "unfinished": 6, "starter": 2, "broken": 4}
NOTEBOOKS = 70

_EXPECTED = re.compile(r"^# expect: (\w+)\.", re.MULTILINE)

# Ways to hand in what cannot be graded as it stands.
_BROKEN = ("bracket missing", "ends itself", "raises when loaded", "cut off")


@dataclass(frozen=True)
class Cell:
    """A cell of a hand-in: prose or code, and the exercise that it is the place of."""

    text: str
    exercise: str = ""
    prose: bool = False


@dataclass(frozen=True)
class Student:
    """One hand-in. `kind` is one of SHARES."""

    name: str
    kind: str
    cells: tuple[Cell, ...]
    notebook: bool = True
    cut_off: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.ipynb" if self.notebook else f"{self.name}.py"

    @property
    def code(self) -> list[str]:
        """The text of each cell that is code."""
        return [cell.text for cell in self.cells if not cell.prose]

    @property
    def data(self) -> bytes:
        """The file's content."""
        whole = self._as_notebook() if self.notebook else self._as_module()
        return whole[: len(whole) * 2 // 3] if self.cut_off else whole

    def _as_module(self) -> bytes:
        return "\n\n\n".join(self.code).encode() + b"\n"

    def _as_notebook(self) -> bytes:
        made = [as_cell(cell, number) for number, cell in enumerate(self.cells)]
        return notebook(made)


@dataclass(frozen=True)
class Shipped:
    """What hand-ins of an assignment are made of: its cells, solved and not, and ways to be wrong and right."""

    solved: tuple[Cell, ...]
    starter: tuple[Cell, ...]
    mutants: tuple[tuple[str, str], ...]
    variants: tuple[tuple[frozenset[str], str], ...]

    @property
    def exercises(self) -> list[str]:
        return [cell.exercise for cell in self.solved if cell.exercise]


@functools.cache
def shipped(name: str = "layers") -> Shipped:
    """Everything that the course's assignment of this name ships."""
    own = course.find(ROOT)
    assignment, folder = own.load(name), own.folder(name)
    text = own.reference(name).cells[0].text
    names = set(assignment.by_name)
    mutants = [path.read_text("utf-8") for path in sorted((folder / "mutants").glob("*.py"))]
    variants = [path.read_text("utf-8") for path in sorted((folder / "variants").glob("*.py"))]
    return Shipped(
        _cells(_without_markers(in_language(text, "en")), names),
        _cells(starter_module(text), names),
        tuple((found[1], one) for one in mutants if (found := _EXPECTED.search(one)) and found[1] in names),
        tuple((frozenset(fakes.meant(assignment, one)), one) for one in variants),
    )


def as_cell(cell: Cell, number: int) -> dict[str, Any]:
    """A cell as it stands in the file of a notebook."""
    own = {"id": f"cell-{number}", "metadata": {}, "source": cell.text.splitlines(keepends=True)}
    if cell.prose:
        return {"cell_type": "markdown", **own}
    return {"cell_type": "code", **own, "execution_count": None, "outputs": []}


def notebook(cells: Sequence[Mapping[str, Any]]) -> bytes:
    """A notebook's file."""
    return json.dumps({"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}).encode()


def students(count: int, seed: int = SEED, name: str = "layers") -> Iterator[Student]:
    """A class. Each student is drawn alone, from the seed and a number."""
    stock = shipped(name)
    for number in range(count):
        yield drawn(stock, number, seed)


def drawn(
    stock: Shipped, number: int, seed: int = SEED, *, kind: str = "", label: int | None = None
) -> Student:
    """The student of a number, of a kind where it is given. `label` makes the same student another one."""
    rng = np.random.default_rng([seed, number])
    shares = np.array([*SHARES.values()]) / sum(SHARES.values())
    chosen = str(rng.choice([*SHARES], p=shares))
    is_notebook = bool(rng.integers(100) < NOTEBOOKS)
    one = _KINDS[kind or chosen](stock, rng)
    shown = number if label is None else label
    own = _numbered(one.cells, shown)
    return replace(one, name=f"s{shown:05}", kind=kind or chosen, cells=own, notebook=is_notebook)


def write(folder: Path, count: int, seed: int = SEED, name: str = "layers") -> Path:
    """Writes a class into a folder that is made, one file a student; returns the folder."""
    folder.mkdir(parents=True)
    for student in students(count, seed, name):
        (folder / student.file).write_bytes(student.data)
    return folder


def _right(stock: Shipped, _rng: np.random.Generator) -> Student:
    return Student("", "", stock.solved)


def _in_own_style(stock: Shipped, rng: np.random.Generator) -> Student:
    """What a variant defines stands in one cell, below all others."""
    defined, text = stock.variants[rng.integers(len(stock.variants))]
    kept = [cell for cell in stock.solved if cell.exercise not in defined]
    return Student("", "", (*kept, Cell(text)))


def _wrong(stock: Shipped, rng: np.random.Generator) -> Student:
    """One to three exercises are a mutant's."""
    chosen = rng.choice(len(stock.mutants), size=int(rng.integers(1, 4)), replace=False)
    return Student("", "", _with(stock.solved, dict(stock.mutants[number] for number in chosen)))


def _unfinished(stock: Shipped, rng: np.random.Generator) -> Student:
    """Some exercises, not less than two and not all, are as they were handed out."""
    names = stock.exercises
    left = rng.choice(names, size=int(rng.integers(2, len(names))), replace=False)
    stubs = {cell.exercise: cell.text for cell in stock.starter}
    return Student("", "", _with(stock.solved, {str(name): stubs[str(name)] for name in left}))


def _starter(stock: Shipped, _rng: np.random.Generator) -> Student:
    return Student("", "", stock.starter)


def _broken(stock: Shipped, rng: np.random.Generator) -> Student:
    way = str(rng.choice(_BROKEN))
    name = str(rng.choice(stock.exercises))
    text = next(cell.text for cell in stock.solved if cell.exercise == name)
    if way == "bracket missing":
        return Student("", "", _with(stock.solved, {name: text.replace(")", "", 1)}))
    if way == "ends itself":
        return Student("", "", _with(stock.solved, {name: f"{text}\n\n\nraise SystemExit(1)"}))
    if way == "raises when loaded":
        return Student("", "", _with(stock.solved, {name: f"print(undefined)\n\n\n{text}"}))
    return Student("", "", stock.solved, cut_off=True)


_KINDS = {
    "right": _right,
    "in own style": _in_own_style,
    "wrong": _wrong,
    "unfinished": _unfinished,
    "starter": _starter,
    "broken": _broken,
}


def _with(cells: tuple[Cell, ...], own: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(replace(cell, text=own.get(cell.exercise, cell.text)) for cell in cells)


def _numbered(cells: tuple[Cell, ...], number: int) -> tuple[Cell, ...]:
    """A statement of the student's own in the first cell of code: no two hand-ins are alike, comments aside."""
    first = next(place for place, cell in enumerate(cells) if not cell.prose)
    own = replace(cells[first], text=f"{cells[first].text}\n\nstudent_number = {number}")
    return (*cells[:first], own, *cells[first + 1 :])


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not MARKER.search(line))


def _cells(text: str, names: set[str]) -> tuple[Cell, ...]:
    parsed = jupytext.reads(text, fmt="py:percent").cells
    return tuple(_cell(one.source, one.cell_type == "markdown", names) for one in parsed)


def _cell(text: str, prose: bool, names: set[str]) -> Cell:
    defined = [] if prose else [getattr(node, "name", "") for node in ast.parse(text).body]
    return Cell(text, next((name for name in defined if name in names), ""), prose)
