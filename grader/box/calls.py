"""The interpreter of jobs: evaluates expressions over a student's objects and takes plain copies of what comes out.

A job is written by the judge: one that cannot be understood is our own mistake and raises ValueError. Whatever the
student's objects do becomes an outcome.
"""

from __future__ import annotations

import operator
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from .apply import apply
from .patience import OutOfTime
from .program import Expr, Job, Outcome, Raised, Reply, Step, Unreached, Value
from .snapshot import snapshot, stack

T = TypeVar("T")
Array = np.ndarray[Any, Any]


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
            value = self._slots[step.name] = self._evaluate(step.expr)
            return Value(self._guarded(snapshot, value) if step.wanted else None)
        except _Stopped as stopped:
            return stopped.outcome
        except (TypeError, LookupError):
            # Whatever the student's code raises has stopped the step above.
            raise ValueError(f"no such expression: {step.expr!r}") from None

    def _guarded(self, action: Callable[..., T], *args: Any) -> T:
        """Does what may run the student's code. An interruption from the keyboard is the user's, not the student's,
        and the end of its time is ours."""
        try:
            return action(*args)
        except (KeyboardInterrupt, OutOfTime):
            raise
        except BaseException as error:
            raise _Stopped(self._hooks.explain(error)) from None

    def _evaluate(self, expr: Expr) -> Any:
        return _EXPRESSIONS[expr[0]](self, *expr[1:])

    def _array(self, index: int) -> Array:
        array = self._job.arrays[index]
        if self._variant is not None and index in self._job.stacked:
            return np.asarray(array[self._variant])
        return array

    def _fresh(self, index: int) -> Array:
        return self._guarded(self._array(index).copy)

    def _frozen(self, index: int) -> Array:
        return self._guarded(_read_only, self._array(index))

    def _scalar(self, index: int) -> object:
        return self._array(index).item()

    def _sizes(self, index: int) -> tuple[int, ...]:
        return tuple(self._array(index).tolist())

    def _value(self, literal: object) -> object:
        return literal

    def _tuple(self, *numbers: object) -> tuple[object, ...]:
        return numbers

    def _list(self, *items: Expr) -> list[Any]:
        # As `_evaluate`, which so many calls of calls would make slow.
        return [_EXPRESSIONS[item[0]](self, *item[1:]) for item in items]

    def _exercise(self, name: str) -> object:
        return self._found(self._hooks.resolve, name)

    def _part(self, name: str) -> object:
        return self._found(self._hooks.part, name)

    def _found(self, find: Callable[[str], object], name: str) -> object:
        try:
            return find(name)
        except LookupError as error:
            raise _Stopped(Raised("NotDefined", str(error))) from None

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

    def _attr(self, target: Expr, name: str, *others: str) -> object:
        return self._guarded(_attribute, self._evaluate(target), (name, *others))

    def _item(self, target: Expr, key: Any) -> object:
        return self._guarded(operator.getitem, self._evaluate(target), _key(key))

    def _call(self, callee: Expr, *args: Expr) -> object:
        function, *given = self._list(callee, *args)
        self._refuse_stub(function)
        return self._guarded(function, *given)

    def _apply(self, callee: Expr, named: Mapping[str, Expr]) -> object:
        function = self._evaluate(callee)
        inputs = {name: self._evaluate(value) for name, value in named.items()}
        self._refuse_stub(function)
        return self._guarded(apply, function, inputs)

    def _refuse_stub(self, function: object) -> None:
        if self._guarded(self._hooks.is_stub, function):
            raise _Stopped(Raised("NotImplementedError", "not written yet", stub=True))

    def _descend(self, start: Expr, gradient: Expr, rate: Expr) -> object:
        return self._guarded(_descended, *self._list(start, gradient, rate))

    def _change(self, old: Expr, new: Expr, rate: Expr) -> object:
        return self._guarded(_changed, *self._list(old, new, rate))

    def _set(self, target: Expr, names: list[str], value: Expr) -> object:
        return self._guarded(_set_attribute, self._evaluate(target), names, self._evaluate(value))

    def _put(self, target: Expr, key: Any, value: Expr) -> object:
        holder, new = self._evaluate(target), self._evaluate(value)
        return self._guarded(operator.setitem, holder, _key(key), new)


_EXPRESSIONS: Mapping[str, Callable[..., Any]] = {
    "array": _Run._fresh,
    "slot": _Run._slot,
    "attr": _Run._attr,
    "call": _Run._call,
    "exercise": _Run._exercise,
    "scalar": _Run._scalar,
    "item": _Run._item,
    "part": _Run._part,
    "frozen": _Run._frozen,
    "sizes": _Run._sizes,
    "value": _Run._value,
    "tuple": _Run._tuple,
    "list": _Run._list,
    "apply": _Run._apply,
    "descend": _Run._descend,
    "change": _Run._change,
    "either": _Run._either,
    "set": _Run._set,
    "put": _Run._put,
}


def _read_only(array: Array) -> Array:
    copy = array.copy()
    copy.setflags(write=False)
    return copy


def _descended(parameter: Any, slope: Any, rate: Any) -> Any:
    return parameter - rate * slope


def _changed(before: Any, after: Any, rate: Any) -> Any:
    return (before - after) / rate


def _attribute(owner: object, names: Sequence[str]) -> object:
    """The first attribute that is there; the first name's error where none is."""
    return getattr(owner, _first_of(owner, names))


def _set_attribute(owner: object, names: Sequence[str], value: object) -> None:
    setattr(owner, _first_of(owner, names), value)


def _first_of(owner: object, names: Sequence[str]) -> str:
    for name in names:
        if hasattr(owner, name):
            return name
    return names[0]


def _key(key: Any) -> Any:
    """A key as JSON carries it: a tuple arrives as a list."""
    return tuple(key) if isinstance(key, list) else key
