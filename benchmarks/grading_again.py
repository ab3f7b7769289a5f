"""What grading a class again costs where nothing changed, beside grading it. Fails from a tenth on."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLASS = 200
LIMIT = 0.1


def seconds(handed_in: Path, out: Path) -> float:
    """Wall time of `grader grade` over the class."""
    code = "from grader.cli import main; main()"
    command = [sys.executable, "-c", code, "grade", "layers", str(handed_in), "-o", str(out)]
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> int:
    """Grades a class of right submissions, which are graded faster than others, twice into the same folder."""
    text = (ROOT / "solutions" / "layers" / "layers.py").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        handed_in, out = Path(folder, "class"), Path(folder, "out")
        handed_in.mkdir()
        for number in range(CLASS):
            (handed_in / f"s{number:03}.py").write_text(f"# {number}\n{text}", encoding="utf-8")
        first, again = seconds(handed_in, out), seconds(handed_in, out)
    print(f"{CLASS} submissions: first {first:.1f} s, again {again:.1f} s")
    print(f"ratio {again / first:.3f}, must be below {LIMIT}")
    return 0 if again < LIMIT * first else 1


if __name__ == "__main__":
    sys.exit(main())
