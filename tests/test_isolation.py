"""In the real sandbox: one bad submission never stops, slows down for ever or costs another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.model import Report, Status, Verdict
from grader.sandbox.base import Limits
from grader.sandbox.choose import default_sandbox
from grader.submissions import File, Submission
from tests.batches import run_batch
from tests.layers import ROOT, check, layers, reference_with


def relu(body: str) -> str:
    """A Relu whose forward does this."""
    return (
        "import os\nhoard = []\nclass Relu:\n    def forward(self, x):\n"
        f"        {body}\n    def backward(self, dout):\n        return dout\n"
    )


LOOPS = relu("while True: pass")
EATS = relu("while True: hoard.append(np.ones(10**7))")
EXITS = relu("os._exit(0)")
WRONG = "def softmax(x):\n    return x\n"


@dataclass(frozen=True)
class Handed:
    """A submission that is there already."""

    student: str
    text: str

    def read(self) -> Submission:
        return Submission(self.student, (File("layers.py", self.text.encode()),))


@pytest.fixture(scope="module")
def boxed() -> Grader:
    """The layers grader in the sandbox that this machine offers, with less patience."""
    return replace(layers(), sandbox=default_sandbox((ROOT / "solutions",)), limits=Limits(call=1.0))


def scores(grader: Grader, folder: Path, handed: list[Handed]) -> dict[str, Report]:
    report = run_batch(grader, folder, handed)
    return {submission.student: submission for submission in report.submissions}


def test_seven_of_ten_score_as_if_they_were_alone(boxed: Grader, tmp_path: Path) -> None:
    honest = [Handed(f"right{n}", reference_with("")) for n in range(4)]
    honest += [Handed(f"wrong{n}", reference_with(WRONG)) for n in range(3)]
    bad = [
        Handed(name, reference_with(text))
        for name, text in (("loops", LOOPS), ("eats", EATS), ("exits", EXITS))
    ]
    alone = scores(boxed, tmp_path / "alone", honest)
    together = scores(boxed, tmp_path / "together", [*honest[:2], *bad, *honest[2:]])
    assert len(together) == 10
    for one in honest:
        assert together[one.student].score == alone[one.student].score
    for name, verdicts in (
        ("loops", {Verdict.TIMED_OUT}),
        ("eats", {Verdict.CRASHED, Verdict.TIMED_OUT}),
        ("exits", {Verdict.CRASHED}),
    ):
        assert together[name].status is Status.GRADED
        assert together[name].score == 90
        assert check(together[name], "Relu.forward_matches_reference").verdict in verdicts


def test_the_finding_says_what_hung(boxed: Grader) -> None:
    report = boxed.grade(Handed("loops", reference_with(LOOPS)).read())
    finding = check(report, "Relu.runs").finding
    assert finding is not None
    assert "Relu.forward did not return within 1 s" in finding.message


def test_a_backward_that_hangs_is_told_from_a_forward(boxed: Grader) -> None:
    text = (
        "class Relu:\n    def forward(self, x):\n        return np.maximum(x, 0)\n"
        "    def backward(self, dout):\n        while True: pass\n"
    )
    finding = check(boxed.grade(Handed("loops", reference_with(text)).read()), "Relu.runs").finding
    assert finding is not None
    assert "Relu.backward did not return within 1 s" in finding.message


def test_a_loop_at_module_level_costs_nothing(boxed: Grader) -> None:
    report = boxed.grade(Handed("loops", reference_with("while True:\n    pass\n")).read())
    assert report.score == 100


def test_a_definition_that_hangs_is_left_out(boxed: Grader) -> None:
    text = (
        "def endless():\n    while True:\n        pass\nclass Relu:\n    y = [endless() for _ in range(1)]\n"
    )
    patient = replace(boxed, limits=Limits(load=1.5, call=1.0))
    report = patient.grade(Handed("hangs", reference_with(text)).read())
    assert report.status is Status.GRADED
    assert report.score == 90
    assert any("did not" in failure for failure in report.failures)


def test_solutions_and_other_submissions_cannot_be_seen(boxed: Grader, tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("secret = 1\n")
    paths = [str(path) for path in (ROOT / "solutions", ROOT / "grader", tmp_path)]
    looks = (
        f"import os\nfound = [path for path in {paths} if os.path.exists(path)]\n"
        "class Relu:\n"
        "    def forward(self, x):\n"
        "        if found:\n"
        "            raise RuntimeError(found)\n"
        "        self.x = x\n"
        "        return np.maximum(x, 0)\n"
        "    def backward(self, dout):\n"
        "        return dout * (self.x > 0)\n"
    )
    report = boxed.grade(Handed("looks", reference_with(looks)).read())
    assert check(report, "Relu.forward_matches_reference").verdict is Verdict.PASSED
