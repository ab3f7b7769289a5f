"""The specimens of every assignment as they lie on disk; `grader validate` proves what the judge makes of them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from grader.checks import battery
from grader.fakes import meant
from tests.courses import COURSE, NAMES, assignment

EXPECT = re.compile(r"# expect: (?P<exercise>\w+)\.(?P<check>\w+) (?P<verdict>\w+)( (?P<id>[a-z-]+))?")
ENOUGH = {
    **{"layers": (40, 12), "eight_weights": (20, 8), "two_layer_net": (30, 8), "fc_conv": (30, 8)},
    "torch_linear": (8, 8),
}
UNNAMED_ENOUGH = {"layers": 24, "eight_weights": 8, "two_layer_net": 14, "fc_conv": 14, "torch_linear": 0}

# The ids of misconceptions that results.json may hold.
IDS = """
    returns-nothing missing-self rounded constant-for-variable output-activated normalised-over-batch
    comment-without-hash fullwidth-punctuation compared-not-assigned misspelt-name batch-mean-missing
    batch-mean-twice wrong-denominator scaled sign-flipped upstream-ignored not-summed wrong-axis averaged
    wrong-shape transposed not-reshaped mask-inverted mask-redrawn mask-missing mask-from-upstream leaky-slope
    factor-missing slope-of-output before-after-activation other-slope argument-negated target-missing
    target-swapped scores-not-probabilities label-format overflow cache-corrupted writes-into-argument
    stale-cache accumulates updated-weights learning-rate swapped kernel-flipped overwritten bias-repeated
    bias-missing weight-missing-in-chain regularisation gradient-missing layer-order initialisation
"""
CATALOGUE = frozenset(IDS.split())
HALF_WIDTH = str.maketrans("：（），", ":(),")


@dataclass(frozen=True)
class Specimen:
    """A mutant, a mistake without a name or a variant of an assignment."""

    assignment: str
    path: Path

    def __str__(self) -> str:
        return f"{self.assignment}/{self.path.stem}"

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def body(self) -> list[ast.stmt]:
        """Its statements, read with the signs of an English keyboard in place of full-width ones."""
        return ast.parse(self.text.translate(HALF_WIDTH)).body

    @property
    def expectations(self) -> list[re.Match[str]]:
        return [match for line in self.lines if (match := EXPECT.fullmatch(line))]

    @property
    def meant(self) -> set[str]:
        """Everything to be handed in that it defines, under whatever name."""
        return meant(assignment(self.assignment), self.text)


def lying_in(folder: str) -> list[Specimen]:
    return [
        Specimen(name, path) for name in NAMES for path in sorted((COURSE.folder(name) / folder).glob("*.py"))
    ]


MUTANTS, UNNAMED, VARIANTS = lying_in("mutants"), lying_in("unnamed"), lying_in("variants")
WRONG = MUTANTS + UNNAMED
every_assignment = pytest.mark.parametrize("name", NAMES)
every_mutant = pytest.mark.parametrize("mutant", MUTANTS, ids=str)
every_unnamed = pytest.mark.parametrize("unnamed", UNNAMED, ids=str)
every_wrong = pytest.mark.parametrize("wrong", WRONG, ids=str)
every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)


@cache
def checks(name: str) -> dict[str, set[str]]:
    """The names of an assignment's checks, by exercise."""
    return {
        exercise.name: {check.name for check in battery(exercise)} for exercise in assignment(name).exercises
    }


@cache
def definitions(name: str) -> dict[str, str]:
    """For everything to be handed in the exercise that it belongs to."""
    return {
        wanted.name: exercise.name for exercise in assignment(name).exercises for wanted in exercise.sought
    }


@cache
def defined_by_the_reference(name: str) -> set[str]:
    body = ast.parse(COURSE.reference(name).cells[0].text).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@every_assignment
def test_there_are_enough_of_both(name: str) -> None:
    mutants, variants = ENOUGH[name]
    assert len([one for one in MUTANTS if one.assignment == name]) >= mutants
    assert len([one for one in VARIANTS if one.assignment == name]) >= variants


@every_assignment
def test_there_are_enough_mistakes_without_a_name(name: str) -> None:
    assert len([one for one in UNNAMED if one.assignment == name]) >= UNNAMED_ENOUGH[name]


@every_unnamed
def test_a_mistake_without_a_name_fails_by_its_values_and_expects_no_diagnosis(unnamed: Specimen) -> None:
    assert {match["id"] for match in unnamed.expectations} == {None}
    assert {match["verdict"] for match in unnamed.expectations} <= {"failed", "passed"}
    assert unnamed.meant


@every_wrong
def test_a_mutant_says_which_check_must_catch_it(wrong: Specimen) -> None:
    expected = wrong.expectations
    assert [match.group() for match in expected] == wrong.lines[: len(expected)] != []
    assert len({match["exercise"] for match in expected}) == 1
    for match in expected:
        assert match["check"] in checks(wrong.assignment)[match["exercise"]]
        assert match["verdict"] in ("failed", "crashed", "missing", "passed")
        assert match["id"] is None or match["id"] in CATALOGUE
    assert {match["verdict"] for match in expected} != {"passed"}


@every_wrong
def test_a_mutant_says_in_a_sentence_what_is_wrong(wrong: Specimen) -> None:
    assert re.fullmatch(r"# \S.*[.?!]", wrong.lines[len(wrong.expectations)])


@every_wrong
def test_a_mutant_breaks_one_exercise_and_touches_no_other(wrong: Specimen) -> None:
    exercise = wrong.expectations[0]["exercise"]
    assert {definitions(wrong.assignment)[name] for name in wrong.meant} <= {exercise}
    for node in wrong.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            theirs = node.name in defined_by_the_reference(wrong.assignment)
            assert not theirs or definitions(wrong.assignment).get(node.name) == exercise
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            assert isinstance(node, ast.Assign)
            assert all(isinstance(target, ast.Name) and target.id[0] == "_" for target in node.targets)


@every_mutant
def test_a_mutant_without_the_name_expects_that_it_is_missing(mutant: Specimen) -> None:
    assert mutant.meant or [match["check"] for match in mutant.expectations] == ["is_defined"]


@every_assignment
def test_every_exercise_is_broken_and_every_kind_of_verdict_expected(name: str) -> None:
    expected = [match for mutant in MUTANTS if mutant.assignment == name for match in mutant.expectations]
    assert {match["exercise"] for match in expected} == set(checks(name))
    assert {match["verdict"] for match in expected} >= {"failed", "crashed", "missing"}


def test_every_mistake_of_the_catalogue_is_made_by_a_mutant() -> None:
    assert {match["id"] for mutant in MUTANTS for match in mutant.expectations} - {None} == CATALOGUE


def test_no_two_mutants_are_the_same() -> None:
    bodies = {(wrong.assignment, *map(ast.dump, wrong.body)) for wrong in WRONG}
    assert len(bodies) == len(WRONG)


@pytest.mark.parametrize(
    ("mutant", "caught"),
    [
        ("layers/relu_writes_into_dout", "Relu.leaves_dout_alone failed writes-into-argument"),
        ("layers/loss_ignores_dout", "SoftmaxWithLoss.uses_dout failed upstream-ignored"),
        ("layers/loss_methods_without_self", "SoftmaxWithLoss.runs crashed missing-self"),
        *(
            (
                f"eight_weights/{file}",
                f"back_propagate.d_w{n}_matches_reference failed weight-missing-in-chain",
            )
            for file in ("back_published_erratum", "back_erratum_over_globals")
            for n in range(1, 5)
        ),
        ("fc_conv/conv_bias_repeated", "ConvLayer.forward_matches_reference failed bias-repeated"),
        ("fc_conv/conv_bias_repeated", "ConvLayer.dbias_matches_reference failed bias-repeated"),
    ],
)
def test_the_mistakes_of_published_texts_are_among_the_mutants(mutant: str, caught: str) -> None:
    (found,) = (one for one in MUTANTS if str(one) == mutant)
    assert f"# expect: {caught}" in found.lines


@every_variant
def test_a_variant_says_what_is_unusual_and_defines_an_exercise(variant: Specimen) -> None:
    first, second, *_rest = variant.lines
    assert first == "# expect: full"
    assert re.fullmatch(r"# \S.*\.", second)
    assert variant.meant


@every_assignment
def test_everything_to_be_handed_in_has_a_right_variant(name: str) -> None:
    meant_by = [variant.meant for variant in VARIANTS if variant.assignment == name]
    assert set.union(*meant_by) == set(definitions(name))
