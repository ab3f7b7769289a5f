"""What `import grader` costs beside `import numpy`, which it cannot do without. Fails from 1.5 times on."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 15
LIMIT = 1.5


def seconds(code: str) -> float:
    """Wall time of a fresh interpreter that runs `code`, with compiled modules kept between runs."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    return time.perf_counter() - started


def main() -> int:
    """Measures the two in turns, so that a busy machine slows both; the first turn only warms the caches."""
    turns = [(seconds("import numpy"), seconds("import grader")) for _ in range(ROUNDS + 1)][1:]
    numpy, grader = (statistics.median(times) for times in zip(*turns, strict=True))
    ratio = grader / numpy
    print(f"import numpy {numpy * 1000:.0f} ms, import grader {grader * 1000:.0f} ms (medians of {ROUNDS})")
    print(f"ratio {ratio:.2f}, must be below {LIMIT}")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
