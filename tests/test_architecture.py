"""The rules that hold between the modules of `grader`, read from their source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Lowest first: a room imports itself and what stands before it, nothing else of ours.
ROOMS = [
    "errors",
    "language",
    "box",
    "model",
    "files",
    "draw",
    "numeric",
    "drivers",
    "sandbox",
    "checks",
    "diagnosis",
    "assignment",
    "late",
    "settings",
    "submissions",
    "course",
    "key",
    "frozen",
    "bundles",
    "slopes",
    "observing",
    "carrying",
    "judging",
    "recall",
    "sentences",
    "flags",
    "grading",
    "reports",
    "gradebook",
    "export",
    "selfcheck",
    "batch",
    "release",
    "ci",
    "fakes",
    "validate",
    "confusion",
    "newcourse",
    "cli",
]

# What a student's self-check runs on: numpy and nothing else, not even imported late.
NUMPY_ONLY = {
    *("errors", "language", "box", "model", "draw", "numeric", "drivers", "checks", "diagnosis"),
    *("assignment", "key", "frozen", "observing", "judging", "sentences", "selfcheck"),
}

BANNED_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
BANNED_CALLS = {"eval", "os.system", "os.popen", "read_pickle", "to_pickle"}
RUNS_CODE = {"exec", "compile"}
# Beside these: a self-check puts a student's own generator back to where it was.
SEEDED = {"default_rng", "Generator", "SeedSequence", "get_state", "set_state"}


@dataclass(frozen=True)
class Module:
    """One file of the package; `name` is its dotted name (``grader.box`` for ``box/__init__.py``)."""

    name: str
    path: Path
    package: bool

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text)))

    @property
    def room(self) -> str:
        """The first name below the package, "" for the package itself."""
        return self.name.partition(".")[2].partition(".")[0]


def modules(top: Path) -> dict[str, Module]:
    """Every module below the folder of the package `top`, by dotted name."""
    found = {}
    for path in sorted(top.rglob("*.py")):
        parts = [top.name, *path.relative_to(top).with_suffix("").parts]
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found[name] = Module(name, path, package)
    return found


def imports(module: Module, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a module imports, at its top or late.

    Of ``from a import b`` that is ``a.b`` where `known` holds such a module, else ``a``.
    """
    names = set(known)
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.name.split(".")
            base = base[: len(base) - node.level + module.package] if node.level else []
            source = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                full = f"{source}.{alias.name}"
                yield node.lineno, full if full in names else source


def upward(found: dict[str, Module], rooms: list[str]) -> list[str]:
    """The imports that break the order of the rooms, as lines to read."""
    height = {room: level for level, room in enumerate(["", *rooms])}
    roof = len(height)
    return [
        f"{module.name}:{line} imports {target}"
        for module in found.values()
        for line, target in imports(module, found)
        if target in found and height.get(found[target].room, roof) > height.get(module.room, roof)
    ]


def leaving_the_box(found: dict[str, Module]) -> list[str]:
    """The imports that fail where ``box/`` is mounted alone, under another name.

    Those are absolute ones of this package, and relative ones that climb out of the room.
    """
    lines = []
    for module in (module for module in found.values() if module.room == "box"):
        for node in module.nodes:
            if isinstance(node, ast.Import):
                absolute = any(alias.name.partition(".")[0] == "grader" for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                absolute = not node.level and (node.module or "").partition(".")[0] == "grader"
            else:
                continue
            depth = module.name.count(".") - (not module.package)
            if absolute or (isinstance(node, ast.ImportFrom) and node.level > depth):
                lines.append(f"{module.name}:{node.lineno}")
    return lines


def dotted(node: ast.expr) -> str:
    """``np.random.rand`` of the expression that spells it, "" of any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := dotted(node.value)):
        return f"{base}.{node.attr}"
    return ""


def dangers(module: Module) -> Iterator[str]:
    """Where a module could run data as code, outside the box also where it runs any text as code."""
    banned = BANNED_CALLS if module.room == "box" else BANNED_CALLS | RUNS_CODE
    for node in module.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            source = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            for name in [source, *names, *(f"{source}.{name}" for name in names)]:
                if name.partition(".")[0] in BANNED_MODULES or name in BANNED_CALLS:
                    yield f"{module.name}:{node.lineno} imports {name}"
        elif isinstance(node, ast.Call):
            name = dotted(node.func)
            if name in banned or name.rpartition(".")[2] in BANNED_CALLS - {"eval"}:
                yield f"{module.name}:{node.lineno} calls {name}"
            for keyword in node.keywords:
                harmless = isinstance(keyword.value, ast.Constant) and not keyword.value.value
                if keyword.arg in ("allow_pickle", "shell") and not harmless:
                    yield f"{module.name}:{node.lineno} passes {keyword.arg}"


def unseeded(module: Module) -> Iterator[str]:
    """Where a module draws from numpy's global generator."""
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and dotted(node.value) in ("np.random", "numpy.random"):
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy.random":
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (f"{module.name}:{node.lineno} uses {name}" for name in names if name not in SEEDED)


def long_functions(module: Module, limit: int) -> Iterator[str]:
    """The functions of more than `limit` lines."""
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield f"{module.name}.{node.name}: {lines} lines"


def third_party(module: Module) -> set[str]:
    """Top-level names of what a module imports, without the standard library and this package."""
    tops = {target.partition(".")[0] for _, target in imports(module, ())}
    return tops - sys.stdlib_module_names - {module.name.partition(".")[0], ""}


OURS = modules(ROOT / "grader")


def planted(folder: Path, files: dict[str, str]) -> dict[str, Module]:
    """The modules of a small package with these files."""
    for name, text in files.items():
        path = folder / "grader" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return modules(folder / "grader")


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def test_every_room_has_its_place() -> None:
    assert {module.room for module in OURS.values()} - {""} == set(ROOMS)


def test_imports_point_one_way() -> None:
    assert upward(OURS, ROOMS) == []


def test_modules_do_not_import_in_circles() -> None:
    graph = {name: {target for _, target in imports(module, OURS)} for name, module in OURS.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize(
    "line",
    [
        "import grader.high.roof",
        "from grader import high",
        "from grader.high import roof",
        "from grader.high.roof import tile",
        "from .. import high",
        "from ..high import roof",
        "def late():\n    from ..high.roof import tile",
    ],
)
def test_an_import_that_points_up_is_seen(tmp_path: Path, line: str) -> None:
    files = {
        "__init__.py": "",
        "low/__init__.py": "",
        "low/floor.py": line,
        "high/__init__.py": "",
        "high/roof.py": "",
    }
    found = planted(tmp_path, files)
    assert len(upward(found, ["low", "high"])) == 1
    assert upward(found, ["high", "low"]) == []


def test_the_box_stands_alone() -> None:
    assert any(module.room == "box" for module in OURS.values())
    assert leaving_the_box(OURS) == []


@pytest.mark.parametrize(
    "line",
    [
        "import grader.box.b",
        "from grader.box import b",
        "from .. import errors",
        "from ..errors import Fault",
    ],
)
def test_an_import_that_leaves_the_box_is_seen(tmp_path: Path, line: str) -> None:
    files = {"box/a.py": line, "box/b.py": "from . import a\nfrom .a import x", "errors.py": ""}
    assert len(leaving_the_box(planted(tmp_path, files))) == 1


def test_the_core_needs_numpy_only() -> None:
    assert set(ROOMS) >= NUMPY_ONLY
    core = [module for module in OURS.values() if module.room in NUMPY_ONLY]
    assert {m.name: extra for m in core if (extra := third_party(m) - {"numpy"})} == {}


def test_nothing_runs_data_as_code() -> None:
    assert [line for module in OURS.values() for line in dangers(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from pickle import loads",
        "from os import system",
        "eval(text)",
        "exec(text)",
        "os.system(text)",
        "np.load(path, allow_pickle=True)",
        "subprocess.run(text, shell=True)",
        "frame.to_pickle(path)",
    ],
)
def test_a_danger_is_seen(tmp_path: Path, line: str) -> None:
    found = planted(
        tmp_path, {"model.py": line, "harmless.py": "np.load(path, allow_pickle=False)\nmodel.eval()"}
    )
    assert list(dangers(found["grader.model"])) != []
    assert list(dangers(found["grader.harmless"])) == []


def test_only_the_box_runs_text_as_code(tmp_path: Path) -> None:
    found = planted(
        tmp_path, {"box/host.py": "exec(compile(text, name, 'exec'))", "course.py": "compile(a, b, c)"}
    )
    assert list(dangers(found["grader.box.host"])) == []
    assert list(dangers(found["grader.course"])) == ["grader.course:1 calls compile"]


def test_every_draw_has_a_seed_of_its_own() -> None:
    assert [line for module in OURS.values() for line in unseeded(module)] == []


@pytest.mark.parametrize(
    "line", ["np.random.seed(0)", "numpy.random.rand(3)", "from numpy.random import randn"]
)
def test_a_global_draw_is_seen(tmp_path: Path, line: str) -> None:
    found = planted(tmp_path, {"draw.py": f"rng = np.random.default_rng(1)\n{line}"})
    assert len(list(unseeded(found["grader.draw"]))) == 1


def test_modules_and_functions_are_short() -> None:
    long_modules = [m.name for m in OURS.values() if len(m.text.splitlines()) > 400]
    assert long_modules == []
    assert [line for module in OURS.values() for line in long_functions(module, 60)] == []


def test_a_long_function_is_seen(tmp_path: Path) -> None:
    found = planted(
        tmp_path, {"model.py": "def f():\n" + "    pass\n" * 60 + "def g():\n" + "    pass\n" * 59}
    )
    assert list(long_functions(found["grader.model"], 60)) == ["grader.model.f: 61 lines"]


def test_import_brings_in_numpy_and_nothing_else() -> None:
    loaded = python(
        "import sys, numpy; before = set(sys.modules); import grader;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    assert set(loaded.split()) - sys.stdlib_module_names == {"grader"}


CORE = sorted(name for name, module in OURS.items() if module.room in NUMPY_ONLY | {""})


@pytest.mark.parametrize(
    ("statement", "needs"),
    [(f"import {', '.join(CORE)}", {"numpy"}), ("from grader.cli import main", {"numpy", "click"})],
    ids=["core", "command"],
)
def test_core_is_imported_where_no_extra_is_installed(statement: str, needs: set[str]) -> None:
    printed = python(f"""
import sys

class Bare:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in sys.stdlib_module_names | {needs | {"grader"}!r}:
            raise ModuleNotFoundError(f"not installed here: {{name}}", name=name)

sys.meta_path.insert(0, Bare())
{statement}
print("imported")
""")
    assert printed == "imported"
