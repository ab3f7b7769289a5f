"""A public answer key as the bytes of one file, the same bytes for the same key."""

from __future__ import annotations

import io
import json
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader import __version__
from grader.errors import AssignmentError, UsageError
from grader.frozen.codec import Encoder, decoded
from grader.frozen.foreseen import Group
from grader.frozen.freeze import PublicKey
from grader.frozen.packed import packed
from grader.language import LANGUAGES
from grader.model import Array

SUFFIX = ".key.npz"
FORMAT = "backprop-grader public key"
VERSION = 1

_TEXT = "document"
_FORESEEN, _FORESEEN_NUMBERS = "foreseen-", "foreseen."
# No honest key comes near, and a file that claims to be one shall not fill the memory.
_LARGEST = 64 << 20


def to_bytes(key: PublicKey) -> bytes:
    """The key as a file. Raises Fault where it holds what is no data."""
    known, foreseen = Encoder(), Encoder()
    document = {"format": FORMAT, "version": VERSION, "grader": __version__, "key": known.encoded(key)}
    names = [exercise.name for exercise in key.assignment.exercises]
    hypotheses = {_FORESEEN + name: _text(foreseen.encoded(key.foreseen(name))) for name in names}
    members = {
        _TEXT: _text(document),
        **known.numbers,
        **hypotheses,
        **{_FORESEEN_NUMBERS + code: numbers for code, numbers in foreseen.numbers.items()},
    }
    return packed({f"{name}.npy": _npy(array) for name, array in members.items()})


def from_bytes(data: bytes, name: str) -> PublicKey:
    """The key in a file called `name`. Raises UsageError where it is none, damaged, or of another version."""
    try:
        members = _members(data, lambda one: not one.startswith((_FORESEEN, _FORESEEN_NUMBERS)))
        document = json.loads(members.pop(_TEXT).tobytes())
        foreign = document["format"] != FORMAT
        version, maker = document["version"], document["grader"]
    except (*_DAMAGE, TypeError, KeyError):
        raise UsageError(
            f"{name} is no public answer key, or is damaged; copy it again from the bundle"
        ) from None
    if foreign:
        raise UsageError(f"{name} is no public answer key of this program")
    if version != VERSION:
        raise UsageError(
            f"{name} is a public answer key of format {version!s:.20}, made by version {maker!s:.20}; this is version "
            f"{__version__}, which reads format {VERSION}. Install the wheel that lies in the key's bundle"
        )
    try:
        key = decoded(document["key"], members)
    except (*_DAMAGE, TypeError, KeyError, IndexError, AttributeError, AssignmentError, RecursionError):
        key = None
    if not isinstance(key, PublicKey) or key.language not in LANGUAGES:
        raise UsageError(f"{name} is a damaged public answer key; copy it again from the bundle")
    return replace(key, foreseen=lambda exercise: _foreseen(data, name, exercise))


def _foreseen(data: bytes, name: str, exercise: str) -> Sequence[Group]:
    """The hypotheses about an exercise: they are many, and only read where something is wrong."""
    member = _FORESEEN + exercise
    try:
        members = _members(data, lambda one: one == member or one.startswith(_FORESEEN_NUMBERS))
        document = json.loads(members.pop(member).tobytes())
        numbers = {one.removeprefix(_FORESEEN_NUMBERS): array for one, array in members.items()}
        found: Sequence[Group] = decoded(document, numbers)
    except (*_DAMAGE, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise UsageError(f"{name} is a damaged public answer key; copy it again from the bundle") from None
    return found


# numpy reads the header of an array as Python.
_DAMAGE = (
    *(ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, MemoryError),
    *(SyntaxError, tokenize.TokenError),
)


def _members(data: bytes, asked: Callable[[str], bool]) -> dict[str, Array]:
    """The arrays of an npz of a reasonable size whose names are asked for. Raises one of `_DAMAGE` where it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise ValueError("too large")
    with np.load(io.BytesIO(data), allow_pickle=False) as loaded:
        members: dict[str, Any] = {name: loaded[name] for name in loaded.files if asked(name)}
    if any(not isinstance(array, np.ndarray) or array.ndim != 1 for array in members.values()):
        raise ValueError("not in a row")
    return members


def _text(document: Any) -> Array:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return np.frombuffer(text.encode(), np.uint8)


def _npy(array: Array) -> bytes:
    written = io.BytesIO()
    np.lib.format.write_array(written, array, allow_pickle=False)
    return written.getvalue()
