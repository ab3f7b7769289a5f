"""What a built package holds: the grader and never what only instructors may see."""

from __future__ import annotations

import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling.build import build_sdist, build_wheel

import grader

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return zipfile.Path(folder / build_wheel(str(folder)))


@pytest.fixture(scope="module")
def names(wheel: zipfile.Path) -> set[str]:
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def info(wheel: zipfile.Path) -> zipfile.Path:
    return wheel / f"backprop_grader-{grader.__version__}.dist-info"


@pytest.fixture(scope="module")
def metadata(info: zipfile.Path) -> Message:
    return Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"))


def test_wheel_holds_the_whole_grader_and_nothing_else(names: set[str], info: zipfile.Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "grader").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if not name.startswith(f"{info.name}/")} == ours


def test_sdist_holds_nothing_of_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with tarfile.open(tmp_path / build_sdist(str(tmp_path))) as archive:
        tops = {Path(name).parts[1] for name in archive.getnames()}
    assert tops == {
        "grader",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "pyproject.toml",
        "PKG-INFO",
        ".gitignore",
    }


def test_core_needs_numpy_and_click_only(metadata: Message) -> None:
    assert metadata["Name"] == "backprop-grader"
    assert metadata["Version"] == grader.__version__
    core = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert sorted(line.partition(">=")[0] for line in core) == ["click", "numpy"]


def test_package_says_its_licence(metadata: Message, info: zipfile.Path) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert "The backprop-grader authors" in (info / "licenses" / "LICENSE").read_text(encoding="utf-8")


def test_wheel_installs_the_command(info: zipfile.Path) -> None:
    assert "grader = grader.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
