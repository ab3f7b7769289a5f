"""How a kind of code is called: exercises as their authors declare them, and the jobs that observe them."""

from grader.drivers.derivation import Derivation, Mistake
from grader.drivers.exercise import Case, Exercise
from grader.drivers.extra import Extra
from grader.drivers.function import Function
from grader.drivers.layer import Layer, Loss
from grader.drivers.pair import Pair
from grader.drivers.quantity import At, Quantity
from grader.drivers.script import Script
from grader.drivers.updating import Updating

__all__ = [
    "At",
    "Case",
    "Derivation",
    "Exercise",
    "Extra",
    "Function",
    "Layer",
    "Loss",
    "Mistake",
    "Pair",
    "Quantity",
    "Script",
    "Updating",
]
