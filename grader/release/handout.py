"""Everything that students get for one assignment, as texts and as files."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.errors import AssignmentError
from grader.files import write_bytes
from grader.release.notebook import starter_notebook
from grader.release.starter import starter_module


@dataclass(frozen=True)
class Item:
    """A row of the README's table: what an exercise is defined by, one name or several, and its points."""

    names: tuple[str, ...]
    points: float


README = """\
# {title}

Two files hold the same assignment; work in the one that you like better:

- `{name}.ipynb`, a notebook
- `{name}.py`, a module for your editor; its `# %%` lines are the borders of the notebook's cells

Both need {needs}, nothing else.
{beside}
## What to do

Read from top to bottom. Where you meet `raise NotImplementedError(...)`, take the line away and write your
own code in its place. Leave the names and the parameters as they are, and return exactly what the docstring
says. You may add functions, attributes and cells of your own.

| exercise | points |
|---|---:|
{rows}
| **together** | **{total}** |

Points are given for right values. An exercise that uses another one is not lost with it: if your part is
wrong or still missing, the exercise that builds on it is judged with a right one.

## How to check yourself

- Run everything from top to bottom: *Restart Kernel and Run All Cells* in a notebook, `python {name}.py` at
  the command line. The examples print what your code gives, beside what it should give, or say what is not
  written yet.
- Compare shapes: a gradient has the shape of the array that it belongs to.
- Compare your gradients with central differences wherever an example does so. A relative difference of about
  1e-6 or less is a good sign; one of 1e-3 or more is a mistake.
- Try other inputs than the examples': other shapes, one sample, negative and large numbers.

## How to hand in

Run everything once more from top to bottom, save, and hand in **one** file: your `{name}.ipynb` or your
`{name}.py`. An exercise that you did not write may stay as it is; it costs its own points only.
"""

LIBRARIES = {"numpy": "NumPy", "torch": "PyTorch (`pip install torch`)"}

BESIDE = """
What else lies here belongs to the assignment; keep it in the same folder: {data}.
"""


def items_of(assignment: Assignment) -> tuple[Item, ...]:
    """A row for every exercise of an assignment."""
    return tuple(
        Item(tuple(wanted.name for wanted in exercise.sought), exercise.max_score)
        for exercise in assignment.exercises
    )


def handout(
    name: str, text: str, items: Sequence[Item], file: str = "", data: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """What students get for the assignment `name`: file names mapped to contents.

    text   the reference
    items  the exercises; the README lists them in the reference's order
    file   the reference's path, for messages
    data   files that are handed out as they are

    Raises AssignmentError when the reference's markers are wrong, and when it does not define an exercise.
    """
    file = file or f"{name}.py"
    data = data or {}
    texts = {
        f"{name}.py": starter_module(text, file),
        f"{name}.ipynb": starter_notebook(text, file),
        "README.md": _readme(name, text, items, file, data),
    }
    for taken in texts.keys() & data:
        raise AssignmentError(f"{file}: {taken} beside it would take the place of the file that is generated")
    return {path: content.encode() for path, content in texts.items()} | dict(data)


def release(folder: Path, out: Path, items: Sequence[Item]) -> tuple[Path, ...]:
    """Writes the handout of the assignment in `folder` (``solutions/<name>``) into `out`; the paths written.

    The reference is ``<name>.py`` in `folder`; what lies beside it and is no Python file, no folder and not
    hidden is data for the students. `items` as in `handout`. Raises AssignmentError before anything is
    written, and OSError when `out` cannot be written.
    """
    reference = folder / f"{folder.name}.py"
    try:
        text = reference.read_text(encoding="utf-8")
        data = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if _is_data(path)}
    except (OSError, UnicodeDecodeError) as error:
        raise AssignmentError(f"{reference}: the reference cannot be read: {error}") from error
    files = handout(folder.name, text, items, str(reference), data)
    for name, content in files.items():
        write_bytes(out / name, content)
    return tuple(out / name for name in files)


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix != ".py" and not path.name.startswith(".")


def _readme(name: str, text: str, items: Sequence[Item], file: str, data: Mapping[str, bytes]) -> str:
    lines = {
        node.name: node.lineno
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    missing = [one for item in items for one in item.names if one not in lines]
    if missing:
        raise AssignmentError(f"{file}: the reference does not define {', '.join(missing)}")
    heading = re.search(r"^# # (.+)$", text, re.MULTILINE)
    return README.format(
        title=heading[1].strip() if heading else name,
        name=name,
        needs=_needs(text),
        beside=BESIDE.format(data=", ".join(f"`{path}`" for path in data)) if data else "",
        rows="\n".join(
            f"| {', '.join(f'`{one}`' for one in item.names)} | {item.points:g} |"
            for item in sorted(items, key=lambda item: lines[item.names[0]])
        ),
        total=f"{sum(item.points for item in items):g}",
    )


def _needs(text: str) -> str:
    """Python and the libraries that a reference cannot do without, as they are called."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return " and ".join(["Python", *(called for name, called in LIBRARIES.items() if name in names)])
