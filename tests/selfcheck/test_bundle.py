"""A bundle alone: what is in it, and a folder with nothing else, with nothing installed but its wheel and the core."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

import grader
from grader import cli
from grader.errors import UsageError
from grader.release import items_of
from grader.release import wheel as making
from grader.release.bundle import bundle
from grader.release.handout import files_of
from grader.release.handout import written as handed_out
from grader.release.starter import regions
from grader.release.wheel import wheel
from tests.courses import COURSE, NAMES, ROOT, assignment
from tests.frozen.keys import public_key
from tests.selfcheck.handouts import notebook, right, starter, wrong

CORE = ("numpy", "numpy.libs", "click")


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundles of all assignments, each in a folder of its name."""
    top = tmp_path_factory.mktemp("bundles")
    program = wheel()
    for name in NAMES:
        starters = files_of(COURSE.folder(name), items_of(assignment(name)))
        handed_out(bundle(starters, public_key(name), program), top / name)
    return top


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """All that can be read in a bundle, its wheel unpacked."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                yield from ((one, archive.read(one).decode("utf-8", "replace")) for one in archive.namelist())
        elif path.suffix == ".npz":
            import numpy as np

            with np.load(path, allow_pickle=False) as loaded:
                yield from ((one, loaded[one].tobytes().decode("utf-8", "replace")) for one in loaded.files)
        else:
            yield path.name, path.read_text("utf-8", "replace")


def bodies(name: str) -> set[str]:
    """The solutions of an assignment's reference, each as a text without white space at the ends of its lines."""
    text = right(name)
    lines = text.split("\n")
    found = ("\n".join(line.strip() for line in lines[r.first : r.last - 1]) for r in regions(text))
    return {body for body in found if len(body) >= 12}


@pytest.mark.parametrize("name", NAMES)
def test_no_body_of_any_solution_is_in_it(bundles: Path, name: str) -> None:
    everything = [
        (place, "\n".join(line.strip() for line in text.replace("\\n", "\n").split("\n")))
        for place, text in texts(bundles / name)
    ]
    secrets = {body for one in NAMES for body in bodies(one)}
    assert len(secrets) >= 40
    assert [(place, body) for place, text in everything for body in secrets if body in text] == []
    assert not any("solutions/" in place or "mutants" in place for place, _ in everything)


def test_it_holds_what_it_should(bundles: Path) -> None:
    program = f"backprop_grader-{grader.__version__}-py3-none-any.whl"
    assert {path.name for path in (bundles / "layers").iterdir()} == {
        *("README.md", "layers.ipynb", "layers.py", "layers.key.npz", program),
    }
    readme = (bundles / "layers" / "README.md").read_text("utf-8")
    for said in (
        f"pip install {program}",
        "grader check layers.ipynb",
        'grader.check("softmax")',
        "which may differ",
    ):
        assert said in readme
    assert (bundles / "layers" / "layers.py").read_text("utf-8") == starter("layers")


def test_the_same_course_gives_the_same_bytes(bundles: Path, tmp_path: Path) -> None:
    assert cli.run(["release", "layers", "-o", str(tmp_path / "again"), "--course", str(ROOT)]) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == {
        path.name: path.read_bytes() for path in (bundles / "layers").iterdir()
    }
    assert cli.run(["release", "layers", "-o", str(tmp_path), "--zip"]) == 0
    first = (tmp_path / "layers.zip").read_bytes()
    assert cli.run(["release", "layers", "-o", str(tmp_path), "--zip"]) == 0
    assert (tmp_path / "layers.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "layers.zip") as archive:
        assert {one.removeprefix("layers/") for one in archive.namelist()} == {
            path.name for path in (bundles / "layers").iterdir()
        }


def test_options_of_a_bundle_ask_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["release", "layers", "--zip"]) == 2
    assert "go with -o DIR" in capsys.readouterr().err
    assert cli.run(["release", "layers", "-o", str(tmp_path), "--no-wheel"]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".whl"] == []
    assert "pip install backprop-grader`" in (tmp_path / "README.md").read_text("utf-8")


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    name, content = wheel()
    path = tmp_path / name
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        ours = {
            one.relative_to(ROOT).as_posix()
            for one in (ROOT / "grader").rglob("*")
            if one.is_file() and "__pycache__" not in one.parts
        }
        info = f"backprop_grader-{grader.__version__}.dist-info"
        assert {one for one in archive.namelist() if not one.startswith(info)} == ours
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        assert (metadata["Name"], metadata["Version"]) == ("backprop-grader", grader.__version__)
        listed = {line.split(",")[0] for line in archive.read(f"{info}/RECORD").decode().splitlines()}
        assert listed == set(archive.namelist())
        assert "grader = grader.cli:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_a_program_without_its_metadata_says_how_to_mend_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(making, "distribution", absent)
    with pytest.raises(UsageError, match=r"it is not installed\. Install the program again .*--no-wheel"):
        wheel()


@pytest.fixture(scope="module")
def student(bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the bundled wheel, numpy and click."""
    place = tmp_path_factory.mktemp("student") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    own = Path(str(importlib.util.find_spec("numpy").origin)).parents[1]  # type: ignore[union-attr]
    for name in CORE:
        if (own / name).exists():
            (site / name).symlink_to(own / name)
    (program,) = (bundles / "layers").glob("*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(place),
        "install",
        "-qq",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*install, "--disable-pip-version-check", str(program)], check=True)
    return place


@pytest.mark.parametrize("name", [name for name in NAMES if name != "torch_linear"])
def test_a_student_with_the_bundle_alone(bundles: Path, student: Path, name: str, tmp_path: Path) -> None:
    place = tmp_path / "我的 作业"
    place.mkdir()
    for path in (bundles / name).iterdir():
        (place / path.name).write_bytes(path.read_bytes())
    environment = {"PATH": f"{student / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def checked(*words: str) -> tuple[int, str]:
        command = [str(student / "bin" / "grader"), "check", *words]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    code, said = checked(f"{name}.ipynb")
    assert (code, "not written yet" in said, "may differ" in said) == (1, True, True)
    (place / f"{name}.py").write_text(right(name), encoding="utf-8")
    assert checked()[0] == 0
    if name == "layers":
        (place / "layers.ipynb").write_text(notebook(wrong(name, "affine_db_not_summed")), encoding="utf-8")
        code, said = checked("layers.ipynb", "--only", "Affine")
        assert (code, "Compare the shape of b with the shape of your db." in said) == (1, True)
        python = [
            str(student / "bin" / "python"),
            "-c",
            "import grader, sys; print(grader.__file__, *sys.path)",
        ]
        seen = subprocess.run(
            python, cwd=place, env=environment, capture_output=True, text=True, check=True
        ).stdout
        assert str(student) in seen.split()[0]
        assert not any((Path(one) / "solutions").exists() for one in seen.split()[1:])
        assert str(ROOT) not in seen.replace(os.fspath(COURSE.root / ".venv"), "")


def test_names_of_solutions_are_no_modules() -> None:
    tree = ast.parse((ROOT / "grader" / "release" / "bundle.py").read_text("utf-8"))
    assert not any(isinstance(node, ast.Constant) and node.value == "solutions" for node in ast.walk(tree))
