"""Writing files: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Writes a file whole: whoever reads it sees the old text or the new one, never a part.

    Missing folders are made. A file that was there keeps its permissions, a new one has 0644. Line ends are
    written as they stand in the text. Raises OSError; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("x", encoding=encoding, newline="") as file:
            file.write(text)
        temporary.chmod(mode)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
