"""Short ways to run a piece of code in a sandbox."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.box.program import Cell, Job, Raised, Reply, Source, Step, Value, Wanted
from grader.sandbox.base import Limits, Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.landlock import Landlock
from grader.sandbox.session import Answer, Session


def fresh_bubblewrap() -> Sandbox:
    """bubblewrap with an interpreter for every box."""
    return Bubblewrap(fresh=True)


def fresh_landlock() -> Sandbox:
    """Landlock with an interpreter for every box."""
    return Landlock(fresh=True)


# The sandboxes that keep hostile code in. What one of them has to do, every one has.
SANDBOXES: list[Callable[[], Sandbox]] = [Bubblewrap, Landlock, fresh_bubblewrap, fresh_landlock]


def source(code: str, path: str = "m.py") -> Source:
    """A module with this text."""
    return Source(path, (Cell(textwrap.dedent(code)),))


def session(
    code: str,
    *names: str,
    sandbox: Sandbox | None = None,
    limits: Limits | None = None,
    files: dict[str, bytes] | None = None,
    imports: tuple[str, ...] = (),
) -> Session:
    """A session with a module, and the modules among `files`. The exercises are `names`, classes by their capitals."""
    beside = files or {}
    modules = (source(code), *(source(text.decode(), path) for path, text in beside.items() if ".py" in path))
    wanted = tuple(Wanted(name, "class" if name.istitle() else "function") for name in names)
    handed_in = {modules[0].path: modules[0].cells[0].text.encode(), **beside}
    return Session(sandbox or Bubblewrap(), handed_in, modules, wanted, limits or Limits(), imports)


def call(name: str, *arrays: Any) -> Job:
    """A job of one step, ``result``: the function called with the arrays."""
    expr = ["call", ["exercise", name], *(["array", index] for index in range(len(arrays)))]
    return Job((Step("result", expr),), tuple(np.asarray(array) for array in arrays))


def value(answer: Answer) -> Any:
    """The value of the step ``result``."""
    assert isinstance(answer, Reply), answer
    outcome = answer.outcomes["result"]
    assert isinstance(outcome, Value), outcome
    return outcome.value


def raised(answer: Answer) -> Raised:
    """The exception of the step ``result``."""
    assert isinstance(answer, Reply), answer
    outcome = answer.outcomes["result"]
    assert isinstance(outcome, Raised), outcome
    return outcome
