"""A class, graded: by this process, by several, or by a cluster."""

from grader.batch.crew import Crew, alone
from grader.batch.pool import pool, worth
from grader.batch.recipe import Walls, recipe
from grader.batch.run import Batch, Handle, write_standing
from grader.batch.work import Judge

__all__ = ["Batch", "Crew", "Handle", "Judge", "Walls", "alone", "pool", "recipe", "worth", "write_standing"]
