"""Notebooks of nbformat 2 to 4, read with tolerance: code cells in, everything else counted and left out."""

from __future__ import annotations

import json
import re
from typing import Any

from grader.box.program import Cell
from grader.errors import UnreadableSubmission
from grader.language import N_, _
from grader.submissions.names import shown
from grader.submissions.text import one_kind_of_line_end

# A small text can be a large tree: {} takes 3 bytes on disk and 70 in memory.
_MAX_BRACKETS = 300_000
_MAX_COMMAS = 1_500_000
_OTHER_LANGUAGES = frozenset(
    {"r", "ir", "julia", "c", "c++", "c#", "f#", "java", "javascript", "typescript", "scala", "kotlin", "go"}
    | {"rust", "ruby", "perl", "php", "lua", "haskell", "matlab", "octave", "bash", "sql"}
)
_NO_NOTEBOOK = N_("{file} is no notebook; save it as .ipynb and hand it in again.")
_CODE_KEYS = ("outputs", "execution_count", "prompt_number", "input")


def is_notebook(text: str) -> bool:
    """Whether `text` is JSON with the cells of a notebook, whatever the file is called."""
    if not (text.lstrip().startswith("{") and re.search(r'"(?:cells|worksheets)"\s*:', text)):
        return False
    try:
        _all_cells(_parsed(text, "it"), "it")
    except UnreadableSubmission:
        return False
    return True


def read_notebook(text: str, path: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...], tuple[str, ...]]:
    """The code cells of the notebook `path`, its text cells, and sentences about what was mended in the code.

    Raises UnreadableSubmission when the text is no notebook, cut off, too large, or not for Python.
    """
    name = shown(path)
    book = _parsed(text, name)
    found = _all_cells(book, name)
    if language := _other_language(book):
        raise UnreadableSubmission(
            _("{file} is a notebook for {language}; hand in one for Python.").format(
                file=name, language=shown(language)
            )
        )
    cells, prose = [], []
    mends: dict[str, list[int]] = {}
    for index, raw in enumerate(found, 1):
        if _is_code(raw):
            source, mend = _source(raw)
            if mend:
                mends.setdefault(mend, []).append(index)
            cells.append(Cell(source, index))
        elif _is_prose(raw):
            prose.append(Cell(_source(raw)[0], index))
    notes = [
        _("{file}, cell {cells}: {mend}.").format(file=name, cells=", ".join(map(str, where)), mend=mend)
        for mend, where in mends.items()
    ]
    return tuple(cells), tuple(prose), tuple(notes)


def _parsed(text: str, name: str) -> dict[str, Any]:
    if text.count("{") + text.count("[") > _MAX_BRACKETS or text.count(",") > _MAX_COMMAS:
        raise UnreadableSubmission(
            _("{file} holds too much data; clear its outputs and hand it in again.").format(file=name)
        )
    try:
        book = json.loads(text)
    except RecursionError:
        flaw = _("{file} is no notebook (it is nested too deeply).")
        raise UnreadableSubmission(flaw.format(file=name)) from None
    except ValueError as error:
        raise UnreadableSubmission(_flaw(text, error, name)) from None
    if not isinstance(book, dict):
        raise UnreadableSubmission(_(_NO_NOTEBOOK).format(file=name))
    return book


def _flaw(text: str, error: ValueError, name: str) -> str:
    start = text.lstrip()[:1]
    if not start:
        return _("{file} is empty; save the notebook and hand it in again.").format(file=name)
    if start == "<":
        page = _("{file} is a web page, not the notebook itself; download the notebook as a file.")
        return page.format(file=name)
    if start == "{" and isinstance(error, json.JSONDecodeError):
        damaged = _("{file} is damaged or cut off at line {line}; save the notebook again.")
        return damaged.format(file=name, line=error.lineno)
    return _(_NO_NOTEBOOK).format(file=name)


def _all_cells(book: dict[str, Any], name: str) -> list[Any]:
    cells = book.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = book.get("worksheets")
    if isinstance(sheets, list):
        inside = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
        return [cell for cells in inside if isinstance(cells, list) for cell in cells]
    raise UnreadableSubmission(
        _("{file} is no notebook (it has no cells); save it as .ipynb and hand it in again.").format(
            file=name
        )
    )


def _is_code(cell: Any) -> bool:
    if not isinstance(cell, dict):
        return False
    kind = cell.get("cell_type")
    return kind == "code" or (kind is None and any(key in cell for key in _CODE_KEYS))


def _is_prose(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "markdown"


def _source(cell: dict[str, Any]) -> tuple[str, str]:
    raw = cell.get("source", cell.get("input", ""))
    lines = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
    texts = [line for line in lines if isinstance(line, str)]
    mend = ""
    if len(texts) != len(lines) or not isinstance(raw, str | list):
        mend = _("what is no text was left out")
    joint = "" if any(text.endswith(("\n", "\r")) for text in texts[:-1]) else "\n"
    text = joint.join(texts)
    clean = _saved(one_kind_of_line_end(text).replace("\0", ""))
    if clean == text:
        return clean, mend
    if re.sub(r"\s", "", clean) != re.sub(r"\s", "", text):
        return clean, mend or _("characters that cannot be saved were replaced")
    return clean, mend or _("line ends were made uniform")


def _saved(text: str) -> str:
    """The text as UTF-8 can keep it. Halves of characters are rare, and looking for them is slow."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return text


def _other_language(book: dict[str, Any]) -> str:
    """The language that the notebook names, where none of those that it names may be Python."""
    languages = _named(book, ("language_info", "name"), ("kernelspec", "language"))
    if not languages:
        languages = [kernel.partition("-")[0] for kernel in _named(book, ("kernelspec", "name"))]
    others = all(language.casefold() in _OTHER_LANGUAGES for language in languages)
    return languages[0] if languages and others else ""


def _named(book: dict[str, Any], *keys: tuple[str, str]) -> list[str]:
    about = book.get("metadata")
    parts = [(about.get(part), key) for part, key in keys] if isinstance(about, dict) else []
    values = [part.get(key) for part, key in parts if isinstance(part, dict)]
    return [value for value in values if isinstance(value, str) and value]
