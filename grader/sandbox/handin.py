"""A submission's files as a folder of its own."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from grader.errors import Fault, UnreadableSubmission

# What a machine lacks, not a submission.
_OURS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE)

_LONGEST_NAME, _LONGEST_PATH = 255, 4000

# Windows has no such flag; what is created exclusively is no link anyway.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def checked(files: Mapping[str, bytes]) -> None:
    """Raises UnreadableSubmission for a name that `written` would not accept on any of Linux's file systems."""
    folders = {str(above) for name in files for above in PurePosixPath(name).parents}
    for name in files:
        parts = _parts(name)
        try:
            longest = max(len(os.fsencode(part)) for part in parts)
        except ValueError as error:
            raise UnreadableSubmission(f"a file cannot be written: {error}") from None
        if longest > _LONGEST_NAME or len(os.fsencode(name)) > _LONGEST_PATH:
            raise UnreadableSubmission("a file cannot be written: its name is too long")
        if name in folders:
            raise UnreadableSubmission(f"a file cannot be written: {name!r} is a folder too")


def written(files: Mapping[str, bytes], group: int | None = None) -> Path:
    """Writes files into a new folder that only this user can read, and returns it; `remove` takes it away.

    A `group` can read it too. Raises UnreadableSubmission for a name that is not plainly below the folder, or that
    cannot be had here, and Fault where the disk does not take it.
    """
    root = Path(tempfile.mkdtemp(prefix="grader-"))
    try:
        for name, data in files.items():
            _write(root, name, data)
        if group is not None:
            _show(root, group)
    except (OSError, ValueError) as error:
        remove(root)
        if isinstance(error, OSError) and error.errno in _OURS:
            raise Fault(f"{root.parent} cannot be written to: {error.strerror}") from None
        raise UnreadableSubmission(f"a file cannot be written: {error}") from None
    except BaseException:
        remove(root)
        raise
    return root


def remove(root: Path) -> None:
    """Removes such a folder."""
    shutil.rmtree(root, ignore_errors=True)


def _parts(name: str) -> list[str]:
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in name:
        raise UnreadableSubmission(f"the name of a file is not accepted: {name!r}")
    return parts


def _write(root: Path, name: str, data: bytes) -> None:
    path = root / PurePosixPath(*_parts(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    # Exclusively: two names may be one for the file system.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)


def _show(root: Path, group: int) -> None:
    for folder, _, names in os.walk(root):
        for path, mode in ((folder, 0o750), *((os.path.join(folder, name), 0o640) for name in names)):
            os.chown(path, -1, group)
            os.chmod(path, mode)
