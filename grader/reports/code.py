"""A student's code, line by line, with what was found at each line. The code is hostile text and stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from markupsafe import Markup
from pygments.lexer import inherit
from pygments.lexers.python import PythonLexer
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Other,
    String,
    _TokenType,
    is_token_subtype,
)

from grader.box.program import Cell, Place, Source
from grader.model import CheckResult, ExerciseResult, Report
from grader.reports.facts import WRONG
from grader.reports.text import visible

MOST_LINES = 1500
"""Lines of one submission that are shown."""

LONGEST_LINE = 300

_SHORT = 4000  # characters; of so short texts some are remembered

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

_KEYWORDS = (
    "False|None|True|and|as|assert|await|break|continue|del|elif|else|except|finally|for|global|if|in|is|lambda|"
    "nonlocal|not|or|pass|raise|return|try|while|with"
)

# Python that reads the same whatever is around it. Left to the lexer are words after which it reads differently, magic,
# prefixes of strings, braces and backslashes in strings, and words and numbers that end at a letter beyond ASCII.
_ODD = "async|case|class|def|from|import|lazy|match|yield"
_WORD = r"""[A-Za-z_][A-Za-z0-9_]*+ (?!["']) (?=[\x00-\x7f]|\Z)"""
_SIMPLE = rf"""(?x)(?:
    (?!(?:{_ODD})\b|__) {_WORD}
    | [-~+/*%=<>&^|(){{}},;:\[\]]++ | \.(?!\d) | != | @(?=[ ]) | \n++
    | (?<=[^\n])[^\S\n]++ | ^[^\S\n]++(?: \n | (?!\s|[rRuUbB]{{0,2}}["']|match|case|lazy) )
    | ^[ \t]*+"{{3}} [^"\\]*+ (?:"(?!"")[^"\\]*+)*+ "{{3}}
    | "(?!"") [^"\\{{\n]*+ " | '(?!'') [^'\\{{\n]*+ '
    | (?:def|class)[ ](?!(?:{_ODD}|{_KEYWORDS})\b) {_WORD}
    | [0-9]++(?:\.[0-9]*+)?+(?:[eE][-+]?[0-9]++)?+ (?![A-Za-z0-9_.]) (?=[\x00-\x7f]|\Z)
    | \#.*+
)++"""

# Of such Python, escaped, what has no colour, and then what has one, by its class. There is a match wherever one is
# sought, so that nothing is read twice.
_COLOURED = re.compile(
    rf"""(?xa)
    ( [^\w"'#]*+ (?: (?!(?:def|class|{_KEYWORDS})\b) [A-Za-z_]\w*+ [^\w"'#]*+ )*+ )
    (?: (?P<k>{_KEYWORDS})\b | (?P<def>def|class)[ ](?P<d>\w+)
        | (?P<n>[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)
        | (?P<s>"{{3}}(?s:.)*?"{{3}}|"[^"\n]*"|'[^'\n]*') | (?P<c>\#.*) | \Z )
    """
)


class _Lexer(PythonLexer):
    """Reads what is simple, which is most, a stretch at a time."""

    tokens = {"root": [(_SIMPLE, Other), inherit]}  # noqa: RUF012


_lexer = cache(_Lexer)


@dataclass(frozen=True)
class Lines:
    """Items of a list: a line with what was found there, or lines in a row at which nothing was found."""

    number: int
    html: Markup
    found: tuple[tuple[ExerciseResult, CheckResult], ...] = ()


@dataclass(frozen=True)
class Block:
    """A module, or one cell of a notebook (`cell`, from 1)."""

    file: str
    cell: int | None
    parts: tuple[Lines, ...]

    @property
    def found(self) -> int:
        """How many findings stand at its lines."""
        return sum(len(part.found) for part in self.parts)


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
            blocks.append(Block(source.path, cell.index, tuple(_parts(kept, source, cell, found))))
    return Code(tuple(blocks), left_out)


def _cells(report: Report) -> Iterator[tuple[Source, Cell]]:
    for source in report.sources:
        yield from ((source, cell) for cell in source.cells if cell.text.strip())


def _found(report: Report) -> Mapping[Place, list[tuple[ExerciseResult, CheckResult]]]:
    found: dict[Place, list[tuple[ExerciseResult, CheckResult]]] = {}
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.place is not None and check.verdict in WRONG:
                found.setdefault(check.place, []).append((exercise, check))
    return found


def _parts(
    texts: list[str],
    source: Source,
    cell: Cell,
    found: Mapping[Place, list[tuple[ExerciseResult, CheckResult]]],
) -> Iterator[Lines]:
    # Cut before they are read: what a line may cost grows with its length.
    cut = [text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…" for text in texts]
    text = "\n".join(cut)
    lines = _coloured_short(text) if len(text) <= _SHORT else _coloured(text)
    done = 0
    for hit in sorted(place.line for place in found if (place.file, place.cell) == (source.path, cell.index)):
        if done < hit <= len(lines):
            yield from _plain(lines, done, hit - 1)
            yield Lines(hit, Markup(lines[hit - 1]), tuple(found[Place(source.path, hit, cell.index)]))
            done = hit
    yield from _plain(lines, done, len(lines))


def _plain(lines: Sequence[str], start: int, end: int) -> Iterator[Lines]:
    if start < end:
        items = "</code></li>\n<li><code>".join(lines[start:end])
        yield Lines(start + 1, Markup(f"<li><code>{items}</code></li>\n"))


@lru_cache(maxsize=128)
def _coloured_short(text: str) -> list[str]:
    """Cells that students were given and left alone come again in every notebook."""
    return _coloured(text)


def _coloured(text: str) -> list[str]:
    """The lines of a text as HTML, of which each is whole."""
    html = "".join(_spans(text))
    # After the escaping, as neither changes what the other makes, and a line at a time, which is faster.
    return [visible(line) for line in html.split("\n")]


def _spans(text: str) -> Iterator[str]:
    for _, token, value in _lexer().get_tokens_unprocessed(text):
        shown = escape(value, quote=False)  # between tags, where quotes are as good as any letter
        if token is Other:
            yield _COLOURED.sub(_simple, shown)
        else:
            yield _span(shown, kind) if (kind := _kind(token)) else shown


def _simple(found: re.Match[str]) -> str:
    plain, kind = found[1], found.lastgroup
    if kind == "d":
        plain += f"{_span(found['def'], 'k')} "
    return plain + _span(found[kind], kind) if kind else plain


def _span(html: str, kind: str) -> str:
    begin, end = f'<span class="{kind}">', "</span>"
    span = f"{begin}{html}{end}"
    return span.replace("\n", f"{end}\n{begin}").replace(begin + end, "") if "\n" in html else span


@cache
def _kind(token: _TokenType) -> str:
    return next((kind for known, kind in _CLASSES if is_token_subtype(token, known)), "")
