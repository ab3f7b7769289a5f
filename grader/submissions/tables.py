"""Tables that people keep: CSV of any encoding and separator, and the sheets of an XLSX, as text."""

from __future__ import annotations

import csv
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from grader.errors import UsageError
from grader.submissions.names import shown

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MAX_BYTES = 16 << 20
_MAX_UNPACKED = 128 << 20
_MAX_MEMBERS = 2000
_HEADER_WITHIN = 15
_SEPARATORS = ",;\t"

Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """The rows below a header. `columns` maps each sought role to the places of its columns, the best first."""

    rows: tuple[tuple[int, Row], ...]
    columns: Mapping[str, tuple[int, ...]]

    def cells(self, row: Row, role: str) -> tuple[str, ...]:
        """What stands in the columns of `role`, without empty cells."""
        found = (row[place].strip() for place in self.columns.get(role, ()) if place < len(row))
        return tuple(cell for cell in found if cell)

    def first(self, row: Row, role: str) -> str:
        """What stands in the best column of `role`, or ""."""
        places = self.columns.get(role, ())
        return row[places[0]].strip() if places and places[0] < len(row) else ""


def read_table(path: Path, words: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Table:
    """The table in a CSV or XLSX file whose header names all roles that are `needed`.

    `words` gives, by role, the headers that mean it, as `plain_word` writes them, the best first. The header stands in
    one of the first rows; rows come with their numbers in the file. Raises UsageError where there is none.
    """
    data = _bytes(path)
    best: tuple[int, list[Row], int, dict[str, tuple[int, ...]]] | None = None
    for rows in _sheets(data, path):
        for index, row in enumerate(rows[:_HEADER_WITHIN]):
            columns = _columns(row, words)
            found = sum(map(len, columns.values()))
            if all(columns[role] for role in needed) and (best is None or found > best[0]):
                best = found, rows, index, columns
    if best is None:
        known = "; ".join(f"{role}: {', '.join(_some(words[role]))} ..." for role in needed)
        raise UsageError(f"{shown(path.name)} has no header that is known here ({known}).")
    _, rows, index, columns = best
    return Table(tuple(enumerate(rows[index + 1 :], index + 2)), columns)


def _some(words: Sequence[str]) -> list[str]:
    """A few of them, whichever language somebody's table is in."""
    return [
        *[word for word in words if word.isascii()][:3],
        *[word for word in words if not word.isascii()][:2],
    ]


def plain_word(text: str) -> str:
    """A header without case, spaces and signs: ``E-Mail address`` is emailaddress."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _columns(row: Row, words: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    plain = [plain_word(cell[:100]) for cell in row]
    return {
        role: tuple(place for word in known for place, cell in enumerate(plain) if cell == word)
        for role, known in words.items()
    }


def _bytes(path: Path) -> bytes:
    name = shown(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from error
    if len(data) > _MAX_BYTES:
        raise UsageError(
            f"{name} is larger than {_MAX_BYTES >> 20} MiB, far too large for a list of a class."
        )
    return data


def _sheets(data: bytes, path: Path) -> Iterator[list[Row]]:
    name = shown(path.name)
    if data.startswith(b"PK\x03\x04"):
        yield from _xlsx(data, name)
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError(
            f"{name} is an old Excel file or locked; save it as .xlsx or .csv without a password."
        )
    text = _decoded(data, name)
    for separator in _SEPARATORS:
        try:
            rows: list[Row] = []
            for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
                rows.append(row[:MAX_COLUMNS])
                _check_rows(rows, name)
        except csv.Error as error:
            raise UsageError(f"{name} is no table: {error}.") from error
        yield rows


def _decoded(data: bytes, name: str) -> str:
    marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    encoding = next((encoding for mark, encoding in marks if data.startswith(mark)), "")
    for attempt in (encoding,) if encoding else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UsageError(f"{name} is no text in UTF-8, UTF-16 or GB18030; save it as CSV in UTF-8.")


def _xlsx(data: bytes, name: str) -> Iterator[list[Row]]:
    # Only here: starting the command must not wait for it.
    from openpyxl import load_workbook

    try:
        _check_unpacked(data, name)
        with warnings.catch_warnings():
            # It warns of styles and extensions that it does not know, which are of no account for text.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                rows: list[Row] = []
                for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS):
                    rows.append([_cell(cell) for cell in row])
                # A format alone may reach down to the last row that Excel has.
                while rows and not any(rows[-1]):
                    rows.pop()
                _check_rows(rows, name)
                yield rows
    except UsageError:
        raise
    # Whatever a damaged or forged workbook makes its parsers raise.
    except Exception as error:
        raise UsageError(f"{name} cannot be read as an Excel file; save it again, or as CSV.") from error


def _check_unpacked(data: bytes, name: str) -> None:
    """Refuses bombs. zipfile gives no more of a member than its declared size, which is what is counted here."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        members = packed.infolist()
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise UsageError(f"{name} unpacks to far more than a list of a class.")


def _check_rows(rows: Sequence[Row], name: str) -> None:
    if len(rows) > MAX_ROWS:
        raise UsageError(f"{name} has more than {MAX_ROWS} rows, far too many for a class.")


def _cell(cell: object) -> str:
    value = getattr(cell, "value", None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        # An id that is kept as a number shows its leading zeros by its format alone.
        form = str(getattr(cell, "number_format", ""))
        return str(value).zfill(len(form) if set(form) == {"0"} else 0)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)
