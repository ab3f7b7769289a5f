"""A disk that is full: the run ends in one line, and every report that is there is complete.

``python -m tests.test_full_disk FOLDER`` is the part that runs where FOLDER is a small disk of its own: bubblewrap
mounts one for whoever runs the tests. It fills the disk but for more and more room, grades a small class into what is
left, and prints what it saw.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from grader.errors import Fault
from grader.files import write_text
from grader.gradebook import FILE
from grader.submissions import File, Submission
from tests.batches import run_batch
from tests.layers import ROOT, layers, reference_with

DISK = 2 << 20
ROOMS = [0, 4, 40, 80, 120, 160, 200, 240, 320, 400, 480, 560, 1200]  # KiB
OLD = '{"old": true}\n'
_PAGE = 4096


@dataclass(frozen=True)
class Seen:
    """What a run came to when so many KiB were free. `broken` are files that are not complete."""

    room: int
    fault: str
    results: list[str] | None
    graded: int
    broken: list[str]


@dataclass(frozen=True)
class Handed:
    """A submission that is there already."""

    student: str

    def read(self) -> Submission:
        return Submission(self.student, (File("layers.py", reference_with("").encode()),))


def on_a_small_disk(folder: Path, size: int, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command for which a new disk of `size` bytes lies at `folder`."""
    walls = ["bwrap", "--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(folder)]
    return subprocess.run([*walls, "--", *command], capture_output=True, text=True, cwd=ROOT, check=False)


def broken(folder: Path) -> list[str]:
    """The files below the folder that are not whole, or that should not be there."""
    ends = {".html": "</html>", ".json": "}\n", ".csv": "\n"}
    found = []
    for path in folder.rglob("*"):
        if path.name == FILE:
            with closing(sqlite3.connect(path)) as book:
                whole = book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        elif path.is_file() and path.name != "ballast":
            whole = path.suffix in ends and path.read_text("utf-8").endswith(ends[path.suffix])
        else:
            continue
        if not whole or len(path.suffixes) > 1:
            found.append(str(path.relative_to(folder)))
    return found


def graded_into(folder: Path, room: int) -> Seen:
    """Grades two students with so many KiB left on the disk, after a run that left its results."""
    write_text(folder / "results.json", OLD)
    (folder / "ballast").write_bytes(bytes(DISK - _PAGE - room * 1024))
    told: list[str] = []
    fault = ""
    try:
        run_batch(layers(), folder, [Handed("s1"), Handed("s2")], told.append)
    except Fault as error:
        fault = str(error)
    text = (folder / "results.json").read_text("utf-8")
    results = None if text == OLD else [row["student"] for row in json.loads(text)["submissions"]]
    return Seen(room, fault, results, len(told), broken(folder))


def main(folder: Path) -> None:
    """Tries every amount of room in turn, each on an empty disk."""
    seen = []
    for room in ROOMS:
        seen.append(asdict(graded_into(folder, room)))
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(json.dumps(seen))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    folder = tmp_path_factory.mktemp("disk")
    ended = on_a_small_disk(folder, DISK, sys.executable, "-m", "tests.test_full_disk", str(folder))
    assert ended.returncode == 0, ended.stderr
    return [Seen(**one) for one in json.loads(ended.stdout)]


def test_there_are_runs_that_fit_and_runs_that_do_not(seen: list[Seen]) -> None:
    assert {one.graded for one in seen} == {0, 1, 2}
    assert seen[-1].fault == ""
    assert len({one.graded for one in seen if one.fault}) > 1


def test_whatever_does_not_fit_is_told_in_one_line(seen: list[Seen]) -> None:
    for one in seen:
        if one.graded < 2 or one.results is None:
            assert one.fault.count("\n") == 0
            assert "No space left on device" in one.fault


def test_every_file_that_is_there_is_whole(seen: list[Seen]) -> None:
    assert {one.room: one.broken for one in seen if one.broken} == {}


def test_results_are_the_old_ones_or_hold_all_that_was_graded(seen: list[Seen]) -> None:
    for one in seen:
        assert one.results is None or len(one.results) >= one.graded
    assert [one for one in seen if one.results is None]
    assert [one for one in seen if one.results and one.fault]


def test_the_command_ends_with_3_and_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    code = "import sys; from grader.cli import main; main()"
    submissions = tmp_path / "class"
    submissions.mkdir()
    (submissions / "s1.py").write_text(reference_with(""), "utf-8")
    command = ["grade", "layers", str(submissions), "-o", str(folder), "--seed", "5"]
    ended = on_a_small_disk(folder, 16 << 10, sys.executable, "-c", code, *command)
    assert ended.returncode == 3
    assert ended.stderr == (
        f"grader: {folder} cannot be written to: No space left on device; what was written before is complete.\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
