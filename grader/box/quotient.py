"""Difference quotients: ``(f(x + h) - f(x - h)) / (2 * h)`` in its many spellings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

_STEP = re.compile(r"_?(?:h|eps|epsilon|delta|step|tiny|dh)", re.IGNORECASE)
_LARGEST_STEP = 0.02
_DEEPEST = 8
_MOST_PARTS = 64

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
# The nodes of a function that are looked at for themselves.
_TELLING = (ast.BinOp, ast.Assign, ast.AugAssign, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class _Names:
    """What a function's own names stand for. `numbers`: a number, None where it is not one number; `values`: the last
    expression assigned; `moved`: what is added to something or taken away from it."""

    numbers: Mapping[str, float | None]
    values: Mapping[str, ast.expr]
    moved: Set[str]


def quotient(function: Sequence[ast.AST]) -> ast.AST | None:
    """Where a function, given by its nodes, first forms a difference quotient; None where it does not."""
    function = [node for node in function if isinstance(node, _TELLING)]
    divided = [(node, step) for node in function if isinstance(node, ast.BinOp) and (step := divisor(node))]
    if not divided:
        return None
    names = _Names(_numbers(function), _named(function), _moved(function))
    return next((node for node, step in divided if _is_quotient(node, step, names)), None)


def last_name(node: ast.expr) -> str:
    """``norm`` of ``np.linalg.norm``, "" of an expression that ends otherwise."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def divisor(node: ast.BinOp) -> ast.expr | None:
    """The step by which a division, or a multiplication by a reciprocal, divides."""
    below = node.right
    if isinstance(node.op, ast.Mult) and isinstance(below, ast.BinOp) and isinstance(below.op, ast.Div):
        below = below.right
    elif not isinstance(node.op, ast.Div):
        return None
    return _step(below)


def _is_quotient(node: ast.BinOp, step: ast.expr, names: _Names) -> bool:
    """Whether a division by a step is a difference quotient.

    ``(f(x + h) - f(x - h)) / (2 * h)`` whatever h is called, and ``(above - below) / (2 * h)`` in a function that
    moves something by the small step h. An imaginary part counts as a difference (the complex step).
    """
    keys = {_key(step)}
    if isinstance(step, ast.Constant) and isinstance(step.value, int | float):
        keys.add(repr(step.value / 2))
    small = _is_small(step, names.numbers) and not keys.isdisjoint(names.moved)
    return any(small or _is_shifted(found, keys) for found in _differences(node.left, names.values))


def _differences(node: ast.expr, named: Mapping[str, ast.expr]) -> Iterator[ast.expr]:
    """The differences that a numerator is made of: ``a - b``, ``dout * (a - b)``, ``np.sum(a - b)``, ``a.imag``, also
    by the name that the function gave it."""
    stack: list[ast.AST] = [node]
    for _ in range(_MOST_PARTS):
        if not stack:
            return
        part = stack.pop()
        if isinstance(part, ast.BinOp):
            if isinstance(part.op, ast.Sub):
                yield part
            stack += [part.left, part.right]
        elif isinstance(part, ast.Call):
            if last_name(part.func) == "imag":
                yield part
            stack += part.args
        elif isinstance(part, ast.Attribute) and part.attr == "imag":
            yield part
        elif isinstance(part, ast.Name) and part.id in named:
            stack.append(named[part.id])


def _named(function: Sequence[ast.AST]) -> dict[str, ast.expr]:
    """What a function calls by a name of its own: the last expression that it assigns to it."""
    return {
        target.id: node.value
        for node in function
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _step(node: ast.expr) -> ast.expr | None:
    """The step h of a divisor ``h``, ``2 * h`` or ``h * 2``; None of any other."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for factor, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(factor, ast.Constant) and factor.value == 2:
                node = other
                break
    return node if _key(node) else None


def _is_shifted(difference: ast.expr, steps: Set[str]) -> bool:
    """Whether a difference is of two calls of one function, all of whose differing arguments differ by a step."""
    if not isinstance(difference, ast.BinOp):
        return False
    left, right = difference.left, difference.right
    if not (isinstance(left, ast.Call) and isinstance(right, ast.Call) and _same(left.func, right.func)):
        return False
    differ = [pair for pair in zip(left.args, right.args, strict=False) if not _same(*pair)]
    return bool(differ) and all(not steps.isdisjoint([*_shifts(a), *_shifts(b)]) for a, b in differ)


def _moved(function: Sequence[ast.AST]) -> set[str]:
    """What a function adds to something or takes away from it."""
    found: set[str] = set()
    for node in function:
        found.update(_shifts(node))
    return found


def _shifts(node: ast.AST) -> list[str]:
    """h of ``x + h``, ``x - h``, ``x += h``, ``x + 1j * h``; not of ``1 - h``."""
    if isinstance(node, ast.AugAssign):
        sides = [node.value] if isinstance(node.op, ast.Add | ast.Sub) else []
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [node.right, node.left]
    elif (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and not isinstance(node.left, ast.Constant)
    ):
        sides = [node.right]
    else:
        return []
    scaled = [part for side in sides if isinstance(side, ast.BinOp) for part in (side.left, side.right)]
    return [key for side in (*sides, *scaled) if (key := _key(side))]


def _key(node: ast.expr) -> str:
    """A step as it is spelt, "" of what is none."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return repr(node.value)
    return last_name(node)


def _numbers(function: Sequence[ast.AST]) -> dict[str, float | None]:
    """The names that a function gives a number, by assignment or as a default; None where it is not one number."""
    found: dict[str, float | None] = {}
    for node in function:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = _number(node.value)
        elif isinstance(node, _Function):
            arguments = [*node.args.posonlyargs, *node.args.args]
            defaults = node.args.defaults
            for argument, default in zip(arguments[len(arguments) - len(defaults) :], defaults, strict=True):
                found.setdefault(argument.arg, _number(default))
    return found


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.UnaryOp):
        return _LARGEST_STEP  # 10 ** -4
    return None


def _is_small(step: ast.expr, numbers: Mapping[str, float | None]) -> bool:
    if isinstance(step, ast.Constant):
        value = _number(step)
    elif isinstance(step, ast.Name) and step.id in numbers:
        value = numbers[step.id]
    else:
        return bool(_STEP.fullmatch(last_name(step)))
    return value is not None and 0 < value <= _LARGEST_STEP


def _same(a: object, b: object, depth: int = _DEEPEST) -> bool:
    """Whether two expressions are spelt alike; very deep ones are not compared."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(x, y, depth) for x, y in zip(a, b, strict=True))
    if not isinstance(a, ast.AST) or type(a) is not type(b):
        return type(a) is type(b) and a == b
    if isinstance(a, ast.expr_context):
        return True
    return depth > 0 and all(
        _same(getattr(a, name, None), getattr(b, name, None), depth - 1) for name in a._fields
    )
