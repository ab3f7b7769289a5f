"""The catalogue of docs/feedback.md, made from that of the grader and the mutants: ``python -m tests.feedback``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from grader import language
from grader.diagnosis import MISTAKES
from grader.files import write_text
from grader.model import CheckResult
from grader.validate import Expectation, Proof, Specimen, prove
from tests.courses import COURSE, NAMES, ROOT, course_grader
from tests.proofs import proof_of, shipped

PAGE = ROOT / "docs" / "feedback.md"
BEGIN, END = "<!-- catalogue: python -m tests.feedback -->", "<!-- end of the catalogue -->"
LONGEST = 4
"""Lines of code of an example."""

WIDTH = 130


@dataclass(frozen=True)
class Example:
    """A mutant and the check of it that shows a mistake of the catalogue."""

    assignment: str
    specimen: Specimen
    expectation: Expectation

    @property
    def own(self) -> list[str]:
        """The lines of the mutant itself, without what it expects."""
        path = COURSE.folder(self.assignment) / f"{self.specimen.name}.py"
        lines = path.read_text("utf-8").splitlines()
        return lines[len(self.specimen.expectations) :]

    @property
    def sentence(self) -> str:
        """What is wrong, in its author's words."""
        return self.own[0].removeprefix("# ")

    @property
    def code(self) -> list[str]:
        """The lines that stand nowhere else; the last lines where there are none."""
        id = self.expectation.diagnosis
        lines = [line for line in self.own if line.strip() and not line.lstrip().startswith("#")]
        elsewhere = {line for ids, known in _written(self.assignment) if id not in ids for line in known}
        new = [line for line in lines if line.strip() not in elsewhere]
        return new or lines[-LONGEST:]


@cache
def _written(assignment: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each specimen the ids that it carries, and its lines."""
    folder = COURSE.folder(assignment)
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*/*.py"))]
    return [
        (
            frozenset(re.findall(r"^# expect: .* ([a-z-]+)$", text, re.MULTILINE)),
            frozenset(line.strip() for line in text.splitlines()),
        )
        for text in [COURSE.reference(assignment).cells[0].text, *texts]
    ]


@cache
def examples() -> dict[str, Example]:
    """For each id the named mutant that needs the fewest lines."""
    found: dict[str, list[Example]] = {id: [] for id in MISTAKES}
    for name in NAMES:
        for specimen in shipped(name).values():
            for expectation in specimen.expectations:
                if expectation.diagnosis:
                    found[expectation.diagnosis].append(Example(name, specimen, expectation))
    return {id: next(filter(_is_named, sorted(ones, key=_rank))) for id, ones in found.items()}


def _rank(example: Example) -> tuple[bool, bool, int, bool]:
    count, name = len(example.code), example.assignment
    return count > LONGEST, bool(course_grader(name).assignment.requires), count, name != "layers"


def _is_named(example: Example) -> bool:
    check = _check(example, proof_of(example.assignment, example.specimen.name))
    return bool(check.diagnoses) and check.diagnoses[0].id == example.expectation.diagnosis


def catalogue() -> str:
    """The part of the page between its marks."""
    return "\n".join(line for id, example in examples().items() for line in _entry(id, example))


def _entry(id: str, example: Example) -> Iterator[str]:
    yield f"### `{id}`\n"
    said = f"{MISTAKES[id].mistake}. For example, in `{example.expectation.exercise}`: {example.sentence}"
    yield from textwrap.wrap(said, WIDTH)
    yield "\n```python"
    yield from _dedented(example.code[:LONGEST])
    yield "```\n"
    yield from _told(_check(example, _graded(example, "en")), "- *finding:*", "- *hint:*")
    yield from _told(_check(example, _graded(example, "zh_CN")), "- *发现：*", "- *提示：*")
    yield ""


def _dedented(lines: list[str]) -> list[str]:
    depth = min(len(line) - len(line.lstrip()) for line in lines)
    return [line[depth:] for line in lines]


def _graded(example: Example, spoken: str) -> Proof:
    # Code of students that draws at random is quoted with its numbers.
    np.random.seed(0)
    language.use(spoken)
    try:
        (proof,) = prove(course_grader(example.assignment), [example.specimen], workers=1)
    finally:
        language.use("en")
    return proof


def _check(example: Example, proof: Proof) -> CheckResult:
    wanted = example.expectation
    (found,) = (
        check
        for exercise in proof.report.exercises
        for check in exercise.checks
        if (exercise.name, check.name) == (wanted.exercise, wanted.check)
    )
    return found


def _told(check: CheckResult, finding: str, hint: str) -> Iterator[str]:
    assert check.finding is not None
    # The call stands behind what is wrong, in brackets.
    message, bracket, _call = check.finding.message.rpartition(" [")
    yield f"{finding} {_plain(message if bracket else check.finding.message)}"
    yield f"{hint} {_plain(check.diagnoses[0].hint)}"


def _plain(text: str) -> str:
    """On one line, and with signs that markdown would take for its own as they are."""
    return re.sub(r"([*<]|__)", r"\\\1", " ".join(text.split()))


def page() -> str:
    """The whole page, with its catalogue made anew."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{catalogue()}\n{END}{tail}"


if __name__ == "__main__":
    write_text(PAGE, page())
