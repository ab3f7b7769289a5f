"""A computational graph of additions and multiplications, with right and student's values on its edges."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from grader.model import Evidence, ExerciseResult

_SIGNS = {ast.Add: "+", ast.Mult: "×"}
_COLUMN, _ROW, _LEFT, _MARGIN = 150, 64, 100, 40


@dataclass(frozen=True)
class Edge:
    """A value on its way: `forward` above the line, `backward` (the gradient) below it, both right ones.

    `got_forward` and `got_backward` are the student's where these are wrong, "" elsewhere. The line runs from
    (x1, y1) to (x2, y2); `name` is that of an input or of the result, "" between nodes.
    """

    name: str
    forward: str
    backward: str
    got_forward: str
    got_backward: str
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def bend(self) -> float:
        """Up to here the line is level."""
        return self.x2 - _COLUMN / 4

    @property
    def label(self) -> float:
        """Where its numbers are centred."""
        return self.bend - _COLUMN * 0.3


@dataclass(frozen=True)
class Node:
    """A node at its place: ``+`` or ``×``."""

    sign: str
    x: float
    y: float


@dataclass(frozen=True)
class Graph:
    """A drawing, in the units of its view box."""

    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]
    width: float
    height: float


@dataclass
class _Value:
    """An input, or the result of a node. `level` counts columns from the left, `row` is its height among the inputs."""

    name: str
    value: float
    level: int = 0
    row: float = 0.0
    sign: str = ""
    parts: tuple[_Value, ...] = ()
    gradient: float = field(default=0.0)


def graph(exercise: ExerciseResult) -> Graph | None:
    """The graph of an exercise whose formula consists of ``+`` and ``*`` over single numbers, each used once.

    It shows the public case of the first finding that has arrays. None without one, and for any other exercise.
    """
    seen = [check.finding.evidence for check in exercise.checks if check.finding and check.finding.evidence]
    shown = next((evidence for evidence in seen if evidence.public and evidence.inputs), None)
    if shown is None or not exercise.formula:
        return None
    name, _, formula = exercise.formula.partition(" = ")
    inputs = {name: array.item() for name, array in shown.inputs.items() if array.size == 1}
    found = _parsed(formula, inputs) if len(inputs) == len(shown.inputs) else None
    if found is None:
        return None
    result, order = found
    got = {
        evidence.what: evidence.got.item()
        for evidence in seen
        if evidence.got is not None and evidence.got.size == 1 and _same_inputs(evidence, shown)
    }
    return _drawn(result, order, name, got)


def _same_inputs(evidence: Evidence, other: Evidence) -> bool:
    return evidence.public and all(
        name in evidence.inputs and evidence.inputs[name].tobytes() == array.tobytes()
        for name, array in other.inputs.items()
    )


def _parsed(formula: str, inputs: Mapping[str, float]) -> tuple[_Value, list[_Value]] | None:
    """The result, and the inputs in their order in the formula; None for a formula of any other kind."""
    leaves: list[_Value] = []

    def value(node: ast.expr) -> _Value:
        if isinstance(node, ast.Name):
            leaf = _Value(node.id, float(inputs[node.id]), row=len(leaves))
            leaves.append(leaf)
            return leaf
        if not isinstance(node, ast.BinOp):
            raise KeyError(ast.unparse(node))
        sign = _SIGNS[type(node.op)]
        left, right = value(node.left), value(node.right)
        number = left.value + right.value if sign == "+" else left.value * right.value
        level, row = 1 + max(left.level, right.level), (left.row + right.row) / 2
        return _Value("", number, level, row, sign, (left, right))

    try:
        result = value(ast.parse(formula, mode="eval").body)
    except (KeyError, SyntaxError):
        return None
    names = [leaf.name for leaf in leaves]
    return (result, leaves) if result.parts and sorted(names) == sorted(inputs) else None


def _drawn(result: _Value, leaves: list[_Value], name: str, got: Mapping[str, float]) -> Graph:
    _send_back(result, 1.0)
    right = _LEFT + result.level * _COLUMN
    edges = [_edge(result, name, got, right + _COLUMN, _y(result))]
    nodes = []
    for value in _nodes(result):
        nodes.append(Node(value.sign, _x(value), _y(value)))
        edges += [_edge(part, part.name, got, _x(value), _y(value)) for part in value.parts]
    return Graph(tuple(edges), tuple(nodes), right + _COLUMN + 2 * _MARGIN, len(leaves) * _ROW + _MARGIN)


def _send_back(value: _Value, gradient: float) -> None:
    value.gradient = gradient
    for part, other in zip(value.parts, reversed(value.parts), strict=True):
        _send_back(part, gradient if value.sign == "+" else gradient * other.value)


def _nodes(value: _Value) -> Iterator[_Value]:
    if value.parts:
        yield value
        for part in value.parts:
            yield from _nodes(part)


def _edge(value: _Value, name: str, got: Mapping[str, float], x2: float, y2: float) -> Edge:
    gradient = "" if value.parts else f"d{name}"
    return Edge(
        name=name,
        forward=_number(value.value),
        backward=_number(value.gradient),
        got_forward=_number(got[name]) if name in got else "",
        got_backward=_number(got[gradient]) if gradient in got else "",
        x1=_x(value),
        y1=_y(value),
        x2=x2,
        y2=y2,
    )


def _x(value: _Value) -> float:
    return _LEFT + value.level * _COLUMN if value.parts else _LEFT


def _y(value: _Value) -> float:
    return _MARGIN + value.row * _ROW


def _number(value: float) -> str:
    return f"{value:.6g}"
