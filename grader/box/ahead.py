"""What most submissions hold, cells of the handout, is read before there is any of them."""

from __future__ import annotations

from collections.abc import Sequence

from . import mend
from .flags import flags
from .loader import compile_ahead
from .program import Cell, Source
from .units import parse


def read_ahead(texts: Sequence[str]) -> None:
    """Parses and compiles the cells of a notebook, and looks through them: a cell like one of these is known already,
    in whatever file of a submission it stands."""
    for text in texts:
        mend.keep(text)
    cells = tuple(Cell(text, number) for number, text in enumerate(texts, 1))
    units, _ = parse("", (Source("", cells, notebook=True),))
    flags(units, ())
    for unit in units:
        for statement in unit.statements:
            if statement.early:
                compile_ahead(statement.piece)
