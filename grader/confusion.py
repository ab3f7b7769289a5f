"""How well mistakes are named: what was said of specimens whose mistake is known, or has no name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.model import CheckResult
from grader.validate import Proof

SILENT = ""
"""What stands for no diagnosis."""


@dataclass(frozen=True)
class Confusion:
    """What was named, by what it is.

    `labelled` counts for each label what was stated first of checks that carry it; `unnamed` holds the specimens of
    mistakes outside the catalogue (True where one was named after all), `variants` the right ones.
    """

    labelled: Mapping[str, Counter[str]]
    tied: int
    unnamed: Mapping[str, bool]
    variants: Mapping[str, bool]

    @property
    def checks(self) -> int:
        """Checks with a label."""
        return sum(counts.total() for counts in self.labelled.values())

    @property
    def right(self) -> int:
        """Checks whose label was stated first."""
        return sum(counts[label] for label, counts in self.labelled.items())

    @property
    def wrong(self) -> int:
        """Checks of which another mistake was stated."""
        return self.checks - self.right - sum(counts[SILENT] for counts in self.labelled.values())


def confusion(proofs: Iterable[Proof]) -> Confusion:
    """Counts over the proofs of an assignment, or of several."""
    labelled: dict[str, Counter[str]] = {}
    tied, unnamed, variants = 0, dict[str, bool](), dict[str, bool]()
    for proof in proofs:
        group, _, name = proof.specimen.name.partition("/")
        if group == "unnamed":
            unnamed[name] = any(one.diagnoses for one in _expected(proof))
        elif group == "variants":
            variants[name] = any(named(proof))
        for expectation, check in zip(proof.specimen.expectations, _expected(proof), strict=True):
            if expectation.diagnosis:
                stated = check.diagnoses[0].id if check.diagnoses else SILENT
                labelled.setdefault(expectation.diagnosis, Counter())[stated] += 1
                tied += len(check.diagnoses) > 1
    return Confusion(labelled, tied, unnamed, variants)


def named(proof: Proof) -> Iterator[CheckResult]:
    """The checks of a report of which a mistake was named, but for advice: that is about manners."""
    for exercise in proof.report.exercises:
        yield from (check for check in exercise.checks if check.diagnoses and not check.advice)


def _expected(proof: Proof) -> list[CheckResult]:
    checks = {(e.name, c.name): c for e in proof.report.exercises for c in e.checks}
    return [checks[one.exercise, one.check] for one in proof.specimen.expectations]


def table(found: Confusion) -> list[str]:
    """The counts as lines of text: a line a label, then the sums."""
    lines = [f"{'mistake':<24}  checks  named  silent  as another"]
    for label in sorted(found.labelled):
        counts = found.labelled[label]
        others = ", ".join(f"{id} {n}" for id, n in counts.items() if id not in (label, SILENT))
        lines.append(
            f"{label:<24}  {counts.total():>6}  {counts[label]:>5}  {counts[SILENT]:>6}  {others or 0}"
        )
    silent = sum(not one for one in found.unnamed.values())
    lines += [
        f"{found.right} of {found.checks} checks with a label named rightly, {found.wrong} wrongly, {found.tied} ties",
        f"{silent} of {len(found.unnamed)} mistakes outside the catalogue left unnamed",
        f"{sum(found.variants.values())} of {len(found.variants)} right variants accused of a mistake",
    ]
    return lines
