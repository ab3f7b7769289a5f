"""docs/authoring.md is true: every block of the page is built into a course, and the course is proved."""

from __future__ import annotations

import dataclasses
import inspect
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from grader import draw, drivers, newcourse, settings
from grader.assignment import Assignment
from grader.box import program
from grader.checks import battery
from grader.cli import run
from grader.course import Course
from grader.validate import Proof
from tests.authored import proofs, written
from tests.courses import COURSE, ROOT, assignment

PAGE = ROOT / "docs" / "authoring.md"
LEAKY = "An exercise more"

KINDS = '''\
"""One exercise of every kind."""

import numpy as np

from grader.assignment import *


{helpers}


assignment = Assignment("kinds", title="Kinds", exercises=[
{exercises}
])
'''


@dataclass(frozen=True)
class Block:
    """A fenced block of the page: the heading above it, its language, what it is, and its text."""

    section: str
    language: str
    what: str
    text: str


@cache
def blocks() -> tuple[Block, ...]:
    return tuple(read(PAGE.read_text(encoding="utf-8")))


def read(page: str) -> Iterator[Block]:
    section = ""
    for part in re.finditer(
        r"^## (?P<heading>.+)$|^```(?P<info>\w.*)\n(?P<text>[\s\S]*?)^```$", page, re.MULTILINE
    ):
        if part["heading"]:
            section = part["heading"]
        else:
            language, _, what = part["info"].partition(" ")
            yield Block(section, language, what, part["text"])


def texts(what: str, *, leaky: bool = False) -> str:
    """All blocks of a kind as one text: those of the section LEAKY, or those of all others."""
    found = [block.text for block in blocks() if block.what == what and (block.section == LEAKY) == leaky]
    assert found
    return "\n\n".join(found)


def files(*, leaky: bool = False) -> dict[str, str]:
    """Mutants and variants beside the exercises."""
    return {
        block.what: block.text
        for block in blocks()
        if block.what.startswith(("mutants/", "variants/")) and (block.section == LEAKY) == leaky
    }


def scores(found: list[Proof]) -> dict[str, float]:
    assert {proof.specimen.name: proof.complaints for proof in found if proof.complaints} == {}
    return {proof.specimen.name: proof.report.score for proof in found}


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    helpers, exercises = texts("helpers"), texts("exercises")
    own = {
        "kinds.py": "import numpy as np\n\n\n" + texts("reference"),
        "assignment.py": KINDS.format(helpers=helpers, exercises=exercises),
        **files(),
    }
    written(tmp_path / "solutions" / "kinds", own)
    return tmp_path


@pytest.fixture
def with_leaky(tmp_path: Path) -> Path:
    """A copy of `layers` with what the section LEAKY says, and no mutants and variants but that section's."""
    folder = tmp_path / "solutions" / "layers"
    shutil.copytree(
        COURSE.folder("layers"), folder, ignore=shutil.ignore_patterns("mutants", "unnamed", "variants")
    )
    old = (folder / "assignment.py").read_text(encoding="utf-8")
    head, end, tail = old.rpartition("    ],\n)\n")
    assert (end, tail) == ("    ],\n)\n", "")
    (folder / "assignment.py").write_text(head + texts("exercises", leaky=True) + end, encoding="utf-8")
    with (folder / "layers.py").open("a", encoding="utf-8") as reference:
        reference.write("\n" + texts("reference", leaky=True))
    written(folder, files(leaky=True))
    return tmp_path


def code_lines(text: str) -> list[str]:
    """The lines that say something to Python: no blank ones, comments or docstrings."""
    bare = re.sub(r'"""[\s\S]*?"""', "", text)
    return [line for line in bare.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_the_first_example_is_what_init_writes() -> None:
    shown = {block.what: block.text for block in blocks() if block.what.startswith("solutions/")}
    assert shown == {path: text for path, text in newcourse.EXAMPLE.items() if path.startswith("solutions/")}


def test_the_first_example_holds_what_it_promises(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "course"), "--empty"]) == 0
    assert scores(proofs(tmp_path / "course", "squares")) == {
        **{"reference": 10, "starter": 0, "zeros": 0, "identity": 0},
        **{"mutants/factor_missing": 5, "variants/keeps_the_slope": 10},
    }


def test_an_example_of_every_kind_holds_what_it_promises(kinds: Path) -> None:
    found = scores(proofs(kinds, "kinds"))
    total = Course(kinds).load("kinds").max_score
    assert (found["reference"], found["starter"], found["zeros"]) == (total, 0, 0)
    assert found["mutants/slope_without_sigmoid"] == total - 8
    assert found["variants/slope_over_globals"] == total


def test_the_sentence_of_an_erratum_is_said(kinds: Path) -> None:
    (mutant,) = (one for one in proofs(kinds, "kinds", "slope_without") if "/" in one.specimen.name)
    (slope,) = (one for one in mutant.report.exercises if one.name == "slope")
    (wrong,) = (one.finding for one in slope.checks if one.name == "d_w_matches_reference")
    assert wrong is not None
    assert wrong.message.startswith("A widely read text leaves out the slope of the sigmoid.")


def test_there_is_an_example_of_every_kind(kinds: Path) -> None:
    shown = {type(exercise).__name__ for exercise in Course(kinds).load("kinds").exercises}
    assert shown == {
        name
        for name, kind in vars(drivers).items()
        if inspect.isclass(kind) and issubclass(kind, drivers.Exercise) and kind is not drivers.Exercise
    }


def test_leaky_relu_is_added_in_ten_lines(with_leaky: Path) -> None:
    before = (COURSE.folder("layers") / "assignment.py").read_text(encoding="utf-8")
    after = (with_leaky / "solutions" / "layers" / "assignment.py").read_text(encoding="utf-8")
    added = after.count("\n") - before.count("\n")
    assert added + len(code_lines(texts("reference", leaky=True))) <= 10


def test_leaky_relu_is_an_exercise_like_the_others(with_leaky: Path) -> None:
    assert Course(with_leaky).load("layers").max_score == assignment("layers").max_score + 10
    found = scores(proofs(with_leaky, "layers"))
    del found["identity"]  # of `layers`, where some answers are rightly the arguments
    assert found == {"reference": 110, "starter": 0, "zeros": 0, "mutants/leaky_relu_alpha_ignored": 105}


def test_leaky_relu_reaches_the_students(with_leaky: Path) -> None:
    assert run(["release", "layers", "--course", str(with_leaky)]) == 0
    starter = (with_leaky / "assignments" / "layers" / "layers.py").read_text(encoding="utf-8")
    assert 'raise NotImplementedError("LeakyRelu.backward is not written yet")' in starter
    readme = (with_leaky / "assignments" / "layers" / "README.md").read_text(encoding="utf-8")
    assert "| `LeakyRelu` | 10 |" in readme


def test_the_example_of_settings_fits(tmp_path: Path) -> None:
    (block,) = (block for block in blocks() if block.language == "toml")
    shutil.copytree(COURSE.folder("layers"), tmp_path / "solutions" / "layers")
    (tmp_path / "course.toml").write_text(block.text, encoding="utf-8")
    changed = Course(tmp_path).load("layers")
    points = {exercise.name: exercise.max_score for exercise in changed.exercises}
    assert (points["Sigmoid"], points["Relu"]) == (6, 13)
    assert "buy_apple_orange" not in points


def test_the_example_of_settings_shows_every_key() -> None:
    (block,) = (block for block in blocks() if block.language == "toml")
    top = tomllib.loads(block.text)
    assert top.keys() == {one.name for one in dataclasses.fields(settings.Settings)} - {"path"}
    assert top["assignments"]["layers"].keys() == {one.name for one in dataclasses.fields(settings.Changes)}


def missing(words: set[str]) -> set[str]:
    """Of these words the ones that nowhere stand as code in the page."""
    page = PAGE.read_text(encoding="utf-8")
    return {word for word in words if not re.search(rf'[`"]{word}\b|\b{word}=', page)}


def test_every_recipe_is_on_the_page() -> None:
    recipes = {
        f"draw.{name}"
        for name, one in vars(draw).items()
        if inspect.isfunction(one)
        and not name.startswith("_")
        and one.__annotations__.get("return") == "Draw"
    }
    assert len(recipes) > 10
    assert missing(recipes) == set()


def test_every_field_of_an_exercise_is_on_the_page() -> None:
    fields = {
        one.name
        for kind in vars(drivers).values()
        if inspect.isclass(kind) and issubclass(kind, drivers.Exercise)
        for one in dataclasses.fields(kind)
    }
    assert missing(fields) == set()


def test_every_expression_is_on_the_page() -> None:
    known = set(re.findall(r'^``\["(\w+)"', program.__doc__ or "", re.MULTILINE))
    given = {"array", "frozen", "scalar", "sizes"}  # what args[...] holds
    assert len(known) > 10
    shown = set(re.findall(r'\["(\w+)", ', PAGE.read_text(encoding="utf-8")))
    assert known - given <= shown


def checks_of(loaded: Assignment) -> set[str]:
    return {
        check.name
        for exercise in loaded.exercises
        for check in battery(exercise)
        if not check.name.endswith(("_matches_reference", "_agrees_with_differences"))
        and check.name not in {extra.name for extra in exercise.extras}
    }


def test_every_check_is_on_the_page() -> None:
    names = {name for one in ("layers", "fc_conv") for name in checks_of(assignment(one))}
    assert len(names) > 10
    assert missing(names) == set()
