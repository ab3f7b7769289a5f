"""Templates that are compiled once, and kept where that can be done."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from grader.reports import environment


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the templates, of which none has been compiled."""
    folder = tmp_path / "templates"
    shutil.copytree(environment._TEMPLATES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(environment, "_TEMPLATES", folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    environment._environment.cache_clear()
    yield folder
    environment._environment.cache_clear()


def test_a_template_is_compiled_once(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.compile_all()
    kept = {path.name for path in (templates / "__pycache__").iterdir()}
    assert len(kept) == len(list(templates.glob("*.html")))
    environment._environment.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
        environment.compile_all()
    (templates / "look.html").write_text("{{ 1 + 1 }}")
    environment._environment.cache_clear()
    assert environment.render("look.html") == "2"


@pytest.mark.parametrize("kept", [0, 20, 60, 2000])
def test_what_was_damaged_is_compiled_anew(kept: int, templates: Path) -> None:
    environment.compile_all()
    whole = {path: path.read_bytes() for path in (templates / "__pycache__").iterdir()}
    for path, data in whole.items():
        assert path.stat().st_mode & 0o777 == 0o644
        path.write_bytes(data[:kept])
    environment._environment.cache_clear()
    environment.compile_all()
    assert {path: path.read_bytes() for path in whole} == whole


def test_where_none_can_be_kept_each_is_compiled(templates: Path) -> None:
    (templates / "__pycache__").write_text("in the way")
    (templates / "look.html").write_text("{{ 1 + 1 }}")
    assert environment.render("look.html") == "2"
    assert (templates / "__pycache__").read_text() == "in the way"


def test_python_is_heeded_where_it_must_not_write(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment.compile_all()
    assert not (templates / "__pycache__").exists()
