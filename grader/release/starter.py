"""The starter module: the reference without its solutions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import AssignmentError
from grader.release.cells import in_language

MARKER = re.compile(r"\b(BEGIN|END) SOLUTION\b")


@dataclass(frozen=True)
class Region:
    """A solution: the line numbers of its two markers, from 1, and the indent of the first."""

    first: int
    last: int
    indent: str


@dataclass(frozen=True)
class Function:
    """A function's name with those around it (``Relu.forward``), and its first and last line."""

    name: str
    first: int
    last: int


def starter_module(text: str, file: str = "the reference", language: str = "en") -> str:
    """The reference's text with a stub in place of every solution, and its prose in one language.

    Raises AssignmentError, which names `file` and the line, for markers that are unbalanced or nested, for a
    region outside of a function, when the reference or what remains of it is no Python, and as `in_language` does.
    """
    tree = _parse(text, file)
    lines = text.split("\n")
    for region in reversed(list(regions(text, file))):
        name = _owner(tree, region)
        if not name:
            raise AssignmentError(f"{file}:{region.first}: a solution must lie inside one function")
        stub = f'{region.indent}raise NotImplementedError("{name} is not written yet")'
        lines[region.first - 1 : region.last] = [stub]
    starter = "\n".join(lines)
    _parse(starter, f"{file}, without its solutions")
    return in_language(starter, language, file)


def regions(text: str, file: str = "the reference") -> Iterator[Region]:
    """The solutions of a reference, top to bottom. Raises AssignmentError for markers that do not match."""
    begun = 0
    indent = ""
    for number, line in enumerate(text.split("\n"), start=1):
        marker = MARKER.search(line)
        if marker is None:
            continue
        if marker[1] == "BEGIN":
            if begun:
                raise AssignmentError(f"{file}:{number}: BEGIN SOLUTION inside the one of line {begun}")
            begun, indent = number, line[: len(line) - len(line.lstrip())]
        else:
            if not begun:
                raise AssignmentError(f"{file}:{number}: END SOLUTION without BEGIN SOLUTION")
            yield Region(begun, number, indent)
            begun = 0
    if begun:
        raise AssignmentError(f"{file}:{begun}: BEGIN SOLUTION without END SOLUTION")


def _parse(text: str, file: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise AssignmentError(f"{file}:{error.lineno}: {error.msg}") from error


def _functions(node: ast.AST, prefix: str = "") -> Iterator[Function]:
    """Every function below a node, outer ones before those inside them."""
    for child in ast.iter_child_nodes(node):
        inner = prefix
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{prefix}{child.name}."
            if not isinstance(child, ast.ClassDef):
                yield Function(f"{prefix}{child.name}", child.lineno, child.end_lineno or child.lineno)
        yield from _functions(child, inner)


def _owner(tree: ast.Module, region: Region) -> str:
    """The innermost function that holds all statements of a region, "" if there is none.

    The closing marker does not count: as a comment it may stand below the function's last line.
    """
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    inside = [node.end_lineno or 0 for node in statements if region.first < node.lineno < region.last]
    last = max(inside, default=region.first)
    around = [f.name for f in _functions(tree) if f.first < region.first and last <= f.last]
    return around[-1] if around else ""
