"""What stands around an exception: the name that was not found and its neighbour, the arrays that did not fit.

Only what the failing instruction itself names is looked at, and nothing is called.
"""

from __future__ import annotations

import ast
import builtins
import linecache
import re
from collections.abc import Iterable, Sequence
from types import FrameType, ModuleType, TracebackType

import numpy as np

from .nearest import nearest
from .program import Clue, Operand

_LOCAL = re.compile(r"local variable '(\w+)'")
# numpy's own words for the names that it dropped; the exception itself does not carry them.
_OF_NUMPY = re.compile(r"^module 'numpy' has no attribute '(\w+)'|^`np\.(\w+)` was removed")
_PRODUCTS = frozenset({"dot", "matmul"})
_MOST_NAMES = 5000

# Names that numpy 2 and Python 3 no longer have, with those to use.
_NUMPY_NOW = {
    **{name: name for name in ("int", "float", "complex", "str", "object")},
    **{"product": "np.prod", "cumproduct": "np.cumprod", "alltrue": "np.all", "sometrue": "np.any"},
    **{"float_": "np.float64", "complex_": "np.complex128", "round_": "np.round", "row_stack": "np.vstack"},
    **{"Inf": "np.inf", "Infinity": "np.inf", "infty": "np.inf", "PINF": "np.inf", "NINF": "-np.inf"},
    **{"NaN": "np.nan", "mat": "np.asmatrix", "asfarray": "np.asarray", "msort": "np.sort"},
    **{"trapz": "np.trapezoid", "in1d": "np.isin"},
}
_PYTHON_NOW = {"xrange": "range", "raw_input": "input", "unicode": "str", "long": "int", "unichr": "chr"}
_DICT_NOW = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values"}


def clue(error: BaseException, traces: Sequence[TracebackType]) -> Clue:
    """What stood around an exception; `traces` are its steps, none where the innermost is not the submission's."""
    trace = traces[-1] if traces else None
    frame = trace.tb_frame if trace is not None else None
    if isinstance(error, NameError):
        return _of_name(error, traces)
    if isinstance(error, AttributeError):
        return _of_attribute(error)
    if frame is None or trace is None:
        return Clue()
    if isinstance(error, KeyError):
        return _of_key(error, frame, _expression(trace))
    if isinstance(error, ValueError | IndexError):
        return _of_operands(frame, _expression(trace))
    return Clue()


def _of_name(error: NameError, traces: Sequence[TracebackType]) -> Clue:
    if isinstance(error, UnboundLocalError):
        found = _LOCAL.search(str(error))
        return Clue(found[1] if found else "")
    name = error.name
    if type(name) is not str or not traces:
        return Clue(name if type(name) is str else "")
    space = _space([trace.tb_frame for trace in traces])
    instance = space.get("self")
    if instance is not None and _has(instance, name):
        return Clue(name, f"self.{name}")
    if _alone(traces[-1]):
        return Clue(name, alone=True)
    near = _PYTHON_NOW.get(name) or nearest(name, space)
    if not near and callable(vars(np).get(name)):
        near = f"np.{name}"
    return Clue(name, near)


def _space(frames: Sequence[FrameType]) -> dict[str, object]:
    """The names that the innermost frame sees, and those of the function around it where it is a comprehension."""
    outer = frames[-2].f_locals if len(frames) > 1 and frames[-1].f_code.co_name.startswith("<") else {}
    return {**vars(builtins), **frames[-1].f_globals, **outer, **frames[-1].f_locals}


def _of_attribute(error: AttributeError) -> Clue:
    name, owner = error.name, error.obj
    if name is None and (found := _OF_NUMPY.search(str(error))):
        name, owner = found[1] or found[2], np
    if type(name) is not str or owner is None:
        return Clue(name if type(name) is str else "")
    if owner is np:
        near = _NUMPY_NOW.get(name) or nearest(name, vars(np))
        if not near or near == _NUMPY_NOW.get(name):
            return Clue(f"np.{name}", near)
        return Clue(f"np.{name}", f"np.{near}")
    if isinstance(owner, dict) and name in _DICT_NOW:
        return Clue(name, _DICT_NOW[name])
    return Clue(name, nearest(name, _names(owner)))


def _of_key(error: KeyError, frame: FrameType, node: ast.expr | None) -> Clue:
    key = error.args[0] if len(error.args) == 1 else None
    if type(key) is not str or not isinstance(node, ast.Subscript):
        return Clue()
    holder = _value(node.value, frame)
    keys = [one for one in holder if type(one) is str] if type(holder) is dict else []
    return Clue(key, nearest(key, keys))


def _of_operands(frame: FrameType, node: ast.expr | None) -> Clue:
    """The two arrays of a binary operation or of a product of matrices."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            product = isinstance(op, ast.MatMult)
        case ast.Call(func=ast.Attribute(attr=attr), args=[left, right]) if attr in _PRODUCTS:
            product = True
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]):
            product = True
        case _:
            return Clue()
    arrays = [value for one in (left, right) if type(value := _value(one, frame)) is np.ndarray]
    return Clue(operands=tuple(Operand(one.dtype.kind, one.shape) for one in arrays), product=product)


def _names(owner: object) -> Iterable[str]:
    names = vars(owner) if isinstance(owner, ModuleType) else dir(owner)
    return [name for name in list(names)[:_MOST_NAMES] if type(name) is str]


def _has(owner: object, name: str) -> bool:
    space = getattr(owner, "__dict__", None)
    return type(space) is dict and name in space


def _value(node: ast.expr, frame: FrameType) -> object:
    """What names, attributes of instances, transpositions and entries of dicts stand for; None for anything else."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, frame)
        if type(owner) is np.ndarray:
            return owner.T if node.attr == "T" else None
        space = getattr(owner, "__dict__", None)
        return space.get(node.attr) if type(space) is dict else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        owner = _value(node.value, frame)
        return owner.get(node.slice.value) if type(owner) is dict else None
    return None


def _segment(trace: TracebackType) -> tuple[str, str]:
    """The text of the instruction that failed, and the line on which it stands; "" where it goes over several."""
    positions = list(trace.tb_frame.f_code.co_positions())
    line, last, start, end = positions[trace.tb_lasti // 2]
    if line is None or start is None or end is None or line != last:
        return "", ""
    text = linecache.getline(trace.tb_frame.f_code.co_filename, line)
    return text.encode()[start:end].decode(), text


def _expression(trace: TracebackType) -> ast.expr | None:
    try:
        return ast.parse(_segment(trace)[0].strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _alone(trace: TracebackType) -> bool:
    """Whether the line is a statement of nothing but names, as prose looks to Python."""
    try:
        (statement,) = ast.parse(_segment(trace)[1].strip()).body
    except (SyntaxError, ValueError):
        return False
    if not isinstance(statement, ast.Expr):
        return False
    words = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
    return all(isinstance(word, ast.Name) for word in words)
