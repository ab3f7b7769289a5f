"""What notebooks allow beside Python: magics, shell lines, help. Taken out without moving a line."""

from __future__ import annotations

import re

from .scan import Scanner

_CELL = re.compile(r"%%(\w+)[ \t]*(.*)")
_KEPT_CELLS = frozenset({"time", "timeit", "capture", "prun"})
_TIMED = re.compile(r"%(?:time|prun)[ \t]+(\S.*)")
_ASSIGNED = re.compile(r"([A-Za-z_][\w, .]*?)\s*=\s*[!%]")
_HELP = re.compile(r"[\w.]+\s*\?{1,2}\s*;?\s*")
_INSTALL = re.compile(r"(?:pip3?|conda|mamba)\s+(?:install|uninstall|list|show|freeze)\b")


def neutral(text: str) -> str:
    """The text of a cell that does not parse, with magics and shell lines made harmless.

    The body of ``%%time``, ``%%timeit``, ``%%capture`` and ``%%prun`` is kept, and that of ``%%writefile``
    when it writes a module; every other cell magic takes its whole cell with it. What ``%time`` measures is
    kept as well. A cell that is indented as a whole is moved to the left, as notebooks do.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL.match(lines[first])
    if magic:
        if not _keeps_body(magic[1], magic[2]):
            return "\n" * (len(lines) - 1)
        lines[first] = ""
    return "\n".join(_dedented(_without_magics(lines)))


def _keeps_body(name: str, rest: str) -> bool:
    return name in _KEPT_CELLS or (name in {"writefile", "file"} and rest.strip().endswith(".py"))


def _without_magics(lines: list[str]) -> list[str]:
    scanner = Scanner()
    out: list[str] = []
    swallowing = False
    for line in lines:
        if swallowing:
            swallowing = line.endswith("\\")
            out.append("")
            continue
        plain = _plain(line) if scanner.fresh else None
        if plain is None or plain.code:
            kept = line if plain is None else plain.text
            scanner.feed(kept)
            out.append(kept)
        else:
            swallowing = line.endswith("\\")
            out.append(plain.text)
    return out


class _Plain:
    """What stands for a magic line; `code` when it still holds the student's own code."""

    def __init__(self, text: str, code: bool = False) -> None:
        self.text = text
        self.code = code


def _plain(line: str) -> _Plain | None:
    body = line.lstrip()
    indent = line[: len(line) - len(body)]
    timed = _TIMED.match(body)
    if timed:
        return _Plain(indent + timed[1], code=True)
    if body.startswith(("%", "!", "?")) or _HELP.fullmatch(body) or _INSTALL.match(body):
        return _Plain(indent + "pass")
    assigned = _ASSIGNED.match(body)
    return _Plain(f"{indent}{assigned[1]} = None") if assigned else None


def _dedented(lines: list[str]) -> list[str]:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]
