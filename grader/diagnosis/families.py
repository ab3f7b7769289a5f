"""Families of mistakes: what a derivation becomes when somebody makes one in one place.

Each function looks at one part of one formula and gives what may stand there instead. The ids are those of the
catalogue; the costs rank them where several explain the same values: 1 is a slip that has a name of its own, more is
less likely.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.diagnosis import expression as ex
from grader.diagnosis.expression import Tree

FREE = {"c": (-math.inf, math.inf), "k": (-math.inf, math.inf), "fraction": (0.0, 1.0)}
"""Names of constants that are fitted, the same in all cases, and the limits of their values."""

DROPPED = {
    **{"upstream": "upstream-ignored", "batch": "batch-mean-missing", "mask": "mask-missing"},
    **{"weight": "weight-missing-in-chain", "rate": "learning-rate", "penalty": "regularisation"},
    **{"bias": "bias-missing", "target": "target-missing", "constant": "scaled"},
}
"""What it is called to leave out what plays a role."""


WEIGHTS = ("weight", "kernel")


@dataclass(frozen=True)
class Edit:
    """One mistake: other trees for some names of a derivation. `everywhere` says that it is one only if it explains all
    results."""

    id: str
    cost: float
    trees: Mapping[str, Tree]
    everywhere: bool = False


@dataclass(frozen=True)
class Setting:
    """A derivation, parsed.

    `roles` says what names stand for, `sizes` which of them count something, `gradients` maps the names of gradients to
    what they are gradients of, `shapes` are those of the arrays of a case, `results` the names of quantities.
    """

    trees: Mapping[str, Tree]
    roles: Mapping[str, str]
    sizes: frozenset[str]
    gradients: Mapping[str, str]
    shapes: Mapping[str, tuple[int, ...]]
    results: frozenset[str]

    @property
    def inputs(self) -> frozenset[str]:
        """The names of a case's arrays."""
        return frozenset(self.shapes)

    @cached_property
    def closures(self) -> Mapping[str, frozenset[str]]:
        """For each formula its own name and those of all formulas that it is written with."""
        found: dict[str, frozenset[str]] = {}

        def closure(word: str) -> frozenset[str]:
            if word not in found:
                found[word] = frozenset({word})
                inner = ex.names(self.trees[word]) & (self.trees.keys() - self.inputs - {word})
                found[word] = found[word].union(*map(closure, inner))
            return found[word]

        return {word: closure(word) for word in self.trees}

    def written_with(self, word: str) -> frozenset[str]:
        """The name itself, and those of all formulas in it."""
        return self.closures.get(word, frozenset({word}))

    def role(self, tree: Tree) -> str:
        """What a part stands for: by its name, or by the one name in it that has a role."""
        if isinstance(tree, ast.Constant):
            return "constant"
        found = {self.roles[word] for word in ex.names(tree) if word in self.roles}
        return "penalty" if "penalty" in found else found.pop() if len(found) == 1 else ""

    def is_penalty(self, tree: Tree) -> bool:
        """Whether a part is a product with the strength of a penalty."""
        return isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult) and self.role(tree) == "penalty"


Changed = Iterator[tuple[str, float, Tree]]
Family = Callable[[Setting, Tree], Changed]


def edits(setting: Setting) -> Iterator[Edit]:
    """All mistakes in one place, cheap ones and dear ones, sensible ones and such as change nothing."""
    for target, tree in setting.trees.items():
        for part, put, above in ex.sites(tree):
            penalty = setting.roles.get(target) == "penalty" or any(map(setting.is_penalty, (*above, part)))
            for family in AT_A_PART:
                for id, cost, new in family(setting, part):
                    yield Edit("regularisation" if penalty else id, cost, {target: put(new)})
        for id, cost, new in _whole(setting, target, tree):
            yield Edit(id, cost, {target: new})
        for word in sorted(ex.names(tree)):
            for id, cost, new in _renamed(setting, target, word):
                yield Edit(id, cost, {target: ex.substituted(tree, word, new)})
    yield from _exchanged(setting)


def dropped(setting: Setting, part: Tree) -> Changed:
    """A factor or a term left out."""
    if not isinstance(part, ast.BinOp):
        return
    left, right = part.left, part.right
    match part.op:
        case ast.Mult():
            for gone, kept in ((left, right), (right, left)):
                counts = ex.names(part) <= setting.sizes
                id = "wrong-denominator" if counts else DROPPED.get(setting.role(gone), "factor-missing")
                yield id, 1, kept
        case ast.Div():
            role = setting.role(right)
            yield DROPPED.get(role, "factor-missing"), 1, left
            if role == "batch":
                yield "constant-for-variable", 2.2, ex.binary(ex.name("c"), ast.Mult, left)
        case ast.Add() | ast.Sub():
            plus = isinstance(part.op, ast.Add)
            for gone, kept in ((left, right if plus else ex.negative(right)), (right, left)):
                role = setting.role(gone)
                if role in ("bias", "target", "penalty") or plus:
                    yield DROPPED[role] if role in ("bias", "target", "penalty") else "overwritten", 1.2, kept
        case ast.Pow():
            yield "factor-missing", 1, left
        case ast.MatMult():
            for gone in (left, right):
                if setting.role(gone) in WEIGHTS and isinstance(gone, ast.Name):
                    ones = ex.call("ones", gone)
                    yield (
                        "weight-missing-in-chain",
                        1.4,
                        ex.binary(
                            *((ones, ast.MatMult, right) if gone is left else (left, ast.MatMult, ones))
                        ),
                    )


def signed(setting: Setting, part: Tree) -> Changed:
    """A sign turned round, or a step taken uphill."""
    match part:
        case ast.BinOp(left, ast.Sub(), right):
            if "target" in (setting.role(left), setting.role(right)):
                yield "target-swapped", 0.97, ex.binary(right, ast.Sub, left)
            else:
                yield "sign-flipped", 1, ex.binary(right, ast.Sub, left)
            if setting.role(right) == "rate":
                yield "sign-flipped", 1, ex.binary(left, ast.Add, right)
        case ast.UnaryOp(ast.USub(), operand):
            yield "sign-flipped", 1.1, operand
        case ast.Call(ast.Name("exp" | "sigmoid" | "tanh" | "softmax" as function), [argument, *rest]):
            yield "argument-negated", 1, ex.call(function, ex.negative(argument), *rest)


def repeated(setting: Setting, part: Tree) -> Changed:
    """A bias added once too often, or as many times as something else is counted."""
    match part:
        case ast.BinOp(left, ast.Add(), right) if setting.role(right) == "bias":
            for many in (ex.number(2), *map(ex.name, sorted(setting.sizes))):
                yield "bias-repeated", 1, ex.binary(left, ast.Add, ex.binary(many, ast.Mult, right))


def reduced(_setting: Setting, part: Tree) -> Changed:
    """Summed over another axis, not at all, or averaged."""
    match part:
        case ast.Call(ast.Name("sum"), [array, axis]):
            yield "not-summed", 1, array
            for reduction in ("mean", "max"):
                yield "averaged", 0.95, ex.call(reduction, array, axis)
            yield "wrong-axis", 1, ex.call("sum", array)
            yield "wrong-shape", 1, ex.call("sum", array, axis, keepdims=True)
            for other in (0, 1, 2, (0, 1), (0, 2), (1, 2)):
                if not (isinstance(axis, ast.Constant) and axis.value == other):
                    yield "wrong-axis", 1.1, ex.call("sum", array, ex.number(other))
        case ast.Call(ast.Name("mean"), [array]):
            yield "batch-mean-missing", 1, ex.call("sum", array)
            for along in (0, 1):
                yield "wrong-axis", 1.5, ex.call("mean", array, ex.number(along))
        case ast.Call(ast.Name("softmax"), [scores]):
            yield "normalised-over-batch", 1, ex.call("softmax", scores, axis=0)
            yield "normalised-over-batch", 1, ex.call("softmax", scores, axis=None)
            yield "scores-not-probabilities", 1, scores
            yield "scores-not-probabilities", 1, ex.call("exp", scores)
            largest = ex.call("max", scores, axis=-1, keepdims=True)
            yield "scores-not-probabilities", 1, ex.call("exp", ex.binary(scores, ast.Sub, largest))


def transposed(_setting: Setting, part: Tree) -> Changed:
    """A factor taken as it stands, or turned on its side, where the other was due."""
    match part:
        case ast.BinOp(left, ast.MatMult(), right):
            for first, second in (
                (_turned(left), right),
                (left, _turned(right)),
                (_turned(left), _turned(right)),
            ):
                yield "transposed", 1, ex.binary(first, ast.MatMult, second)


def _turned(tree: Tree) -> Tree:
    return tree.value if isinstance(tree, ast.Attribute) else ex.transposed(tree)


def sloped(_setting: Setting, part: Tree) -> Changed:
    """The slope of another function, as written with the function's value or its argument."""
    one = "1"
    match part:
        case ast.BinOp(ast.Name(y), ast.Mult(), ast.BinOp(ast.Constant(1), ast.Sub(), ast.Name(again))) if (
            y == again
        ):
            yield "other-slope", 1.1, ex.parse(f"{one} - {y} * {y}")
            yield "other-slope", 1.3, ex.parse(f"{y} > 0")
        case ast.BinOp(ast.Constant(1), ast.Sub(), ast.BinOp(squared, ast.Pow(), ast.Constant(2))):
            y = ast.unparse(squared)
            yield "other-slope", 1.1, ex.parse(f"({y}) * (1 - {y})")
            yield "other-slope", 1.1, ex.parse(f"sigmoid({y}) * (1 - sigmoid({y}))")
        case ast.Compare(ast.Name(x), [ast.Gt()], [ast.Constant(0)]):
            yield "leaky-slope", 1.2, ex.parse(f"({x} > 0) + fraction * ({x} <= 0)")
            yield "mask-inverted", 1, ex.parse(f"{x} <= 0")
        case ast.Call(ast.Name("relu"), [inner]):
            x = ast.unparse(inner)
            yield "leaky-slope", 1.2, ex.parse(f"relu({x}) - fraction * relu(-({x}))")


AT_A_PART: tuple[Family, ...] = (dropped, signed, repeated, reduced, transposed, sloped)


def _whole(setting: Setting, target: str, tree: Tree) -> Changed:
    """What is done to a result as a whole."""
    yield "sign-flipped", 1.05, ex.negative(tree)
    if setting.roles.get(setting.gradients.get(target, "")) == "bias":
        for size in sorted(setting.sizes):
            yield "bias-repeated", 1.2, ex.binary(ex.name(size), ast.Mult, tree)
    if setting.roles.get(setting.gradients.get(target, "")) == "kernel":
        for axis in (0, 1, (0, 1)):
            yield "kernel-flipped", 1, ex.call("flip", tree, axis=axis)
    if target not in setting.gradients:
        return
    yield "transposed", 1.1, ex.transposed(tree)
    for word, role in setting.roles.items():
        if role == "batch" and word in setting.sizes:
            yield "batch-mean-twice", 1, ex.binary(tree, ast.Div, ex.name(word))
        if role == "rate" and word in setting.inputs:
            yield "learning-rate", 1, ex.binary(tree, ast.Mult, ex.name(word))
            yield "learning-rate", 1, ex.binary(tree, ast.Div, ex.name(word))


def _renamed(setting: Setting, target: str, word: str) -> Changed:
    """Something else in the place of a variable, wherever it stands in a formula."""
    role, here = setting.roles.get(word, ""), ex.name(word)
    if role == "upstream":
        yield "upstream-ignored", 1, ex.call("ones", here)
    if word in setting.sizes:
        for size in sorted(setting.sizes - {word}):
            yield "wrong-denominator", 1.2, ex.name(size)
        product = [ex.binary(here, ast.Mult, ex.name(size)) for size in sorted(setting.sizes - {word})]
        yield from (("wrong-denominator", 1.3, one) for one in product)
        return
    if role == "mask" and word in setting.trees:
        yield "mask-inverted", 1, ex.binary(ex.number(1), ast.Sub, here)
    if role in WEIGHTS and "rate" in setting.roles.values():
        for gradient, of in setting.gradients.items():
            rates = [rate for rate, one in setting.roles.items() if one == "rate" and rate in setting.inputs]
            if of == word and target != gradient:
                for rate in rates:
                    step = ex.binary(ex.name(rate), ast.Mult, ex.name(gradient))
                    yield "updated-weights", 1, ex.binary(here, ast.Sub, step)
    if word in setting.trees:
        yield from _around_a_function(setting, target, word)
    yield from _layouts(setting, word)
    yield from _typed(setting, target, word)


def _around_a_function(setting: Setting, target: str, word: str) -> Changed:
    """What stands before a function in the place of what comes after it, and the function applied twice."""
    inner = setting.trees[word]
    if not isinstance(inner, ast.Call):
        return
    arguments = ex.names(inner) & (setting.inputs | setting.trees.keys())
    if len(arguments) != 1 or word in setting.sizes or setting.roles.get(word) == "mask":
        return
    (before,) = arguments
    softmax = ast.unparse(inner.func) == "softmax"
    yield "scores-not-probabilities" if softmax else "before-after-activation", 1, ex.name(before)
    if all(target not in setting.written_with(one) for one in setting.results - setting.gradients.keys()):
        yield "slope-of-output", 1.2, ex.substituted(inner, before, ex.name(word))


def _layouts(setting: Setting, word: str) -> Changed:
    """An array turned round along some of its first axes, as kernels are."""
    if setting.roles.get(word) == "kernel":
        for axis in (0, 1, (0, 1)):
            yield "kernel-flipped", 1, ex.call("flip", ex.name(word), axis=axis)


def _typed(setting: Setting, target: str, word: str) -> Changed:
    """Another name, or a number, typed for a variable."""
    mask = setting.roles.get(target) == "mask"
    for other in sorted(setting.inputs - {word, target}):
        if mask and setting.roles.get(other) == "upstream":
            yield "mask-from-upstream", 1, ex.name(other)
        elif setting.shapes[other] == setting.shapes.get(word):
            yield "constant-for-variable", 2.5, ex.name(other)
    if word in setting.inputs:
        penalty = setting.roles.get(word) == "penalty"
        yield "regularisation" if penalty else "constant-for-variable", 2.2, ex.name("c")


def _exchanged(setting: Setting) -> Iterator[Edit]:
    """Two arguments taken for each other wherever they stand."""
    words = sorted(setting.inputs)
    for i, first in enumerate(words):
        for second in words[i + 1 :]:
            swapped = {
                target: _swapped(tree, first, second)
                for target, tree in setting.trees.items()
                if ex.names(tree) & {first, second}
            }
            roles = {setting.roles.get(first), setting.roles.get(second)}
            yield Edit("target-swapped" if "target" in roles else "swapped", 0.98, swapped, everywhere=True)


def _swapped(tree: Tree, first: str, second: str) -> Tree:
    held = ex.substituted(tree, first, ex.name("\0"))
    return ex.substituted(ex.substituted(held, second, ex.name(first)), "\0", ex.name(second))
