"""Layers that learn while the error goes back: ``backward_propagation(output_error, learning_rate)``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from grader.box.program import Expr, Step
from grader.draw import Axis, Draw, scalar
from grader.drivers.exercise import Arguments, Case, Exercise, spelt
from grader.drivers.quantity import Quantity
from grader.model import Array

LAYER: Expr = ["slot", "layer"]
RATE = "learning_rate"


@dataclass(frozen=True, kw_only=True)
class Updating(Exercise):
    """A layer with ``forward_propagation(input)`` and ``backward_propagation(output_error, learning_rate)``.

    The gradient of a parameter is recovered from its change: (before - after) / learning_rate.

    shapes     what the constructor takes: arrays become tuples of ints, numbers ints
    functions  exercises that it takes after them
    later      other arguments that later published forms of the constructor take in place of `shapes`
    learns     parameters: their recipes; they are set before each forward pass
    names      attributes that may hold a parameter, where there are several
    """

    kind: ClassVar[str] = "class"

    shapes: Mapping[str, Draw] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    later: Mapping[str, Draw] | None = None
    learns: Mapping[str, Draw] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def draws(self) -> Mapping[str, Draw]:
        rate = {RATE: scalar(0.37, 0.5)}
        return {**self.shapes, **(self.later or {}), **self.learns, **self.inputs, **rate}

    @property
    def methods(self) -> tuple[str, ...]:
        return ("forward_propagation", "backward_propagation")

    @property
    def seed_gradient(self) -> bool:
        return True

    @property
    def batch(self) -> Axis | None:
        return None

    @property
    def given(self) -> tuple[str, ...]:
        return tuple(self.inputs)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        forward, backward = self.methods
        (name,) = self.inputs
        source = f"{self.name}.{backward}"
        return (
            Quantity("forward", "forward", where=forward, source=f"{self.name}.{forward}"),
            Quantity("d" + name, "backward", of=name, where=backward, source=source),
            *(Quantity("d" + one, "d" + one, of=one, where=backward, source=source) for one in self.learns),
        )

    def arguments(self, arrays: Mapping[str, Array], stacked: Collection[str] = ()) -> dict[str, Expr]:
        tuples = {name for name in [*self.shapes, *(self.later or {})] if arrays[name].ndim}
        ordinary = super().arguments(arrays, stacked)
        return {name: ["sizes", expr[1]] if name in tuples else expr for name, expr in ordinary.items()}

    def attributes(self, quantity: Quantity) -> tuple[str, ...]:
        return tuple(self._names(quantity.of)) if quantity.of in self.learns else ()

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        return (
            Step("layer", self.made(args), wanted=False),
            *(
                Step(f"set {name}", ["set", LAYER, self._names(name), args[name]], wanted=False)
                for name in self.learns
            ),
            Step(
                "forward",
                ["call", ["attr", LAYER, "forward_propagation"], *(args[name] for name in self.inputs)],
            ),
        )

    def made(self, args: Arguments) -> Expr:
        """The constructor's call."""
        functions: list[Expr] = [["part", name] for name in self.functions]
        callee: Expr = ["exercise", self.name]
        made: Expr = ["call", callee, *(args[name] for name in self.shapes), *functions]
        if self.later is None:
            return made
        return ["either", made, ["call", callee, *(args[name] for name in self.later), *functions]]

    def steps(self, args: Arguments) -> tuple[Step, ...]:
        backward: Expr = ["call", ["attr", LAYER, "backward_propagation"], args["dout"], args[RATE]]
        return (
            *self.forward(args),
            Step("backward", backward),
            *(
                Step("d" + name, ["change", args[name], ["attr", LAYER, *self._names(name)], args[RATE]])
                for name in self.learns
            ),
        )

    def _names(self, parameter: str) -> list[str]:
        return list(self.names.get(parameter, (parameter,)))

    def call(self, case: Case, quantity: Quantity | None) -> str:
        made = f"{self.name}({spelt(case, self.shapes)})"
        if quantity is not None and quantity.of:
            return f"{made}.backward_propagation({spelt(case, ['dout', RATE])})"
        return f"{made}.forward_propagation({spelt(case, self.inputs)})"
