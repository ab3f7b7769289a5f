"""The starter notebook: the cells of the starter module."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import jupytext
import nbformat

from grader.release.starter import starter_module

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def starter_notebook(text: str, file: str = "the reference", language: str = "en") -> str:
    """The starter of a reference as a notebook (nbformat 4.5), the same bytes for the same text.

    A cell has the same id in every language. Raises AssignmentError as `starter_module` does.
    """
    seen: Counter[str] = Counter()
    english, spoken = (
        jupytext.reads(starter_module(text, file, one), fmt="py:percent").cells for one in ("en", language)
    )
    ids = [_cell_id(cell.cell_type, cell.source, seen) for cell in english]
    notebook = {
        "cells": [_cell(cell, id) for cell, id in zip(spoken, ids, strict=True)],
        "metadata": METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(parsed: Any, id: str) -> dict[str, Any]:
    """One cell as it stands in the file; what Jupytext notes for itself in the metadata is left out."""
    cell = {
        "cell_type": parsed.cell_type,
        "id": id,
        "metadata": {"tags": parsed.metadata["tags"]} if "tags" in parsed.metadata else {},
        "source": parsed.source.splitlines(keepends=True),
    }
    return cell | {"execution_count": None, "outputs": []} if parsed.cell_type == "code" else cell


def _cell_id(kind: str, source: str, seen: Counter[str]) -> str:
    """A readable id from a cell's kind and first line, without a function's parameters.

    A number tells cells that begin alike apart.
    """
    first = source.partition("\n")[0].partition("(")[0]
    base = "-".join([kind, *re.findall(r"[a-z0-9]+", first.lower())])[:48]
    seen[base] += 1
    return base if seen[base] == 1 else f"{base}--{seen[base]}"
