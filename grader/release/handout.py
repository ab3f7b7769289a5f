"""Everything that students get for one assignment, as texts and as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.assignment import Assignment
from grader.errors import AssignmentError
from grader.files import write_bytes
from grader.language import current
from grader.release.cells import in_language
from grader.release.notebook import starter_notebook
from grader.release.readme import Item, readme
from grader.release.starter import starter_module


def items_of(assignment: Assignment) -> tuple[Item, ...]:
    """A row for every exercise of an assignment."""
    return tuple(
        Item(tuple(wanted.name for wanted in exercise.sought), exercise.max_score)
        for exercise in assignment.exercises
    )


def handout(
    name: str, text: str, items: Sequence[Item], file: str = "", data: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """What students get for the assignment `name`, in the language of the run: file names mapped to contents.

    text   the reference
    items  the exercises; the README lists them in the reference's order
    file   the reference's path, for messages
    data   files that are handed out as they are

    Raises AssignmentError when the reference's markers are wrong, and when it does not define an exercise.
    """
    file = file or f"{name}.py"
    data = data or {}
    texts = {
        f"{name}.py": starter_module(text, file, current()),
        f"{name}.ipynb": starter_notebook(text, file, current()),
        "README.md": readme(name, in_language(text, current(), file), items, file, data),
    }
    for taken in texts.keys() & data:
        raise AssignmentError(f"{file}: {taken} beside it would take the place of the file that is generated")
    return {path: content.encode() for path, content in texts.items()} | dict(data)


def release(folder: Path, out: Path, items: Sequence[Item]) -> tuple[Path, ...]:
    """Writes the handout of the assignment in `folder` (``solutions/<name>``) into `out`; the paths written.

    As `files_of`, and raises OSError when `out` cannot be written.
    """
    return written(files_of(folder, items), out)


def files_of(folder: Path, items: Sequence[Item]) -> Mapping[str, bytes]:
    """The handout of the assignment in `folder` (``solutions/<name>``).

    The reference is ``<name>.py`` in `folder`; what lies beside it and is no Python file, no folder and not
    hidden is data for the students. `items` as in `handout`. Raises AssignmentError.
    """
    reference = folder / f"{folder.name}.py"
    try:
        text = reference.read_text(encoding="utf-8")
        data = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if _is_data(path)}
    except (OSError, UnicodeDecodeError) as error:
        raise AssignmentError(f"{reference}: the reference cannot be read: {error}") from error
    return handout(folder.name, text, items, str(reference), data)


def written(files: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Writes files, by their names, into the folder `out`; the paths written. Raises OSError."""
    for name, content in files.items():
        write_bytes(out / name, content)
    return tuple(out / name for name in files)


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix != ".py" and not path.name.startswith(".")
