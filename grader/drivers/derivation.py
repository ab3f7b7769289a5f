"""How the right results come about, in an author's words: formulas that mistakes can be made in on purpose.

A formula is a Python expression over the names of a case's arrays, of sizes (``N``), and of other formulas. It may hold
``+ - * / ** @``, comparisons, ``.T``, tuples, numbers, and calls of functions: those of `grader.diagnosis.expression`
and the author's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ROLES: Mapping[str, str] = {
    **{"dout": "upstream", "N": "batch", "mask": "mask", "b": "bias", "bias": "bias"},
    **{"t": "target", "y_true": "target", "learning_rate": "rate", "reg": "penalty"},
    **{"W": "weight", "w": "weight", "weights": "weight"},
}
"""What the common names stand for in the chain rule."""


@dataclass(frozen=True)
class Mistake:
    """A mistake that no family of transformations makes: `formulas` in place of the right ones.

    `id` is of the catalogue; `everywhere` says that it must explain all results or none. A name ``c`` in the formulas
    is a constant that is fitted, the same in all cases, and ``k`` another; the results must be linear in them.
    """

    id: str
    formulas: Mapping[str, str]
    everywhere: bool = False


@dataclass(frozen=True)
class Derivation:
    """What a diagnosis is reckoned from.

    formulas   the right results by the names of quantities, and what else they are written with
    functions  an author's own functions in them
    roles      what names stand for, beside `ROLES`
    mistakes   what the families do not make
    """

    formulas: Mapping[str, str]
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    mistakes: Sequence[Mistake] = ()
