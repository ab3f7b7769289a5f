"""What was noticed beside a student's code, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.box.program import Failure, Note, Place
from grader.language import N_, _

NOTES: Mapping[str, str] = {
    "tabs": N_("tabs and spaces were mixed; a tab was read as {detail} columns"),
    "spaces": N_("spaces that Python does not know ({detail}) were read as ordinary ones"),
    "forgotten-import": N_("{detail} was used without being imported; it was there all the same"),
    "name": N_("we took {found} for {wanted}"),
}


def sentences(notes: Iterable[Note]) -> tuple[str, ...]:
    """Each note that is for the student with its place, each sentence once.

    Notes come from beside the student's code: an id that is not known here says nothing.
    """
    return tuple(dict.fromkeys(_told(_noted(note), note.place) for note in notes if note.id in NOTES))


def _noted(note: Note) -> str:
    found, _for, wanted = note.detail.partition(" for ")
    return _(NOTES[note.id]).format(detail=note.detail, found=found, wanted=wanted)


def failure(failed: Failure) -> str:
    """A statement that failed while loading: ``layers.py, line 3: NameError: name 'x' is not defined``."""
    return _told(f"{failed.type}: {failed.message}", failed.place)


def spot(place: Place) -> str:
    """Where something stands: ``layers.ipynb, cell 3, line 7``."""
    if place.cell is None:
        return _("{file}, line {line}").format(file=place.file, line=place.line)
    return _("{file}, cell {cell}, line {line}").format(file=place.file, cell=place.cell, line=place.line)


def _told(text: str, place: Place | None) -> str:
    return text if place is None else _("{where}: {text}").format(where=spot(place), text=text)
