"""The beginning of a course of one's own: copied from one that is there, or a small example."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from grader.course import Course
from grader.errors import UsageError
from grader.files import write_text
from grader.settings import NAME

_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")

REFERENCE = '''\
# %% [markdown]
# # Squares
#
# A layer of a computational graph computes its output in `forward`, and in `backward` sends the gradient from above
# back to its input.

# %%
import numpy as np

# %% [markdown]
# ## Exercise: `Square`
#
# $$y = x^2, \\qquad \\frac{\\partial y}{\\partial x} = 2x$$


# %%
class Square:
    """Squares every entry."""

    def forward(self, x):
        """x: (N, D). Returns an array of that shape."""
        ### BEGIN SOLUTION
        self.x = x
        return np.square(x)
        ### END SOLUTION

    def backward(self, dout):
        """dout: the shape of x. Returns the gradient with respect to x."""
        ### BEGIN SOLUTION
        return 2 * self.x * dout
        ### END SOLUTION
'''

ASSIGNMENT = '''\
"""A first assignment of one exercise."""

from grader.assignment import Assignment, D, Layer, N, draw

assignment = Assignment(
    "squares",
    title="Squares",
    exercises=[
        Layer(name="Square", inputs={"x": draw.normal(N, D)}, points=10),
    ],
)
'''

MUTANT = """\
# expect: Square.dx_matches_reference failed scaled
# The factor 2 is left out.
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        return self.x * dout
"""

VARIANT = """\
# expect: full
# The slope is stored in place of the input.
class Square:
    def forward(self, x):
        self.slope = x + x
        return x * x

    def backward(self, dout):
        return dout * self.slope
"""

_CHANGES = (
    "# What this course changes about its assignments. Without a # in front the lines below take effect.\n"
)

SETTINGS = (
    _CHANGES
    + """
# [assignments.squares]
# due = 2026-10-01T23:59:00+02:00
# late = { grace = 15, percent = 10, cap = 50 }
# points = { Square = 20 }
# strict.Square = { leaves_dout_alone = 2 }
# aliases = { Square = ["Squared"] }
"""
)

_DATES = """
# [assignments.{name}]
# due = 2026-10-01T23:59:00+02:00
# late = {{ grace = 15, percent = 10, cap = 50 }}
"""

EXAMPLE = {
    "solutions/squares/squares.py": REFERENCE,
    "solutions/squares/assignment.py": ASSIGNMENT,
    "solutions/squares/mutants/factor_missing.py": MUTANT,
    "solutions/squares/variants/keeps_the_slope.py": VARIANT,
    NAME: SETTINGS,
}
"""The files of the example, by their paths."""


def write_example(folder: Path) -> list[str]:
    """A course of one small assignment; its name. Raises UsageError when the folder is not empty."""
    _must_be_empty(folder)
    for path, text in EXAMPLE.items():
        write_text(folder / path, text)
    return ["squares"]


def copy(course: Course, only: Sequence[str], folder: Path) -> list[str]:
    """The assignments of a course (`only` these, if any are named) with their solutions and handouts; their names.

    Its ``course.toml`` comes along where it speaks of no other assignment; where there is none, one is begun. Raises
    UsageError when the folder is not empty or lies in what is copied, and for names that do not exist.
    """
    _must_be_empty(folder)
    names = sorted(set(only)) or course.names()
    if not names:
        raise UsageError(f"{course.root} holds no assignment")
    sources = [course.folder(name) for name in names]
    handouts = [path for name in names if (path := course.root / "assignments" / name).is_dir()]
    if any(folder.resolve().is_relative_to(path.resolve()) for path in [*sources, *handouts]):
        raise UsageError(f"{folder} lies in what is to be copied")
    for path in [*sources, *handouts]:
        shutil.copytree(path, folder / path.relative_to(course.root), ignore=_LEFT_OUT)
    settings = course.settings
    if not settings.path.is_file():
        write_text(folder / NAME, _CHANGES + "".join(_DATES.format(name=name) for name in names))
    elif settings.assignments.keys() <= set(names):
        shutil.copyfile(settings.path, folder / NAME)
    return names


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder; a course is never written over what is there")
