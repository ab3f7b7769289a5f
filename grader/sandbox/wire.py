"""The meaning of a child's frames: nothing that comes from there is believed.

Headers are JSON of known types within known limits; what they say of arrays must fit the bytes that came. Whatever is
not as agreed raises `Violation`.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args

import msgspec
import numpy as np
from msgspec import Meta, Struct

from grader.box.codec import MAX_ENTRIES, MAX_MESSAGE, MAX_NAME, MAX_PATH, MAX_TEXT
from grader.box.frames import Frame
from grader.box.program import (
    Clue,
    Definition,
    Failure,
    Job,
    Loaded,
    Note,
    Opaque,
    Operand,
    Outcome,
    Place,
    Raised,
    Reply,
    Unreached,
    Value,
)
from grader.box.snapshot import MAX_DEPTH, MAX_NDIM, MAX_PARTS

MIN_CAP = 1 << 18
MAX_CAP = 64 << 20


class Violation(Exception):
    """The child did not keep to the protocol; the text says how."""


Name: TypeAlias = Annotated[str, Meta(max_length=MAX_NAME)]
Message: TypeAlias = Annotated[str, Meta(max_length=MAX_MESSAGE)]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=1 << 31)]
Dtype: TypeAlias = Literal[
    "b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"
]


class _PlaceText(Struct, array_like=True, forbid_unknown_fields=True):
    file: Annotated[str, Meta(max_length=MAX_PATH)]
    line: Count
    cell: Count | None


class _Array(Struct, tag="a", tag_field="_", array_like=True, forbid_unknown_fields=True):
    dtype: Dtype
    shape: Annotated[list[Count], Meta(max_length=MAX_NDIM)]


class _Tuple(Struct, tag="t", tag_field="_", array_like=True, forbid_unknown_fields=True):
    items: Annotated[list[_Tree], Meta(max_length=MAX_PARTS)]


class _Dict(Struct, tag="d", tag_field="_", array_like=True, forbid_unknown_fields=True):
    keys: Annotated[list[Name], Meta(max_length=MAX_PARTS)]
    items: Annotated[list[_Tree], Meta(max_length=MAX_PARTS)]


class _None(Struct, tag="n", tag_field="_", array_like=True, forbid_unknown_fields=True):
    pass


class _Opaque(Struct, tag="o", tag_field="_", array_like=True, forbid_unknown_fields=True):
    type: Name


_Tree: TypeAlias = _Array | _Tuple | _Dict | _None | _Opaque


class _Value(Struct, tag="v", tag_field="_", array_like=True, forbid_unknown_fields=True):
    tree: _Tree


class _Operand(Struct, array_like=True, forbid_unknown_fields=True):
    kind: Annotated[str, Meta(max_length=1)]
    shape: Annotated[list[Count], Meta(max_length=MAX_NDIM)]


class _Clue(Struct, array_like=True, forbid_unknown_fields=True):
    missing: Name
    nearest: Name
    alone: bool
    operands: Annotated[list[_Operand], Meta(max_length=2)]
    product: bool


class _Raised(Struct, tag="r", tag_field="_", array_like=True, forbid_unknown_fields=True):
    type: Name
    message: Message
    place: _PlaceText | None
    stub: bool
    unset: bool
    clue: _Clue


class _Unreached(Struct, tag="u", tag_field="_", array_like=True, forbid_unknown_fields=True):
    because: Count


class _Entry(Struct, array_like=True, forbid_unknown_fields=True):
    step: Count
    outcome: _Value | _Raised | _Unreached


class _Progress(Struct, array_like=True, forbid_unknown_fields=True):
    ordinal: Count
    place: _PlaceText


class _Definition(Struct, array_like=True, forbid_unknown_fields=True):
    exercise: Name
    found_as: Name
    places: Annotated[dict[Name, _PlaceText], Meta(max_length=MAX_PARTS)]
    why_not: Message
    failure: _Failure | None


class _Note(Struct, array_like=True, forbid_unknown_fields=True):
    id: Name
    detail: Message
    place: _PlaceText | None


class _Failure(Struct, array_like=True, forbid_unknown_fields=True):
    place: _PlaceText
    type: Name
    message: Message
    text: Annotated[str, Meta(max_length=MAX_TEXT)]


class _Loaded(Struct, forbid_unknown_fields=True):
    definitions: Annotated[list[_Definition], Meta(max_length=MAX_ENTRIES)]
    notes: Annotated[list[_Note], Meta(max_length=MAX_ENTRIES)]
    failures: Annotated[list[_Failure], Meta(max_length=MAX_ENTRIES)]
    pending: bool


S = TypeVar("S")
Array: TypeAlias = np.ndarray[Any, Any]

_DTYPES = {code: np.dtype(code) for code in get_args(Dtype)}
_REPLY = msgspec.json.Decoder(list[_Entry])
_PROGRESS = msgspec.json.Decoder(_Progress)
_LOADED = msgspec.json.Decoder(_Loaded)


def cap_of(job: Job) -> int:
    """Bytes of arrays that the answer to a job may have: four times what its arrays come to over all variants."""
    once = sum(
        array.nbytes // (job.variants if job.variants and index in job.stacked else 1)
        for index, array in enumerate(job.arrays)
    )
    return min(MAX_CAP, max(MIN_CAP, 4 * once * max(1, job.variants)))


def read_progress(frame: Frame) -> tuple[int, Place]:
    """The ordinal of a statement, and where it stands."""
    progress = _decoded(_PROGRESS, frame.header)
    return progress.ordinal, _place(progress.place)


def read_loaded(frame: Frame) -> Loaded:
    """What loading came to, as the child tells it."""
    loaded = _decoded(_LOADED, frame.body)
    return Loaded(
        tuple(
            Definition(
                definition.exercise,
                definition.found_as,
                {name: _place(place) for name, place in definition.places.items()},
                definition.why_not,
                _failure(definition.failure) if definition.failure else None,
            )
            for definition in loaded.definitions
        ),
        tuple(Note(note.id, note.detail, _maybe(note.place)) for note in loaded.notes),
        tuple(map(_failure, loaded.failures)),
        loaded.pending,
    )


def _failure(failure: _Failure) -> Failure:
    return Failure(_place(failure.place), failure.type, failure.message, failure.text)


def read_reply(frame: Frame, job: Job) -> Reply:
    """The answer to a job: one outcome for every wanted step, and any for the others."""
    entries = _decoded(_REPLY, frame.header)
    arrays = _Arrays(frame.body)
    outcomes: dict[str, Outcome] = {}
    for entry in entries:
        name = _step(job, entry.step)
        if name in outcomes:
            raise Violation("two outcomes of one step")
        outcomes[name] = _outcome(entry.outcome, job, arrays)
    arrays.end()
    for step in job.steps:
        if step.wanted and step.name not in outcomes:
            raise Violation("a step without an outcome")
    return Reply(outcomes)


class _Arrays:
    """Takes arrays from a body, in order."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._offset = 0

    def take(self, code: str, shape: list[int]) -> Array:
        """The next array, a read-only copy. Its size is held against the bytes that are left before anything is made
        of them."""
        dtype = np.dtype(np.uint8) if code == "b1" else _DTYPES[code]
        count = math.prod(shape)
        # Of an array without elements the other axes count.
        largest = count or math.prod(filter(None, shape))
        end = self._offset + count * dtype.itemsize
        if largest > MAX_CAP or end > len(self._body):
            raise Violation("an array larger than what was sent")
        sent: Array = np.ndarray(shape, dtype, self._body, self._offset)
        self._offset = end
        # A truth value of another byte than 0 and 1 would be neither.
        array = np.asarray(sent != 0) if code == "b1" else sent.copy()
        array.flags.writeable = False
        return array

    def end(self) -> None:
        if self._offset != len(self._body):
            raise Violation("bytes that belong to no array")


def _outcome(outcome: _Value | _Raised | _Unreached, job: Job, arrays: _Arrays) -> Outcome:
    if isinstance(outcome, _Value):
        return Value(_value(outcome.tree, arrays, 0))
    if isinstance(outcome, _Unreached):
        return Unreached(_step(job, outcome.because))
    clue = outcome.clue
    operands = tuple(Operand(operand.kind, tuple(operand.shape)) for operand in clue.operands)
    seen = Clue(clue.missing, clue.nearest, clue.alone, operands, clue.product)
    return Raised(outcome.type, outcome.message, _maybe(outcome.place), outcome.stub, outcome.unset, seen)


def _value(tree: _Tree, arrays: _Arrays, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise Violation("a value nested too deeply")
    if isinstance(tree, _Array):
        return arrays.take(tree.dtype, tree.shape)
    if isinstance(tree, _Tuple):
        return tuple(_value(item, arrays, depth + 1) for item in tree.items)
    if isinstance(tree, _Dict):
        if len(set(tree.keys)) != len(tree.items) or len(tree.keys) != len(tree.items):
            raise Violation("a dict whose keys do not fit its values")
        return {key: _value(item, arrays, depth + 1) for key, item in zip(tree.keys, tree.items, strict=True)}
    return Opaque(tree.type) if isinstance(tree, _Opaque) else None


def _step(job: Job, number: int) -> str:
    if number >= len(job.steps):
        raise Violation("no such step")
    return job.steps[number].name


def _place(place: _PlaceText) -> Place:
    return Place(place.file, place.line, place.cell)


def _maybe(place: _PlaceText | None) -> Place | None:
    return None if place is None else _place(place)


def _decoded(decoder: msgspec.json.Decoder[S], data: bytes) -> S:
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Violation("a header that says nothing") from None
