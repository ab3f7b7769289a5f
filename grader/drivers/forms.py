"""Right values of another form: what a student may choose freely is fitted to all cases, and not listed.

A fit looks at the arguments and results of all ordinary cases. Where one choice explains them all it gives the form:
the right values for any arguments under that choice, and a note. The choice must be the same in every case, which
no mistake that depends on the case can imitate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.language import Text, _
from grader.model import Array
from grader.numeric import closeness

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Form:
    """Right values by the names of quantities, given arguments; `note` says what was chosen, `choice` is its number."""

    values: Callable[[Arrays], Arrays]
    note: Text = ""
    choice: float = 0.0


Fit = Callable[[Sequence[tuple[Arrays, Arrays]]], Form | None]

LARGEST_EPS = 1e-5
_HALVINGS = 60


@dataclass(frozen=True)
class LogEps:
    """The fit of `log_eps`."""

    of: Callable[[Arrays], tuple[Array, Array]]
    output: str
    gradient: str = ""

    def __call__(self, seen: Sequence[tuple[Arrays, Arrays]]) -> Form | None:
        pairs = [(*_rows(*self.of(arrays)), got[self.output]) for arrays, got in seen if self.output in got]
        if not pairs or len(pairs) < len(seen) or any(got.shape != () for _y, _t, got in pairs):
            return None
        y, t, first = pairs[0]
        eps = _solve(y, t, float(first))
        agrees = eps > 0 and all(
            closeness.error(np.array(_loss(y, t, eps)), got) <= closeness.ROUGH for y, t, got in pairs
        )
        note = _("a constant of {eps:.1g} inside the logarithm").format(eps=eps)
        return Form(lambda arrays: self._values(arrays, eps), note, eps) if agrees else None

    def _values(self, arrays: Arrays, eps: float) -> Arrays:
        y, t = _rows(*self.of(arrays))
        found = {self.output: np.array(_loss(y, t, eps))}
        if self.gradient:
            found[self.gradient] = arrays.get("dout", np.array(1.0)) * _loss_gradient(y, t, eps)
        return found


@dataclass(frozen=True)
class FixedFactor:
    """The fit of `fixed_factor`."""

    factor: str
    right: Callable[[Arrays, float], Arrays]
    note: Text

    def __call__(self, seen: Sequence[tuple[Arrays, Arrays]]) -> Form | None:
        values = [_fitted(self.right, arrays, got) for arrays, got in seen]
        if not values or any(value is None for value in values):
            return None
        value = float(np.median([one for one in values if one is not None]))
        same = all(abs(one - value) <= closeness.SAME * abs(value) for one in values if one is not None)
        distinct = len({float(arrays[self.factor]) for arrays, _got in seen}) > 1
        if not same or not distinct or value <= 0:
            return None
        note = self.note.format(value=f"{value:.6g}")
        return Form(lambda arrays: self.right(arrays, value), note, value)


def log_eps(of: Callable[[Arrays], tuple[Array, Array]], output: str, gradient: str = "") -> LogEps:
    """Losses -log(y + eps) for an eps up to 1e-5.

    `of` gives probabilities (N, C) or (C,) and labels (one-hot, or integers in a row or column) from the arguments.
    """
    return LogEps(of, output, gradient)


def fixed_factor(factor: str, right: Callable[[Arrays, float], Arrays], note: Text) -> FixedFactor:
    """A number that the student wrote into the code in place of the argument `factor`.

    `right` gives the results for a value of it; they must be linear in it. `note` may use ``{value}``.
    """
    return FixedFactor(factor, right, note)


def _fitted(right: Callable[[Arrays, float], Arrays], arrays: Arrays, got: Arrays) -> float | None:
    """The value by least squares over all results, None when some are missing."""
    zero, one = right(arrays, 0.0), right(arrays, 1.0)
    if any(name not in got or got[name].shape != zero[name].shape for name in zero):
        return None
    slope = np.concatenate([np.ravel(one[name] - zero[name]) for name in zero])
    change = np.concatenate([np.ravel(got[name] - zero[name]) for name in zero])
    square = float(slope @ slope)
    return float(slope @ change) / square if square and np.isfinite(change).all() else None


def _rows(y: Array, t: Array) -> tuple[Array, Array]:
    """Probabilities and one-hot labels as matrices, whatever form the labels came in."""
    y = np.atleast_2d(y)
    return y, np.eye(y.shape[1])[t.ravel()] if t.dtype.kind in "iu" else np.atleast_2d(t)


def _loss(y: Array, t: Array, eps: float) -> float:
    """Mean over the rows of -log(p + eps), p being the probability of the row's label."""
    return float(-np.log((y * t).sum(axis=-1) + eps).mean())


def _loss_gradient(y: Array, t: Array, eps: float) -> Array:
    """Its gradient with respect to the logits of y = softmax(x): p / (p + eps) * (y - t) / N."""
    p = (y * t).sum(axis=-1, keepdims=True)
    return np.asarray(p / (p + eps) * (y - t) / len(y))


def _solve(y: Array, t: Array, got: float) -> float:
    """The eps of a loss, by bisection: the loss falls as eps grows. 0 when there is none."""
    low, high = 0.0, LARGEST_EPS
    if not _loss(y, t, high) <= got <= _loss(y, t, low):
        return 0.0
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _loss(y, t, middle) > got else (low, middle)
    return high
