"""Names of files: which are passed over, which are safe, what kind of file they promise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from grader.language import _, both
from grader.submissions.submission import LIMITS

SOURCES = (".py.txt", ".ipynb.txt", ".ipynb.json", ".py", ".ipynb")
ARCHIVES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".txz", ".tar", ".zip", ".zipx", ".rar", ".7z")
# What is handed in by mistake instead of code.
DOCUMENTS = (
    ".doc",
    ".docx",
    ".odt",
    ".pages",
    ".pdf",
    ".rtf",
    ".txt",
    ".html",
    ".htm",
    ".png",
    ".jpg",
    ".jpeg",
)

_FOLDERS = frozenset({"__macosx", "venv", "env", "site-packages", "node_modules", "__pycache__"})
_FILES = frozenset({"thumbs.db", "desktop.ini"})
_LONGEST_NAME = 255


def passed_over(path: str) -> bool:
    """Whether `path` is, or lies in, something that tools leave behind: a dotfile, a venv, a cache."""
    *folders, last = [part for part in path.replace("\\", "/").split("/") if part] or [""]
    if path.endswith(("/", "\\")):
        folders.append(last)
    hidden = any(part.startswith(".") and part not in (".", "..") for part in (*folders, last))
    return hidden or last.casefold() in _FILES or any(part.casefold() in _FOLDERS for part in folders)


def clean(raw: str) -> str:
    """`raw`, the path of a member of an archive, relative, with ``/`` and in normal form C.

    Raises ValueError with the reason when it could lead anywhere else.
    """
    path = raw.replace("\\", "/")
    if "\0" in path:
        raise ValueError(_("whose name holds a NUL byte"))
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise ValueError(_("whose path is absolute"))
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ValueError(_("whose path leads out of the archive"))
    if not parts:
        raise ValueError(_("which has no name"))
    if len(parts) > LIMITS.depth:
        raise ValueError(_("which lies more than {depth} folders deep").format(depth=LIMITS.depth))
    normal = [unicodedata.normalize("NFC", part) for part in parts]
    if any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in normal):
        raise ValueError(_("whose name is too long"))
    return "/".join(normal)


def decode_name(raw: bytes) -> str:
    """A name whose encoding nobody recorded: UTF-8, then GB18030 (a superset of GBK), then CP437."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def presentable(name: str) -> str:
    """`name` as the operating system or tarfile gave it, as text that can be encoded again."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return decode_name(name.encode("utf-8", "surrogateescape"))
    return name


def shown(name: str) -> str:
    """`name` for a sentence: on one line, without control characters, not too long."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return plain if len(plain) <= 80 else f"{plain[:38]}...{plain[-38:]}"


NAMED = 3
"""So many names stand in a sentence."""


def several(names: Sequence[str], count: int = 0) -> str:
    """A few of `names` for a sentence, and how many more there are; where these are not all, `count` is how many."""
    few = [shown(name) for name in names[:NAMED]]
    more = max(count, len(names)) - len(few)
    if more:
        few.append(_("{count} more").format(count=more))
    if len(few) == 1:
        return few[0]
    most = _(both(", ", "、")).join(few[:-1])
    return _("{most} and {last}").format(most=most, last=few[-1])


def is_source(path: str) -> bool:
    """Whether the name promises Python or a notebook."""
    return path.casefold().endswith(SOURCES)


def is_archive(path: str) -> bool:
    """Whether the name promises an archive, of a kind that is read or not."""
    return path.casefold().endswith(ARCHIVES)


def stem(path: str) -> str:
    """The last part of `path` without endings of archives, sources, documents (``s001.py.zip``: s001)."""
    name = path.rpartition("/")[2]
    for endings in (ARCHIVES, SOURCES, DOCUMENTS):
        ending = next((e for e in endings if name.casefold().endswith(e) and len(name) > len(e)), "")
        name = name[: len(name) - len(ending)]
    return name


def natural(name: str) -> tuple[str, str]:
    """A sort key in which s2 comes before s10, whatever the case."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return "".join(map(_sortable, pieces)), name


def _sortable(piece: str) -> str:
    """A number by its length and digits (int() refuses the thousands that a name may hold), before any text; a text
    before those that it begins. Strings, because keys of pairs for a whole class are ten MiB."""
    if piece[0] in "0123456789":
        bare = piece.lstrip("0")
        return chr(len(bare)) + bare
    return f"\U0010ffff{piece}\0"


def folded(name: str) -> str:
    """Equal for names that some file systems hold for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
