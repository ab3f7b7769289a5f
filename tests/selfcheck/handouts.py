"""Folders as students have them: a bundle's files, and work of their own beside them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from grader import fakes
from grader.frozen import SUFFIX
from tests.courses import COURSE, assignment
from tests.frozen.keys import written


def folder(parent: Path, *names: str) -> Path:
    """A folder with the keys of these assignments, whose name is not the simplest."""
    made = parent / "作业 六 (1)"
    made.mkdir()
    for name in names:
        (made / f"{name}{SUFFIX}").write_bytes(written(name))
    return made


@cache
def right(name: str) -> str:
    """A right module."""
    return COURSE.reference(name).cells[0].text


@cache
def starter(name: str) -> str:
    """What students begin with."""
    return (COURSE.root / "assignments" / name / f"{name}.py").read_text("utf-8")


def wrong(name: str, mutant: str) -> str:
    """The right module with one of its mutants in it."""
    own = (COURSE.folder(name) / "mutants" / f"{mutant}.py").read_text("utf-8")
    return fakes.beside(right(name), own, fakes.meant(assignment(name), own))


def notebook(*cells: str) -> str:
    """A notebook of code cells, as JSON."""
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell}
                for cell in cells
            ],
            "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
    )
