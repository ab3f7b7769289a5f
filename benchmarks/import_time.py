"""What `import grader` costs beside `import numpy`. Fails from 1.5 times on."""

from __future__ import annotations

from benchmarks.figures import Promise, Section, in_turns, spread
from benchmarks.running import python

ROUNDS = 15
LIMIT = 1.5


def measured() -> Section:
    """The two in turns; the first turn only warms the caches."""
    ways = {"numpy": lambda: python("import numpy"), "grader": lambda: python("import grader")}
    found = in_turns(ways, ROUNDS + 1)
    numpy, own = (spread(one.cpu for one in taken[1:]) for taken in found.values())
    text = f"CPU in ms, medians of {ROUNDS}: `import numpy` {numpy.told(1000)}, `import grader` {own.told(1000)}."
    ratio = Promise("`import grader` beside `import numpy`", own.median / numpy.median, LIMIT)
    return Section("Importing", text, [ratio])
