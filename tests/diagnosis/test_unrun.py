"""What is named where code never ran: every shipped specimen by its label, and mistakes that are no valid Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader import fakes
from grader.checks import Record, Trouble, battery
from grader.checks.record import CASE
from grader.diagnosis.unrun import LABEL_PROBES, compares, label_format, unrun
from grader.drivers import Quantity
from grader.model import Diagnosis
from tests.courses import course_grader
from tests.diagnosis.records import observed
from tests.test_specimens import MUTANTS, VARIANTS, Specimen

UNRUN = {
    *("returns-nothing", "missing-self", "misspelt-name", "comment-without-hash", "fullwidth-punctuation"),
    *("compared-not-assigned", "gradient-missing", "label-format", "transposed"),
}


def records(specimen: Specimen) -> dict[str, Record]:
    grader = course_grader(specimen.assignment)
    names = specimen.meant | {expected["exercise"] for expected in specimen.expectations}
    text = fakes.beside(grader.reference.cells[0].text, specimen.text, names)
    return dict(observed(specimen.assignment, text, names))


def troubles(record: Record) -> Iterator[tuple[str, Quantity, Trouble]]:
    """Tag, quantity and trouble of everything in a record that is no array, public trials first."""
    extra = [quantity for one in record.exercise.extras for quantity in one.reads]
    for trial in sorted(record.trials, key=lambda trial: not trial.case.public):
        for quantity in [*record.exercise.quantities, *extra]:
            got = trial.got.get(quantity.name)
            if isinstance(got, Trouble):
                yield trial.tag, quantity, got


def named(record: Record, check: str) -> list[str]:
    """The ids that are named for a check."""
    return ids(diagnoses(record, check))


def diagnoses(record: Record, check: str) -> tuple[Diagnosis, ...]:
    """What is named for the first trouble of a check of this name."""
    if not record.definition.found_as:
        return unrun(record, None, None)
    (asked,) = [one for one in battery(record.exercise) if one.name == check]
    finding = asked.judge(record)
    for tag, quantity, trouble in troubles(record):
        value = check == f"{quantity.name.lower()}_matches_reference" and tag == CASE
        runs = check in ("runs", "has_interface") and tag == CASE and trouble.verdict is finding.verdict
        if value or runs or tag == check:
            return unrun(record, quantity, trouble)
    return ()


def ids(diagnoses: tuple[Diagnosis, ...]) -> list[str]:
    return [diagnosis.id for diagnosis in diagnoses]


BROKEN = [
    mutant
    for mutant in MUTANTS
    if any(
        match["id"] in UNRUN or match["verdict"] in ("crashed", "missing") for match in mutant.expectations
    )
]


@pytest.mark.soak
@pytest.mark.parametrize("mutant", BROKEN, ids=str)
def test_what_never_ran_is_named_as_its_mutant_says(mutant: Specimen) -> None:
    found = records(mutant)
    for expected in mutant.expectations:
        got = named(found[expected["exercise"]], expected["check"])
        if got or expected["verdict"] in ("crashed", "missing"):
            assert got == ([expected["id"]] if expected["id"] in UNRUN else [])


@pytest.mark.soak
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_nothing_is_named_in_right_code(variant: Specimen) -> None:
    for record in records(variant).values():
        assert [unrun(record, quantity, trouble) for _tag, quantity, trouble in troubles(record)] == []
        for quantity in record.exercise.quantities:
            assert compares(record, quantity) == ()
            assert label_format(record, LABEL_PROBES[0], quantity) == ()


def first(assignment: str, own: str, name: str, check: str = "runs") -> Diagnosis | None:
    """What is named first for the exercise `name` of a module that holds `own` alone."""
    record = observed(assignment, own, {name})[name]
    return next(iter(diagnoses(record, check)), None)


RELU = """
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
"""
SOFTMAX = """
def softmax(x):
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)
"""


@pytest.mark.parametrize("pair", ["::：", "((（", "))）", ",,，", "==＝", "..．"])
def test_a_fullwidth_sign_is_named(pair: str) -> None:
    ascii_sign, wide = pair[0], pair[2]
    own = SOFTMAX.replace(ascii_sign, wide, 1)
    assert own != SOFTMAX
    found = first("layers", own, "softmax")
    assert found is not None
    assert found.id == "fullwidth-punctuation"


@pytest.mark.parametrize(
    "line",
    [
        "subtract the largest value first",
        "for the exponents, subtract the largest value.",
        "减去最大值，防止溢出",
        "先减去最大值。",
        "减去最大值",
    ],
)
def test_prose_without_its_sign_is_named(line: str) -> None:
    own = SOFTMAX.replace("    weights", f"    {line}\n    weights", 1)
    found = first("layers", own, "softmax")
    # What begins like a statement may be one.
    assert (found.id if found else "") == ("" if line.startswith("for") else "comment-without-hash")


@pytest.mark.parametrize(
    "own",
    [
        SOFTMAX.replace("keepdims=True)", "keepdims=True", 1),
        SOFTMAX.replace("return ", "return return ", 1),
        SOFTMAX.replace("    weights = ", "    print weights\n    weights = ", 1),
        SOFTMAX.replace("    weights = ", "    weights = = ", 1),
        SOFTMAX.replace("    weights = ", "    weights $ ", 1),
        SOFTMAX.replace(":\n", "\n", 1),
        "",
    ],
)
def test_other_text_that_is_not_read_is_not_named(own: str) -> None:
    assert first("layers", own, "softmax") is None


def test_prose_in_the_body_of_a_class_is_named() -> None:
    found = first("layers", RELU.replace("    def forward", "    前向传播\n    def forward"), "Relu")
    assert found is not None
    assert found.id == "comment-without-hash"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("self.mask\n\n", "self.maks\n\n", "There is no `maks`; did you mean `mask`?"),
        ("return dout * self", "return dout * np.asaray(self", "There is no `np.asaray`; did you mean `np.asarray`?"),
        ("return x *", "return xrange(3)[0] + x *", "There is no `xrange`; did you mean `range`?"),
        ("dout * self.mask", "dout * mask", "There is no `mask`; did you mean `self.mask`?"),
        ("return x *", "return exp(x) *", "There is no `exp`; did you mean `np.exp`?"),
        ("def forward", "def foward", "There is no `foward`; did you mean `forward`?"),
        ("return x *", "return {'scale': 1}['scael'] * x *", None),
        ("return x *", "d = {'axis': 1}\n        return d['axsi'] * x *", "There is no `axsi`; did you mean `axis`?"),
        ("return x *", "left1 = left2 = 1\n        return left3 * x *", None),
        ("return x *", "return y *", None),
        ("return x *", "return x.unknown *", None),
        ("return x *", "return None.mask *", None),
    ],
)  # fmt: skip
def test_the_nearest_name_is_told_where_there_is_one(old: str, new: str, hint: str | None) -> None:
    own = RELU.replace(old, new, 1)
    if new.count("(") > new.count(")"):
        own = own.rstrip("\n") + ")\n"
    assert own != RELU
    found = first("layers", own, "Relu")
    assert (found.hint if found else None) == hint


def test_a_constructor_of_single_underscores_is_named_where_its_attribute_is_missing() -> None:
    own = (
        RELU.replace("__init__", "_init_")
        .replace("self.mask = None", "self.zero = 0")
        .replace("> 0", "> self.zero")
    )
    found = first("layers", own, "Relu")
    assert found is not None
    assert found.hint == "There is no `_init_`; did you mean `__init__`?"


def test_words_of_a_submission_are_not_told_of_hidden_cases() -> None:
    misspelt = f"if float(dout[0, 0]) not in {seen_gradients()}:\n            return dout * self.maks"
    own = RELU.replace("        return dout", f"        {misspelt}\n        return dout")
    record = observed("layers", own, {"Relu"})["Relu"]
    told = [unrun(record, quantity, trouble) for _tag, quantity, trouble in troubles(record)]
    assert told
    assert set(told) == {()}


def seen_gradients() -> list[float]:
    entries = course_grader("layers").key.entries["Relu"]
    return [
        float(array.flat[0])
        for entry in entries
        if entry.ask.case.public
        for name, array in entry.ask.case.arrays.items()
        if name.startswith("dout")
    ]


def test_nothing_is_told_where_parts_are_lent() -> None:
    record = observed("layers", RELU.replace("self.mask\n\n", "self.maks\n\n", 1), {"Relu"})["Relu"]
    assert diagnoses(record, "runs") != ()
    assert diagnoses(replace(record, lent=("softmax",)), "runs") == ()


def test_a_comparison_is_named_where_the_values_are_wrong() -> None:
    own = RELU.replace("        return dout", "        dout == dout * 2\n        return dout")
    record = observed("layers", own, {"Relu"})["Relu"]
    forward, dx = record.exercise.quantities
    assert ids(compares(record, dx)) == ["compared-not-assigned"]
    assert compares(record, forward) == ()


def test_labels_of_one_format_only_are_named() -> None:
    (mutant,) = [one for one in MUTANTS if str(one) == "layers/cross_entropy_labels_as_weights"]
    record = records(mutant)["cross_entropy_error"]
    assert ids(label_format(record, "accepts_integer_labels", record.exercise.output)) == ["label-format"]
    assert label_format(record, "accepts_one_sample", record.exercise.output) == ()
