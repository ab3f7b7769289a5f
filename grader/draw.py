"""Seeded inputs for cases: symbolic axes with distinct sizes, values away from kinks.

An author writes ``draw.normal(N, D)``; the engine decides how large N and D are. Every axis of a case has
a different size, so that a transposed or wrongly reduced array cannot have the right shape by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from grader.model import Array

Sizes = Mapping["Axis", int]
Drawn = Mapping[str, Array]
# A text, because numpy loads its generators when they are first named, and a self-check draws nothing.
Sampler: TypeAlias = "Callable[[np.random.Generator, tuple[int, ...], Drawn], Array]"


@dataclass(frozen=True)
class Axis:
    """A symbolic axis of an array, such as the batch axis N."""

    name: str


N, D, M, C, H = Axis("N"), Axis("D"), Axis("M"), Axis("C"), Axis("H")

# Sizes by the number of axes of an exercise. With two axes the second is the longer one, so that labels of a
# batch can all be different; with three it is longer or shorter than the first.
SHAPES: Mapping[int, tuple[tuple[int, ...], ...]] = {
    0: ((),) * 6,
    1: ((5,), (4,), (6,)),
    2: ((4, 6), (5, 7), (3, 5)),
    3: ((4, 3, 6), (5, 7, 3), (6, 4, 5)),
    4: ((4, 6, 5, 3), (5, 7, 6, 4), (3, 5, 4, 6)),
}


@dataclass(frozen=True)
class Draw:
    """A recipe for one array: its axes, and how to sample it once their sizes are known."""

    axes: tuple[Axis, ...]
    sampler: Sampler

    def sample(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Array:
        """One float64 (or int64) array of shape ``sizes[axes]``; `drawn` holds the arguments drawn before it."""
        return self.sampler(rng, tuple(sizes[axis] for axis in self.axes), drawn)


def scalar(low: float = 0.3, high: float = 2.5) -> Draw:
    """A number in [low, high] with many digits; a student's function receives it as a Python float."""
    return Draw((), lambda rng, _shape, _: np.array(rng.uniform(low, high)))


def apart(low: float, high: float, gap: float = 0.05) -> Draw:
    """A number of either sign whose magnitude lies in [low, high], `gap` away from those of all numbers before it."""

    def sampler(rng: np.random.Generator, _shape: tuple[int, ...], drawn: Drawn) -> Array:
        taken = [abs(float(other)) for other in drawn.values() if other.ndim == 0]
        while True:
            magnitude = rng.uniform(low, high)
            if all(abs(magnitude - other) >= gap for other in taken):
                return np.array(magnitude * rng.choice([-1.0, 1.0]))

    return Draw((), sampler)


def normal(*axes: Axis) -> Draw:
    """Standard normal values."""
    return Draw(axes, lambda rng, shape, _: rng.standard_normal(shape))


def uniform(*axes: Axis, within: float) -> Draw:
    """Uniform values in [-within, within]."""
    return Draw(axes, lambda rng, shape, _: rng.uniform(-within, within, shape))


def away_from_zero(*axes: Axis, low: float = 0.1, high: float = 2.0) -> Draw:
    """Magnitudes in [low, high] and, for two axes, both signs in every row and column."""
    return Draw(axes, lambda rng, shape, _: rng.uniform(low, high, shape) * _signs(rng, shape))


def upstream(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """A gradient from above: values +-U[.3, 1.5], never ones; 1.7 where the output is a number."""
    if not shape:
        return np.array(1.7)
    return np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))


def one_hot(rows: Axis, classes: Axis) -> Draw:
    """One-hot rows, with as many different labels as there are classes."""
    return Draw((rows, classes), lambda rng, shape, _: np.eye(shape[1])[_labels(rng, *shape)])


def row(axis: Axis) -> Draw:
    """Standard normal values of shape (1, axis): one sample."""
    return Draw((axis,), lambda rng, shape, _: rng.standard_normal((1, *shape)))


def shape(*axes: Axis, ones: int = 0) -> Draw:
    """The sizes of axes as an array, after as many ones."""
    return Draw(axes, lambda _rng, sizes, _drawn: np.array((1,) * ones + sizes))


def grid(*axes: Axis, gap: float = 0.05) -> Draw:
    """All different values, `gap` apart, in a random order, of both signs: nothing ties."""

    def sampler(rng: np.random.Generator, sizes: tuple[int, ...], _: Drawn) -> Array:
        count = int(np.prod(sizes))
        return gap * (rng.permutation(count) - count / 2 + 0.25).reshape(sizes)

    return Draw(axes, sampler)


def labels(rows: Axis, classes: Axis) -> Draw:
    """Labels as numbers, one a row, with as many different ones as there are classes."""
    return Draw((rows, classes), lambda rng, shape, _: _labels(rng, *shape))


def size(axis: Axis) -> Draw:
    """The size of an axis itself."""
    return Draw((axis,), lambda _rng, shape, _drawn: np.array(shape[0]))


def fixed(value: float | Array) -> Draw:
    """The same value in every case."""
    return Draw((), lambda _rng, _shape, _drawn: np.array(value))


def probabilities(rows: Axis, classes: Axis) -> Draw:
    """Rows of positive numbers that sum to one, none below about 0.002 (logits within +-3)."""

    def sampler(rng: np.random.Generator, shape: tuple[int, ...], _: Drawn) -> Array:
        weights = np.exp(rng.uniform(-3, 3, shape))
        return np.asarray(weights / weights.sum(axis=-1, keepdims=True))

    return Draw((rows, classes), sampler)


def peaked(rows: Axis, classes: Axis, *, at: str = "", height: float = 1000.0) -> Draw:
    """Small values, and one of `height` a row: at the label (one-hot or a number) in argument `at`, else at random."""

    def sampler(rng: np.random.Generator, shape: tuple[int, ...], drawn: Drawn) -> Array:
        labels = drawn[at] if at else _labels(rng, *shape)
        peaks = labels if labels.ndim == 2 else np.eye(shape[1])[labels]
        return np.asarray(rng.uniform(-1, 1, shape) + height * peaks)

    return Draw((rows, classes), sampler)


def extremes(*axes: Axis, height: float = 1000.0) -> Draw:
    """Values near +-height."""
    return Draw(axes, lambda rng, shape, _: (height + rng.uniform(-1, 1, shape)) * _signs(rng, shape))


def sizes_of(draws: Sequence[Draw]) -> tuple[Sizes, ...]:
    """The size tables for the axes of these draws, in the order in which they appear."""
    axes = list(dict.fromkeys(axis for draw in draws for axis in draw.axes))
    return tuple(dict(zip(axes, shape, strict=True)) for shape in SHAPES[len(axes)])


def sample_all(draws: Mapping[str, Draw], rng: np.random.Generator, sizes: Sizes) -> dict[str, Array]:
    """All arguments, each seeing those before it."""
    drawn: dict[str, Array] = {}
    for name, draw in draws.items():
        drawn[name] = draw.sample(rng, sizes, drawn)
    return drawn


def generator(seed: int, *words: str | int) -> np.random.Generator:
    """A generator that depends on the seed and on every word, and on nothing else."""
    spawn = [part for word in words for part in (word.encode() if isinstance(word, str) else [word])]
    return np.random.default_rng([seed, *spawn])


def _signs(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """A shuffled chessboard of +-1: both signs in every row and column of at least two entries."""
    board = np.indices(shape).sum(axis=0) % 2 * 2.0 - 1.0
    for axis in range(len(shape)):
        board = rng.permutation(board, axis=axis)
    return np.asarray(board)


def _labels(rng: np.random.Generator, rows: int, classes: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    repeats = -(-rows // classes)
    return np.concatenate([rng.permutation(classes) for _ in range(repeats)])[:rows]
