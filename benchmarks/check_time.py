"""What `grader check` on a right `layers` costs beside `import numpy`. Fails from 3 times on."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader import course, key
from grader.frozen import SUFFIX, frozen, to_bytes
from grader.sandbox.inprocess import InProcess

ROOT = Path(__file__).parents[1]
ROUNDS = 15
LIMIT = 3.0
CHECK = "import sys; sys.argv = ['grader', 'check', 'layers.py']; from grader.cli import main; main()"


def seconds(code: str, folder: Path) -> float:
    """Wall time of a fresh interpreter that runs `code`, with compiled modules kept between runs."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def main() -> int:
    """Measures the two in turns, so that a busy machine slows both; the first turn only warms the caches."""
    own = course.find(ROOT)
    assignment, reference = own.load("layers"), own.reference("layers")
    public = frozen(assignment, key.build(assignment, reference, InProcess(), hidden_seed=0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"layers{SUFFIX}").write_bytes(to_bytes(public))
        shutil.copy(own.folder("layers") / "layers.py", folder)
        turns = [(seconds("import numpy", folder), seconds(CHECK, folder)) for _ in range(ROUNDS + 1)][1:]
    numpy, check = (statistics.median(times) for times in zip(*turns, strict=True))
    ratio = check / numpy
    print(f"import numpy {numpy * 1000:.0f} ms, grader check {check * 1000:.0f} ms (medians of {ROUNDS})")
    print(f"ratio {ratio:.2f}, must be below {LIMIT:g}")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
