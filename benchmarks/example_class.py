"""Grades the example class, pages and gradebook aside; a program whose processor time `diagnosis.py` takes.

`python -m benchmarks.example_class HOW`: `named` as it is, `silent` without naming mistakes, `nobody` without students.
"""

from __future__ import annotations

import sys
from unittest.mock import patch

from benchmarks.figures import ROOT
from grader import course, key
from grader.grading import Grader
from grader.sandbox.choose import default_sandbox
from grader.submissions.collect import collect


def main(how: str) -> None:
    found = course.find(ROOT)
    assignment, reference = found.load("layers"), found.reference("layers")
    sandbox = default_sandbox((found.solutions,))
    grader = Grader(assignment, reference, key.build(assignment, reference, sandbox, hidden_seed=1), sandbox)
    handed_in = [handle.read() for handle in collect(ROOT / "examples" / "class", assignment.name).latest]
    if how == "silent":
        patch("grader.judging.named", lambda *_asked: ()).start()
    for submission in [] if how == "nobody" else handed_in:
        grader.grade(submission)
    sandbox.close()


if __name__ == "__main__":
    main(sys.argv[1])
