"""The mistake by its name: hypotheses about what was done, tried against what was seen. Never a guess."""

from grader.diagnosis.catalogue import MISTAKES, diagnosis
from grader.diagnosis.naming import Reckoner, named

__all__ = ["MISTAKES", "Reckoner", "diagnosis", "named"]
