"""The one comparison of arrays, and the one place for its tolerances.

The metric is the largest difference relative to the largest magnitude. The elementwise relative error would give
right code errors of 1e-3 (a saturated sigmoid) to 4e-2 (float32 convolutions), the size of real mistakes.
"""

from __future__ import annotations

import numpy as np

from grader.model import Array

SAME = 1e-7
"""Up to this error two arrays are the same."""

ROUGH = 2e-5
"""Up to this error they are the same at float32's precision, or with a small constant inside a logarithm. The worst
right variant measured has 7.4e-7, the smallest mistake 2.5e-4."""

FLOOR = 1e-9
"""Magnitudes below this count as this, so that rounding noise around an exact zero is no difference."""


def error(a: Array, b: Array) -> float:
    """max|a-b| / max(|a|, |b|) for arrays of equal shape; infinite when either holds a NaN or an infinity."""
    if a.size == 0:
        return 0.0
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return float("inf")
    # Halves, because the difference of two huge numbers can overflow.
    scale = max(float(np.abs(a).max()), float(np.abs(b).max()), FLOOR)
    return 2.0 * float(np.abs(a / 2 - b / 2).max() / scale)


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
