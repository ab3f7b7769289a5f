"""From reference to starter, on small references."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from grader.errors import AssignmentError
from grader.release import handout, release, starter_module, starter_notebook

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


def test_the_readme_lists_exercises_in_the_order_of_the_reference() -> None:
    readme = handout("small", SMALL, [("Node", 2.5), ("double", 4)])["README.md"]
    assert readme.startswith("# Twice and more\n")
    assert "| `double` | 4 |\n| `Node` | 2.5 |\n| **together** | **6.5** |\n" in readme


def test_an_exercise_without_definition_is_named() -> None:
    with pytest.raises(AssignmentError, match=r"small\.py: the reference does not define treble"):
        handout("small", SMALL, [("double", 4), ("treble", 4)])


def course(folder: Path, text: str) -> Path:
    """A folder with the reference `text` of an assignment named small."""
    path = folder / "solutions" / "small"
    path.mkdir(parents=True)
    (path / "small.py").write_text(text, encoding="utf-8")
    return path


def test_release_writes_three_files(tmp_path: Path) -> None:
    out = tmp_path / "assignments" / "small"
    written = release(course(tmp_path, SMALL), out, [("double", 4)])
    assert sorted(written) == sorted(out.iterdir())
    assert {path.name for path in written} == {"small.py", "small.ipynb", "README.md"}
    assert (out / "small.py").read_text(encoding="utf-8") == STARTER


def test_release_writes_nothing_when_a_marker_is_wrong(tmp_path: Path) -> None:
    folder = course(tmp_path, SMALL.replace(END, "###", 1))
    with pytest.raises(AssignmentError, match=r"small\.py:18: BEGIN SOLUTION inside the one of line 9"):
        release(folder, tmp_path / "out", [("double", 4)])
    assert not (tmp_path / "out").exists()


def test_release_says_when_there_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="cannot be read"):
        release(tmp_path / "nowhere", tmp_path / "out", [])
