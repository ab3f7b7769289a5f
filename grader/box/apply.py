"""Calls a function in whatever way its signature asks for its inputs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

_PLAIN = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def apply(function: Callable[..., Any], inputs: Mapping[str, Any]) -> Any:
    """The result of a function that takes some of its inputs as parameters and reads the others as globals.

    Parameters are matched by name; where names differ, all inputs are passed in their order if there are as many
    parameters. What is not passed is set in the function's own globals before the call. Raises TypeError where
    neither fits, and whatever the function raises.
    """
    parameters = [p for p in inspect.signature(function).parameters.values() if p.kind in _PLAIN]
    names = [p.name for p in parameters if p.name in inputs or p.default is inspect.Parameter.empty]
    if all(name in inputs for name in names):
        _globals(function).update({name: value for name, value in inputs.items() if name not in names})
        return function(*(inputs[name] for name in names))
    if len(names) == len(inputs):
        return function(*inputs.values())
    unknown = ", ".join(name for name in names if name not in inputs)
    raise TypeError(f"parameters that are not known here: {unknown}; known are {', '.join(inputs)}")


def _globals(function: Callable[..., Any]) -> dict[str, Any]:
    found = getattr(inspect.unwrap(function), "__globals__", None)
    return found if isinstance(found, dict) else {}
