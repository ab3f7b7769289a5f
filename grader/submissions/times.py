"""A table that says when hand-ins were made, by file or by student."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.submissions.moments import moment
from grader.submissions.names import folded, shown
from grader.submissions.roster import IDS, identifier
from grader.submissions.tables import read_table

_WORDS = {
    "time": (
        *(
            "time",
            "submittedat",
            "submissiontime",
            "handedin",
            "timestamp",
            "submitted",
            "lastmodifiedsubmission",
        ),
        *(
            "zuletztgeändertabgabe",
            "abgabezeit",
            "abgegebenam",
            "提交时间",
            "最后修改提交",
            "上次修改作业",
            "时间",
            "zeit",
            "createdat",
        ),
    ),
    "id": IDS,
    "file": ("file", "filename", "path", "datei", "dateiname", "文件", "文件名"),
}


@dataclass(frozen=True)
class Times:
    """Moments by the path or last name of what was handed in, and by a student's id; both as `folded` has them.

    `rows` are the names in each row of the table that has a time.
    """

    by_file: Mapping[str, datetime] = field(default_factory=dict)
    by_id: Mapping[str, datetime] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()

    def of_files(self, paths: Iterable[str]) -> datetime | None:
        """The last moment of these files."""
        names = names_of(paths)
        return max((self.by_file[name] for name in names if name in self.by_file), default=None)

    def of_student(self, ids: Iterable[str]) -> datetime | None:
        """The moment of a student with these ids."""
        return next((self.by_id[one] for one in map(folded, ids) if one in self.by_id), None)


def names_of(paths: Iterable[str]) -> list[str]:
    """The names under which files may stand in a table of times."""
    return [folded(name) for path in paths for name in (path, path.rpartition("/")[2])]


def read_times(path: Path) -> Times:
    """The times of a CSV or XLSX file with a column of times and one of files or ids.

    A row with a file is of that file, else of all that its student handed in. Raises UsageError where it is no such
    table, a time is no moment, or a file or student has two.
    """
    table = read_table(path, _WORDS, ["time"])
    by_file: dict[str, datetime] = {}
    by_id: dict[str, datetime] = {}
    rows: list[tuple[str, ...]] = []
    if not table.columns["file"] and not table.columns["id"]:
        raise UsageError(f"{shown(path.name)} names neither files nor students beside its times.")
    for number, row in table.rows:
        try:
            when = moment(table.first(row, "time"))
        except ValueError as error:
            raise UsageError(f"{shown(path.name)}, row {number}: {error}") from error
        if when is None:
            continue
        file = folded(table.first(row, "file"))
        known, keys = (by_file, [file]) if file else (by_id, [*map(_key, table.cells(row, "id"))])
        rows += [tuple(keys)] if keys else []
        for key in keys:
            if known.setdefault(key, when) != when:
                raise UsageError(
                    f"{shown(path.name)}, row {number}: a second time for {shown(key)}; a column of files tells "
                    "the attempts of a student apart."
                )
    return Times(by_file, by_id, tuple(rows))


def _key(cell: str) -> str:
    return folded(identifier(cell))
