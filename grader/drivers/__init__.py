"""How a kind of code is called: exercises as their authors declare them, and the jobs that observe them."""

from grader.drivers.exercise import Case, Exercise, Quantity
from grader.drivers.function import Function
from grader.drivers.layer import Layer, Loss

__all__ = ["Case", "Exercise", "Function", "Layer", "Loss", "Quantity"]
