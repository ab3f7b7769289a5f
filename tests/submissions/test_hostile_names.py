"""A class whose names mean harm, from the folder to every file and line that a run leaves."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from tests.layers import ROOT
from tests.submissions.making import zip_named, zipped

CODE = b"class AddLayer:\n    def forward(self, x, y):\n        return x + y\n"
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "grade", "layers"]

# The names of folders; each holds a module.
FOLDERS = [
    "plain",
    "<script>alert(1)<script>",
    '" onmouseover="alert(2)',
    "'><img src=x onerror=alert(3)>",
    "{{ 7 * 7 }}{% raw %}",
    "=HYPERLINK(A1)",
    "+1+1",
    "-rf",
    "@SUM(A1)",
    "\uff1d1+1",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "line\nbreak\r",
    "\u202egpj.exe",
    "zero\u200bwidth",
    "[bold red]markup",
    "CON",
    "aux.txt",
    "trailing.",
    "Anna",
    "anna",
    "%2e%2e%2fup",
    "a&amp;b",
    "\u00e4",
    "a\u0308",
    "x" * 250,
    "\U0001f600" * 60,
]
# Names that no text has.
RAW = [b"\xff\xfe\xfd", b"\xd7\xf7\xd2\xb5"]
HOSTILE = ("\x1b", "\x07", "\u202e", "\u200b", "\r")


@dataclass(frozen=True)
class Run:
    """What a run left."""

    above: Path
    folder: Path
    out: str
    err: str
    code: int

    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.text("results.json"))["submissions"]
        return found

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8-sig")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class on disk."""
    top = tmp_path_factory.mktemp("class")
    for name in [*map(os.fsencode, FOLDERS), *RAW]:
        folder = os.path.join(os.fsencode(top), name)
        os.mkdir(folder)
        Path(os.fsdecode(folder), "<b>=1+1\x1b[31m.py").write_bytes(CODE)
    (top / "up.zip").write_bytes(zipped({"../../up.py": CODE}))
    (top / "link.zip").write_bytes(zip_named(b"a\x00.py", CODE))
    (top / "gbk.zip").write_bytes(zip_named("作业六.py".encode("gbk"), CODE))
    return top


@pytest.fixture(scope="module")
def run(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    above = tmp_path_factory.mktemp("above")
    folder = above / "reports"
    command = [*COMMAND, str(handed_in), "-o", str(folder), "--seed", "5"]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    return Run(above, folder, ended.stdout.decode(), ended.stderr.decode(), ended.returncode)


def test_every_name_has_its_row(run: Run) -> None:
    assert (run.code, run.err) == (0, "")
    students = [row["student"] for row in run.rows()]
    assert len(students) == len(set(students)) == len(FOLDERS) + len(RAW) + 3
    assert {"plain", "anna (2)", "=HYPERLINK(A1)", "\x1b[31mred\x1b[0m"} <= set(students)
    refused = {row["student"] for row in run.rows() if row["status"] != "graded"}
    assert refused == {"up", "link"}


def test_no_file_lies_elsewhere_and_none_is_lost(run: Run) -> None:
    assert [path.name for path in run.above.iterdir()] == ["reports"]
    assert sorted(path.name for path in run.folder.iterdir()) == [
        *("checks.csv", "collected.csv", "gradebook.sqlite", "index.html", "instructor"),
        *("results.json", "students", "students.csv"),
    ]
    for room in ("students", "instructor"):
        pages = [path.name for path in (run.folder / room).iterdir()]
        assert len({name.casefold() for name in pages}) == len(run.rows())
        for name in pages:
            assert re.fullmatch(r"[^\x00-\x1f<>\"'&:\\|?*%]+\.html", name), name
            assert len(name.encode()) < 200
            assert not any(sign in name for sign in HOSTILE)


def test_pages_hold_names_as_text_only(run: Run) -> None:
    pages = [*run.folder.rglob("*.html")]
    assert len(pages) > 60
    for path in pages:
        text = path.read_text("utf-8")
        assert not any(sign in text for sign in HOSTILE), path.name
        for harm in ("<script>alert", "<img src=x", '" onmouseover=', "<b>=1", "a&amp;b<"):
            assert harm not in text, path.name
    index = run.text("index.html")
    assert "{{ 7 * 7 }}" in html.unescape(index)
    assert "<script>alert(1)<script>" in html.unescape(index)


def test_cells_begin_no_formula(run: Run) -> None:
    for name in ("students.csv", "checks.csv", "collected.csv"):
        rows = list(csv.reader(io.StringIO(run.text(name))))
        cells = [cell for row in rows for cell in row if cell]
        assert not [cell for cell in cells if cell[0] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"]
    assert "'=HYPERLINK(A1)" in run.text("students.csv")


def test_the_terminal_is_told_names_as_text(run: Run) -> None:
    assert not [sign for sign in HOSTILE if sign in run.out]
    assert "[bold red]" in run.out
    assert "\\x1b[31mred" in run.out


def test_collecting_tells_names_as_text_too(handed_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["collect", "layers", str(handed_in), "--course", str(ROOT)]) == 0
    told = capsys.readouterr().out
    assert not [sign for sign in HOSTILE if sign in told]
    assert "[bold" in told


def test_a_real_terminal_is_told_names_as_text(handed_in: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*COMMAND, str(handed_in), "-o", str(tmp_path / "reports"), "--seed", "5"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 1 << 16):
            pieces.append(piece)
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(ours)
    assert process.wait() == 0
    told = b"".join(pieces).decode("utf-8", "replace")
    assert "\x1b[" in told
    assert not [harm for harm in ("\x1b[31mred", "\x1b]0;title", "\u202e", "\u200b", "\x07") if harm in told]
