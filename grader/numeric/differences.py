"""Central differences of a student's own forward pass, contracted with the gradient from above.

d/dx sum(dout * f(x)) is estimated by sum(dout * (f(x + h e) - f(x - h e))) / 2h for every element of x. Random
directions would need fewer evaluations but hide small faults and lose their place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.model import Array


@dataclass(frozen=True)
class Stride:
    """A step size h and the error up to which a right gradient may differ from its estimate."""

    h: float
    tolerance: float


DOUBLE = Stride(h=1e-5, tolerance=1e-6)
SINGLE = Stride(h=1e-2, tolerance=1e-3)
"""For a forward that computes in float32."""

EPS_TOLERANCE = 1e-3
"""For losses with a small constant inside the logarithm."""


def shifted(x: Array, h: float) -> Array:
    """All evaluations for one argument: shape (2 n, *x.shape), x + h e_i and then x - h e_i for every i."""
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.concatenate([x + steps, x - steps])


def gradient(values: Array, dout: Array, like: Array, h: float) -> Array:
    """The gradient, of the shape of `like`, from values (2 n, *out) at the points of `shifted`."""
    up, down = np.split(np.asarray(values, dtype=np.float64), 2)
    slopes = (up - down) / (2 * h)
    axes = tuple(range(1, slopes.ndim))
    return np.asarray((slopes * dout).sum(axis=axes).reshape(like.shape))
