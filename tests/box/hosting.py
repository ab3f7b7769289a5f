"""Submissions for the tests of loading: files written as text, loaded in this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from grader.box.host import Host
from grader.box.program import (
    Cell,
    Definition,
    Expr,
    Job,
    Loaded,
    Outcome,
    Place,
    Source,
    Step,
    Value,
    Wanted,
)

SOFTMAX = Wanted("softmax", "function")
RELU = Wanted("Relu", "class", ("ReLU",), ("forward", "backward"))
AFFINE = Wanted("Affine", "class", (), ("forward", "backward"))
LOSS = Wanted("SoftmaxWithLoss", "class", (), ("forward", "backward"))
ALL = (SOFTMAX, RELU, AFFINE, LOSS)

Files = Mapping[str, str | list[str]]


def source(path: str, text: str | list[str]) -> Source:
    """A module from a text, a notebook from a list of code cells (every second cell is prose)."""
    if isinstance(text, str):
        return Source(path, (Cell(text),))
    return Source(path, tuple(Cell(cell, 2 * i + 2) for i, cell in enumerate(text)), notebook=True)


class Box:
    """A host with what its statements were."""

    def __init__(self, files: Files, wanted: Sequence[Wanted], lent: Mapping[str, str] | None) -> None:
        self.ran: list[tuple[int, Place]] = []
        self.told: list[tuple[int, Place]] = []
        sources = tuple(source(path, text) for path, text in files.items())
        self.host = Host("/sub", sources, tuple(wanted), lent or {}, self._runs)

    def _runs(self, ordinal: int, place: Place, passing: bool) -> None:
        self.ran.append((ordinal, place))
        if not passing:
            self.told.append((ordinal, place))

    def load(self, *skip: int) -> Loaded:
        return self.host.load(frozenset(skip))

    def outcome(self, expr: Expr, *arrays: object) -> Outcome:
        """What becomes of one expression."""
        job = Job((Step("it", expr),), tuple(np.asarray(array) for array in arrays))
        return self.host.run(job).outcomes["it"]

    def value(self, expr: Expr, *arrays: object) -> object:
        """The plain value of one expression."""
        outcome = self.outcome(expr, *arrays)
        assert isinstance(outcome, Value), outcome
        value = outcome.value
        return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value

    def call(self, name: str, *args: object) -> object:
        """What the function `name` gives for plain arguments."""
        return self.value(["call", ["exercise", name], *(["value", arg] for arg in args)])


@contextmanager
def box(
    files: Files | str | list[str], wanted: Sequence[Wanted] = ALL, lent: Mapping[str, str] | None = None
) -> Iterator[Box]:
    """A submission; a lone text is ``layers.py``, a list of cells ``layers.ipynb``."""
    if isinstance(files, str):
        files = {"layers.py": files}
    elif isinstance(files, list):
        files = {"layers.ipynb": files}
    made = Box(files, wanted, lent)
    try:
        yield made
    finally:
        made.host.close()


def definition(loaded: Loaded, name: str) -> Definition:
    """What was found for one exercise."""
    return next(one for one in loaded.definitions if one.exercise == name)


def functions(*names: str) -> tuple[Wanted, ...]:
    """Exercises that are functions."""
    return tuple(Wanted(name, "function") for name in names)
