"""Starters in a second language: the same code, and prose that says the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from grader import cli, language
from grader.errors import AssignmentError
from grader.release import handout, items_of, starter_module, starter_notebook
from grader.release.cells import in_language
from tests.courses import COURSE, NAMES, assignment

CHINESE = re.compile("[\u4e00-\u9fff]")
PROSE = '''\
# %% [markdown]
# # Twice
#
# Prose.

# %% [markdown] lang="zh_CN"
# # 两倍
#
# 说明。


# %%
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% [markdown] tags=["public"]
# English only.

# %%
print("run")
'''
IN_ENGLISH = '''\
# %% [markdown]
# # Twice
#
# Prose.


# %%
def double(x):
    """Twice x."""
    raise NotImplementedError("double is not written yet")


# %% [markdown] tags=["public"]
# English only.

# %%
print("run")
'''
IN_CHINESE = IN_ENGLISH.replace("Twice\n", "两倍\n", 1).replace("Prose.", "说明。")

every_assignment = pytest.mark.parametrize("name", NAMES)


def reference(name: str) -> str:
    return (COURSE.folder(name) / f"{name}.py").read_text(encoding="utf-8")


@cache
def pairs(name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The cells of a starter notebook in English, each with the same one in Chinese."""
    english, chinese = (
        json.loads(starter_notebook(reference(name), language=one))["cells"] for one in ("en", "zh_CN")
    )
    return list(zip(english, chinese, strict=True))


def prose(name: str) -> list[tuple[str, str]]:
    return [
        ("".join(english["source"]), "".join(chinese["source"]))
        for english, chinese in pairs(name)
        if english["cell_type"] == "markdown"
    ]


def outside_code(text: str) -> str:
    return re.sub(r"^```.*?^```|`[^`\n]+`", "", text, flags=re.DOTALL | re.MULTILINE)


def facts(text: str) -> list[object]:
    """What does not depend on the language: drawings, rows of tables, code, formulas but for words in them, figures."""
    formulas = re.findall(r"\$\$.*?\$\$|\$[^$]+\$", outside_code(text), re.DOTALL)
    return [
        re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE),
        len(re.findall(r"^\|", text, re.MULTILINE)),
        set(re.findall(r"`[^`\n]+`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))),
        {re.sub(r"\\text\{[^}]*\}|\s", "", formula) for formula in formulas},
        Counter(re.findall(r"\d+\.\d{3,}", text)),
        re.findall(r"^#+(?= )", text, re.MULTILINE),
    ]


def test_prose_takes_its_place_in_each_language() -> None:
    assert starter_module(PROSE) == IN_ENGLISH
    assert starter_module(PROSE, language="zh_CN") == IN_CHINESE


def test_a_reference_in_one_language_is_the_same_in_every_one() -> None:
    assert in_language(IN_ENGLISH, "zh_CN") == in_language(IN_ENGLISH, "en") == IN_ENGLISH
    assert in_language("", "zh_CN") == ""


@pytest.mark.parametrize(
    "text",
    [
        PROSE.replace('"zh_CN"', '"fr"'),
        PROSE.replace("# %% [markdown]\n", "# %%\n", 1),
        PROSE.replace('# %% [markdown] lang="zh_CN"', '# %% lang="zh_CN"'),
        PROSE[PROSE.index('# %% [markdown] lang="zh_CN"') :],
    ],
)
def test_a_cell_that_is_nobodys_sibling_is_an_error(text: str) -> None:
    with pytest.raises(
        AssignmentError, match=r"layers\.py: the cell in '(zh_CN|fr)' that begins with '# # 两倍'"
    ):
        in_language(text, "en", "layers.py")


def test_the_readme_and_its_title_are_in_the_language_of_the_run() -> None:
    language.use("zh_CN")
    readme = handout("twice", PROSE, ())["README.md"].decode()
    assert readme.startswith("# 两倍\n\n两个文件")
    assert "两者都只需要 Python。" in readme


@every_assignment
def test_no_prose_lacks_its_sibling(name: str) -> None:
    english, chinese = zip(*prose(name), strict=True)
    assert [text for text in english if CHINESE.search(text)] == []
    assert [text for text in chinese if not CHINESE.search(text)] == []
    assert 'lang="' not in starter_module(reference(name), language="zh_CN")


@every_assignment
def test_code_is_the_same_in_both(name: str) -> None:
    assert [(one["id"], one["metadata"]) for one, _ in pairs(name)] == [
        (other["id"], other["metadata"]) for _, other in pairs(name)
    ]
    code = [(one, other) for one, other in pairs(name) if one["cell_type"] == "code"]
    assert [one["id"] for one, other in code if one != other] == []
    assert len(code) > 5


@every_assignment
def test_formulas_code_and_figures_are_the_same_in_both(name: str) -> None:
    differing = [
        (one, other)
        for english, chinese in prose(name)
        for one, other in zip(facts(english), facts(chinese), strict=True)
        if one != other
    ]
    # A formula within a line may hold a word.
    assert [pair for pair in differing if "\\partial(" not in str(pair)] == []


@every_assignment
def test_emphasis_is_seen_as_such(name: str) -> None:
    """Markdown takes a closing mark behind full-width punctuation for none: **so。**not."""
    for _, chinese in prose(name):
        html = MarkdownIt().render(re.sub(r"\$\$.*?\$\$|\$[^$]+\$", "", chinese, flags=re.DOTALL))
        assert "*" not in re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)


@every_assignment
def test_the_readme_in_chinese_lists_the_same_exercises(name: str) -> None:
    readmes = {}
    for one in language.LANGUAGES:
        language.use(one)
        readmes[one] = handout(name, reference(name), items_of(assignment(name)))["README.md"].decode()
    tables = [re.findall(r"^\| `.*$", readme, re.MULTILINE) for readme in readmes.values()]
    assert tables[0] == tables[1] != []
    assert CHINESE.search(readmes["zh_CN"].partition("\n")[0])
    assert not CHINESE.search(readmes["en"])


def test_release_writes_the_language_that_is_asked_for(tmp_path: Path) -> None:
    assert cli.run(["release", "eight_weights", "--lang", "zh_CN", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# 八个权重")
    assert cli.run(["release", "eight_weights", "--lang", "en", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# Eight weights")
