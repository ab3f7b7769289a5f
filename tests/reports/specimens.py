"""A class with every verdict and status in it, and with everything hostile that a name or a text can hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.box.program import Cell, Place, Source
from grader.model import (
    Array,
    CheckResult,
    ClassReport,
    Diagnosis,
    Evidence,
    ExerciseResult,
    Finding,
    Flag,
    Report,
    Status,
    Verdict,
)
from grader.numeric.closeness import fingerprint

SECRET = "SECRET-4711"
SECRET_NUMBER = 8675.3091
HOSTILE = "<script>alert(1)</script> \x1b[31mred\x1b[0m \u202etxt.exe\u202c '\"&{{7*7}}"

CHECKS = (
    ("is_defined", "it is defined", 0.0),
    ("has_interface", "it can be made and called as the assignment says", 0.0),
    ("runs", "it runs without an exception", 0.0),
    ("has_right_shapes", "results have the right shapes", 0.0),
    ("forward_matches_reference", "forward gives the right values", 5.0),
    ("dx_matches_reference", "dx is the gradient with respect to x", 5.0),
    ("dw_matches_reference", "dW is the gradient with respect to W", 5.0),
    ("db_matches_reference", "db is summed over the batch", 5.0),
    ("leaves_arguments_alone", "arguments are left as they were", 0.0),
)
TITLES = {
    "softmax": "softmax(x): scores into probabilities",
    "cross_entropy_error": "cross_entropy_error(y, t): the mean loss of a batch",
    "MulLayer": "The multiply node of a computational graph",
    "AddLayer": "The add node of a computational graph",
    "Relu": "Relu",
    "Sigmoid": "Sigmoid",
    "Affine": "The affine layer",
    "SoftmaxWithLoss": "Softmax and cross entropy in one layer",
    "buy_apple": "Two apples and tax",
    "buy_apple_orange": "Apples, oranges and tax",
}
POINTS = 20.0


def passed(name: str, title: str, points: float, note: str = "") -> CheckResult:
    return CheckResult(name, title, Verdict.PASSED, points, points, note=note)


def exercise(name: str, *instead: CheckResult, points: float = POINTS) -> ExerciseResult:
    """An exercise in which everything passed but the checks that are given."""
    by_name = {check.name: check for check in instead}
    checks = [by_name.pop(c[0], passed(*c)) for c in CHECKS] + list(by_name.values())
    score = sum(c.score for c in checks if not c.advice)
    return ExerciseResult(
        name, TITLES[name], score, points, tuple(checks), found_as=name, place=Place("layers.ipynb", 1, 12)
    )


def wrong(
    name: str, verdict: Verdict, message: str, evidence: Evidence | None = None, *ids: str, private: str = ""
) -> CheckResult:
    title, points = next((title, points) for known, title, points in CHECKS if known == name)
    hints = {"not-summed": "Compare the shape of b with the shape of your db.", "scaled": "Where from?"}
    return CheckResult(
        name,
        title,
        verdict,
        0.0,
        points,
        finding=Finding(message, private, evidence),
        place=Place("layers.ipynb", 18, 12),
        diagnoses=tuple(Diagnosis(i, hints.get(i, "Which axis is shared?")) for i in ids),
        fingerprint=fingerprint(evidence.got) if evidence and evidence.got is not None and not ids else "",
    )


def evidence(what: str, got: Array | None, wanted: Array | None, public: bool = True) -> Evidence:
    draw = np.random.default_rng(7)
    return Evidence(
        what,
        f"Affine(W 3x4, b 4).backward(dout {draw.integers(3, 6)}x4)",
        public,
        got,
        wanted,
        inputs={"W": draw.normal(size=(3, 4)), "dout": draw.normal(size=(5, 4)), "t": np.array([2, 0, 1])},
    )


def db_not_summed() -> CheckResult:
    dout = np.random.default_rng(3).normal(size=(5, 4))
    return wrong(
        "db_matches_reference",
        Verdict.FAILED,
        "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]",
        evidence("db", dout, dout.sum(axis=0)),
        "not-summed",
    )


def dx_scaled() -> CheckResult:
    wanted = np.random.default_rng(4).normal(size=(5, 3))
    got = wanted.copy()
    got[2] *= 2
    return wrong(
        "dx_matches_reference",
        Verdict.FAILED,
        "dx differs by up to 1.32 in row 2 [Affine(W 3x4, b 4).backward(dout 5x4)]",
        evidence("dx", got, wanted),
        "scaled",
        "wrong-axis",
    )


def forward_large() -> CheckResult:
    wanted = np.random.default_rng(5).normal(size=(2, 40, 30))
    got = wanted + 1e-4 * np.random.default_rng(6).normal(size=wanted.shape)
    got[1, 22, 17] = np.nan
    return wrong(
        "forward_matches_reference", Verdict.FAILED, "y is nan at one place", evidence("y", got, wanted)
    )


def dW_hidden() -> CheckResult:
    hidden = np.full((3, 4), SECRET_NUMBER)
    shown = evidence("dW", hidden, 2 * hidden, public=False)
    return wrong(
        "dw_matches_reference",
        Verdict.FAILED,
        "dW is half of what it should be, on hidden cases only",
        replace(shown, inputs={"W": hidden}, call=f"Affine.backward {SECRET}"),
        private=f"seen with {SECRET}",
    )


def advice(verdict: Verdict) -> CheckResult:
    return CheckResult(
        "leaves_dout_alone",
        "dout is left alone",
        verdict,
        0.0,
        0.0,
        True,
        Finding("dout was changed in place"),
    )


def skipped(name: str, because: str) -> CheckResult:
    title, points = next((title, points) for known, title, points in CHECKS if known == name)
    return CheckResult(name, title, Verdict.SKIPPED, 0.0, points, note=f"because of {because}")


def untouched(name: str) -> ExerciseResult:
    """An exercise that is not written yet."""
    done = wrong("is_defined", Verdict.MISSING, f"{name} is not written yet")
    rest = [skipped(c[0], "is_defined") for c in CHECKS[1:]]
    return replace(exercise(name, done, *rest), found_as="", place=None)


def report(student: str, *exercises: ExerciseResult, **changes: object) -> Report:
    """A graded submission of all ten exercises, right but for those that are given."""
    given = {e.name: e for e in exercises}
    every = tuple(given.get(name) or exercise(name) for name in TITLES)
    score, top = sum(e.score for e in every), sum(e.max_score for e in every)
    base = Report(student, ("layers.ipynb",), Status.GRADED, score, top, 0.2123456789, every)
    return replace(base, **changes)  # type: ignore[arg-type]


def struggling() -> Report:
    """Every verdict at once, with long and hostile output."""
    crash = wrong("forward_matches_reference", Verdict.CRASHED, f"IndexError: {HOSTILE}")
    fault = wrong(
        "dw_matches_reference", Verdict.ERROR, "this could not be judged", private="the key has no dW"
    )
    unjudged = exercise("Sigmoid", fault, points=POINTS - 5)
    waived = replace(
        wrong("db_matches_reference", Verdict.WAIVED, "no bias here"), score=5.0, note="the text has it"
    )
    return report(
        "s002",
        exercise("softmax", passed(*CHECKS[4], note="passed in float32 precision")),
        exercise(
            "cross_entropy_error",
            wrong("dx_matches_reference", Verdict.TIMED_OUT, "no result in 5 s"),
        ),
        exercise("MulLayer", crash, *(skipped(c[0], "forward_matches_reference") for c in CHECKS[5:8])),
        exercise("AddLayer", waived),
        replace(
            exercise("Relu", forward_large(), advice(Verdict.FAILED)),
            found_as="ReLU_",
            lent=("softmax",),
        ),
        unjudged,
        exercise("Affine", dx_scaled(), dW_hidden(), db_not_summed(), advice(Verdict.PASSED)),
        untouched("SoftmaxWithLoss"),
        apple_price(241.5, apple=100.0, apple_num=2.0, tax=1.1),
        name="Ada Lovelace",
        sources=(notebook(),),
        flags=(
            Flag("own-finite-differences", f"Affine, like {SECRET}"),
            Flag("frame-walk", HOSTILE),
        ),
        mends=("Full-width spaces in cell 3 were read as spaces.", HOSTILE),
        failures=("cell 14, line 2: NameError: name 'plt' is not defined", HOSTILE),
        output="epoch 1\r\nepoch 2\rdone\n" + HOSTILE + "\n" + "word" * 400 + "\n" + "line\n" * 6000,
    )


def apple_price(got: float, **inputs: float) -> ExerciseResult:
    """An apple exercise whose price is wrong in a public case."""
    arrays = {name: np.array(value) for name, value in inputs.items()}
    seen = Evidence("price", "buy_apple(...)", True, np.array(got), np.array(0.0), arrays)
    return replace(
        exercise("buy_apple", wrong("runs", Verdict.FAILED, "price is wrong", seen)),
        formula="price = apple * apple_num * tax",
    )


def notebook() -> Source:
    """The code of a notebook, hostile in every way, with the lines of `wrong` in its cell 12."""
    lines = [
        f"# {HOSTILE}",
        "class Affine:",
        '    """',
        HOSTILE,
        '    """',
        *(f"    a{n} = {n}" for n in range(20)),
    ]
    return Source("layers.ipynb", (Cell("import numpy as np", 2), Cell("\n".join(lines), 12)), notebook=True)


def class_report() -> ClassReport:
    """The specimen class."""
    blank = {"exercises": (), "score": 0.0, "seconds": 0.0}
    students = (
        report("s001"),
        struggling(),
        report("s003", exercise("Affine", db_not_summed())),
        report("=cmd|' /C calc'!A0", untouched("buy_apple"), untouched("buy_apple_orange"), name=HOSTILE),
        report("<script>alert(2)</script>", status=Status.CRASHED, note="the process ended", **blank),
        report("../../etc/passwd", status=Status.UNREADABLE, note="layers.ipynb is not a notebook", **blank),
        report("张伟 2021", *(untouched(name) for name in TITLES), status=Status.MISSING, files=()),
        report("S001", status=Status.TIMED_OUT, note="the 60 s were used up", **blank),
        report("\u202eevil\x1b[2J\r\n", status=Status.ERROR, note="no sandbox", max_score=0.0, **blank),
    )
    return ClassReport(
        assignment="layers",
        title="Layers of a computational graph",
        grader="0.1.0",
        seed="sha256:1f3a9c",
        sandbox="bubblewrap",
        max_score=200.0,
        submissions=students,
    )


def crowd(size: int) -> tuple[Report, ...]:
    """Ordinary students with a mistake here and there."""
    draw = np.random.default_rng(1)

    def student(number: int) -> Report:
        broken = [exercise(name, db_not_summed()) for name in TITLES if draw.random() < 0.3]
        broken += [exercise(name, dx_scaled(), db_not_summed()) for name in TITLES if draw.random() < 0.2]
        if number % 50 == 7:
            broken.append(exercise("Relu", forward_large()))
        return report(f"2021{number:04d}", *broken)

    return tuple(student(number) for number in range(size))
