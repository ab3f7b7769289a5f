"""Exercises of no common kind: their author writes the steps down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from grader.box.program import Expr, Step, Wanted
from grader.drivers.exercise import Arguments, Case, Exercise, spelt
from grader.drivers.quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Script(Exercise):
    """A class (or, with ``sort="function"``, a function) that is used by steps of the author's own.

    Its results are compared with the reference's, never with differences.
    """

    kind: ClassVar[str] = "class"

    script: Callable[[Mapping[str, Expr]], tuple[Step, ...]]
    reads: tuple[Quantity, ...]
    sort: str = "class"

    @property
    def sought(self) -> tuple[Wanted, ...]:
        return (Wanted(self.name, self.sort, self.aliases),)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return self.reads

    @cached_property
    def gradients(self) -> tuple[Quantity, ...]:
        return ()

    def forward(self, args: Arguments) -> tuple[Step, ...]:
        return self.script(args)

    def call(self, case: Case, quantity: Quantity | None) -> str:  # noqa: ARG002
        return f"{self.name}: {spelt(case, self.inputs)}"
