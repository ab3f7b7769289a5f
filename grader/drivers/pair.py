"""Pairs of functions: ``NAME_forward(*inputs) -> (out, cache)`` and ``NAME_backward(dout, cache) -> gradients``.

What is in the cache is the student's own affair: it goes back as it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from grader.box.program import Expr, Step, Wanted
from grader.drivers.exercise import Arguments, Case, Exercise, spelt
from grader.drivers.quantity import At, Quantity

_PAIR: Expr = ["slot", "pair"]


@dataclass(frozen=True, kw_only=True)
class Pair(Exercise):
    """A layer as two functions; `backward` returns the gradients of all inputs, in their order.

    rows  inputs (M,) whose gradients may have the shape (1, M)
    """

    kind: ClassVar[str] = "function"

    rows: tuple[str, ...] = ()

    @property
    def sought(self) -> tuple[Wanted, ...]:
        return tuple(
            Wanted(f"{self.name}_{way}", self.kind, tuple(f"{alias}_{way}" for alias in self.aliases))
            for way in ("forward", "backward")
        )

    @property
    def seed_gradient(self) -> bool:
        return True

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        names = list(self.inputs)
        several = len(names) > 1
        forward, backward = f"{self.name}_forward", f"{self.name}_backward"
        return (
            Quantity("forward", "pair", (At(0, 2),), where=forward, source=forward),
            *(
                Quantity(
                    f"d{name}",
                    "backward",
                    path=(At(i, len(names)),) if several else (),
                    of=name,
                    where=backward,
                    source=backward,
                    row=name in self.rows,
                )
                for i, name in enumerate(names)
            ),
        )

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        function: Expr = ["exercise", f"{self.name}_forward"]
        return (Step("pair", ["call", function, *(args[name] for name in self.inputs)]),)

    def steps(self, args: Arguments) -> tuple[Step, ...]:
        function: Expr = ["exercise", f"{self.name}_backward"]
        return (*self.forward(args), Step("backward", ["call", function, args["dout"], ["item", _PAIR, 1]]))

    def call(self, case: Case, quantity: Quantity | None) -> str:
        if quantity is not None and quantity.of:
            return f"{self.name}_backward({spelt(case, ['dout'])}, cache)"
        return f"{self.name}_forward({spelt(case, self.inputs)})"
