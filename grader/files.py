"""Writing files: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from grader.errors import Fault


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Writes a text as `write_bytes` does; line ends stay as they stand in it."""
    write_bytes(path, text.encode(encoding))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole: whoever reads it sees the old bytes or the new ones, never a part.

    Missing folders are made. A file that was there keeps its permissions, a new one has 0644. Raises OSError;
    the old file is then untouched.
    """
    with _in_place(path) as temporary, open(temporary, "xb") as file:
        file.write(data)


@contextmanager
def streamed(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file to write a text to piece by piece; it is put in place, as by `write_text`, when the context is left."""
    with _in_place(path) as temporary, open(temporary, "x", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def _in_place(path: Path) -> Iterator[str]:
    """A new name beside `path`, whose file takes its place in the end; after an error nothing is left of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = new_name(path.parent)
    try:
        yield temporary
        put_in_place(temporary, path)
    except BaseException as error:
        if isinstance(error, OSError) and error.filename == temporary:
            error.filename = str(path)  # nobody knows the other name
        Path(temporary).unlink(missing_ok=True)
        raise


def new_name(folder: Path) -> str:
    """A path in a folder where nothing is."""
    # No Path, which would keep its name in a table that never shrinks.
    return os.path.join(folder, f".{secrets.token_hex(8)}.tmp")


def put_in_place(complete: str, path: Path) -> None:
    """Moves a file that is complete to where it belongs, into a folder that is there, with the permissions that
    `write_bytes` would have given it. Raises OSError."""
    os.chmod(complete, stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
    os.replace(complete, path)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what a disk refuses into a Fault of one line."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def unwritable(folder: Path, why: str) -> Fault:
    """What is told when a folder takes no more files."""
    return Fault(f"{folder} cannot be written to: {why}; what was written before is complete.")
