"""From the reply of a box to what was seen of each quantity: a plain array, or the trouble that kept it away."""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from grader.box.program import Opaque, Place, Raised, Reply, Unreached
from grader.drivers import At, Quantity
from grader.language import N_, _
from grader.model import Array, Verdict
from grader.sandbox.base import Death


@dataclass(frozen=True)
class Trouble:
    """Why a quantity is no array.

    `step` is the step of the job that went wrong; `interface` is True when the code could not even be called as
    agreed. `brief` says the same without any text of the student's making, which could carry hidden inputs out.
    `raised` is the exception, if there was one. `nothing`: what was called gave None; `lacking`: what it gave, or left
    in the object, lacks just this quantity; `shape` is that of an array that came in place of several results.
    """

    verdict: Verdict
    message: str
    step: str
    place: Place | None = None
    interface: bool = False
    brief: str = ""
    raised: Raised | None = None
    nothing: bool = False
    lacking: bool = False
    shape: tuple[int, ...] | None = None


Seen: TypeAlias = Array | Trouble

_ABSENT = re.compile(r"has no attribute '(\w+)'")
_KNOWN = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type))
_STEPS = {
    "layer": N_("the constructor"),
    "first forward": N_("the first forward"),
    "first backward": N_("the first backward"),
}
_CALLS = ("forward", "backward", "pair")
_CONSTRUCTORS = ("layer", "net")
_VERDICTS = {"crashed": Verdict.CRASHED, "timed_out": Verdict.TIMED_OUT, "violation": Verdict.CRASHED}


def read(quantity: Quantity, reply: Reply | Death | None, name: str, reads: Sequence[Quantity] = ()) -> Seen:
    """What the reply shows of the quantity.

    `name` is the exercise's, or that of what died, for sentences. `reads` are all quantities of the same ask: what kept
    a step from being reached is told by the quantity of that step, if there is one.
    """
    if reply is None:
        return Trouble(
            Verdict.SKIPPED, _("not asked any more, because an earlier call ended the process"), "call"
        )
    if isinstance(reply, Death):
        return Trouble(_VERDICTS[reply.verdict], f"{name} {reply.message}", "call")
    outcome = reply.outcomes.get(quantity.step, Unreached("call"))
    if isinstance(outcome, Raised):
        return _raised(outcome, quantity, quantity.step, name)
    if isinstance(outcome, Unreached):
        cause = reply.outcomes.get(outcome.because)
        if isinstance(cause, Raised) and all(other.step != outcome.because for other in reads):
            first = [other for other in reads if f"first {other.step}" == outcome.because]
            return _raised(cause, next(iter(first), quantity), outcome.because, name)
        step = _(_STEPS[outcome.because]) if outcome.because in _STEPS else outcome.because
        message = _("not judged, because {name} did not get past {step}").format(name=name, step=step)
        return Trouble(Verdict.SKIPPED, message, outcome.because)
    return _walk(outcome.value, quantity, name)


def _raised(outcome: Raised, quantity: Quantity, step: str, name: str) -> Trouble:
    call = f"{name}.__init__" if step in _CONSTRUCTORS else quantity.source or name
    if outcome.stub or outcome.type == "NotDefined":
        message = _("{name} is not written yet").format(name=call)
        return Trouble(Verdict.MISSING, message, step, outcome.place, raised=outcome)
    if outcome.place is None and outcome.type == "AttributeError" and step == quantity.name != "forward":
        brief = message = _("{name} has no attribute {attribute} after backward").format(
            name=name, attribute=quantity.name
        )
        absent = _ABSENT.search(outcome.message)
        lacking = absent is None or absent[1] == quantity.name
        if absent and not lacking:
            message = _("{name} has no attribute {attribute}").format(name=name, attribute=absent[1])
        return Trouble(Verdict.FAILED, message, step, brief=brief, raised=outcome, lacking=lacking)
    interface = outcome.place is None and outcome.type in ("AttributeError", "TypeError")
    text = f"{outcome.type}: {outcome.message}" if outcome.message else outcome.type
    known = outcome.type if outcome.type in _KNOWN else _("an exception")
    message, brief = (_("{call} raised {error}").format(call=call, error=error) for error in (text, known))
    return Trouble(Verdict.CRASHED, message, step, outcome.place, interface, brief, outcome)


def _walk(value: Any, quantity: Quantity, name: str) -> Seen:
    source = quantity.source or name
    whole = value
    for at in quantity.path:
        found = _entry(value, at)
        if isinstance(found, str):
            return _unusable(f"{source} {found}", source, quantity, whole, lacking=_too_little(value, at))
        value = np.asarray(found[0]) if isinstance(found[0], np.generic) else found[0]
    if isinstance(value, tuple):
        value = _stacked(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        return value[0] if quantity.row and value.ndim == 2 and len(value) == 1 else value
    called = _("the result of {source}").format(source=source)
    message = _("{name} should be an array or a number, but is {got}").format(
        name=called if quantity.name == "forward" else quantity.name, got=_described(value)
    )
    return _unusable(message, source, quantity, whole, lacking=value is None)


def _unusable(message: str, source: str, quantity: Quantity, whole: Any, *, lacking: bool) -> Trouble:
    brief = _("{source} does not return what it should").format(source=source)
    nothing = whole is None and _is_returned(quantity)
    return Trouble(
        Verdict.FAILED,
        message,
        quantity.step,
        brief=brief,
        nothing=nothing,
        lacking=lacking and not nothing,
        shape=whole.shape if isinstance(whole, np.ndarray) else None,
    )


def _is_returned(quantity: Quantity) -> bool:
    """Whether it is read from what a call gives, not from an attribute."""
    if quantity.of and quantity.step == quantity.name:
        return False
    return bool(quantity.where or quantity.path) or quantity.step in _CALLS


def _too_little(value: Any, at: At) -> bool:
    """Whether a result has fewer entries than it should, or none of that name."""
    if isinstance(value, dict):
        return isinstance(at.key, str)
    if isinstance(at.key, str):
        return False
    return isinstance(value, np.ndarray) or (isinstance(value, tuple) and len(value) < at.width)


def _entry(value: Any, at: At) -> tuple[Any] | str:
    """One entry of what was returned, in a tuple; or what is wrong with it, in words."""
    if isinstance(at.key, str):
        if isinstance(value, dict) and at.key in value:
            return (value[at.key],)
        return _("should return a dict with the key {key!r}, but returned {got}").format(
            key=at.key, got=_described(value)
        )
    several = isinstance(value, tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    if several and (at.fewest or at.width) <= len(value) <= at.width and at.key < len(value):
        return (value[at.key],)
    return _("should return {width} values, but returned {got}").format(
        width=at.width, got=len(value) if several else _described(value)
    )


def _stacked(value: tuple[Any, ...]) -> Any:
    """A nested list of real numbers as the array that it spells, where it spells one."""
    try:
        array = np.array(value)
    except (TypeError, ValueError):
        return value
    return array.astype(np.float64) if array.dtype.kind in "fiub" else value


def _described(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return _("an object of type {type}").format(type=value.type)
    if isinstance(value, tuple):
        return _("{count} values").format(count=len(value))
    if isinstance(value, dict):
        return _("a dict")
    return _("an array of {dtype}").format(dtype=value.dtype)
