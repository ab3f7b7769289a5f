"""Plain functions: one value, or a nested tuple of values, perhaps with gradients among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from grader.box.program import Expr, Step
from grader.drivers.exercise import Arguments, Case, Exercise, spelt
from grader.drivers.quantity import At, Quantity


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function of arrays or numbers.

    returns  the name of its value, or nested tuples of names as the function returns them. ``d`` followed by an
             input's name is the gradient of the first name with respect to that input.
    spare    how many of the last values may be lacking without harm to the others
    by_name  whether inputs are passed as the signature names them, and the others set as globals
    """

    kind: ClassVar[str] = "function"

    returns: Any = "value"
    spare: int = 0
    by_name: bool = False

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(_walk(self.returns, frozenset(self.inputs), self.spare))

    @property
    def takes_sample(self) -> bool:
        return not self.gradients

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        return (Step("forward", self.called(args)),)

    def called(self, args: Arguments) -> Expr:
        """The call alone."""
        callee: Expr = ["exercise", self.name]
        if self.by_name:
            return ["apply", callee, {name: args[name] for name in self.inputs}]
        return ["call", callee, *(args[name] for name in self.inputs)]

    def call(self, case: Case, quantity: Quantity | None) -> str:  # noqa: ARG002
        return f"{self.name}({spelt(case, self.inputs)})"


def _walk(names: Any, inputs: frozenset[str], spare: int, path: tuple[At, ...] = ()) -> Iterator[Quantity]:
    if isinstance(names, str):
        of = names[1:] if names[:1] == "d" and names[1:] in inputs else ""
        yield Quantity(names, "forward", path, of)
        return
    for i, name in enumerate(names):
        at = At(i, len(names), len(names) - (0 if path else spare))
        yield from _walk(name, inputs, spare, (*path, at))
