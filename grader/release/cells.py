"""The cells of a reference, and those of one language among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.errors import AssignmentError
from grader.language import LANGUAGES

_BORDER = re.compile(r"^(?=# %%)", re.MULTILINE)
_LANGUAGE = re.compile(r' lang="([^"\n]*)"')


def in_language(text: str, language: str, file: str = "the reference") -> str:
    """A module in percent cells with its prose in one language.

    A cell ``# %% [markdown] lang="zh_CN"`` says in another language what the cell of prose before it says in English,
    and takes its place there. Prose that has no such sibling stays in English.

    Raises AssignmentError for a cell that follows no prose or whose language is not known.
    """
    return "".join(_chosen(group, language) for group in _groups(text, file))


def _groups(text: str, file: str) -> Iterator[list[str]]:
    """Each cell, with its siblings in other languages."""
    group: list[str] = []
    for cell in _BORDER.split(text):
        own = _language(cell)
        if own == "en":
            if group:
                yield group
            group = [cell]
        elif own in LANGUAGES and group and _is_prose(cell) and _is_prose(group[0]):
            group.append(cell)
        else:
            known = f"it must be prose in one of {', '.join(LANGUAGES)} and follow its English sibling"
            first = cell.partition("\n")[2].partition("\n")[0]
            raise AssignmentError(
                f"{file}: the cell in {own!r} that begins with {first!r} is out of place: {known}"
            )
    yield group


def _chosen(group: list[str], language: str) -> str:
    """The cell of that language, with the blank lines that follow the group."""
    cell = next((cell for cell in group if _language(cell) == language), group[0])
    header, newline, rest = cell.partition("\n")
    body = _LANGUAGE.sub("", header, count=1) + newline + rest if _is_prose(cell) else cell
    return body.rstrip("\n") + group[-1][len(group[-1].rstrip("\n")) :]


def _is_prose(cell: str) -> bool:
    return cell.startswith("# %% [markdown]")


def _language(cell: str) -> str:
    found = _LANGUAGE.search(cell.partition("\n")[0]) if cell.startswith("# %%") else None
    return found[1] if found else "en"
