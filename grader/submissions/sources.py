"""Which files of a submission are code, and their text."""

from __future__ import annotations

import re

from grader.box.program import Cell, Source
from grader.errors import UnreadableSubmission
from grader.language import _
from grader.submissions.names import is_source, several, shown
from grader.submissions.notebook import is_notebook, read_notebook
from grader.submissions.submission import MIB, File, NothingHandedIn, Submission
from grader.submissions.text import decode

_MAX_CODE = 4 * MIB
_USUAL = (".py", ".ipynb")
_STATEMENT = re.compile(r"^(?:import|from|def|class|#|@|[A-Za-z_]\w* *=)", re.MULTILINE)


def sources(submission: Submission) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The modules and notebooks of `submission`, and sentences about what was mended in reading them.

    The submission's own notes are not among these. Raises NothingHandedIn where there is no file, and
    UnreadableSubmission, a sentence to the student, where no file can be read as code.
    """
    if submission.problem:
        raise UnreadableSubmission(submission.problem)
    if not submission.files:
        raise NothingHandedIn(_("No file was handed in."))
    found: list[Source] = []
    notes: list[str] = []
    failures: list[str] = []
    for file in submission.files:
        try:
            read = _read(file)
        except UnreadableSubmission as failure:
            failures.append(str(failure))
            continue
        if read is not None:
            found.append(read[0])
            notes += read[1]
    if not found:
        names = several([file.path for file in submission.files])
        nothing = _("The submission holds {names} only; hand in the .py or .ipynb file.").format(names=names)
        raise UnreadableSubmission(failures[0] if failures else nothing)
    return tuple(found), (*notes, *(_("Left out: {why}").format(why=failure) for failure in failures))


def _read(file: File) -> tuple[Source, tuple[str, ...]] | None:
    """The file as code; None where it does not even claim to be."""
    name = file.path.casefold()
    if not is_source(name):
        return _read_data(file) if name.endswith(".json") else None
    module = name.endswith((".py", ".py.txt"))
    text, notes = decode(file.data, file.path, module)
    if module:
        _check_size(len(file.data), file.path)
    if not name.endswith(_USUAL):
        notes += (_noted(file, _("{file} has an unusual ending; it was read as code all the same.")),)
    if module and is_notebook(text):
        notes += (_noted(file, _("{file} is a notebook by another name; it was read as one.")),)
        module = False
    elif not module and not text.lstrip().startswith(("{", "[", "<")) and _STATEMENT.search(text):
        notes += (_noted(file, _("{file} holds Python text, not a notebook; it was read as a module.")),)
        module = True
    if module:
        return Source(file.path, (Cell(text),)), notes
    return _notebook(file.path, text, notes)


def _read_data(file: File) -> tuple[Source, tuple[str, ...]] | None:
    try:
        text, notes = decode(file.data, file.path)
    except UnreadableSubmission:
        return None
    if not is_notebook(text):
        return None
    notes += (_noted(file, _("{file} is a notebook by another name; it was read as one.")),)
    return _notebook(file.path, text, notes)


def _noted(file: File, sentence: str) -> str:
    return sentence.format(file=shown(file.path))


def _notebook(path: str, text: str, notes: tuple[str, ...]) -> tuple[Source, tuple[str, ...]]:
    cells, prose, mends = read_notebook(text, path)
    _check_size(sum(len(cell.text) for cell in cells), path)
    return Source(path, cells, notebook=True, prose=prose), notes + mends


def _check_size(size: int, path: str) -> None:
    if size > _MAX_CODE:
        large = _("{file} holds more than {size} MiB of code; keep data in files of their own.")
        raise UnreadableSubmission(large.format(file=shown(path), size=_MAX_CODE // MIB))
