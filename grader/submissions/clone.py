"""When the last commit of a clone was made, without trusting anything that lies in the clone.

``git`` never sees the clone's own configuration, which can name programs to be run: it works in an empty repository
that borrows the clone's objects.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from grader.submissions.moments import aware

_SECONDS = 20.0
_LONGEST = 1 << 20
_HASH = re.compile(r"[0-9a-f]{40}", re.ASCII)
_REFERENCE = re.compile(r"ref: (refs/heads/(?!\.)[^\0-\x20~^:?*\[\\]+)")
_COMMITTED = re.compile(rb"^committer [^\n]*> (\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)


def committed(clone: Path) -> datetime | None:
    """The moment of the commit that is checked out in `clone`, as its author's clock had it.

    None where it cannot be told: no ``git`` on this machine, no commit, a repository of an odd kind.
    """
    git = shutil.which("git")
    try:
        commit = _checked_out(clone / ".git")
        if git is None or not commit:
            return None
        found = _COMMITTED.search(_object(git, clone / ".git" / "objects", commit).partition(b"\n\n")[0])
        if found is None:
            return None
        zone = timedelta(hours=int(found[3]), minutes=int(found[4])) * (-1 if found[2] == b"-" else 1)
        return aware(datetime.fromtimestamp(int(found[1]), timezone(zone)))
    except (OSError, ValueError, OverflowError, subprocess.SubprocessError):
        return None


def _checked_out(repository: Path) -> str:
    """The hash of the commit that HEAD stands for, or ""."""
    head = _small(repository / "HEAD").strip()
    if found := _REFERENCE.fullmatch(head):
        name = found[1]
        if ".." in name:
            return ""
        if (repository / name).exists():
            head = _small(repository / name).strip()
        else:
            packed = _small(repository / "packed-refs").splitlines()
            head = next((line[:40] for line in packed if line[40:] == f" {name}"), "")
    return head if _HASH.fullmatch(head) else ""


def _small(path: Path) -> str:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(_LONGEST).decode("utf-8")


def _object(git: str, objects: Path, commit: str) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        environment = {
            "PATH": os.defpath,
            "HOME": empty,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_DIR": empty,
            "GIT_OBJECT_DIRECTORY": str(objects.resolve()),
            "GIT_NO_LAZY_FETCH": "1",
        }
        for name in ("objects", "refs"):
            Path(empty, name).mkdir()
        Path(empty, "HEAD").write_text("ref: refs/heads/none\n")
        shown = subprocess.run(
            [git, "cat-file", "commit", commit],
            env=environment,
            cwd=empty,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    return shown.stdout
