"""Arrays as small tables of text: whole when they are small, else the part around the largest difference."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.model import Array, Evidence

SIDE = 8  # rows and columns that are shown at most

Window = tuple[int | slice, ...]
Writer = Callable[[Any], str]


@dataclass(frozen=True)
class Cell:
    """One number as text. `kind`: "" plain, "same" as wanted, "off" different, "mark" the most different."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """An array, drawn. `role`: got, wanted, difference or input. `part` is the index of what is shown
    (``[2:10, 0:3]``), "" when that is all; `columns` and the first of each row are indices."""

    role: str
    name: str
    shape: str
    dtype: str
    part: str
    columns: tuple[int, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    rank: int


@dataclass(frozen=True)
class Picture:
    """What an `Evidence` looks like. `where` is the index of the largest difference, "" without one."""

    tables: tuple[Table, ...]
    inputs: tuple[Table, ...]
    where: str


def picture(evidence: Evidence) -> Picture:
    """Draws got, wanted and, where the shapes agree, their difference, all cut to the same part."""
    got, wanted = evidence.got, evidence.wanted
    inputs = tuple(
        _draw("input", name, array, _window(array.shape, None), _writer(array))
        for name, array in evidence.inputs.items()
    )
    if got is not None and wanted is not None and _are_comparable(got, wanted):
        return _comparison(evidence, got, wanted, inputs)
    alone = tuple(
        _draw(role, evidence.what, array, _window(array.shape, None), _writer(array))
        for role, array in (("got", got), ("wanted", wanted))
        if array is not None
    )
    return Picture(alone, inputs, where="")


def _are_comparable(got: Array, wanted: Array) -> bool:
    return got.shape == wanted.shape and got.size > 0 and _is_real(got) and _is_real(wanted)


def _comparison(evidence: Evidence, got: Array, wanted: Array, inputs: tuple[Table, ...]) -> Picture:
    difference = _difference(got, wanted)
    where = evidence.where
    if where is None or not _lies_in(where, got.shape):
        where = _largest(difference)
    window = _window(got.shape, where)
    write = _writer(*(np.asarray(array[window]) for array in (got, wanted, difference)))
    off = difference != 0
    tables = tuple(
        _draw(role, evidence.what, array, window, write, off, where)
        for role, array in (("got", got), ("wanted", wanted), ("difference", difference))
    )
    return Picture(tables, inputs, _index(where) if where else "")


def _draw(
    role: str,
    name: str,
    array: Array,
    window: Window,
    write: Writer,
    off: Array | None = None,
    where: tuple[int, ...] | None = None,
) -> Table:
    shape = f"({', '.join(map(str, array.shape))}{',' if array.ndim == 1 else ''})"
    part = (
        "" if all(_is_whole(axis, n) for axis, n in zip(window, array.shape, strict=True)) else _index(window)
    )
    header = (role, name, shape, array.dtype.name, part)
    if array.size == 0 or not _is_real(array):
        return Table(*header, columns=(), rows=(), rank=array.ndim)
    fixed, spans = window[:-2], [axis for axis in window[-2:] if isinstance(axis, slice)]
    ranges = [range(span.start, span.stop) for span in spans]
    columns = ranges[-1] if ranges else range(1)
    rows = ranges[0] if len(ranges) == 2 else range(1)

    def cell(row: int, column: int) -> Cell:
        index = (*fixed, *(row, column)[2 - len(ranges) :])
        text = write(array[index])
        if index == where:
            return Cell(text, "mark")
        if off is None:
            return Cell(text)
        zero = role == "difference" and _is_zero(text)
        return Cell("0" if zero else text, "off" if off[index] and not zero else "same")

    drawn = tuple((row, tuple(cell(row, column) for column in columns)) for row in rows)
    return Table(*header, columns=tuple(columns) if ranges else (), rows=drawn, rank=array.ndim)


def _window(shape: tuple[int, ...], where: tuple[int, ...] | None) -> Window:
    """One index for every axis but the last two, and at most `SIDE` of each of those, around `where`."""
    centre = where if where is not None else (0,) * len(shape)
    leading = max(len(shape) - 2, 0)
    spans = []
    for place, size in zip(centre[leading:], shape[leading:], strict=True):
        start = min(max(place - SIDE // 2, 0), max(size - SIDE, 0))
        spans.append(slice(start, min(start + SIDE, size)))
    return (*centre[:leading], *spans)


def _difference(got: Array, wanted: Array) -> Array:
    with np.errstate(all="ignore"):
        difference = got.astype(np.float64) - wanted.astype(np.float64)
    return np.where(got == wanted, 0.0, difference)


def _largest(difference: Array) -> tuple[int, ...] | None:
    sizes = np.where(np.isnan(difference), np.inf, np.abs(difference))
    flat = int(np.argmax(sizes))
    index = tuple(int(i) for i in np.unravel_index(flat, difference.shape))
    return index if sizes[index] > 0 else None


def _writer(*arrays: Array) -> Writer:
    """One way of writing numbers for arrays that are read side by side; a third one is their difference."""
    if not all(_is_real(array) for array in arrays):
        return str
    top = max(_top(array) for array in arrays[:2])
    if top < 1e15 and all(_is_integral(array) for array in arrays):
        return lambda value: str(bool(value)) if isinstance(value, np.bool_) else str(int(value))
    step = _top(arrays[2]) if len(arrays) == 3 else top
    if top >= 1e6 or 0 < top < 1e-3:
        digits = 4 if step == 0 else min(max(4, math.ceil(math.log10(top / step)) + 1), 15)
        return lambda value: f"{float(value):.{digits}e}"
    decimals = _decimals(step)
    return lambda value: _plain(f"{float(value):.{decimals}f}")


def _top(array: Array) -> float:
    finite = np.abs(array[np.isfinite(array)].astype(np.float64))
    return float(finite.max()) if finite.size else 0.0


def _decimals(step: float) -> int:
    """Enough decimals for a difference of `step` to be seen; four when it is large or nothing."""
    return 4 if step == 0 else min(max(4, 2 - math.floor(math.log10(step))), 12)


def _plain(text: str) -> str:
    return text.removeprefix("-") if _is_zero(text) else text


def _is_zero(text: str) -> bool:
    return text not in ("True", "False") and float(text) == 0


def _is_integral(array: Array) -> bool:
    return bool(np.all(np.isfinite(array)) and np.all(array == np.trunc(array)))


def _is_real(array: Array) -> bool:
    return array.dtype.kind in "biuf"


def _is_whole(axis: int | slice, size: int) -> bool:
    return size <= 1 if isinstance(axis, int) else axis.stop - axis.start == size


def _lies_in(where: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    return len(where) == len(shape) and all(
        0 <= place < size for place, size in zip(where, shape, strict=True)
    )


def _index(index: Window) -> str:
    return f"[{', '.join(f'{i.start}:{i.stop}' if isinstance(i, slice) else str(i) for i in index)}]"
