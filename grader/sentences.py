"""What was noticed beside a student's code, in sentences for the student."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.box.program import Failure, Note, Place
from grader.language import _

NOTES: Mapping[str, str] = {
    "tabs": _("tabs and spaces were mixed; a tab was read as {detail} columns"),
    "spaces": _("spaces that Python does not know ({detail}) were read as ordinary ones"),
    "forgotten-import": _("{detail} was used without being imported; it was there all the same"),
    "name": _("we took {detail}"),
}


def sentences(notes: Iterable[Note]) -> tuple[str, ...]:
    """Each note with its place, each sentence once."""
    told = (_told(NOTES.get(note.id, note.id).format(detail=note.detail), note.place) for note in notes)
    return tuple(dict.fromkeys(told))


def failure(failed: Failure) -> str:
    """A statement that failed while loading: ``layers.py, line 3: NameError: name 'x' is not defined``."""
    return _told(f"{failed.type}: {failed.message}", failed.place)


def _told(text: str, place: Place | None) -> str:
    if place is None:
        return text
    if place.cell is None:
        return _("{file}, line {line}: {text}").format(file=place.file, line=place.line, text=text)
    return _("{file}, cell {cell}, line {line}: {text}").format(
        file=place.file, cell=place.cell, line=place.line, text=text
    )
