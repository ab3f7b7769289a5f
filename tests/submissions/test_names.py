from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.names import (
    clean,
    decode_name,
    folded,
    natural,
    passed_over,
    presentable,
    several,
    shown,
    stem,
)


@pytest.mark.parametrize(
    "path",
    [
        "__MACOSX/layers.py",
        "hw/.ipynb_checkpoints/layers-checkpoint.ipynb",
        "venv/lib/x.py",
        "hw/.venv/x.py",
        "env/x.py",
        "lib/site-packages/numpy/core.py",
        "web\\node_modules\\x.py",
        "__pycache__/x.pyc",
        ".git/config",
        ".DS_Store",
        "hw/._layers.py",
        "Thumbs.db",
        "hw/desktop.ini",
        "venv/",
    ],
)
def test_what_tools_leave_behind_is_passed_over(path: str) -> None:
    assert passed_over(path)


@pytest.mark.parametrize(
    "path", ["env.py", "venv", "hw/environment/x.py", "./layers.py", "../layers.py", "作业/六.py"]
)
def test_a_students_own_files_are_not_passed_over(path: str) -> None:
    assert not passed_over(path)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("hw/layers.py", "hw/layers.py"),
        ("hw\\layers.py", "hw/layers.py"),
        ("./hw//layers.py", "hw/layers.py"),
        ("cafe\N{COMBINING ACUTE ACCENT}.py", "caf\N{LATIN SMALL LETTER E WITH ACUTE}.py"),
        ("a..b/..c.py", "a..b/..c.py"),
    ],
)
def test_paths_are_made_clean(raw: str, path: str) -> None:
    assert clean(raw) == path


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("../x.py", "leads out"),
        ("a/../../x.py", "leads out"),
        ("a\\..\\x.py", "leads out"),
        ("/etc/passwd", "absolute"),
        ("\\\\host\\share", "absolute"),
        ("C:\\x.py", "absolute"),
        ("c:x.py", "absolute"),
        ("layers.py\0.txt", "NUL"),
        ("a/" * 16 + "x.py", "deep"),
        ("作" * 86 + ".py", "long"),
        (".", "no name"),
    ],
)
def test_paths_that_lead_elsewhere_are_refused(raw: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        clean(raw)


@given(st.text())
def test_a_clean_path_stays_inside_and_clean(raw: str) -> None:
    try:
        path = clean(raw)
    except ValueError:
        return
    assert not path.startswith("/")
    assert not {"", ".", ".."} & set(path.split("/"))
    assert clean(path) == path


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_names_are_decoded(encoding: str) -> None:
    assert decode_name("作业六.py".encode(encoding)) == "作业六.py"


@given(st.binary())
def test_every_name_is_decoded_to_text_that_can_be_encoded(raw: bytes) -> None:
    decode_name(raw).encode()
    presentable(raw.decode("utf-8", "surrogateescape")).encode()


def test_names_in_sentences_stay_on_one_short_line() -> None:
    assert shown("a\nb\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}c") == "a\ufffdb\ufffd[31m\ufffdc"
    assert len(shown("x" * 500)) < 90
    assert several(["a"]) == "a"
    assert several(["a", "b"]) == "a and b"
    assert several(list("abcde")) == "a, b, c and 2 more"


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("s001.py", "s001"),
        ("s001.IPYNB", "s001"),
        ("s001.tar.gz", "s001"),
        ("s001.ipynb.zip", "s001"),
        ("s001.py.txt", "s001"),
        ("dir/张三.zip", "张三"),
        ("s.001.pdf", "s.001"),
        ("py", "py"),
    ],
)
def test_the_stem_names_the_student(name: str, student: str) -> None:
    assert stem(name) == student


def test_natural_order_counts() -> None:
    names = ["s10", "S2", "s1", "s02", "t", "s2b", "9", "s" + "9" * 5000]
    assert sorted(names, key=natural) == ["9", "s1", "S2", "s02", "s2b", "s10", "s" + "9" * 5000, "t"]


def test_names_that_file_systems_confuse_are_equal_when_folded() -> None:
    assert folded("Relu.py") == folded("relu.PY")
    assert folded("e\N{COMBINING ACUTE ACCENT}") == folded("\N{LATIN CAPITAL LETTER E WITH ACUTE}")
