"""Layers: classes with ``forward(*inputs)`` and ``backward(dout)``, perhaps with learned parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from grader.box.program import Expr, Step
from grader.draw import Draw
from grader.drivers.exercise import Arguments, Case, Exercise, spelt
from grader.drivers.quantity import At, Quantity

LAYER: Expr = ["slot", "layer"]


@dataclass(frozen=True, kw_only=True)
class Layer(Exercise):
    """A layer of a computational graph.

    init      arguments of the constructor, in order
    learns    for each of them that is a parameter, the attributes that may hold its gradient after ``backward``
    """

    kind: ClassVar[str] = "class"

    init: Mapping[str, Draw] = field(default_factory=dict)
    learns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def draws(self) -> Mapping[str, Draw]:
        return {**self.init, **self.inputs}

    @property
    def methods(self) -> tuple[str, ...]:
        return ("forward", "backward")

    @property
    def seed_gradient(self) -> bool:
        return True

    @property
    def differentiable(self) -> tuple[str, ...]:
        """The inputs whose gradients ``backward`` returns."""
        return tuple(self.inputs)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        names = self.differentiable
        several = len(names) > 1
        returned = (
            Quantity(
                f"d{name}",
                "backward",
                path=(At(i, len(names)),) if several else (),
                of=name,
                where="backward",
                source=f"{self.name}.backward",
            )
            for i, name in enumerate(names)
        )
        learned = (
            Quantity(names[0], names[0], of=of, where="backward", source=f"{self.name}.backward")
            for of, names in self.learns.items()
        )
        output = Quantity("forward", "forward", where="forward", source=f"{self.name}.forward")
        return (output, *returned, *learned)

    def attributes(self, quantity: Quantity) -> tuple[str, ...]:
        return self.learns.get(quantity.of, ()) if quantity.step != "backward" else ()

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        return (
            Step(
                "layer", ["call", ["exercise", self.name], *(args[name] for name in self.init)], wanted=False
            ),
            Step("forward", self.forward_call(args)),
        )

    def forward_call(self, args: Arguments) -> Expr:
        """``layer.forward(*inputs)``"""
        return ["call", ["attr", LAYER, "forward"], *(args[name] for name in self.inputs)]

    def backward_steps(self, args: Arguments) -> tuple[Step, ...]:
        """``layer.backward(dout)``, and the gradients that it leaves in attributes."""
        return (
            Step("backward", ["call", ["attr", LAYER, "backward"], args["dout"]]),
            *(Step(names[0], ["attr", LAYER, *names]) for names in self.learns.values()),
        )

    def steps(self, args: Arguments) -> tuple[Step, ...]:
        return (*self.forward(args), *self.backward_steps(args))

    def call(self, case: Case, quantity: Quantity | None) -> str:
        made = f"{self.name}({spelt(case, self.init)})"
        if quantity is None:
            return made
        if quantity.where == "backward":
            return f"{made}.backward({spelt(case, ['dout'])})"
        return f"{made}.forward({spelt(case, self.inputs)})"


@dataclass(frozen=True, kw_only=True)
class Loss(Layer):
    """A layer that ends a network: ``forward(x, t)`` is a number, ``backward(dout=1)`` the gradient of x alone."""

    @property
    def differentiable(self) -> tuple[str, ...]:
        return tuple(self.inputs)[:1]
