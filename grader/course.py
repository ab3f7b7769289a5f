"""Where the course lies, and what its assignments are."""

from __future__ import annotations

import ast
import importlib.util
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader import settings
from grader.assignment import Assignment
from grader.box.program import Cell, Source
from grader.errors import AssignmentError, CourseNotFound, UnreadableSubmission, UsageError
from grader.settings import Settings
from grader.submissions.notebook import read_notebook


@dataclass(frozen=True)
class Course:
    """A folder that holds ``solutions/``."""

    root: Path

    @property
    def solutions(self) -> Path:
        """Instructors only: references, assignments, mutants."""
        return self.root / "solutions"

    @property
    def settings(self) -> Settings:
        """What ``course.toml`` says. Raises UsageError when it is wrong, or names an assignment that is not there."""
        found = settings.read(self.root / settings.NAME)
        for name in found.assignments:
            if name not in self.names():
                known = ", ".join(self.names()) or "none"
                raise UsageError(
                    f"{found.path}: assignments.{name}: there is no such assignment; there are {known}"
                )
        return found

    def names(self) -> list[str]:
        """The names of all assignments, sorted."""
        return sorted(path.parent.name for path in self.solutions.glob("*/assignment.py"))

    def folder(self, name: str) -> Path:
        """The folder of an assignment. Raises UsageError for a name that does not exist."""
        if name not in self.names():
            known = ", ".join(self.names()) or "none"
            raise UsageError(f"There is no assignment {name!r} in {self.solutions}; there are: {known}.")
        return self.solutions / name

    def load(self, name: str) -> Assignment:
        """The assignment as its author declares it, with the changes of ``course.toml``.

        Raises AssignmentError when it cannot be read, UsageError when the changes do not fit it.
        """
        return self.settings.applied(name, self.declared(name))

    def declared(self, name: str) -> Assignment:
        """The assignment as its author declares it. Raises AssignmentError when it cannot be read."""
        path = self.folder(name) / "assignment.py"
        spec = importlib.util.spec_from_file_location(f"_course_{name}", path)
        if spec is None or spec.loader is None:
            raise AssignmentError(f"{path} cannot be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        try:
            spec.loader.exec_module(module)
        except AssignmentError as error:
            raise AssignmentError(f"{path}: {error}") from error
        except Exception as error:
            raise AssignmentError(f"{path}: {type(error).__name__}: {error}") from error
        assignment = getattr(module, "assignment", None)
        if not isinstance(assignment, Assignment):
            raise AssignmentError(f"{path} defines no `assignment = Assignment(...)`")
        return assignment

    def reference(self, name: str) -> Source:
        """The reference module as a source that a box can load."""
        path = self.folder(name) / f"{name}.py"
        try:
            return Source(path.name, (Cell(path.read_text(encoding="utf-8")),))
        except OSError as error:
            raise AssignmentError(f"The reference {path} cannot be read: {error.strerror}") from error

    def handout(self, name: str) -> tuple[str, ...]:
        """The code cells of the notebook that was handed out; none where none lies in ``assignments/``."""
        path = self.root / "assignments" / name / f"{name}.ipynb"
        try:
            cells, _, _ = read_notebook(path.read_text(encoding="utf-8"), path.name)
        except (OSError, ValueError, UnreadableSubmission):
            return ()
        return tuple(cell.text for cell in cells)


def find(start: Path, given: Path | None = None) -> Course:
    """The course at `given`, else the nearest above `start`. Raises CourseNotFound."""
    places = [given.resolve()] if given else [start.resolve(), *start.resolve().parents]
    for place in places:
        if (place / "solutions").is_dir():
            return Course(place)
    where = given or start
    raise CourseNotFound(
        f"No course at {where}: no folder solutions/ here or above. Go to the course's folder or give --course DIR."
    )


def lendable(source: Source, name: str) -> str:
    """The text of one top-level definition of a module that can be compiled alone, to be lent.

    What it uses of the module's other definitions is put into a closure around it, where no global name shows it;
    the modules that it uses are imported before it. Raises AssignmentError when there is no such definition.
    """
    body = ast.parse(source.cells[0].text).body
    nodes = {node.name: node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    if name not in nodes:
        raise AssignmentError(f"{source.path} does not define {name}")
    used = _used(nodes, name)
    parts = [ast.unparse(node) for other, node in nodes.items() if other in used and other != name]
    own = ast.unparse(nodes[name])
    imports = "".join(f"{ast.unparse(node)}\n" for node in _imports(body, [nodes[one] for one in used]))
    if not parts:
        return imports + own
    closure = textwrap.indent("\n".join([*parts, own, f"return {name}"]), "    ")
    return f"{imports}def _made():\n{closure}\n{name} = _made()\ndel _made\n"


def _imports(body: Iterable[ast.stmt], users: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The imports of a module that bind a name used by some of its definitions; numpy is there without."""
    names = {node.id for user in users for node in ast.walk(user) if isinstance(node, ast.Name)}
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            if bound & names - {"np"}:
                yield node


def _used(nodes: Mapping[str, ast.stmt], name: str) -> set[str]:
    """The definitions that one uses, directly or through others, and itself."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            names = (node.id for node in ast.walk(nodes[one]) if isinstance(node, ast.Name))
            waiting += [other for other in names if other in nodes]
    return found
