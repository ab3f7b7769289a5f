"""From reference to starter, on small references."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from grader.assignment import Assignment, Function, N, Pair, draw
from grader.errors import AssignmentError
from grader.release import Item, handout, items_of, release, starter_module, starter_notebook

SMALL = '''\
# %% [markdown]
# # Twice and more
#
# Prose.

# %% tags=["public"]
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    two = 2
    return two * x
    ### END SOLUTION


class Node:
    def forward(self, x):
        if x:
            ### BEGIN SOLUTION
            def inner():
                return double(x)

            return inner()
            ### END SOLUTION
        return x


# %%
print("run")

# %%
print("run again")
'''

STARTER = '''\
# %% [markdown]
# # Twice and more
#
# Prose.

# %% tags=["public"]
def double(x):
    """Twice x."""
    raise NotImplementedError("double is not written yet")


class Node:
    def forward(self, x):
        if x:
            raise NotImplementedError("Node.forward is not written yet")
        return x


# %%
print("run")

# %%
print("run again")
'''


def test_solutions_give_way_to_stubs_and_all_else_stays() -> None:
    assert starter_module(SMALL) == STARTER


def test_a_text_without_solutions_stays_as_it_is() -> None:
    assert starter_module(STARTER) == STARTER


@pytest.mark.parametrize(
    ("open_", "close"),
    [("# BEGIN SOLUTION", "# END SOLUTION"), ("##  BEGIN SOLUTION: 3 lines", "#END SOLUTION")],
)
def test_markers_match_inside_a_line(open_: str, close: str) -> None:
    text = SMALL.replace("### BEGIN SOLUTION", open_).replace("### END SOLUTION", close)
    assert starter_module(text) == STARTER


def function(*body: str) -> str:
    """A module with one function, whose body begins on line 2."""
    return "\n".join(["def f(x):", *(f"    {line}" for line in body), ""])


BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (function("y = x", BEGIN, "return y"), 3, "BEGIN SOLUTION without END SOLUTION"),
        (function("return x", END), 3, "END SOLUTION without BEGIN SOLUTION"),
        (function(BEGIN, "y = x", BEGIN, "return y", END, END), 4, "inside the one of line 2"),
        (function(BEGIN, "return x", END, END), 5, "END SOLUTION without BEGIN SOLUTION"),
        (f"x = 1\n{BEGIN}\ny = 2\n{END}\n", 2, "inside one function"),
        (f"class A:\n    {BEGIN}\n    x = 1\n    {END}\n", 2, "inside one function"),
        (function(BEGIN, "return x") + f"def g():\n    return 1\n    {END}\n", 2, "inside one function"),
        (f"{BEGIN}\ndef f(x):\n    return x\n{END}\n", 1, "inside one function"),
        (function("'''Nothing yet.'''", BEGIN, END), 3, "inside one function"),
        ("x = (\n", 1, "never closed"),
        (function("y = [", BEGIN, "x", "]", END, "return y"), 2, "without its solutions"),
    ],
)
def test_wrong_markers_are_named_with_file_and_line(text: str, line: int, says: str) -> None:
    with pytest.raises(AssignmentError, match=says) as caught:
        starter_module(text, "course/ref.py")
    assert f":{line}: " in str(caught.value)
    assert str(caught.value).startswith("course/ref.py")


def test_the_notebook_has_the_starters_cells() -> None:
    notebook = json.loads(starter_notebook(SMALL))
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    texts = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert texts[0] == "# Twice and more\n\nProse."
    assert texts[1] == STARTER.partition('tags=["public"]\n')[2].partition("\n\n\n# %%")[0]
    assert [cell["cell_type"] for cell in notebook["cells"]] == ["markdown", "code", "code", "code"]
    assert [cell["metadata"] for cell in notebook["cells"]] == [{}, {"tags": ["public"]}, {}, {}]


def test_a_cell_keeps_its_id_when_others_are_added() -> None:
    def ids(text: str) -> list[str]:
        return [cell["id"] for cell in json.loads(starter_notebook(text))["cells"]]

    before = ids(SMALL)
    assert before == ["markdown-twice-and-more", "code-def-double", "code-print", "code-print--2"]
    after = ids("# %% [markdown]\n# 新的一节\n\n" + SMALL)
    assert after == ["markdown", *before]


def test_the_same_reference_gives_the_same_bytes() -> None:
    assert starter_notebook(SMALL) == starter_notebook(SMALL)


def readme(items: list[Item], **data: bytes) -> str:
    """The README of the small reference."""
    return handout("small", SMALL, items, data=data)["README.md"].decode()


def test_the_readme_lists_exercises_in_the_order_of_the_reference() -> None:
    text = readme([Item(("Node",), 2.5), Item(("double",), 4)])
    assert text.startswith("# Twice and more\n")
    assert "| `double` | 4 |\n| `Node` | 2.5 |\n| **together** | **6.5** |\n" in text


def test_the_readme_names_all_that_an_exercise_is_defined_by() -> None:
    assert "|---:|\n| `double`, `Node` | 7 |\n| **together** | **7** |\n" in readme(
        [Item(("double", "Node"), 7)]
    )


def test_the_readme_says_which_data_to_keep_at_hand_and_nothing_where_there_is_none() -> None:
    with_data, without = readme([], ages=b"", shoes=b""), readme([])
    sentence = "What else lies here belongs to the assignment; keep it in the same folder: `ages`, `shoes`."
    assert with_data.replace(f"\n{sentence}\n", "") == without


@pytest.mark.parametrize("names", [("treble",), ("double", "treble")])
def test_an_exercise_without_definition_is_named(names: tuple[str, ...]) -> None:
    with pytest.raises(AssignmentError, match=r"small\.py: the reference does not define treble"):
        handout("small", SMALL, [Item(("double",), 4), Item(names, 4)])


def test_data_cannot_take_the_place_of_what_is_generated() -> None:
    with pytest.raises(AssignmentError, match=r"README\.md beside it would take the place"):
        handout("small", SMALL, [], data={"README.md": b"Mine."})


def test_an_exercise_of_several_definitions_is_one_row_with_all_its_points() -> None:
    pair = Pair(name="relu", inputs={"x": draw.normal(N)}, points={"forward": 3, "dx": 5})
    single = Function(name="twice", inputs={"x": draw.normal(N)}, points=4)
    assert items_of(Assignment("small", "Small", [pair, single])) == (
        Item(("relu_forward", "relu_backward"), 8),
        Item(("twice",), 4),
    )


def course(folder: Path, text: str) -> Path:
    """A folder with the reference `text` of an assignment named small."""
    path = folder / "solutions" / "small"
    path.mkdir(parents=True)
    (path / "small.py").write_text(text, encoding="utf-8")
    return path


def test_release_writes_three_files(tmp_path: Path) -> None:
    out = tmp_path / "assignments" / "small"
    written = release(course(tmp_path, SMALL), out, [Item(("double",), 4)])
    assert sorted(written) == sorted(out.iterdir())
    assert {path.name for path in written} == {"small.py", "small.ipynb", "README.md"}
    assert (out / "small.py").read_text(encoding="utf-8") == STARTER


def test_release_copies_data_byte_for_byte_and_nothing_else(tmp_path: Path) -> None:
    folder = course(tmp_path, SMALL)
    data = bytes(range(256))
    for name in ("numbers.npz", "assignment.py", ".hidden"):
        (folder / name).write_bytes(data)
    (folder / "mutants").mkdir()
    out = tmp_path / "out"
    assert len(release(folder, out, [Item(("double",), 4)])) == 4
    assert sorted(path.name for path in out.iterdir()) == [
        "README.md",
        "numbers.npz",
        "small.ipynb",
        "small.py",
    ]
    assert (out / "numbers.npz").read_bytes() == data


def test_release_writes_nothing_when_a_marker_is_wrong(tmp_path: Path) -> None:
    folder = course(tmp_path, SMALL.replace(END, "###", 1))
    with pytest.raises(AssignmentError, match=r"small\.py:18: BEGIN SOLUTION inside the one of line 9"):
        release(folder, tmp_path / "out", [Item(("double",), 4)])
    assert not (tmp_path / "out").exists()


def test_release_says_when_there_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="cannot be read"):
        release(tmp_path / "nowhere", tmp_path / "out", [])
