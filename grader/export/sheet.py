"""A CSV file of which single cells are changed while every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from grader.errors import UsageError

_DELIMITERS = ",;\t"
# A quoted cell may hold anything, doubled quotation marks too; what follows its end belongs to it, as spreadsheets
# read it. The quantifiers never give back, so that a mark that is not closed is seen and not worked around.
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_CELL = r'("[^"]*+(?:""[^"]*+)*+"[^{d}\r\n]*+|(?!")[^{d}\r\n]*+)({d}|\r\n|\n|\r|\Z)'


@dataclass(frozen=True)
class Row:
    """Cells as they are written in the file, quotation marks included, and the line's end."""

    cells: tuple[str, ...]
    end: str


@dataclass(frozen=True)
class Sheet:
    """A whole file. `rows` include the header."""

    rows: tuple[Row, ...]
    delimiter: str
    encoding: str
    mark: bytes

    def values(self, row: int) -> list[str]:
        """What the cells of a row say."""
        return [value(cell) for cell in self.rows[row].cells]

    def changed(self, cells: Mapping[tuple[int, int], str]) -> Sheet:
        """With other values at these rows and columns; a row that is too short grows. All else is kept."""
        rows = list(self.rows)
        for (row, column), new in cells.items():
            old = rows[row].cells
            old += ("",) * (column + 1 - len(old))
            raw = _quoted(new, self.delimiter, old[column].startswith('"'))
            rows[row] = replace(rows[row], cells=(*old[:column], raw, *old[column + 1 :]))
        return replace(self, rows=tuple(rows))

    def data(self) -> bytes:
        """The file."""
        text = "".join(f"{self.delimiter.join(row.cells)}{row.end}" for row in self.rows)
        return self.mark + text.encode(self.encoding)


def read(data: bytes) -> Sheet:
    """A file in UTF-8, with or without a byte order mark, or in GB18030. Raises UsageError for anything else."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text, encoding = _decoded(data[len(mark) :])
    if not text.strip():
        raise UsageError("it is empty")
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    return Sheet(_rows(text, delimiter), delimiter, encoding, mark)


def value(raw: str) -> str:
    """What a written cell says."""
    quoted = _QUOTED.match(raw)
    return raw if quoted is None else quoted[1].replace('""', '"') + raw[quoted.end() :]


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == data:
            return text, encoding
    raise UsageError("it is neither UTF-8 nor GB18030 text; download it again, or save it as CSV in UTF-8")


def _rows(text: str, delimiter: str) -> tuple[Row, ...]:
    pattern = _pattern(delimiter)
    rows: list[Row] = []
    cells: list[str] = []
    position = 0
    while position < len(text):
        found = pattern.match(text, position)
        if found is None:
            raise UsageError(f"row {len(rows) + 1}: a quotation mark is never closed")
        cells.append(found[1])
        position = found.end()
        if found[2] != delimiter:
            rows.append(Row(tuple(cells), found[2]))
            cells = []
    if cells:
        rows.append(Row((*cells, ""), ""))
    return tuple(rows)


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    return re.compile(_CELL.replace("{d}", delimiter))


def _quoted(text: str, delimiter: str, always: bool) -> str:
    needed = always or text != text.strip() or any(char in text for char in f'{delimiter}"\r\n')
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if needed else text
