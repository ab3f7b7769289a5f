"""The file that a student checks, and those beside it that it imports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.box.program import Source
from grader.errors import UsageError
from grader.submissions import File, Submission, sources

_IMPORTED = re.compile(
    rb"^[ \t\"]*(?:from|import)[ \t]+\.*([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*)", re.MULTILINE
)
_MOST_FILES = 200
_ENDINGS = (".ipynb", ".py")


def chosen(file: Path | None, folder: Path, belongs: Callable[[str], bool]) -> Path:
    """The file to check: the given one, else the only one in the folder, or the one of which most is written.

    `belongs` tells whether a file's text defines something of the assignment. Raises UsageError where there is no
    file, or where nothing tells several apart.
    """
    if file is not None:
        if not file.is_file():
            raise UsageError(f"There is no file {file}")
        return file
    found = sorted(
        path for path in folder.iterdir() if path.suffix in _ENDINGS and not path.name.startswith(".")
    )
    if not found:
        raise UsageError(f"There is no .ipynb or .py file in {folder}; say which one: grader check FILE")
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in found}
    fitting = [path for path in found if belongs(texts[path])] or found
    stubs = {path: texts[path].count("raise NotImplementedError") for path in fitting}
    best = [path for path in fitting if stubs[path] == min(stubs.values())]
    if len(best) > 1:
        names = " or ".join(f"grader check {path.name}" for path in best[:3])
        raise UsageError(f"There are several files in {folder}; say which one: {names}")
    return best[0]


def handin(file: Path) -> tuple[Submission, tuple[Source, ...], tuple[str, ...]]:
    """The file and what it imports as a submission, its sources, and what was mended in reading them.

    Raises UsageError where the file cannot be read.
    """
    root = file.resolve().parent
    try:
        found = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in _with_imported(file.resolve(), root)
        }
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error
    submission = Submission("", tuple(File(name, data) for name, data in found.items()))
    return (submission, *sources(submission))


def _with_imported(file: Path, root: Path) -> Iterator[Path]:
    """The file, and the modules below the folder that it imports, directly or through others."""
    waiting, seen = [file], {file}
    while waiting and len(seen) <= _MOST_FILES:
        path = waiting.pop(0)
        yield path
        for names in _IMPORTED.findall(path.read_bytes()):
            for name in names.decode().replace(" ", "").split(","):
                new = [one for one in _modules(name.split("."), path.parent, root) if one not in seen]
                seen.update(new)
                waiting += new


def _modules(parts: list[str], here: Path, root: Path) -> Iterator[Path]:
    """The files that importing a dotted name may run, beside the importing file or in the folder itself."""
    for top in dict.fromkeys((here, root)):
        for count in range(1, len(parts) + 1):
            stem = top.joinpath(*parts[:count])
            yield from (
                path for path in (stem.with_name(stem.name + ".py"), stem / "__init__.py") if path.is_file()
            )
        package = top.joinpath(*parts)
        if package.is_dir() and package != root:
            yield from sorted(path for path in package.glob("*.py") if path.is_file())
