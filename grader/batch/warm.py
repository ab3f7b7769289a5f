"""What processes that grade have in common: imported in the one that they are forked from."""

from __future__ import annotations

from grader.batch import pool
from grader.reports import environment, feedback, pages

__all__ = ["feedback", "pages", "pool"]

environment.compile_all()
