"""Calls a function in whatever way its signature asks for its inputs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

_PLAIN = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def apply(function: Callable[..., Any], inputs: Mapping[str, Any]) -> Any:
    """The result of a function that takes some of its inputs as parameters and reads the others as globals.

    Parameters are matched by name; those with names of the student's own get what is left, in its order. What is then
    left still is set in the function's own globals before the call. A function of ``*args`` gets all inputs. Raises
    TypeError when there are more parameters than inputs, and whatever the function raises.
    """
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        return function(*inputs.values())
    names = [
        p.name
        for p in parameters
        if p.kind in _PLAIN and (p.name in inputs or p.default is inspect.Parameter.empty)
    ]
    left = [name for name in inputs if name not in names]
    unknown = [name for name in names if name not in inputs]
    if len(unknown) > len(left):
        raise TypeError(f"takes {len(names)} arguments, but there are {len(inputs)}: {', '.join(inputs)}")
    meant = dict(zip(unknown, left, strict=False))
    _globals(function).update({name: inputs[name] for name in left[len(unknown) :]})
    return function(*(inputs[meant.get(name, name)] for name in names))


def _globals(function: Callable[..., Any]) -> dict[str, Any]:
    found = getattr(inspect.unwrap(function), "__globals__", None)
    return found if isinstance(found, dict) else {}
