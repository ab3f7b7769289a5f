"""The proof of an assignment: what its author ships is graded like a class, and must come out as it says.

The reference earns everything, the starter nothing; modules that return zeros, or what they were given, earn
nothing where that is wrong; every mutant is caught by the check that it names, costs nothing elsewhere, and is never
named another mistake; every right variant earns everything; derivations give the reference's values, and the cases
tell apart the mistakes that can be made in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader import fakes
from grader.assignment import Assignment
from grader.box.program import Source
from grader.checks import Record, Trial
from grader.checks.record import CASE
from grader.diagnosis.apart import alike, wrong_formulas
from grader.errors import AssignmentError
from grader.grading import Grader
from grader.model import Report, Verdict
from grader.release import starter_module
from grader.submissions import File, Submission

_EXPECT = re.compile(
    r"#\s*expect:\s*(?P<exercise>\w+)\.(?P<check>\w+)\s+(?P<verdict>\w+)(?:\s+(?P<id>[\w-]+))?\s*$"
)


@dataclass(frozen=True)
class Expectation:
    """A line ``# expect: Affine.db_matches_reference failed not-summed`` of a mutant."""

    exercise: str
    check: str
    verdict: Verdict
    diagnosis: str = ""


@dataclass(frozen=True)
class Specimen:
    """A module and what must come of it: expectations for a mutant, none for one that must earn everything.

    `scores` says how much it may earn: ``"all"``, ``"nothing"``, or ``"elsewhere"`` (everything in the exercises that
    it does not break).
    """

    name: str
    text: str
    scores: str
    expectations: tuple[Expectation, ...] = ()


@dataclass(frozen=True)
class Proof:
    """A specimen, graded. `complaints` is empty when it came out as it should."""

    specimen: Specimen
    report: Report
    complaints: tuple[str, ...]


def specimens(assignment: Assignment, reference: Source, folder: Path) -> list[Specimen]:
    """Everything that there is to prove, but for mutants of exercises that the course leaves out.

    Raises AssignmentError for a mutant that does not say what to expect.
    """
    text = reference.cells[0].text
    found = [
        Specimen("reference", text, "all"),
        Specimen("starter", starter_module(text), "nothing"),
        Specimen("zeros", fakes.zeros(assignment, text), "nothing"),
        Specimen("identity", fakes.identity(assignment, text), "fake"),
    ]
    wrong = [path for kind in ("mutants", "unnamed") for path in sorted((folder / kind).glob("*.py"))]
    for path in wrong:
        own = path.read_text("utf-8")
        expectations = tuple(_expectations(path, own, assignment))
        if not expectations:
            continue
        replaced = {expectation.exercise for expectation in expectations} | fakes.meant(assignment, own)
        found.append(
            Specimen(
                f"{path.parent.name}/{path.stem}",
                fakes.beside(text, own, replaced),
                "elsewhere",
                expectations,
            )
        )
    for path in sorted((folder / "variants").glob("*.py")):
        own = path.read_text("utf-8")
        found.append(
            Specimen(f"variants/{path.stem}", fakes.beside(text, own, fakes.meant(assignment, own)), "all")
        )
    return found


def prove(grader: Grader, found: Sequence[Specimen], workers: int = 2) -> Iterator[Proof]:
    """Grades the specimens, in order."""
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda specimen: _proof(grader, specimen), found)


def unclear(grader: Grader) -> Iterator[str]:
    """Complaints about derivations: wrong values, and mistakes that the cases do not tell apart."""
    for exercise in grader.assignment.exercises:
        entries = grader.key.entries[exercise.name]
        trials = [Trial(entry.ask.tag, entry.ask.case, {}, entry.wanted) for entry in entries]
        record = Record(exercise, (), trials)
        yield from (f"{exercise.name}: {why}" for why in wrong_formulas(exercise, record.of(CASE)))
        for tag in (CASE, *(extra.name for extra in exercise.extras if extra.mistakes)):
            for one in alike(exercise, record.of(tag)):
                first, second = one.mistakes
                yield f"{exercise.name}.{one.quantity}: {first} and {second} differ by {one.error:.0e} only"


def _proof(grader: Grader, specimen: Specimen) -> Proof:
    file = File(f"{grader.assignment.name}.py", specimen.text.encode())
    report = grader.grade(Submission(specimen.name, (file,)))
    return Proof(specimen, report, tuple(_complaints(grader, specimen, report)))


def _complaints(grader: Grader, specimen: Specimen, report: Report) -> Iterator[str]:
    if report.note:
        yield report.note
        return
    if specimen.scores == "all":
        yield from _lost(report, set())
    elif specimen.scores == "elsewhere":
        yield from _lost(report, {expectation.exercise for expectation in specimen.expectations})
        yield from _unmet(report, specimen.expectations)
        yield from _misnamed(report, specimen.expectations)
    else:
        allowed = fakes.rightly_identical(grader.key) if specimen.scores == "fake" else set()
        yield from _earned(report, allowed)


def _lost(report: Report, broken: set[str]) -> Iterator[str]:
    for exercise in report.exercises:
        if exercise.name in broken:
            continue
        for check in exercise.checks:
            if check.score < check.max_score:
                why = check.finding.message if check.finding else ""
                yield f"{exercise.name}.{check.name} {check.verdict.value}: {why}"


def _earned(report: Report, allowed: set[tuple[str, str]]) -> Iterator[str]:
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.score and (exercise.name, check.name) not in allowed:
                yield f"{exercise.name}.{check.name} earns {check.score:g} points"


def _unmet(report: Report, expectations: Sequence[Expectation]) -> Iterator[str]:
    verdicts = {(e.name, c.name): c.verdict for e in report.exercises for c in e.checks}
    for expected in expectations:
        verdict = verdicts.get((expected.exercise, expected.check))
        if verdict is not expected.verdict:
            came = verdict.value if verdict else "no such check"
            yield f"{expected.exercise}.{expected.check} should be {expected.verdict.value}, but is {came}"


def _misnamed(report: Report, expectations: Sequence[Expectation]) -> Iterator[str]:
    """To say nothing is no fault; to name another mistake is."""
    checks = {(e.name, c.name): c for e in report.exercises for c in e.checks}
    for expected in expectations:
        found = checks.get((expected.exercise, expected.check))
        if expected.diagnosis and found and found.diagnoses and found.diagnoses[0].id != expected.diagnosis:
            named = found.diagnoses[0].id
            yield f"{expected.exercise}.{expected.check} is named {named}, but is {expected.diagnosis}"


def _expectations(path: Path, own: str, assignment: Assignment) -> Iterator[Expectation]:
    lines = own.splitlines()
    if not lines or not _EXPECT.match(lines[0]):
        raise AssignmentError(
            f"{path}: the first line must say `# expect: Exercise.check verdict [diagnosis]`"
        )
    for line in lines:
        if match := _EXPECT.match(line):
            if match["exercise"] in assignment.dropped:
                continue
            if match["exercise"] not in assignment.by_name:
                raise AssignmentError(f"{path}: there is no exercise {match['exercise']}")
            try:
                verdict = Verdict(match["verdict"])
            except ValueError as error:
                raise AssignmentError(f"{path}: there is no verdict {match['verdict']}") from error
            yield Expectation(match["exercise"], match["check"], verdict, match["id"] or "")
