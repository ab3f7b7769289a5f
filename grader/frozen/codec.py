"""Declarations as JSON, with their arrays apart.

Text, numbers, sequences and tables stand for themselves; a dataclass is an object that has its name under ``""`` and
every field that differs from its default; an array is its place among all numbers of its type.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import partial
from typing import Any

import numpy as np

from grader.assignment import Assignment, Axis
from grader.box.program import Job, Step
from grader.box.snapshot import DTYPES
from grader.checks.asks import Ask
from grader.diagnosis.hypotheses import Prediction
from grader.draw import Draw
from grader.drivers import At, Case, Extra, Function, Layer, Loss, Pair, Quantity, Script, Updating
from grader.drivers.forms import FixedFactor, Form, LogEps
from grader.errors import Fault
from grader.frozen.foreseen import Foreseen, Group
from grader.frozen.freeze import PublicKey, Withheld
from grader.frozen.tables import Linear, Program, Table, stayed_behind
from grader.key import Entry
from grader.language import Both
from grader.model import Array

Numbers = Mapping[str, Array]
"""All numbers of each type, in a row."""

_WHOLE = (
    *(
        Ask,
        Assignment,
        At,
        Axis,
        Both,
        Case,
        Entry,
        FixedFactor,
        Form,
        Function,
        Job,
        Layer,
        Linear,
        Loss,
        LogEps,
        Pair,
    ),
    *(PublicKey, Quantity, Step, Table, Updating, Withheld),
    *(Extra, Foreseen, Group, Prediction, Program, Script),
)
# With the functions that nobody asks for once all cases are drawn.
_WITHOUT: Mapping[type, tuple[str, ...]] = {
    Draw: ("sampler",),
    # They are read apart, and only where something is wrong.
    PublicKey: ("foreseen",),
}

_MAKERS: Mapping[str, Callable[..., Any]] = {
    **{kind.__name__: kind for kind in _WHOLE},
    **{
        kind.__name__: partial(kind, **dict.fromkeys(names, stayed_behind))
        for kind, names in _WITHOUT.items()
    },
}


class Encoder:
    """Takes values apart. Equal arrays are kept once."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[Array]] = {}
        self._sizes: dict[str, int] = {}
        self._places: dict[tuple[str, tuple[int, ...], bytes], int] = {}

    @property
    def numbers(self) -> Numbers:
        """All numbers of what was encoded."""
        return {code: np.concatenate(pieces) for code, pieces in sorted(self._numbers.items())}

    def encoded(self, value: Any) -> Any:
        """The value as JSON. Raises Fault for what is no data."""
        # First, because numpy's doubles are floats as well.
        if isinstance(value, np.ndarray | np.generic):
            return {"": "array", "at": self._placed(np.asarray(value))}
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, tuple | list):
            return [self.encoded(one) for one in value]
        if isinstance(value, Mapping):
            return {key: self.encoded(one) for key, one in value.items()}
        if is_dataclass(value) and type(value).__name__ in _MAKERS:
            names = [
                field
                for field in fields(value)
                if field.init and field.name not in _WITHOUT.get(type(value), ())
            ]
            pairs = [(field, getattr(value, field.name)) for field in names]
            kept = {field.name: self.encoded(one) for field, one in pairs if not _is_default(field, one)}
            return {"": type(value).__name__, **kept}
        raise Fault(f"a public answer key cannot hold {value!r}")

    def _placed(self, array: Array) -> list[Any]:
        code = array.dtype.str[1:]
        if code not in DTYPES:
            raise Fault(f"a public answer key cannot hold an array of {array.dtype}")
        content = (code, array.shape, array.tobytes())
        if content not in self._places:
            self._places[content] = self._sizes.get(code, 0)
            self._sizes[code] = self._places[content] + array.size
            self._numbers.setdefault(code, []).append(np.ravel(array))
        return [code, self._places[content], list(array.shape)]


def decoded(document: Any, numbers: Numbers) -> Any:
    """What was encoded; sequences come back as tuples, arrays read-only. Raises ValueError for what never was."""
    if isinstance(document, list):
        return tuple(decoded(one, numbers) for one in document)
    if not isinstance(document, dict):
        return document
    if "" not in document:
        return {key: decoded(one, numbers) for key, one in document.items()}
    kind = document[""]
    if kind == "array":
        return _array(document["at"], numbers)
    if kind not in _MAKERS:
        raise ValueError(f"there is no {kind!r}")
    given = {key: decoded(one, numbers) for key, one in document.items() if key}
    return _MAKERS[kind](**given)


def _array(at: list[Any], numbers: Numbers) -> Array:
    code, start, shape = at
    array = numbers[code][start : start + math.prod(shape)].reshape(shape)
    array.flags.writeable = False
    return array


def _is_default(field: Field[Any], value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return False
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return bool(
        field.default is not MISSING and type(value) is type(field.default) and value == field.default
    )
