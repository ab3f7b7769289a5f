"""What a human should look at in a submission, read from its text before any of it runs.

Nothing here is a proof of anything: a flag costs no points, and code that hides can hide from it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from .pieces import Piece
from .program import Note, Place, Wanted
from .quotient import last_name
from .slopes import numerical_slopes
from .tree import children
from .units import Statement, Unit

DIFFERENCES = "own-finite-differences"
AUTOGRAD = "autograd-library"
FRAMES = "frame-walk"
MACHINE = "reads-the-machine"
GRADER = "looks-at-the-grader"
PATCHES = "patches-numpy"

IDS = (DIFFERENCES, AUTOGRAD, FRAMES, MACHINE, GRADER, PATCHES)

MOST_OF_ONE = 3
"""Places that are told of one flag."""

_AUTOGRAD = frozenset(
    {"torch", "jax", "autograd", "tensorflow", "mxnet", "keras", "theano", "paddle", "mindspore", "tinygrad"}
)
_MACHINE_MODULES = frozenset(
    {"ctypes", "socket", "subprocess", "multiprocessing", "_posixsubprocess", "_ctypes"}
)
_GRADER_MODULES = frozenset({"solutions", "grader_box"})

_FRAME_NAMES = frozenset(
    {
        "_getframe",
        "_current_frames",
        "currentframe",
        "getouterframes",
        "getinnerframes",
        "settrace",
        "setprofile",
    }
    | {"__traceback__", "tb_frame", "tb_next", "f_back", "f_globals", "f_locals", "f_builtins", "gi_frame"}
    | {"cr_frame", "get_objects", "get_referrers", "get_referents", "__subclasses__", "walk_stack", "walk_tb"}
)
# Names that mean something else elsewhere (np.stack), so that their module is asked for.
_OF_MODULES = {
    **dict.fromkeys([("inspect", "stack"), ("inspect", "trace")], FRAMES),
    **dict.fromkeys(
        [("os", name) for name in ("fork", "forkpty", "system", "popen", "kill", "killpg")], MACHINE
    ),
}
_OS_STARTS = re.compile(r"(?:exec[lv]|spawn[lv]|posix_spawn)[epl]*")
_MACHINE_PATH = re.compile(r"/(?:proc|sys|etc)(?:/|$)")
_GRADER_PATH = re.compile(r"(?:^|[/\\])(?:solutions|grader)[/\\]|grader_box|^/judge(?:/|$)")
_IMPORTERS = frozenset({"__import__", "import_module", "find_spec", "run_module"})

# Set by well-meaning code, so that programs for an older NumPy go on working.
_SHIMS = frozenset({"bool", "int", "float", "object", "str", "complex", "long", "unicode"})
_PATCHED = frozenset({"numpy", "builtins"})

# What an attribute, or the name of what is called, must be for the node to be looked at; all of `os` is.
_ATTRIBUTES = _FRAME_NAMES | {name for _, name in _OF_MODULES}
_CHANGERS = frozenset({"setattr", "delattr"})
_CALLED = _CHANGERS | _IMPORTERS

Found = Iterator[tuple[str, ast.AST, str]]


def flags(units: Sequence[Unit], wanted: Sequence[Wanted]) -> tuple[Note, ...]:
    """The flags of a submission, in the order of its text; of each id the first few places.

    Reading only: what was handed in is neither imported nor run.
    """
    own = frozenset(part for unit in units for part in unit.parts[:1])
    places: dict[tuple[str, Place], str] = {}
    for unit in units:
        shared = _shared(unit)
        for statement in unit.statements:
            # Put in the order of the text where there is anything to be put in order.
            if any(True for node in statement.piece.once(_looked_at) for _ in _looks(node, own, shared)):
                for node in _walk(statement.node):
                    for id, where, detail in _looks(node, own, shared):
                        places.setdefault((id, _place(statement, where)), detail)
    for statement, where in numerical_slopes(units, wanted):
        places.setdefault((DIFFERENCES, _place(statement, where)), "")
    notes = [Note(id, detail, place) for (id, place), detail in places.items()]
    return tuple(note for id in IDS for note in [note for note in notes if note.id == id][:MOST_OF_ONE])


def _place(statement: Statement, node: ast.AST) -> Place:
    line = getattr(node, "lineno", statement.place.line)
    return Place(statement.place.file, line, statement.place.cell)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it in the order of the text, without docstrings and other text that is not used."""
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        stack += [
            child
            for child in reversed(children(inner))
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
        ]


def _shared(unit: Unit) -> frozenset[str]:
    """The names under which a file knows the modules that nobody else may change."""
    names = {"np", "numpy", "builtins", "__builtins__"}
    for statement in unit.statements:
        for node in statement.piece.kinds.get(ast.Import, ()):
            names |= {alias.asname for alias in node.names if alias.asname and _root(alias.name) in _PATCHED}
    return frozenset(names)


def _looked_at(piece: Piece) -> Sequence[ast.AST]:
    """The nodes of a statement that could raise a flag: of each kind those that do not look like all the others."""
    kinds = piece.kinds
    return [
        *kinds.get(ast.Import, ()),
        *kinds.get(ast.ImportFrom, ()),
        *(
            node
            for node in kinds.get(ast.Attribute, ())
            if node.attr in _ATTRIBUTES or type(node.ctx) is not ast.Load or last_name(node.value) == "os"
        ),
        *(node for node in kinds.get(ast.Subscript, ()) if type(node.ctx) is not ast.Load),
        *(node for node in kinds.get(ast.Constant, ()) if type(node.value) is str),
        *(node for node in kinds.get(ast.Call, ()) if last_name(node.func) in _CALLED),
    ]


def _looks(node: ast.AST, own: frozenset[str], shared: frozenset[str]) -> Found:
    """The flags of one node alone, of a kind that is looked at."""
    match node:
        case ast.Import(names=aliases):
            for alias in aliases:
                yield from _imported(node, alias.name, own)
        case ast.ImportFrom(module=str(module), names=aliases, level=0):
            yield from _imported(node, module, own)
            for alias in aliases:
                yield from _attribute(node, module, alias.name)
        case ast.Attribute(value=value, attr=name):
            yield from _attribute(node, value.id if isinstance(value, ast.Name) else "", name)
            if not isinstance(node.ctx, ast.Load) and _spine(value) in shared and name not in _SHIMS:
                yield PATCHES, node, name
        case ast.Subscript(value=value) if not isinstance(node.ctx, ast.Load) and _is_space(value, shared):
            yield PATCHES, node, ""
        case ast.Constant(value=str(text)):
            yield from _text(node, text)
        case ast.Call():
            yield from _call(node, own, shared)


def _imported(node: ast.AST, module: str, own: frozenset[str]) -> Found:
    root = _root(module)
    if root in _AUTOGRAD:
        yield AUTOGRAD, node, root
    elif root in _MACHINE_MODULES:
        yield MACHINE, node, root
    # `import grader` alone is how a notebook checks itself.
    elif root not in own and (root in _GRADER_MODULES or module.startswith("grader.")):
        yield GRADER, node, module


def _attribute(node: ast.AST, owner: str, name: str) -> Found:
    if name in _FRAME_NAMES:
        yield FRAMES, node, name
    elif (owner, name) in _OF_MODULES:
        yield _OF_MODULES[owner, name], node, f"{owner}.{name}"
    elif owner == "os" and _OS_STARTS.fullmatch(name):
        yield MACHINE, node, f"os.{name}"


def _text(node: ast.AST, text: str) -> Found:
    if text in _FRAME_NAMES:
        yield FRAMES, node, text
    elif _MACHINE_PATH.match(text):
        yield MACHINE, node, text
    elif _GRADER_PATH.search(text):
        yield GRADER, node, text


def _call(node: ast.Call, own: frozenset[str], shared: frozenset[str]) -> Found:
    name = last_name(node.func)
    first = node.args[0] if node.args else None
    if name in _CHANGERS and first is not None and _spine(first) in shared:
        yield PATCHES, node, ""
    elif name in _IMPORTERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
        yield from _imported(node, first.value, own)


def _is_space(node: ast.expr, shared: frozenset[str]) -> bool:
    """Whether an expression spells the namespace of a shared module: ``np.__dict__``, ``vars(np)``."""
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return _spine(node.value) in shared
    if isinstance(node, ast.Call) and last_name(node.func) == "vars" and node.args:
        return _spine(node.args[0]) in shared
    return isinstance(node, ast.Name) and node.id == "__builtins__"


def _spine(node: ast.expr) -> str:
    """The name that a chain of attributes begins with (``np`` of ``np.linalg.norm``), "" of any other expression."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _root(module: str) -> str:
    return module.partition(".")[0]
