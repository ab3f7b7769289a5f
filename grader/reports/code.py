"""A student's code, line by line, with what was found at each line. The code is hostile text and stays text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType, is_token_subtype

from grader.box.program import Cell, Place, Source
from grader.model import CheckResult, ExerciseResult, Report
from grader.reports.facts import WRONG

MOST_LINES = 1500
"""Lines of one submission that are shown."""

LONGEST_LINE = 300

_CLASSES = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "n"),
    (Name.Function, "d"),
    (Name.Class, "d"),
    (Name.Decorator, "d"),
)
_LEXER = PythonLexer(stripnl=False, ensurenl=False)


@dataclass(frozen=True)
class Piece:
    """Text of one colour; `kind` is "" for ordinary text."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One line with the number that the student sees, and what was found there."""

    number: int
    pieces: tuple[Piece, ...]
    found: tuple[tuple[ExerciseResult, CheckResult], ...]


@dataclass(frozen=True)
class Block:
    """A module, or one cell of a notebook (`cell`, from 1)."""

    file: str
    cell: int | None
    lines: tuple[Line, ...]

    @property
    def found(self) -> int:
        """How many findings stand at its lines."""
        return sum(len(line.found) for line in self.lines)


@dataclass(frozen=True)
class Code:
    """What is shown of a submission, and how many lines are left out because they are too many."""

    blocks: tuple[Block, ...]
    left_out: int


def code(report: Report) -> Code:
    """The sources of a submission with its findings. Blocks without text are passed over."""
    found = _found(report)
    blocks: list[Block] = []
    room, left_out = MOST_LINES, 0
    for source, cell in _cells(report):
        texts = cell.text.rstrip().split("\n")
        kept = texts[:room]
        left_out += len(texts) - len(kept)
        room -= len(kept)
        if kept:
            blocks.append(Block(source.path, cell.index, tuple(_lines(kept, source, cell, found))))
    return Code(tuple(blocks), left_out)


def _cells(report: Report) -> Iterator[tuple[Source, Cell]]:
    for source in report.sources:
        yield from ((source, cell) for cell in source.cells if cell.text.strip())


def _found(report: Report) -> Mapping[Place, list[tuple[ExerciseResult, CheckResult]]]:
    found: dict[Place, list[tuple[ExerciseResult, CheckResult]]] = {}
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.verdict in WRONG and check.place is not None:
                found.setdefault(check.place, []).append((exercise, check))
    return found


def _lines(
    texts: list[str],
    source: Source,
    cell: Cell,
    found: Mapping[Place, list[tuple[ExerciseResult, CheckResult]]],
) -> Iterator[Line]:
    # Cut before they are read: what a line may cost grows with its length.
    cut = [text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…" for text in texts]
    for number, pieces in enumerate(_coloured("\n".join(cut)), 1):
        yield Line(number, pieces, tuple(found.get(Place(source.path, number, cell.index), ())))


def _coloured(text: str) -> Iterator[tuple[Piece, ...]]:
    line: list[Piece] = []
    for _, token, value in _LEXER.get_tokens_unprocessed(text):
        first, *rest = value.split("\n")
        for part in (first, *(f"\n{one}" for one in rest)):
            if part.startswith("\n"):
                yield tuple(line)
                line = []
            if shown := part.removeprefix("\n"):
                line.append(Piece(shown, _kind(token)))
    yield tuple(line)


def _kind(token: _TokenType) -> str:
    return next((kind for known, kind in _CLASSES if is_token_subtype(token, known)), "")
