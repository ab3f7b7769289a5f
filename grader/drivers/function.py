"""Plain functions: one value, or a nested tuple of a value and its gradients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from grader.box.program import Step
from grader.drivers.exercise import Arguments, Case, Exercise, Quantity, spelt


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function of arrays or numbers.

    returns  the name of its value, or nested tuples of names as the function returns them. ``d`` followed by an
             input's name is the gradient of the first name with respect to that input.
    """

    kind: ClassVar[str] = "function"

    returns: Any = "value"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(_walk(self.returns, frozenset(self.inputs)))

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        return (Step("forward", ["call", ["exercise", self.name], *(args[name] for name in self.inputs)]),)

    def call(self, case: Case, quantity: Quantity | None) -> str:  # noqa: ARG002
        return f"{self.name}({spelt(case, self.inputs)})"


def _walk(
    names: Any, inputs: frozenset[str], path: tuple[int, ...] = (), widths: tuple[int, ...] = ()
) -> Iterator[Quantity]:
    if isinstance(names, str):
        of = names[1:] if names[:1] == "d" and names[1:] in inputs else ""
        yield Quantity(names, "forward", path, widths, of)
        return
    for i, name in enumerate(names):
        yield from _walk(name, inputs, (*path, i), (*widths, len(names)))
