"""The one comparison of arrays, and the one place for its tolerances.

The metric is the largest difference relative to the largest magnitude. The elementwise relative error would give
right code errors of 1e-3 (a saturated sigmoid) to 4e-2 (float32 convolutions), the size of real mistakes.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from grader.model import Array

SAME = 1e-7
"""Up to this error two arrays are the same."""

ROUGH = 2e-5
"""Up to this error they are the same at float32's precision, or with a small constant inside a logarithm. The worst
right variant measured has 7.4e-7, the smallest mistake 2.5e-4."""

FLOOR = 1e-9
"""Magnitudes below this count as this, so that rounding noise around an exact zero is no difference."""

_STEPS = 31415.9
"""Of a fingerprint, for the largest magnitude. No simple fraction lies halfway between two steps."""


def error(a: Array, b: Array) -> float:
    """max|a-b| / max(|a|, |b|) for arrays of equal shape; infinite when either holds a NaN or an infinity."""
    if a.size == 0:
        return 0.0
    # A NaN or an infinity anywhere is the largest.
    ends = (_largest(a), _largest(b))
    if not all(map(math.isfinite, ends)):
        return math.inf
    # Halves, because the difference of two huge numbers can overflow.
    return 2.0 * (_largest(a / 2 - b / 2) / max(*ends, FLOOR))


def _largest(array: Array) -> float:
    # Most are single numbers, with which Python is ten times as fast.
    return float(np.abs(array).max()) if array.ndim else abs(float(array))


def worst_place(a: Array, b: Array) -> tuple[int, ...]:
    """Index of the largest difference between arrays of equal shape; of the first that is not finite, if any."""
    with np.errstate(all="ignore"):
        gaps = np.abs(a - b)
    gaps = np.where(np.isfinite(gaps), gaps, np.inf)
    return tuple(int(i) for i in np.unravel_index(int(gaps.argmax()), gaps.shape))


def constant_ratio(got: Array, wanted: Array) -> float | None:
    """The c for which got = c * wanted within 1e-6, if there is one."""
    square = float(np.vdot(wanted, wanted))
    if square == 0.0 or not np.isfinite(got).all():
        return None
    ratio = float(np.vdot(wanted, got)) / square
    return ratio if ratio and error(got, ratio * wanted) < 1e-6 else None


def fingerprint(array: Array) -> str:
    """The same for arrays of one shape that are the same but for float64's rounding (rarely not even then).

    Different for arrays that differ by more than ``1e-4`` of the largest magnitude. "" for what holds no numbers.
    """
    if array.dtype.kind not in "biuf":
        return ""
    values = array.astype(np.float64)
    finite = np.isfinite(values)
    known = np.where(finite, values, 0.0)
    scale = max(float(np.abs(known).max(initial=0.0)), FLOOR)
    steps = np.rint(known / scale * _STEPS).astype(np.int64)
    signs = np.where(np.isinf(values), np.sign(values), 2.0 * np.isnan(values)).astype(np.int8)
    parts = (repr((array.shape, f"{scale * _STEPS:.4e}")).encode(), steps.tobytes(), signs.tobytes())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
