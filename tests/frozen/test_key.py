"""The public answer key as a file: data alone, the same bytes each time, and one clear line for anything else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import key as answer_key
from grader.assignment import Assignment, Extra, Form, Function, N, Quantity, Step, draw
from grader.box.program import Cell, Source
from grader.errors import AssignmentError, Fault, UsageError
from grader.frozen import from_bytes, frozen, to_bytes
from grader.frozen.codec import Encoder
from grader.frozen.packed import packed
from grader.key import PUBLIC_SEED
from grader.release.starter import regions
from grader.sandbox.inprocess import InProcess
from tests.courses import COURSE, NAMES, assignment, course_grader
from tests.frozen.keys import public_key, written

every_assignment = pytest.mark.parametrize("name", NAMES)


def members(data: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(data), allow_pickle=False) as loaded:
        return {name: loaded[name] for name in loaded.files}


def document(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(members(data)["document"].tobytes())
    return found


def changed(data: bytes, **fields: object) -> bytes:
    """The key with other fields in its document."""
    text = json.dumps({**document(data), **fields}).encode()
    arrays = {**members(data), "document": np.frombuffer(text, np.uint8)}
    files = {}
    for name, array in arrays.items():
        file = io.BytesIO()
        np.save(file, array, allow_pickle=False)
        files[f"{name}.npy"] = file.getvalue()
    return packed(files)


@every_assignment
def test_what_is_read_back_is_what_was_written(name: str) -> None:
    assert to_bytes(public_key(name)) == written(name)
    assert to_bytes(frozen(assignment(name), course_grader(name).key)) == written(name)


@every_assignment
def test_a_key_holds_public_cases_alone(name: str) -> None:
    entries = [entry for one in public_key(name).entries.values() for entry in one]
    assert entries
    assert all(entry.ask.case.public for entry in entries)
    assert document(written(name)).keys() == {"format", "version", "grader", "key"}
    assert str(course_grader(name).key.fingerprint) not in str(document(written(name)))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *texts(one))
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


@every_assignment
def test_no_formula_and_no_line_of_a_solution_is_in_it(name: str) -> None:
    arrays = members(written(name))
    whole = "\n".join(
        one for key, a in arrays.items() if a.dtype == np.uint8 for one in texts(json.loads(a.tobytes()))
    )
    reference = COURSE.reference(name).cells[0].text
    lines = reference.split("\n")
    solution = {
        line.strip() for region in regions(reference) for line in lines[region.first : region.last - 1]
    }
    formulas = {
        text
        for one in assignment(name).exercises
        if one.derivation
        for text in one.derivation.formulas.values()
    }
    telling = {line for line in solution | formulas if len(line) >= 8 and not line.isidentifier()}
    assert len(telling) > 5
    assert {line for line in telling if line in whole} == set()


def test_points_are_the_authors_but_for_what_is_withheld() -> None:
    assert {name: public_key(name).assignment.max_score for name in NAMES} == {
        **dict.fromkeys(("eight_weights", "layers", "two_layer_net"), 100),
        **{"fc_conv": 94, "torch_linear": 70},
    }
    withheld = {name: [one.exercise for one in public_key(name).withheld] for name in NAMES}
    assert withheld["fc_conv"] == ["DropoutLayer"] * 4
    assert withheld["layers"] == []


def trouble_with(data: bytes) -> str:
    """What is said of a key when all of it is read."""
    try:
        found = from_bytes(data, "a key")
        for exercise in found.assignment.exercises:
            found.foreseen(exercise.name)
    except UsageError as error:
        return str(error)
    return ""


def test_every_bit_of_a_damaged_file_is_told_in_one_line() -> None:
    data = written("eight_weights")
    rng = np.random.default_rng(1)
    for at in rng.integers(0, len(data), 60):
        damaged = bytearray(data)
        damaged[at] ^= 1 << int(rng.integers(8))
        said = trouble_with(bytes(damaged))
        # Without trouble it is a bit that nobody reads, such as one of a date.
        assert re.fullmatch(r"a key is [^\n]+", said) or to_bytes(from_bytes(bytes(damaged), "a key")) == data


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_key_are_told_in_one_line(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^x is no public answer key"):
        from_bytes(data, "x")


@pytest.mark.parametrize("count", [0, 10, 1000, -10])
def test_a_key_that_is_cut_off_is_told_in_one_line(count: int) -> None:
    with pytest.raises(UsageError, match="damaged"):
        from_bytes(written("layers")[:count], "x")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"format": "something else"}, "is no public answer key of this program"),
        ({"version": 2, "grader": "9.9"}, "format 2, made by version 9.9"),
        ({"key": {"": "Unheard"}}, "damaged"),
        ({"key": {"": "PublicKey"}}, "damaged"),
        ({"key": {"": "Axis", "name": "N"}}, "damaged"),
        ({"key": {"": "array", "at": ["f8", 0, [10**9]]}}, "damaged"),
        ({"key": []}, "damaged"),
    ],
)
def test_a_foreign_key_says_what_it_is(fields: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        from_bytes(changed(written("torch_linear"), **fields), "x")
    assert "\n" not in str(caught.value)


def test_a_file_that_claims_to_be_vast_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("document.npy", b"\0" * (65 << 20))
    with pytest.raises(UsageError, match="damaged"):
        from_bytes(file.getvalue(), "x")


def test_a_key_cannot_hold_code() -> None:
    with pytest.raises(Fault, match="cannot hold"):
        Encoder().encoded({"f": len})
    with pytest.raises(Fault, match="cannot hold an array"):
        Encoder().encoded(np.array(["text"]))


def doubled(**fields: Any) -> Function:
    return Function(**{"name": "double", "inputs": {"x": draw.normal(N)}, "points": 4, **fields})


def key_of(*exercises: Function) -> Any:
    loaded = Assignment("small", title="Small", exercises=exercises)
    source = Source(
        "small.py", (Cell("def double(x):\n    return 2 * x\n\ndef triple(x):\n    return 3 * x\n"),)
    )
    return frozen(loaded, answer_key.build(loaded, source, InProcess(), PUBLIC_SEED))


def steps(args: Any) -> tuple[Step, ...]:
    return (Step("twice", ["call", ["exercise", "double"], args["x"]]),)


def own_look() -> Extra:
    """A look that its author judges by a function."""
    return Extra(
        name="own_look",
        title="An own look",
        inputs={"x": draw.normal(N)},
        steps=steps,
        reads=(Quantity("twice", "twice"),),
        judge=lambda _arrays, _got: "",
    )


def test_what_an_author_judges_by_a_function_is_withheld() -> None:
    found = key_of(
        doubled(extras=(own_look(),), points={"value": 3, "own_look": 1}, titles={"own_look": "Mine"})
    )
    assert [(one.exercise, one.title) for one in found.withheld] == [("double", "Mine")]
    (exercise,) = found.assignment.exercises
    assert (exercise.max_score, exercise.extras, exercise.titles) == (3, (), {})
    assert from_bytes(to_bytes(found), "x").withheld == found.withheld


def test_an_exercise_of_which_nothing_is_left_stays_with_the_instructor() -> None:
    alone = doubled(extras=(own_look(),), points={"own_look": 1})
    unknown = doubled(forms=(lambda _seen: Form(lambda arrays: arrays),))
    other = replace(doubled(), name="triple", uses=("double",))
    for exercise in (alone, unknown):
        found = key_of(exercise, other)
        assert [one.name for one in found.assignment.exercises] == ["triple"]
        assert found.assignment.exercises[0].uses == ()
        assert {one.exercise for one in found.withheld} == {"double"}
        with pytest.raises(AssignmentError, match="no exercise can be checked"):
            key_of(exercise)


def test_numpy_loads_it_without_pickle(tmp_path: Path) -> None:
    path = tmp_path / "layers.key.npz"
    path.write_bytes(written("layers"))
    with np.load(path, allow_pickle=False) as loaded:
        assert {loaded[name].dtype.kind for name in loaded.files} <= set("fiu")
