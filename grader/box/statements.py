"""Which statements only define something, which names they bind, and which must wait for others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence, Set

from .tree import children, walk

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINING = (*_FUNCTIONS, ast.ClassDef, ast.Import, ast.ImportFrom)
_ASSIGNING = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_RUNNING = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_STILL = (ast.Constant, ast.Name)
_NAMED = (*_FUNCTIONS, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
_DYNAMIC = frozenset({"exec", "eval", "globals", "vars", "setattr", "locals"})


def is_definition(statement: ast.stmt) -> bool:
    """Whether a top-level statement only defines: it imports, defines, or assigns without calling anything.

    ``try`` and ``if`` blocks made of these count too; inside them, printing and raising do no harm.
    """
    if isinstance(statement, ast.Raise):
        return False
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If):
            if calls(node.test):
                return False
            stack += [*node.body, *node.orelse]
        elif isinstance(node, ast.Try | ast.TryStar):
            stack += [*node.body, *node.orelse, *node.finalbody]
            stack += [inner for handler in node.handlers for inner in handler.body]
        elif isinstance(node, (*_ASSIGNING, ast.Expr)):
            if calls(node) and (node is statement or not _prints(node)):
                return False
        elif not isinstance(node, (*_DEFINING, ast.Pass, ast.Raise)):
            return False
    return True


def _prints(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "print"
        and not any(calls(part) for part in (*call.args, *call.keywords))
    )


def _sets_up(statement: ast.stmt, modules: Set[str]) -> bool:
    """Whether a statement only tells a library how to work: ``torch.set_default_dtype(torch.float64)``."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return (
        call.func.attr.startswith("set_")
        and isinstance(owner, ast.Name)
        and owner.id in modules
        and not any(calls(part) for part in (*call.args, *call.keywords))
    )


def is_still(statement: ast.stmt) -> bool:
    """Whether nothing runs when a statement is run: it makes functions, and classes without bases, and no more."""
    if isinstance(statement, ast.ClassDef):
        inherits = statement.bases or statement.keywords or statement.decorator_list
        return not inherits and all(map(is_still, statement.body))
    if isinstance(statement, _FUNCTIONS):
        given = statement.args
        arguments = [
            *given.posonlyargs,
            *given.args,
            *given.kwonlyargs,
            *filter(None, [given.vararg, given.kwarg]),
        ]
        read = [
            *given.defaults,
            *given.kw_defaults,
            *(one.annotation for one in arguments),
            statement.returns,
        ]
        return not statement.decorator_list and all(
            isinstance(one, _STILL) for one in read if one is not None
        )
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def calls(node: ast.AST) -> bool:
    """Whether running the node calls anything (bodies of lambdas do not run)."""
    return any(isinstance(inner, _RUNNING) for inner in _run_now(node))


def _run_now(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what runs with it: not the bodies of functions and lambdas, but their defaults."""
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        if isinstance(inner, _FUNCTIONS):
            stack += [*inner.decorator_list, *inner.args.defaults, *filter(None, inner.args.kw_defaults)]
        elif isinstance(inner, ast.Lambda):
            stack += [*inner.args.defaults, *filter(None, inner.args.kw_defaults)]
        else:
            stack += children(inner)


def bound(statement: ast.stmt) -> dict[str, ast.AST]:
    """The names that a statement binds in its module, each with the last node that does.

    What ``*`` brings is not known.
    """
    names: dict[str, ast.AST] = {}
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        for name in _binds(node):
            names[name] = node
        if not isinstance(node, (*_SCOPES, *_COMPREHENSIONS)):
            stack += reversed(children(node))
    return names


def _binds(node: ast.AST) -> Sequence[str]:
    if isinstance(node, ast.Name):
        return (node.id,) if isinstance(node.ctx, ast.Store) else ()
    if isinstance(node, _NAMED):
        return (node.name,) if node.name is not None else ()
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        return [name for name in names if name != "*"]
    if isinstance(node, ast.MatchMapping):
        return (node.rest,) if node.rest is not None else ()
    return ()


def anywhere_bound(statements: Iterable[ast.stmt]) -> tuple[dict[str, str], bool]:
    """Every name that the statements could bind, however deep, with its kind; and whether they could bind any.

    Kinds are ``"class"``, ``"function"`` and "" where that is not known.
    """
    names: dict[str, str] = {}
    dynamic = False
    for statement in statements:
        for node in walk(statement):
            for name in _binds(node):
                names[name] = kind(node)
            if isinstance(node, ast.Name):
                dynamic = dynamic or node.id in _DYNAMIC
            elif isinstance(node, ast.Global):
                names.update(dict.fromkeys(node.names, ""))
            elif isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                dynamic = True
    return names, dynamic


def kind(binder: ast.AST) -> str:
    """The kind of what a node binds."""
    if isinstance(binder, ast.ClassDef):
        return "class"
    return "function" if isinstance(binder, _FUNCTIONS) else ""


def loads(statement: ast.stmt) -> frozenset[str]:
    """The names that running a statement reads."""
    return frozenset(
        node.id
        for node in _run_now(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load | ast.Del)
    )


def _changes(statement: ast.stmt) -> set[str]:
    """The names whose objects a statement changes in place: ``x[0] = 1``, ``x.w = 1``, ``x.append(1)``."""
    names = set()
    for node in _run_now(statement):
        target: ast.AST | None = None
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            target = node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            target = node.func
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name):
            names.add(target.id)
    return names


def definitions(statements: Sequence[ast.stmt], bindings: Sequence[Iterable[str]]) -> list[bool]:
    """For every statement of a file, whether it runs among the definitions. `bindings` are the names that each binds.

    Of those that only define, an assignment or block waits too when it reads what a waiting statement before
    it sets or changes: run early it would fail, or see too little, and the student's code would be right. What tells
    an imported library how to work is among the definitions too: they would mean something else without it.
    """
    waiting: set[str] = set()
    firm: set[str] = set()
    modules: set[str] = set()
    early = []
    for statement, own in zip(statements, bindings, strict=True):
        names = set(own)
        first = is_definition(statement) or _sets_up(statement, modules)
        if first and not isinstance(statement, _DEFINING):
            first = not loads(statement) & waiting
        if first:
            waiting -= names
            if isinstance(statement, _DEFINING):
                firm |= names
            if isinstance(statement, ast.Import):
                modules |= names
        else:
            waiting |= names | (_changes(statement) - firm)
        early.append(first)
    return early


def is_untouched(binder: ast.AST) -> bool:
    """Whether a function, or every method of a class but ``__init__``, is still the starter's."""
    if isinstance(binder, ast.ClassDef):
        methods = [node for node in binder.body if isinstance(node, _FUNCTIONS) and node.name != "__init__"]
        return bool(methods) and all(is_stub(node) for node in methods)
    return isinstance(binder, _FUNCTIONS) and is_stub(binder)


def is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a body is still the starter's: a docstring, ``pass``, ``...``, ``raise NotImplementedError``."""
    return all(_is_filler(node) for node in function.body)


def _is_filler(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        what = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(what, ast.Name) and what.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
