"""From a student's text to statements: small mends of what does not parse, and what can be saved of the rest.

No line ever moves, so that the line numbers stay the student's.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .magics import neutral
from .pieces import Piece
from .scan import Scanner

LIMIT = 1 << 20
"""Most characters of one cell or module that are looked at."""

UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError, SystemError)
"""What Python raises for text that it cannot parse or compile."""

_TAB_WIDTHS = (4, 8)
# Editors of Chinese and Japanese text show a full-width space two columns wide.
_WIDE_WIDTHS = (2, 1, 4)
_WIDE = "\u3000"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ODD = re.compile(f"[{_SPACES}{_INVISIBLE}]")
_TOP_WORD = re.compile(
    r"(?:async\s+def|def|class|import|from)\b|@|(?:if|for|while|try|with)\b.*:\s*(?:#.*)?$"
)
_LINE = re.compile(r"\b((?:on|at) line )(\d{1,9})\b", re.ASCII)
_CARRIES_ON = re.compile(r"[\s#)\]}]|(?:else|elif|except|finally)\b")


@dataclass(frozen=True)
class Mend:
    """A change to the text: ``tabs`` (detail: columns) or ``spaces`` (detail: code points)."""

    id: str
    detail: str
    line: int


@dataclass(frozen=True)
class Broken:
    """Text that could not be parsed, from the line `first` on, and what Python said of `line`."""

    line: int
    type: str
    message: str
    first: int
    lost: str


@dataclass(frozen=True)
class Parsed:
    """The mended text, its statements, and what was done and lost on the way."""

    text: str
    body: tuple[ast.stmt, ...]
    mends: tuple[Mend, ...] = ()
    broken: tuple[Broken, ...] = ()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The statements, for whoever looks at them from several sides."""
        return tuple(map(Piece, self.body))


_kept: dict[str, Parsed] = {}


def keep(text: str) -> bool:
    """Parses a cell that will be read again and again; whoever reads it gets the same. Not one that has to be mended,
    or is lost."""
    parsed = read(text, notebook=True)
    if parsed.mends or parsed.broken:
        return False
    _kept[text] = parsed
    return True


def read(text: str, notebook: bool) -> Parsed:
    """Parses a cell (`notebook`) or a whole module. Never raises for what the text holds.

    A cell that does not parse is lost as a whole; of a module only the top-level blocks that do not.
    """
    kept = _kept.get(text)
    # What a notebook may hold beside Python a module may not.
    return kept if kept and (notebook or kept.text == text) else _read(text, notebook)


def _read(text: str, notebook: bool) -> Parsed:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LIMIT:
        message = f"too long to be read: {len(text)} characters, and at most {LIMIT} are"
        return Parsed("", (), broken=(Broken(1, "SyntaxError", message, 1, ""),))
    parsed = _parse(text, 1)
    if not parsed.broken:
        return parsed
    if notebook:
        return _parse(neutral(text), 1)
    return _joined([_saved(block, first) for first, block in _blocks(text)])


def _parse(text: str, first: int) -> Parsed:
    """Parses with the first mend that works; `first` is the number of the text's first line."""
    error: BaseException | None = None
    for candidate, mends in _candidates(text, first):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(candidate)
        except UNPARSABLE as exc:
            error = error or exc
            continue
        for node in tree.body if first > 1 else ():
            ast.increment_lineno(node, first - 1)
        return Parsed(candidate, tuple(tree.body), mends)
    line = first + max(1, getattr(error, "lineno", None) or 1) - 1
    if isinstance(error, RecursionError | MemoryError):
        kind, message = "SyntaxError", "nested too deeply to be read"
    else:
        kind, message = _kind(error), getattr(error, "msg", None) or str(error)
        # Python numbers the lines of what it was given, in its words too.
        message = _LINE.sub(lambda found: f"{found[1]}{int(found[2]) + first - 1}", message)
    return Parsed(text, (), broken=(Broken(line, kind, message, first, text),))


def _kind(error: BaseException | None) -> str:
    return type(error).__name__ if isinstance(error, SyntaxError) else "SyntaxError"


def _candidates(text: str, first: int) -> Iterator[tuple[str, tuple[Mend, ...]]]:
    spaced = [text]
    if not text.isascii() and _ODD.search(text):
        spaced += [_spaces_mended(text, width) for width in (_WIDE_WIDTHS if _WIDE in text else (1,))]
    seen: set[str] = set()
    for base in dict.fromkeys(spaced):
        mends = _spaces_noted(text, base, first)
        for width in (0, *_TAB_WIDTHS):
            mended = _tabs_mended(base, width) if width else base
            if mended in seen:
                continue
            seen.add(mended)
            if mended == base:
                yield mended, mends
            else:
                yield mended, (*mends, Mend("tabs", str(width), first + _first_change(base, mended)))


def _spaces_noted(text: str, mended: str, first: int) -> tuple[Mend, ...]:
    if mended == text:
        return ()
    # What stays lies in strings and comments, so that only what went was mended.
    gone = [char for char in sorted(set(_ODD.findall(text))) if text.count(char) > mended.count(char)]
    detail = ", ".join(f"U+{ord(char):04X}" for char in gone)
    return (Mend("spaces", detail, first + _first_change(text, mended)),)


def _first_change(before: str, after: str) -> int:
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return next(i for i, (old, new) in enumerate(pairs) if old != new)


def _tabs_mended(text: str, width: int) -> str:
    scanner = Scanner()
    lines = []
    for line in text.split("\n"):
        body = line if scanner.quote else line.lstrip(" \t\f")
        indent = line[: len(line) - len(body)].replace("\f", "").expandtabs(width)
        lines.append(indent + body)
        scanner.feed(lines[-1])
    return "\n".join(lines)


def _spaces_mended(text: str, wide: int) -> str:
    scanner = Scanner()
    lines = []
    for line in text.split("\n"):
        out, done = [], 0
        indent = len(line) - len(line.lstrip())
        for start, end in scanner.feed(line):
            out += [line[done:start], _spaces_plain(line, start, end, indent, wide)]
            done = end
        lines.append("".join(out) + line[done:])
    return "\n".join(lines)


def _spaces_plain(line: str, start: int, end: int, indent: int, wide: int) -> str:
    inside = max(start, min(indent, end))
    return _plain(line[start:inside], " " * wide) + _plain(line[inside:end], " ")


def _plain(code: str, wide: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[0] in _INVISIBLE:
            return ""
        return wide if found[0] == _WIDE else " "

    return _ODD.sub(one, code)


def _saved(block: str, first: int) -> Parsed:
    """A top-level block, or what can be saved of it where a quote or bracket was left open."""
    parsed = _parse(block, first)
    if not parsed.broken:
        return parsed
    parts = list(_parts(block, first))
    return parsed if len(parts) == 1 else _joined([_parse(part, line) for line, part in parts])


def _joined(parts: list[Parsed]) -> Parsed:
    mends: dict[tuple[str, str], Mend] = {}
    for part in parts:
        for mend in part.mends:
            mends.setdefault((mend.id, mend.detail), mend)
    return Parsed(
        "\n".join(part.text for part in parts),
        tuple(node for part in parts for node in part.body),
        tuple(mends.values()),
        tuple(broken for part in parts for broken in part.broken),
    )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The top-level blocks of a module with the numbers of their first lines; together they are the text."""
    scanner = Scanner()
    starts = []
    decorated = False
    for number, line in enumerate(text.split("\n")):
        if scanner.fresh and line and not _CARRIES_ON.match(line):
            if not decorated:
                starts.append(number)
            decorated = line.startswith("@")
        scanner.feed(line)
    return _cut(text, 1, starts)


def _parts(block: str, first: int) -> Iterator[tuple[int, str]]:
    """A block cut before every line that looks like a statement's first, whatever it seems to lie in."""
    lines = block.split("\n")
    marks = [i for i, line in enumerate(lines) if _TOP_WORD.match(line)]
    starts = [i for i in marks if i == 0 or not lines[i - 1].startswith("@")]
    return _cut(block, first, starts)


def _cut(text: str, first: int, starts: list[int]) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    edges = sorted({0, *starts})
    for start, end in zip(edges, [*edges[1:], len(lines)], strict=True):
        yield first + start, "\n".join(lines[start:end])
