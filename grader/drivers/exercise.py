"""What every kind of exercise has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from grader.box.program import Expr, Job, Step, Wanted
from grader.draw import Axis, Draw, sizes_of
from grader.drivers.derivation import Derivation
from grader.drivers.extra import Extra
from grader.drivers.forms import Fit, Form
from grader.drivers.quantity import Quantity
from grader.errors import AssignmentError
from grader.language import Text
from grader.model import Array

Arguments = Mapping[str, Expr]
"""For each argument's name the expression that gives it to the student's code."""


@dataclass(frozen=True)
class Case:
    """One set of inputs: a name for each array. `public` cases may be shown to the student, and are numbered apart from
    the hidden ones; `call` is what is done with them where that is not the exercise's ordinary call."""

    number: int
    public: bool
    arrays: Mapping[str, Array]
    call: str = ""

    @property
    def label(self) -> str:
        """What tells the cases of an exercise apart, whatever the language."""
        return f"{'public' if self.public else 'hidden'} case {self.number}"

    @cached_property
    def size(self) -> int:
        """Number of elements of all arrays."""
        return sum(array.size for array in self.arrays.values())


@dataclass(frozen=True, kw_only=True)
class Exercise(ABC):
    """One class or function to write.

    inputs      arguments in order, each with its recipe
    sizes       sizes of the axes in each ordinary case, where the engine's own do not do
    points      the exercise's points, split evenly over its quantities; or points by the name of a quantity
                or of another check of the battery
    aliases     other names under which students define it
    uses        other exercises that its code may call
    large       recipes for a probe with large values, where the results need only be finite
    flattens    the argument whose axes after the first are flattened, if any: it may have a higher rank
    labels      the argument that holds one-hot labels, and may also hold integer labels
    forms       other right forms of the results, see `grader.drivers.forms`
    errata      wrong forms of the results that a published text spreads; a finding says so where one explains all cases
    derivation  how the right results come about, for diagnoses
    extras      checks of the author's own
    waive       checks that are not judged, each with the reason
    titles      sentences that replace a check's own title
    """

    kind: ClassVar[str]

    name: str
    inputs: Mapping[str, Draw]
    points: float | Mapping[str, float]
    sizes: tuple[Mapping[Axis, int], ...] = ()
    aliases: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    large: Mapping[str, Draw] = field(default_factory=dict)
    flattens: str = ""
    labels: str = ""
    forms: tuple[Fit, ...] = ()
    errata: tuple[Form, ...] = ()
    derivation: Derivation | None = None
    extras: tuple[Extra, ...] = ()
    waive: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    @abstractmethod
    def quantities(self) -> tuple[Quantity, ...]:
        """What is judged, outputs first."""

    @property
    def draws(self) -> Mapping[str, Draw]:
        """Recipes for all arguments, in the order in which they are drawn."""
        return self.inputs

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of a class that are called."""
        return ()

    @property
    def seed_gradient(self) -> bool:
        """Whether a gradient from above (``dout``) is drawn for each case."""
        return False

    @property
    def tables(self) -> tuple[Mapping[Axis, int], ...]:
        """Sizes of the axes, one table an ordinary case."""
        return self.sizes or sizes_of(list(self.draws.values()))

    @property
    def batch(self) -> Axis | None:
        """The axis of the first input that counts samples."""
        return next(iter(next(iter(self.inputs.values())).axes), None)

    @property
    def given(self) -> tuple[str, ...]:
        """The arguments that the student's code has to leave alone."""
        return tuple(self.draws)

    def arguments(self, arrays: Mapping[str, Array], stacked: Collection[str] = ()) -> dict[str, Expr]:
        """Expressions for the arrays: numbers reach the student's code as Python floats. Those that are `stacked` have
        a leading axis."""
        return {
            name: ["array" if array.ndim > (name in stacked) else "scalar", index]
            for index, (name, array) in enumerate(arrays.items())
        }

    @property
    def takes_sample(self) -> bool:
        """Whether a single sample may come without a batch axis."""
        return False

    @abstractmethod
    def forward(self, args: Arguments) -> tuple[Step, ...]:
        """Steps up to and with the one named ``forward``."""

    def steps(self, args: Arguments) -> tuple[Step, ...]:
        """All steps of an ordinary case."""
        return self.forward(args)

    @abstractmethod
    def call(self, case: Case, quantity: Quantity | None) -> str:
        """The call in a student's words, with the shapes of its arguments."""

    def attributes(self, quantity: Quantity) -> tuple[str, ...]:  # noqa: ARG002
        """The attributes of an object that may hold the quantity; none where it is returned."""
        return ()

    @property
    def output(self) -> Quantity:
        """The first quantity, which the gradients are gradients of."""
        return self.quantities[0]

    @cached_property
    def gradients(self) -> tuple[Quantity, ...]:
        """The quantities that are gradients."""
        return tuple(quantity for quantity in self.quantities if quantity.of)

    @property
    def sought(self) -> tuple[Wanted, ...]:
        """What the box looks for; the first stands for the exercise."""
        return (Wanted(self.name, self.kind, self.aliases, self.methods),)

    @property
    def shares(self) -> Mapping[str, float]:
        """Points by quantity or check."""
        if isinstance(self.points, Mapping):
            return self.points
        return {quantity.name: self.points / len(self.quantities) for quantity in self.quantities}

    @property
    def max_score(self) -> float:
        """The sum of its points."""
        return float(sum(self.shares.values()))

    def __post_init__(self) -> None:
        if not self.max_score > 0 or any(share < 0 for share in self.shares.values()):
            raise AssignmentError(f"{self.name}: points must be positive")
        if self.labels and self.labels not in self.inputs:
            raise AssignmentError(f"{self.name}: labels names {self.labels!r}, which is not an input")


def job(
    steps: tuple[Step, ...], arrays: Mapping[str, Array], stacked: Collection[str] = (), variants: int = 0
) -> Job:
    """The steps as a job over the arrays, in the order of `arrays`; `stacked` names the arguments that vary."""
    names = list(arrays)
    return Job(
        steps=steps,
        arrays=tuple(arrays.values()),
        variants=variants,
        stacked=frozenset(names.index(name) for name in stacked),
    )


def shape_of(array: Array) -> str:
    """``5x7`` for a matrix, the empty string for a number."""
    return "x".join(map(str, array.shape))


def spelt(case: Case, names: Iterable[str]) -> str:
    """The arguments of a call: ``x 5x7, t 5`` by their shapes; numbers with their values where they may be shown."""
    return ", ".join(
        f"{name} {shape_of(array)}" if array.ndim else f"{name}={float(array):.4g}" if case.public else name
        for name, array in ((name, case.arrays[name]) for name in names)
    )
