"""The hostile class: specimens with what is expected of them, and a run over all of them in a process of its own.

``python -m tests.hostile FOLDER`` grades the specimens, with honest submissions between them, and leaves reports and
`Facts` in the folder. The process is its own so that its peak of memory, its children and its temporary files are
those of the judge and of nobody else.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from grader.grading import Grader
from grader.model import Report
from grader.reports import report_to_dict
from grader.sandbox.base import Limits
from grader.sandbox.choose import default_sandbox
from grader.submissions import File, Submission
from tests.batches import run_batch
from tests.layers import ROOT, layers, reference_with

SPECIMENS = Path(__file__).parent / "specimens" / "hostile"
MUTANTS = ROOT / "solutions" / "layers" / "mutants"
FACTS = "facts.json"

_HEADER = re.compile(r"# (?P<key>attack|expect|status|verdict|says|prints): (?P<value>.+)")
_WORKERS = 2


@dataclass(frozen=True)
class Specimen:
    """One hostile submission: a module, or a folder with one and its siblings."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def student(self) -> str:
        return self.name

    def earns(self, score: float) -> bool:
        """Whether this is the score that its own honest code earns.

        An attack that destroys the state of its own process at random may cost itself more: ``# expect: 90 at most``.
        """
        points, *loosely = self.header["expect"][0].split()
        return score <= float(points) if loosely else score == float(points)

    @cached_property
    def header(self) -> dict[str, list[str]]:
        """What its first lines say: attack, expect, and where sensible status, verdict, says and prints."""
        found: dict[str, list[str]] = {}
        for line in self._own.splitlines():
            match = _HEADER.fullmatch(line)
            if match is None:
                break
            found.setdefault(match["key"], []).append(match["value"])
        return found

    @cached_property
    def _own(self) -> str:
        """The student's own code."""
        if self._notebook is not None:
            return "\n".join(
                cell["source"] for cell in self._notebook["cells"] if cell["cell_type"] == "code"
            )
        entry = self.path / "layers.py" if self.path.is_dir() else self.path
        return entry.read_text("utf-8")

    @cached_property
    def _notebook(self) -> dict[str, Any] | None:
        path = self.path / "layers.ipynb"
        return dict(json.loads(path.read_text("utf-8"))) if path.exists() else None

    def read(self) -> Submission:
        """The specimen as it is handed in: what it does not define is the reference's."""
        files = {}
        if self.path.is_dir():
            files = {
                p.relative_to(self.path).as_posix(): p.read_bytes()
                for p in self.path.rglob("*")
                if p.is_file()
            }
        if self._notebook is not None:
            files["layers.ipynb"] = json.dumps(self._completed(self._notebook)).encode()
        else:
            files["layers.py"] = reference_with(self._own).encode()
        return Submission(self.name, tuple(File(path, data) for path, data in sorted(files.items())))

    def _completed(self, notebook: dict[str, Any]) -> dict[str, Any]:
        rest = reference_with(self._own).removesuffix(self._own)
        cell: dict[str, Any] = {
            "cell_type": "code",
            "id": "rest",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        return {**notebook, "cells": [{**cell, "source": rest}, *notebook["cells"]]}


@dataclass(frozen=True)
class Honest:
    """A submission that means no harm, right or wrong."""

    student: str
    own: str

    def read(self) -> Submission:
        return Submission(self.student, (File("layers.py", reference_with(self.own).encode()),))


@dataclass(frozen=True)
class Facts:
    """What came of a run: the reports in full, the same scores alone, the peak of memory in bytes, what was left."""

    reports: dict[str, dict[str, Any]]
    alone: dict[str, float]
    peak: int
    processes: list[str]
    files: list[str]


def specimens() -> list[Specimen]:
    """All of them, in order."""
    paths = sorted(path for path in SPECIMENS.iterdir() if path.is_dir() or path.suffix == ".py")
    return [Specimen(path) for path in paths]


def honest(count: int) -> list[Honest]:
    """Right submissions and ones with a mistake in turn."""
    wrong = [path.read_text("utf-8") for path in sorted(MUTANTS.glob("*.py"))]
    step = max(1, 2 * len(wrong) // count)
    return [Honest(f"honest{n:03}", wrong[n // 2 * step % len(wrong)] if n % 2 else "") for n in range(count)]


def boxed() -> Grader:
    """The layers grader in the sandbox that this machine offers, with little patience."""
    return replace(
        layers(),
        sandbox=default_sandbox((ROOT / "solutions", ROOT / "tests")),
        limits=Limits(load=2.0, call=1.0, total=20.0),
    )


def mixed(bad: Sequence[Specimen], good: Sequence[Honest]) -> list[Specimen | Honest]:
    """Both kinds, the honest ones spread evenly."""
    every = -(-len(bad) // max(1, len(good)))
    groups = [bad[start : start + every] for start in range(0, len(bad), every)]
    pairs = zip_longest([[one] for one in good], groups, fillvalue=())
    return list(chain.from_iterable(chain(*pair) for pair in pairs))


class Ahead:
    """Stands before a grader and grades the submissions of a class ahead of the batch, several at a time."""

    def __init__(
        self, grader: Grader, handles: Sequence[Specimen | Honest], pool: ThreadPoolExecutor
    ) -> None:
        self._grader = grader
        self.reports: dict[str, Future[Report]] = {
            handle.student: pool.submit(lambda handle=handle: grader.grade(handle.read()))  # type: ignore[misc]
            for handle in handles
        }

    def __getattr__(self, name: str) -> Any:
        return getattr(self._grader, name)

    def grade(self, submission: Submission) -> Report:
        return self.reports[submission.student].result()


def graded(folder: Path, handles: Sequence[Specimen | Honest]) -> dict[str, Report]:
    """The whole reports of a batch over the submissions, by student, in the order of the class that it ends with."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        ahead: Any = Ahead(boxed(), handles, pool)
        report = run_batch(ahead, folder, handles)
        return {one.student: ahead.reports[one.student].result() for one in report.submissions}


def peak() -> int:
    """The most memory that this process has had, in bytes.

    Not of `getrusage`: that begins with what the process that started this one had.
    """
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024


def processes(marker: str) -> list[str]:
    """The processes that this one started, and those that have a path with `marker` mounted, that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            mounted = marker in (folder / "mountinfo").read_text("utf-8", "replace")
        except OSError:
            continue
        if int(parent) == os.getpid() or mounted:
            found.append(f"{folder.name} {(folder / 'comm').read_text().strip()}")
    return found


@dataclass(frozen=True)
class Copy:
    """A specimen that another student hands in as well."""

    student: str
    specimen: Specimen

    def read(self) -> Submission:
        return replace(self.specimen.read(), student=self.student)


def main(folder: Path) -> None:
    """Grades the largest ones again and again, one after another, and then the whole class into the folder."""
    large = [specimen for specimen in specimens() if specimen.name.endswith("megabyte_everywhere")]
    run_batch(boxed(), folder / "large", [Copy(f"s{n}", large[n % 2]) for n in range(8)])
    good = honest(10)
    together = graded(folder, mixed(specimens(), good))
    most = peak()
    alone = graded(folder / "alone", good)
    facts = Facts(
        reports={name: report_to_dict(report, full=True) for name, report in together.items()},
        alone={name: report.score for name, report in alone.items()},
        peak=most,
        processes=processes(Path(tempfile.gettempdir()).name),
        files=sorted(os.listdir(tempfile.gettempdir())),
    )
    (folder / FACTS).write_text(json.dumps(asdict(facts)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
