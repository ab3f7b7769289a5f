"""What `grader check` on a right `layers` costs beside `import numpy`. Fails from 3 times on."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.figures import ROOT, Promise, Section, in_turns, spread
from benchmarks.running import new_folder, python
from grader import course, key
from grader.frozen import SUFFIX, frozen, to_bytes
from grader.sandbox.inprocess import InProcess

ROUNDS = 15
LIMIT = 3.0
CHECK = "import sys; sys.argv = ['grader', 'check', 'layers.py']; from grader.cli import main; main()"


def measured() -> Section:
    """The two in turns; the first turn only warms the caches."""
    folder = _handout(new_folder())
    ways = {
        "numpy": lambda: python("import numpy", folder),
        "check": lambda: python(CHECK, folder),
    }
    found = in_turns(ways, ROUNDS + 1)
    numpy, check = (spread(one.cpu for one in taken[1:]) for taken in found.values())
    text = f"CPU in ms, medians of {ROUNDS}: `import numpy` {numpy.told(1000)}, `grader check` {check.told(1000)}."
    ratio = Promise("`grader check` beside `import numpy`", check.median / numpy.median, LIMIT)
    return Section("Checking oneself", text, [ratio])


def _handout(folder: Path) -> Path:
    """A right `layers` beside the public key."""
    own = course.find(ROOT)
    assignment, reference = own.load("layers"), own.reference("layers")
    public = frozen(assignment, key.build(assignment, reference, InProcess(), hidden_seed=0))
    (folder / f"layers{SUFFIX}").write_bytes(to_bytes(public))
    shutil.copy(own.folder("layers") / "layers.py", folder)
    return folder
