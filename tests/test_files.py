"""Files are written whole."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from grader.files import write_text


def test_a_new_file_lies_in_a_new_folder_and_is_readable_by_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    write_text(path, "é\r\n作业\n")
    assert path.read_bytes() == "é\r\n作业\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "seed"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_text(path, "old", encoding="ascii")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "作业", encoding="ascii")
    assert path.read_text(encoding="ascii") == "old"
    assert list(tmp_path.iterdir()) == [path]
