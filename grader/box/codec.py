"""Jobs, replies and what was loaded, as bytes: JSON and raw arrays, never pickle.

Requests are one document: the length of a JSON text (u32), the text, and the raw bytes that it describes. Answers
are as small as the judge demands: whoever reads them (`grader.sandbox.wire`) trusts nothing.
"""

from __future__ import annotations

import functools
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .frames import MAX_HEADER, MAX_LOADED
from .program import (
    Cell,
    Clue,
    Definition,
    Failure,
    Job,
    Loaded,
    Note,
    Opaque,
    Outcome,
    Place,
    Raised,
    Reply,
    Source,
    Step,
    Unreached,
    Value,
    Wanted,
)
from .snapshot import DTYPES

Array = np.ndarray[Any, Any]

_SHORT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DTYPES = {code: np.dtype(code) for code in DTYPES}
_CODES = {char: np.dtype(char).str[1:] for char in "?bBhHiIlLqQefdFD"}
_LENGTH = struct.Struct(">I")

MAX_NAME = 200
MAX_PATH = 1000
MAX_MESSAGE = 400
MAX_TEXT = 2000
MAX_ENTRIES = 400

TOO_LARGE = Raised("TooLarge", "the result is larger than the grader reads")


@dataclass(frozen=True)
class Load:
    """What a box is told to load."""

    sources: tuple[Source, ...]
    wanted: tuple[Wanted, ...]
    lent: Mapping[str, str]
    skip: frozenset[int]


def clean(text: str, limit: int) -> str:
    """At most `limit` characters, all of which UTF-8 can write."""
    if type(text) is str and len(text) <= limit and text.isascii():
        return text
    return text[:limit].encode("utf-8", "backslashreplace").decode("utf-8")[:limit]


def encode_load(load: Load) -> bytes:
    """The body of a LOAD frame."""
    return _document(
        {
            "sources": [
                [source.path, [[cell.text, cell.index] for cell in source.cells], source.notebook]
                for source in load.sources
            ],
            "wanted": [[want.name, want.kind, want.aliases, want.methods] for want in load.wanted],
            "lent": dict(load.lent),
            "skip": sorted(load.skip),
        }
    )


def decode_load(body: bytes) -> Load:
    """What `encode_load` wrote."""
    document, _ = _opened(body)
    return Load(
        tuple(
            Source(path, tuple(Cell(text, index) for text, index in cells), notebook)
            for path, cells, notebook in document["sources"]
        ),
        tuple(
            Wanted(name, kind, tuple(aliases), tuple(methods))
            for name, kind, aliases, methods in document["wanted"]
        ),
        document["lent"],
        frozenset(document["skip"]),
    )


def encode_skip(skip: frozenset[int]) -> bytes:
    """The body of a REST frame."""
    return _document(sorted(skip))


def decode_skip(body: bytes) -> frozenset[int]:
    """What `encode_skip` wrote."""
    return frozenset(_opened(body)[0])


def encode_files(files: Mapping[str, bytes]) -> bytes:
    """The body of a FILES frame."""
    return _document([[name, len(data)] for name, data in files.items()], files.values())


def decode_files(body: bytes) -> dict[str, bytes]:
    """What `encode_files` wrote."""
    listed, offset = _opened(body)
    files = {}
    for name, size in listed:
        files[name] = body[offset : offset + size]
        offset += size
    return files


def encode_modules(names: Sequence[str]) -> bytes:
    """The body of an IMPORT frame."""
    return _document(list(names))


def decode_modules(body: bytes) -> list[str]:
    """What `encode_modules` wrote."""
    names: list[str] = _opened(body)[0]
    return names


def encode_jobs(jobs: Sequence[Job], caps: Sequence[int]) -> bytes:
    """The body of a JOBS frame; `caps` are the bytes of arrays that each job's answer may have.

    The jobs of an exercise differ in their arrays more than in their steps, which travel once.
    """
    numbers: dict[str, int] = {}
    texts = []
    for job, cap in zip(jobs, caps, strict=True):
        steps, rest = _texts(job)
        texts.append(f"[{numbers.setdefault(steps, len(numbers))},{rest},{cap}]")
    text = f"[[{','.join(numbers)}],[{','.join(texts)}]]"
    return _packed(text, (array.tobytes() for job in jobs for array in job.arrays))


def _texts(job: Job) -> tuple[str, str]:
    """The steps of a job, and the rest but for the numbers of its arrays. Kept with the job, which whole classes are
    asked."""
    if job.texts is None:
        steps = json.dumps([[step.name, step.expr, step.wanted] for step in job.steps])
        arrays = json.dumps([[_code(array), array.shape] for array in job.arrays])
        rest = f"{arrays},{job.variants},{json.dumps(sorted(job.stacked))}"
        object.__setattr__(job, "texts", (steps, rest))
        return steps, rest
    return job.texts


def decode_jobs(body: bytes) -> list[tuple[Job, int]]:
    """The jobs that `encode_jobs` wrote, with their caps. The arrays are read-only."""
    (kinds, described), offset = _opened(body)
    known = [tuple([Step(*step) for step in steps]) for steps in kinds]
    jobs = []
    for number, arrays, variants, stacked, cap in described:
        found = []
        for code, shape in arrays:
            array: Array = np.ndarray(shape, _DTYPES[code], body, offset)
            found.append(array)
            offset += array.nbytes
        jobs.append((Job(known[number], tuple(found), variants, frozenset(stacked)), cap))
    return jobs


def encode_reply(reply: Reply, job: Job, cap: int) -> tuple[bytes, bytes]:
    """Header and body of a RESULT frame. Where they would be too large, results are replaced by `TOO_LARGE`."""
    numbers = {step.name: index for index, step in enumerate(job.steps)}
    entries: list[str] = []
    pieces: list[bytes] = []
    room = cap
    for name, outcome in reply.outcomes.items():
        text, data = _described(outcome, numbers)
        if len(data) > room:
            text, data = _described(TOO_LARGE, numbers)
        entries.append(f"[{numbers[name]},{text}]")
        pieces.append(data)
        room -= len(data)
    header = _reply_header(entries)
    if len(header) > MAX_HEADER:
        names = list(reply.outcomes)
        for longest in sorted(range(len(entries)), key=lambda index: -len(_written(entries[index]))):
            text, pieces[longest] = _described(TOO_LARGE, numbers)
            entries[longest] = f"[{numbers[names[longest]]},{text}]"
            header = _reply_header(entries)
            if len(header) <= MAX_HEADER:
                break
    return header, b"".join(pieces)


def _reply_header(entries: Sequence[str]) -> bytes:
    return _written(f"[{','.join(entries)}]")


def encode_progress(ordinal: int, place: Place) -> bytes:
    """The header of a PROGRESS frame."""
    return _json([ordinal, _place(place)])


def encode_loaded(loaded: Loaded) -> bytes:
    """The body of a LOADED frame; where it would be too large, failures and notes are left out from the end."""
    failures, notes = loaded.failures[:MAX_ENTRIES], loaded.notes[:MAX_ENTRIES]
    while True:
        body = _json(
            {
                "definitions": [_definition(definition) for definition in loaded.definitions],
                "notes": [_note(note) for note in notes],
                "failures": [_failure(failure) for failure in failures],
                "pending": loaded.pending,
            }
        )
        if len(body) <= MAX_LOADED or not (failures or notes):
            return body
        failures, notes = failures[: len(failures) // 2], notes[: len(notes) // 2]


def _described(outcome: Outcome, numbers: Mapping[str, int]) -> tuple[str, bytes]:
    """An outcome as the text of its JSON, and the bytes of its arrays."""
    if isinstance(outcome, Value):
        pieces: list[bytes] = []
        tree = _tree(outcome.value, pieces)
        return f'["v",{tree}]', b"".join(pieces)
    if isinstance(outcome, Unreached):
        return f'["u",{numbers[outcome.because]}]', b""
    place = _place(outcome.place) if outcome.place else None
    kind, message = clean(outcome.type, MAX_NAME), clean(outcome.message, MAX_MESSAGE)
    raised = ["r", kind, message, place, outcome.stub, outcome.unset, _clue(outcome.clue)]
    return _SHORT.encode(raised), b""


def _clue(clue: Clue) -> list[Any]:
    operands = [[operand.kind, operand.shape] for operand in clue.operands]
    missing, nearest = clean(clue.missing, MAX_NAME), clean(clue.nearest, MAX_NAME)
    return [missing, nearest, clue.alone, operands, clue.product]


def _tree(value: Any, pieces: list[bytes]) -> str:
    """A value as the text of its JSON. Put together here, because an encoder takes several times as long to begin."""
    if isinstance(value, np.ndarray):
        pieces.append(value.tobytes())
        return _array_text(value.dtype.char, value.shape)
    if value is None:
        return '["n"]'
    if isinstance(value, tuple):
        return f'["t",[{",".join([_tree(item, pieces) for item in value])}]]'
    if isinstance(value, dict):
        keys = _SHORT.encode([clean(key, MAX_NAME) for key in value])
        return f'["d",{keys},[{",".join([_tree(item, pieces) for item in value.values()])}]]'
    if isinstance(value, Opaque):
        return _SHORT.encode(["o", clean(value.type, MAX_NAME)])
    raise TypeError(f"no value of a job: {type(value).__name__}")


@functools.lru_cache(256)
def _array_text(char: str, shape: tuple[int, ...]) -> str:
    return f'["a","{_CODES[char]}",[{",".join(map(str, shape))}]]'


def _place(place: Place) -> list[Any]:
    return [clean(place.file, MAX_PATH), place.line, place.cell]


def _definition(definition: Definition) -> list[Any]:
    places = {clean(name, MAX_NAME): _place(place) for name, place in definition.places.items()}
    found_as, why_not = clean(definition.found_as, MAX_NAME), clean(definition.why_not, MAX_MESSAGE)
    failure = _failure(definition.failure) if definition.failure else None
    return [definition.exercise, found_as, places, why_not, failure]


def _note(note: Note) -> list[Any]:
    place = _place(note.place) if note.place else None
    return [clean(note.id, MAX_NAME), clean(note.detail, MAX_MESSAGE), place]


def _failure(failure: Failure) -> list[Any]:
    kind, message = clean(failure.type, MAX_NAME), clean(failure.message, MAX_MESSAGE)
    return [_place(failure.place), kind, message, clean(failure.text, MAX_TEXT)]


def _code(array: Array) -> str:
    return _CODES[array.dtype.char]


def _json(value: Any) -> bytes:
    return _written(_SHORT.encode(value))


def _written(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _document(value: Any, raw: Iterable[bytes] = ()) -> bytes:
    return _packed(json.dumps(value), raw)


def _packed(text: str, raw: Iterable[bytes] = ()) -> bytes:
    data = text.encode("ascii")
    return b"".join([_LENGTH.pack(len(data)), data, *raw])


def _opened(body: bytes) -> tuple[Any, int]:
    """The JSON value of a document, and where what is not JSON begins."""
    end = _LENGTH.size + _LENGTH.unpack_from(body)[0]
    return json.loads(body[_LENGTH.size : end]), end
