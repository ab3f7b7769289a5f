"""Central differences of a student's own forward pass, contracted with the gradient from above.

d/dx sum(dout * f(x)) is estimated by sum(dout * (f(x + h e) - f(x - h e))) / 2h for every element of x. A few random
directions need fewer evaluations but hide small faults and lose their place: they only confirm a gradient that is known
to be right otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from grader.model import Array
from grader.numeric import closeness

DIRECTIONS = 3
"""So many of them confirm a gradient. That one hides a mistake takes the mistake to be nearly orthogonal to it."""


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


def directions(like: Mapping[str, Array], seed: int) -> dict[str, Array]:
    """Random steps through several arguments at once, of length 1 over all of them: (DIRECTIONS, *shape) for each."""
    rng = np.random.default_rng(seed)
    drawn = {name: rng.normal(size=(DIRECTIONS, *array.shape)) for name, array in like.items()}
    squares = sum((steps**2).reshape(DIRECTIONS, -1).sum(axis=1) for steps in drawn.values())
    return {
        name: steps / np.sqrt(squares).reshape(-1, *[1] * (steps.ndim - 1)) for name, steps in drawn.items()
    }


def along(x: Array, steps: Array, h: float) -> Array:
    """The evaluations for one argument: shape (2 DIRECTIONS, *x.shape), x + h v and then x - h v for every step v."""
    return np.concatenate([x + h * steps, x - h * steps])


def agree(
    values: Array, dout: Array, gradients: Mapping[str, Array], steps: Mapping[str, Array], stride: Stride
) -> bool:
    """Whether the gradients belong to the values (2 DIRECTIONS, *out) at the points of `along`."""
    values = np.asarray(values, dtype=np.float64)
    weighed = (values[:DIRECTIONS] - values[DIRECTIONS:]) * dout
    slopes = weighed.reshape(DIRECTIONS, -1).sum(axis=1) / (2 * stride.h)
    told = [steps[name].reshape(DIRECTIONS, -1) @ one.ravel() for name, one in gradients.items()]
    return closeness.error(slopes, np.asarray(sum(told), dtype=np.float64)) <= stride.tolerance
