"""What a submission of `layers` costs here, in nbgrader and in otter, and what cannot be undercut.

Fails when nbgrader and `otter run` do not need at least 50 times our processor time, or when ours is more than 0.3 of
what `import numpy` takes in a fresh interpreter: each with the threads that it starts by itself. What it is where they
are held to one thread is told beside it.
"""

from __future__ import annotations

import csv
import functools
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import meter
from benchmarks.environments import NBGRADER, OTTER
from benchmarks.figures import ROOT, Promise, Section, Spread, in_turns, spread, table
from benchmarks.peer_files import nbgrader_course, otter_tests
from benchmarks.peer_running import TESTS, executed, failures
from benchmarks.peer_students import HALF, WHOLE, students
from benchmarks.running import environment, grade, new_folder, python

ROUNDS = 3
# Ours is so much cheaper that more of it is needed to tell the start from the rest.
OURS = 100
FLOORS = 200
TIMES_LESS = 50
OF_NUMPY = 0.3

_IN_ONE_PROCESS = """
import sys
from otter.api import grade_submission
for path in sys.argv[1:]:
    results = grade_submission(path, "autograder.zip", quiet=True)
    print(results.total)
"""


def measured() -> Section:
    """Everything in turns. A submission's cost is the difference of two classes: what is done once is told apart."""
    versions = {peer.name: peer.installed() for peer in (NBGRADER, OTTER)}
    top = new_folder()
    _prepare(top)
    found = in_turns(_ways(top), ROUNDS)
    each = {way: spread(one[0] for one in taken) for way, taken in found.items()}
    once = {way: spread(one[1] for one in taken) for way, taken in found.items()}
    return Section("Beside other graders", _text(each, once, versions), _promises(each))


def _ways(top: Path) -> dict[str, Callable[[], tuple[float, float]]]:
    """Each tells seconds a submission, and seconds once."""
    ways: dict[str, Callable[[], tuple[float, float]]] = {
        _OURS: lambda: _apart(_ours, WHOLE, WHOLE + OURS),
        _NBGRADER: lambda: _apart(functools.partial(_nbgrader, top), HALF, WHOLE),
        _NBGRADER + _LIMITED: lambda: _apart(functools.partial(_nbgrader, top, one_thread=True), HALF, WHOLE),
        _OTTER: lambda: (_otter_run(top) / WHOLE, 0.0),
        _OTTER_API: lambda: _apart(functools.partial(_otter_api, top), HALF, WHOLE),
        _NUMPY: lambda: (python("import numpy", one_thread=False).cpu, 0.0),
        _NUMPY + _LIMITED: lambda: (python("import numpy").cpu, 0.0),
    }
    for way, label in _FLOORS.items():
        ways[label] = functools.partial(_apart, functools.partial(_floor, top, way), 0, FLOORS)
    return ways


_OURS = "backprop-grader"
_NBGRADER = "nbgrader, autograde and generate_feedback"
_OTTER = "otter, `otter run` on each"
_OTTER_API = "otter, `grade_submission` in one process"
_NUMPY = "`import numpy` in a fresh interpreter"
_LIMITED = ", limited to one thread"
_FLOORS = {
    "in-process": "the tests beside the student's code in one process, no walls",
    "fork": "the same, each in a fork of a warm process",
    "bare-fork": "a fork that does nothing",
}


def _apart(run: Callable[[int], float], few: int, many: int) -> tuple[float, float]:
    """Seconds for each further submission, and what is left for the start."""
    first, second = run(few), run(many)
    each = (second - first) / (many - few)
    return each, first - few * each


def _prepare(top: Path) -> None:
    """What an instructor does once: the assignment in the others' forms."""
    course = nbgrader_course(top / "course", list(students()))
    _nb(course, "generate_assignment", "layers")
    otter_tests(top / "tests")
    _otter(top, "generate", "-t", "tests", "-o", "autograder.zip", "--no-requirements", "--no-environment")
    (top / "code.json").write_text(json.dumps([student.code for student in students()]), "utf-8")
    for student in students():
        (top / "otter" / student.name).mkdir(parents=True)
        (top / "otter" / student.name / student.file).write_bytes(student.data)


def _ours(count: int) -> float:
    handed_in = new_folder()
    for student in students(count):
        (handed_in / student.file).write_bytes(student.data)
    # One worker, as the others have: a second one's start would be taken for what submissions cost.
    return grade(handed_in, new_folder(), "--jobs", "1", one_thread=False).cpu


def _nbgrader(top: Path, count: int, *, one_thread: bool = False) -> float:
    """Both steps over a class, and a proof that the tests were run."""
    others = [student.name for student in students()][count:]
    folder = shutil.copytree(top / "course", new_folder() / "course", ignore=shutil.ignore_patterns(*others))
    used = sum(
        _nb(folder, step, "layers", one_thread=one_thread) for step in ("autograde", "generate_feedback")
    )
    _nb(folder, "export")
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    _prove(_NBGRADER, scores, count)
    return used


def _otter_run(top: Path) -> float:
    used, scores = 0.0, {}
    for student in students():
        own = f"otter/{student.name}"
        used += _otter(top, "run", "-a", "autograder.zip", "-o", own, f"{own}/{student.file}", "--no-logo")
        told = json.loads((top / own / "results.json").read_text("utf-8"))
        scores[student.name] = sum(test.get("score", 0.0) for test in told["tests"])
    _prove(_OTTER, scores, WHOLE)
    return used


def _otter_api(top: Path, count: int) -> float:
    paths = [f"otter/{student.name}/{student.file}" for student in students(count)]
    command = [OTTER.program("python"), "-c", _IN_ONE_PROCESS, *paths]
    return meter.cost(command, top, OTTER.environment()).cpu


def _floor(top: Path, way: str, count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.floors", way, str(count), str(top / "code.json")]
    return meter.cost(command, ROOT, environment()).cpu


def _nb(folder: Path, *words: str, one_thread: bool = False) -> float:
    command = [NBGRADER.program("nbgrader"), *words]
    return meter.cost(command, folder, NBGRADER.environment(one_thread=one_thread)).cpu


def _otter(folder: Path, *words: str) -> float:
    return meter.cost([OTTER.program("otter"), *words], folder, OTTER.environment()).cpu


def _prove(who: str, scores: dict[str, float], count: int) -> None:
    """Raises ValueError where a grader has not found what these tests find in this process."""
    wanted = {one.name: float(len(TESTS) - failures(executed(one.code))) for one in students(count)}
    if scores != wanted:
        raise ValueError(f"{who} found {scores}, but the tests say {wanted}")


def _promises(each: dict[str, Spread]) -> Sequence[Promise]:
    ours = each[_OURS].median
    return [
        Promise(
            "nbgrader's processor time beside ours", each[_NBGRADER].median / ours, TIMES_LESS, least=True
        ),
        Promise(
            "`otter run`'s processor time beside ours", each[_OTTER].median / ours, TIMES_LESS, least=True
        ),
        Promise("ours beside `import numpy`", ours / each[_NUMPY].median, OF_NUMPY),
    ]


def _text(each: dict[str, Spread], once: dict[str, Spread], versions: dict[str, dict[str, str]]) -> str:
    ours = each[_OURS].median
    rows = [
        [
            way,
            taken.told(1000),
            "" if way in _FLOORS.values() or not once[way].median else format(once[way].median, ".1f"),
            format(taken.median / ours, ".2g" if taken.median < ours else ".1f"),
        ]
        for way, taken in each.items()
    ]
    head = ["", "CPU a submission, ms", "CPU once, s", "times ours"]
    told = "; ".join(", ".join(f"{name} {one}" for name, one in own.items()) for own in versions.values())
    rounds = f"Medians of {ROUNDS} rounds in turns, quartiles in brackets. {told}."
    limited = (
        "The promises are about what each takes with the threads that it starts by itself. Held to one thread, "
        f"nbgrader takes {each[_NBGRADER + _LIMITED].median / ours:.1f} times as much as ours, and ours is "
        f"{ours / each[_NUMPY + _LIMITED].median:.2f} of `import numpy`."
    )
    return "\n\n".join([table(head, rows), rounds, limited, _NOTE])


_NOTE = f"""\
Every grader gets the same {WHOLE} notebooks (four right, four wrong in the ways of our mutants, one unfinished, one
untouched); ours gets them again and again, with another number in each. What each does:

- **backprop-grader**: `grader grade`: a sandboxed process (or more) for every submission, all checks on public and
  hidden cases, the mistakes named, loans where a part is wrong, two pages a student, the class's page and tables, the
  gradebook. Answers that were judged before are not judged again, which is as good as all of them here; "Scaling" tells
  what a class costs in which mistakes differ. Cells that are still as they were handed out, half of each notebook, are
  parsed once for the class.
- **nbgrader**: `nbgrader autograde` and `nbgrader generate_feedback`: a Jupyter kernel for every notebook, all its
  cells and {len(TESTS)} test cells (`peer_tests.py`), a page a student, its gradebook. No sandbox, and no mistake is
  named.
- **otter**: `otter run`, its published way to grade without Docker: the notebook's cells, and the same {len(TESTS)}
  tests in its exception-based format, results.json. No page, no gradebook, no sandbox. `grade_submission` is its
  interface for programs, which does not start anew for every notebook.

Each runs with the threads that it starts by itself, as whoever installs it runs it; ours with one worker, as the others
have. numpy starts a thread for each core, in every kernel and every fresh interpreter, and the more cores there are the
more that costs; our boxes let it have one, and so do the floors that are no fresh interpreter. nbgrader and otter also
run the examples below the exercises, which ours leaves alone. That both have run the tests is proved: each student's
score must equal what the tests find in this process."""
