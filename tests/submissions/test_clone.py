"""Clones: their students, their times, and that nothing in them is obeyed."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from grader.submissions.clone import committed
from grader.submissions.collect import collect
from tests.submissions.test_find import CODE, lay

WHEN = datetime.fromisoformat("2026-10-01T23:00:00+08:00")


def git(folder: Path, *args: str) -> None:
    who = {f"GIT_{role}_{part}": "a@b" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **who}
    environment |= {"GIT_COMMITTER_DATE": WHEN.isoformat(), "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    subprocess.run(["git", *args], cwd=folder, env=environment, check=True, capture_output=True)


def clone(folder: Path) -> Path:
    """A repository of one commit."""
    lay(folder, {"layers.py": CODE})
    git(folder, "init", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "committer <x> 1 +0000")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_the_time_is_that_of_the_last_commit(tmp_path: Path, packed: bool) -> None:
    repository = clone(tmp_path)
    if packed:
        git(repository, "gc")
        assert not (repository / ".git" / "refs" / "heads" / "main").exists()
    found = committed(repository)
    assert found == WHEN
    assert found.utcoffset() == WHEN.utcoffset()


def test_a_commit_without_a_branch_has_a_time_too(tmp_path: Path) -> None:
    git(clone(tmp_path), "checkout", "--detach")
    assert committed(tmp_path) == WHEN


def test_what_a_clone_wants_to_be_run_is_not_run(tmp_path: Path) -> None:
    repository, run = clone(tmp_path / "a"), tmp_path / "run"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {run}\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "gpg.program",
        "core.sshCommand",
        "core.hooksPath",
        "alias.cat-file",
    ):
        git(repository, "config", key, f"!{program}" if key.startswith("alias") else str(program))
    for key, value in {"log.showSignature": "true", "extensions.partialClone": "origin"}.items():
        git(repository, "config", key, value)
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    run.unlink(missing_ok=True)
    assert committed(repository) == WHEN
    (repository / ".git" / "HEAD").write_text("1" * 40 + "\n")
    assert committed(repository) is None
    assert not run.exists()


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"ref: refs/heads/none",
        b"ref: refs/heads/../../../HEAD",
        b"ref: /etc/passwd",
        b"0" * 40,
        b"main",
    ],
)
def test_an_odd_head_has_no_time(tmp_path: Path, head: bytes) -> None:
    (clone(tmp_path) / ".git" / "HEAD").write_bytes(head)
    assert committed(tmp_path) is None


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    repository = clone(tmp_path / "a")
    head = repository / ".git" / "HEAD"
    head.rename(tmp_path / "HEAD")
    head.symlink_to(tmp_path / "HEAD")
    assert committed(repository) is None
    head.unlink()
    os.mkfifo(head)
    assert committed(repository) is None


def test_clones_of_a_class(tmp_path: Path) -> None:
    clone(tmp_path / "layers-alice")
    clone(tmp_path / "fall-layers-bob-b")
    (tmp_path / "fall-layers-bob-b" / ".classroom50.yaml").write_text("x: 1\n")
    clone(tmp_path / "cy")
    lay(tmp_path, {"layers-dan/layers.py": CODE})
    found = collect(tmp_path, "layers")
    assert {one.student: one.about.handed_in for one in found.handles} == {
        "alice": WHEN,
        "bob-b": WHEN,
        "cy": WHEN,
        "layers-dan": None,
    }
    assert [file.path for file in found.handles[0].read().files] == ["layers.py"]
    assert {row.path: row.became for row in found.rows if "alice" in row.path} == {
        "layers-alice/.git": "passed over",
        "layers-alice/layers.py": "handed in",
    }
