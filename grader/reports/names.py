"""Names of files for students whose ids may be anything."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DIGEST = 10
_LONGEST = 120  # bytes; with an extension and a temporary name's ending still below 255
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.DOTALL)
_MARKED = re.compile(rf"-[0-9a-f]{{{_DIGEST}}}$")


def slug(student: str) -> str:
    """A file name (without extension) for a student's id, the same on every run and on every file system.

    An id that is safe as it stands keeps its name. Any other, capitals included because some file systems
    do not tell them apart, ends with a short hash of the id, so that no two ids ever share a file.
    """
    if _is_safe(student):
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    readable = "".join(char if _is_plain(char) else "_" for char in unicodedata.normalize("NFC", student))
    readable = readable.replace(".", "_").strip("_-")
    return f"{_shortened(readable) or 'student'}-{digest}"


def _is_safe(name: str) -> bool:
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= _LONGEST
        and all(map(_is_plain, name))
        and name[0] not in ".-"
        and name[-1] != "."
        and name == unicodedata.normalize("NFC", name.upper().casefold())
        and not _RESERVED.fullmatch(unicodedata.normalize("NFKC", name))
        and not _MARKED.search(name)
    )


def _is_plain(char: str) -> bool:
    return char in "._-" or unicodedata.category(char)[0] in "LNM"


def _shortened(name: str) -> str:
    kept = name.encode("utf-8")[: _LONGEST - _DIGEST - 1]
    return kept.decode("utf-8", "ignore")
