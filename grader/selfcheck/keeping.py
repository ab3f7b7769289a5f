"""A notebook is left as it was: its names, its arrays, its random numbers, numpy's error state, its warnings."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from grader.model import Array

_LARGEST = 64 << 20
"""Bytes of an array that is still copied: data sets beyond that are read and not written."""

_DEEPEST = 3


@contextmanager
def as_before(names: dict[str, Any]) -> Iterator[None]:
    """Afterwards the namespace has the same objects by the same names, and its arrays hold the same numbers."""
    bound = dict(names)
    arrays = [(array, array.copy()) for array in _arrays(bound, 0)]
    drawn, numpy_drawn, errors = random.getstate(), np.random.get_state(), np.geterr()
    with warnings.catch_warnings():
        try:
            yield
        finally:
            random.setstate(drawn)
            np.random.set_state(numpy_drawn)
            np.seterr(**errors)
            for array, copy in arrays:
                if array.flags.writeable:
                    np.copyto(array, copy)
            for name in names.keys() - bound.keys():
                del names[name]
            names.update(bound)


def _arrays(value: Any, depth: int) -> Iterator[Array]:
    """The arrays of a value and of the lists and tables in it."""
    if type(value) is np.ndarray:
        if value.nbytes <= _LARGEST and not value.dtype.hasobject:
            yield value
    elif type(value) in (dict, list, tuple) and depth < _DEEPEST and len(value) <= 1000:
        for one in list(value.values()) if type(value) is dict else value:
            yield from _arrays(one, depth + 1)
