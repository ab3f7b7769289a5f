"""Text of unknown origin inside markdown, where it can be nothing but text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.reports.text import block, line

# What begins mark-up in one dialect or another; every dialect takes a backslash before these.
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&:$])")


def escaped(text: str) -> str:
    """`text` on one line, without any mark-up of its own: links, HTML, table bars and emphasis stay characters."""
    return _MARKS.sub(r"\\\1", line(text))


def fenced(text: str) -> str:
    """`text` as a block of code that nothing in it can end."""
    shown = block(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{shown}\n{fence}"


def hinted(hints: Sequence[str]) -> str:
    """One hint as a paragraph; of several the first line is a heading and the others are a list."""
    first, *others = map(escaped, hints)
    return "\n".join([first, "", *(f"- {one}" for one in others)]) if others else first
