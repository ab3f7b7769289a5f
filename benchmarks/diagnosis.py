"""What naming mistakes adds to the processor time of grading the example class. Fails from 30 percent on."""

from __future__ import annotations

import gc
import resource
import statistics
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

from grader import course, key
from grader.grading import Grader
from grader.sandbox.choose import default_sandbox
from grader.submissions import Submission
from grader.submissions.collect import collect

ROUNDS = 3
LIMIT = 1.3
ROOT = Path(__file__).parents[1]


def used() -> float:
    """Processor time up to now, this program's and that of the boxes that have ended."""
    people = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, people))


def seconds(grader: Grader, handed_in: Sequence[Submission], how: AbstractContextManager[object]) -> float:
    """Processor time of grading a class. A grader's first students pay for what its hypotheses predict."""
    gc.collect()
    with how:
        started = used()
        for submission in handed_in:
            grader.grade(submission)
        return used() - started


def main() -> int:
    """Measures the two in turns, each time with a new grader; the first turn only warms the caches."""
    found = course.find(ROOT)
    assignment, reference = found.load("layers"), found.reference("layers")
    sandbox = default_sandbox((found.solutions,))
    answers = key.build(assignment, reference, sandbox, hidden_seed=1)
    handles = collect(ROOT / "examples" / "class", assignment.name).latest
    handed_in = [handle.read() for handle in handles]
    turns = []
    for _ in range(ROUNDS + 1):
        silent = patch("grader.judging.named", lambda *_asked: ())
        without = seconds(Grader(assignment, reference, answers, sandbox), handed_in, silent)
        turns.append(
            (without, seconds(Grader(assignment, reference, answers, sandbox), handed_in, nullcontext()))
        )
    without, named = (statistics.median(times) for times in zip(*turns[1:], strict=True))
    print(f"{len(handed_in)} submissions in {sandbox.name}, medians of {ROUNDS}: ", end="")
    print(f"{without:.2f} s without diagnoses, {named:.2f} s with them")
    print(f"ratio {named / without:.2f}, must be below {LIMIT}")
    return 0 if named / without < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
