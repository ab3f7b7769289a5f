"""Plain copies of what a student's code returned, and their stacking over variants."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from numbers import Number
from typing import Any

import numpy as np

from .program import Opaque

MAX_DEPTH = 4
MAX_PARTS = 64
MAX_NDIM = 8
MAX_KEY = 64

# What travels: real and complex numbers whose layout is the same on every machine.
DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")

_NUMBERS = (np.ndarray, np.generic, Number)
_FITTING = {np.dtype(code) for code in DTYPES}
_COMMONEST = np.dtype("f8")
# The commonest results, of which no class of a student's is one.
_PLAIN = frozenset({np.ndarray, np.float64, float, int})


class _Unfit(Exception):
    """A value that cannot be copied as data."""


def snapshot(value: object) -> Any:
    """A copy that shares nothing with `value`: None, an array, a tuple or dict of such, or `Opaque`.

    Numbers become 0-d arrays and lists tuples; a list of more than MAX_PARTS numbers becomes an array where it is
    rectangular. Deeper than MAX_DEPTH or with more parts than MAX_PARTS, a value is `Opaque`.
    """
    if type(value) in _PLAIN:
        return _number(value)
    try:
        return _Copier().copy(value, 0)
    except _Unfit:
        long = _array([_of_tensor(one) for one in value]) if isinstance(value, list | tuple) else None
        return Opaque(type_name(value)) if long is None else long


def type_name(value: object) -> str:
    """The name of a value's class; a metaclass has no say in it."""
    return str(type.__dict__["__name__"].__get__(type(value)))


class _Copier:
    """Copies one value, counting its parts."""

    def __init__(self) -> None:
        self._parts = 0

    def copy(self, value: object, depth: int) -> Any:
        self._parts += 1
        if depth > MAX_DEPTH or self._parts > MAX_PARTS:
            raise _Unfit
        if value is None:
            return None
        if type(value) in _PLAIN:
            return _number(value)
        if isinstance(value, (tuple, list)):
            return tuple(self._all(value, depth))
        if isinstance(value, dict):
            if not all(isinstance(key, str) and len(key) <= MAX_KEY for key in value):
                return Opaque(type_name(value))
            return dict(zip((str(key) for key in value), self._all(value.values(), depth), strict=True))
        value = _of_tensor(value)
        return _number(value) if isinstance(value, _NUMBERS) else Opaque(type_name(value))

    def _all(self, values: Iterable[object], depth: int) -> list[Any]:
        return [self.copy(value, depth + 1) for value in values]


def _of_tensor(value: object) -> object:
    """A tensor of PyTorch as an array, wherever it lies and whatever depends on it; anything else as it is, and so a
    tensor of a kind that numpy does not know."""
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(value, torch.Tensor):
        return value
    try:
        return value.numpy(force=True)
    except (TypeError, RuntimeError):
        return value


def _number(value: object) -> Any:
    array = _array(value)
    return Opaque(type_name(value)) if array is None else array


def _array(value: object) -> np.ndarray[Any, Any] | None:
    """`value` as a plain array that owns its numbers, or None where it is not one of numbers."""
    try:
        array = np.array(value, subok=False, order="C")
        if array.dtype is _COMMONEST:
            return array if array.ndim <= MAX_NDIM else None
        if array.dtype == object:
            array = array.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    if array.dtype not in _FITTING:
        if array.dtype.kind not in "biufc":
            return None
        array = array.astype(_narrower(array.dtype))
    return array if array.ndim <= MAX_NDIM else None


def _narrower(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The type that travels for one in foreign byte order or of more than 64 bits a number."""
    native = dtype.newbyteorder("=")
    if native in _FITTING:
        return native
    return np.dtype("c16" if dtype.kind == "c" else "f8")


def stack(values: list[Any]) -> Any:
    """The same step's values of all variants as one, with a new leading axis.

    Raises ValueError when their structure or shapes differ. Number types may differ, as where a branch returns ``0``;
    the result has one that holds them all.
    """
    first = values[0]
    if len(set(map(type, values))) > 1:
        raise ValueError("the type of the result changed with the input's values")
    if isinstance(first, tuple):
        if len(set(map(len, values))) > 1:
            raise ValueError("the number of results changed with the input's values")
        return tuple(stack(list(parts)) for parts in zip(*values, strict=True))
    if isinstance(first, dict):
        if any(value.keys() != first.keys() for value in values):
            raise ValueError("the keys of the result changed with the input's values")
        return {key: stack([value[key] for value in values]) for key in first}
    if isinstance(first, np.ndarray):
        if len({value.shape for value in values}) > 1:
            raise ValueError("the shape of the result changed with the input's values")
        # As np.stack, which takes four times as long.
        return np.array(values)
    return first
