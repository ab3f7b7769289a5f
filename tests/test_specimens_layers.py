"""The specimens of `layers` as they lie on disk; `grader validate layers` proves what the judge makes of them."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from grader.checks import battery
from grader.course import Course
from grader.fakes import meant

ROOT = Path(__file__).resolve().parents[1]
LAYERS = Course(ROOT).load("layers")
CHECKS = {exercise.name: {check.name for check in battery(exercise)} for exercise in LAYERS.exercises}

FOLDER = ROOT / "solutions" / "layers"
MUTANTS = sorted((FOLDER / "mutants").glob("*.py"))
VARIANTS = sorted((FOLDER / "variants").glob("*.py"))
CLASS = ROOT / "examples" / "class"
EXPECT = re.compile(r"# expect: (?P<exercise>\w+)\.(?P<check>\w+) (?P<verdict>\w+)( (?P<id>[a-z-]+))?")

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


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def expectations(path: Path) -> list[re.Match[str]]:
    return [match for line in lines_of(path) if (match := EXPECT.fullmatch(line))]


def defined(path: Path) -> set[str]:
    """Names that a module binds other than by imports."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            names.add(ast.unparse(node))
    return names


def stem(path: Path) -> str:
    return path.stem


def test_there_are_enough_of_both() -> None:
    assert len(MUTANTS) >= 40
    assert len(VARIANTS) >= 12


@pytest.mark.parametrize("path", MUTANTS, ids=stem)
def test_a_mutant_says_which_check_must_catch_it(path: Path) -> None:
    expected = expectations(path)
    assert [match.group() for match in expected] == lines_of(path)[: len(expected)] != []
    assert len({match["exercise"] for match in expected}) == 1
    for match in expected:
        assert match["check"] in CHECKS[match["exercise"]]
        assert match["verdict"] in ("failed", "crashed", "missing")
        assert match["id"] is None or match["id"] in CATALOGUE


@pytest.mark.parametrize("path", MUTANTS, ids=stem)
def test_a_mutant_says_in_a_sentence_what_is_wrong(path: Path) -> None:
    sentence = lines_of(path)[len(expectations(path))]
    assert re.fullmatch(r"# \S.*[.?!]", sentence)


@pytest.mark.parametrize("path", MUTANTS, ids=stem)
def test_a_mutant_defines_the_exercise_that_it_breaks_and_nothing_else(path: Path) -> None:
    names = {name for name in defined(path) if not name.startswith("_")}
    assert names == {expectations(path)[0]["exercise"]}


def test_every_exercise_is_broken_and_every_kind_of_verdict_expected() -> None:
    expected = [match for path in MUTANTS for match in expectations(path)]
    assert {match["exercise"] for match in expected} == set(CHECKS)
    assert {match["verdict"] for match in expected} == {"failed", "crashed", "missing"}


def test_no_two_mutants_are_the_same() -> None:
    bodies = {ast.dump(ast.parse(path.read_text("utf-8"))) for path in MUTANTS}
    assert len(bodies) == len(MUTANTS)


@pytest.mark.parametrize(
    ("name", "caught"),
    [
        ("relu_writes_into_dout", "# expect: Relu.leaves_dout_alone failed writes-into-argument"),
        ("loss_ignores_dout", "# expect: SoftmaxWithLoss.uses_dout failed upstream-ignored"),
        ("loss_methods_without_self", "# expect: SoftmaxWithLoss.runs crashed missing-self"),
    ],
)
def test_the_mistakes_of_published_texts_are_among_the_mutants(name: str, caught: str) -> None:
    assert lines_of(FOLDER / "mutants" / f"{name}.py")[0] == caught


@pytest.mark.parametrize("path", VARIANTS, ids=stem)
def test_a_variant_says_what_is_unusual_and_defines_an_exercise(path: Path) -> None:
    first, second, *_rest = lines_of(path)
    assert first == "# expect: full"
    assert re.fullmatch(r"# \S.*\.", second)
    assert meant(LAYERS, path.read_text("utf-8"))


def test_every_exercise_has_a_right_variant() -> None:
    assert set.union(*(meant(LAYERS, path.read_text("utf-8")) for path in VARIANTS)) == set(CHECKS)


def test_sixteen_students_handed_in_and_half_of_them_notebooks() -> None:
    students = [f"s{number:03}" for number in range(1, 17)]
    assert sorted(path.name.partition(".")[0] for path in CLASS.iterdir()) == students
    with zipfile.ZipFile(CLASS / "s015.zip") as archive:
        zipped = [name for name in archive.namelist() if re.fullmatch(r"[^/.]+/layers\S+\.ipynb", name)]
    assert len(zipped) == 1, zipped
    assert len(list(CLASS.glob("*.ipynb"))) == 8


@pytest.mark.parametrize("path", sorted(CLASS.glob("*.ipynb")), ids=stem)
def test_notebooks_are_valid_except_the_one_that_is_none(path: Path) -> None:
    if path.stem == "s013":
        assert path.read_bytes().startswith(b"%PDF-")
        return
    raw = json.loads(path.read_text("utf-8"))
    assert raw["nbformat"] == (3 if path.stem == "s014" else 4)
    nbformat.validate(raw, version=raw["nbformat"])


def test_the_odd_files_are_as_odd_as_they_should_be() -> None:
    chinese = (CLASS / "s011.py").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        chinese.decode("utf-8")
    text = chinese.decode("gb18030")
    assert all(sign in text for sign in ("\u3000", "\t", "\r\n"))
    with pytest.raises(SyntaxError):
        ast.parse((CLASS / "s010.py").read_text("utf-8"))
    assert not (CLASS / "s009" / "common").exists()
    assert (CLASS / "s004" / "common" / "functions.py").exists()


def test_files_of_the_class_are_small() -> None:
    assert max(path.stat().st_size for path in CLASS.rglob("*") if path.is_file()) < 1 << 15


def test_the_readme_explains_every_submission() -> None:
    text = (ROOT / "examples" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (s\d{3}) \|", text, re.M)
    assert rows == sorted(path.name.partition(".")[0] for path in CLASS.iterdir())
