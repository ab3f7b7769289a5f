"""The interpreter of jobs: evaluates expressions over a student's objects and takes plain copies of what comes out.

A job is written by the judge: one that cannot be understood is our own mistake and raises ValueError. Whatever the
student's objects do becomes an outcome.
"""

from __future__ import annotations

import operator
import warnings
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numpy as np

from .apply import apply
from .patience import OutOfTime
from .program import Expr, Job, Outcome, Raised, Reply, Step, Unreached, Value
from .snapshot import snapshot, stack

T = TypeVar("T")


class Hooks(Protocol):
    """What the interpreter has to know of the submission."""

    def resolve(self, name: str) -> object:
        """What the student defined for the exercise; raises LookupError where there is nothing."""
        ...

    def part(self, name: str) -> object:
        """What stands for the exercise, be it lent; raises LookupError where there is nothing."""
        ...

    def is_stub(self, function: object) -> bool:
        """Whether the body of a function is still the one of the starter."""
        ...

    def explain(self, error: BaseException) -> Raised:
        """An exception in plain data."""
        ...


class _Stopped(Exception):
    """A step cannot go on, with its outcome."""

    def __init__(self, outcome: Raised | Unreached) -> None:
        self.outcome = outcome


def run_job(job: Job, hooks: Hooks) -> Reply:
    """Runs a job once, or once a variant.

    The reply holds an outcome for every wanted step, and for every other step that raised, because the reason why later
    steps were not reached lies there. Floating-point warnings and Python warnings of the student's code are off.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcomes = _all_variants(job, hooks) if job.variants else _Run(job, hooks, None).outcomes()
    return Reply(outcomes)


def _all_variants(job: Job, hooks: Hooks) -> dict[str, Outcome]:
    """Runs every variant and joins the outcomes of each step: what went wrong first, or the stacked values."""
    seen: dict[str, list[Outcome]] = {}
    for variant in range(job.variants):
        for name, outcome in _Run(job, hooks, variant).outcomes().items():
            seen.setdefault(name, []).append(outcome)
    return {name: _joined(outcomes) for name, outcomes in seen.items()}


def _joined(outcomes: list[Outcome]) -> Outcome:
    values = []
    for outcome in outcomes:
        if not isinstance(outcome, Value):
            return outcome
        values.append(outcome.value)
    try:
        return Value(stack(values))
    except ValueError as error:
        return Raised("ShapeChanged", str(error))
    except MemoryError:
        return Raised("MemoryError", "the results of all calls together are too large")


class _Run:
    """One pass through the steps of a job, with slots of its own."""

    def __init__(self, job: Job, hooks: Hooks, variant: int | None) -> None:
        self._job = job
        self._hooks = hooks
        self._variant = variant
        self._slots: dict[str, object] = {}
        self._failed: dict[str, str] = {}

    def outcomes(self) -> dict[str, Outcome]:
        """Evaluates the steps in order. A value is copied before the next step can change it."""
        found: dict[str, Outcome] = {}
        ended: Unreached | None = None
        for step in self._job.steps:
            outcome = ended or self._outcome(step)
            if isinstance(outcome, Raised):
                self._failed[step.name] = step.name
                if step.expr[0] in ("call", "apply"):
                    ended = Unreached(step.name)
            elif isinstance(outcome, Unreached):
                self._failed[step.name] = outcome.because
            if step.wanted or isinstance(outcome, Raised):
                found[step.name] = outcome
        return found

    def _outcome(self, step: Step) -> Outcome:
        try:
            value = self._evaluate(step.expr)
            self._slots[step.name] = value
            return Value(self._guarded(lambda: snapshot(value)) if step.wanted else None)
        except _Stopped as stopped:
            return stopped.outcome

    def _guarded(self, action: Callable[[], T]) -> T:
        """Does what may run the student's code. An interruption from the keyboard is the user's, not the student's,
        and the end of its time is ours."""
        try:
            return action()
        except (KeyboardInterrupt, OutOfTime):
            raise
        except BaseException as error:
            raise _Stopped(self._hooks.explain(error)) from None

    def _evaluate(self, expr: Expr) -> Any:
        match expr:
            case ["array", index]:
                return self._guarded(self._array(index).copy)
            case ["slot", name]:
                return self._slot(name)
            case ["attr", target, *names] if names:
                return self._attribute(self._evaluate(target), names)
            case ["call", callee, *args]:
                function, given = self._evaluate(callee), [self._evaluate(arg) for arg in args]
                return self._called(function, lambda: function(*given))
            case ["exercise", name]:
                return self._exercise(lambda: self._hooks.resolve(name))
            case ["scalar", index]:
                return self._array(index).item()
            case ["item", target, key]:
                holder = self._evaluate(target)
                return self._guarded(lambda: operator.getitem(holder, _key(key)))
            case ["part", name]:
                return self._exercise(lambda: self._hooks.part(name))
            case ["frozen", index]:
                return self._guarded(lambda: _read_only(self._array(index)))
            case ["sizes", index]:
                return tuple(self._array(index).tolist())
            case ["value", literal]:
                return literal
            case ["tuple", *numbers]:
                return tuple(numbers)
            case ["list", *items]:
                return [self._evaluate(item) for item in items]
            case ["apply", callee, named]:
                function = self._evaluate(callee)
                inputs = {name: self._evaluate(value) for name, value in named.items()}
                return self._called(function, lambda: apply(function, inputs))
            case ["descend", start, gradient, rate]:
                parameter, slope, step = (self._evaluate(part) for part in (start, gradient, rate))
                return self._guarded(lambda: parameter - step * slope)
            case ["change", old, new, rate]:
                before, after, step = (self._evaluate(part) for part in (old, new, rate))
                return self._guarded(lambda: (before - after) / step)
            case ["either", first, second]:
                return self._either(first, second)
            case ["set", target, [*names], value]:
                owner, new = self._evaluate(target), self._evaluate(value)
                return self._guarded(lambda: setattr(owner, _first_of(owner, names), new))
            case ["put", target, key, value]:
                holder, new = self._evaluate(target), self._evaluate(value)
                return self._guarded(lambda: operator.setitem(holder, _key(key), new))
        raise ValueError(f"no such expression: {expr!r}")

    def _exercise(self, find: Callable[[], object]) -> object:
        try:
            return find()
        except LookupError as error:
            raise _Stopped(Raised("NotDefined", str(error))) from None

    def _array(self, index: int) -> np.ndarray[Any, Any]:
        array = self._job.arrays[index]
        if self._variant is not None and index in self._job.stacked:
            return np.asarray(array[self._variant])
        return array

    def _slot(self, name: str) -> object:
        if name in self._failed:
            raise _Stopped(Unreached(self._failed[name]))
        if name not in self._slots:
            raise ValueError(f"no step {name!r} before this one")
        return self._slots[name]

    def _either(self, first: Expr, second: Expr) -> object:
        """What the first gives, the second where the first is called in a way that it does not know."""
        try:
            return self._evaluate(first)
        except _Stopped as stopped:
            if isinstance(stopped.outcome, Raised) and stopped.outcome.type in ("TypeError", "IndexError"):
                return self._evaluate(second)
            raise

    def _attribute(self, owner: object, names: list[str]) -> object:
        """The first attribute that is there; the first name's error where none is."""

        return self._guarded(lambda: getattr(owner, _first_of(owner, names)))

    def _called(self, function: object, action: Callable[[], object]) -> object:
        if self._guarded(lambda: self._hooks.is_stub(function)):
            raise _Stopped(Raised("NotImplementedError", "not written yet", stub=True))
        return self._guarded(action)


def _read_only(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    copy = array.copy()
    copy.setflags(write=False)
    return copy


def _first_of(owner: object, names: list[str]) -> str:
    return next((name for name in names if hasattr(owner, name)), names[0])


def _key(key: Any) -> Any:
    """A key as JSON carries it: a tuple arrives as a list."""
    return tuple(key) if isinstance(key, list) else key
