"""The small language in which the judge asks for work, and the answers that come back.

A `Job` is a list of named steps, each an expression over the student's objects. The box evaluates
the steps in order and snapshots every step that the judge wants to see. Expressions are plain lists, so
that they travel as JSON:

==============================  =====================================================================
``["exercise", name]``          what the student defined for the exercise `name`
``["part", name]``              the same, or what is lent in its place: for programs over several exercises
``["array", i]``                a fresh copy of the job's i-th array; of its row v in variant v if it is stacked
``["frozen", i]``               the same, but read-only: whoever writes into it shows where
``["scalar", i]``               the same as a Python float (int for integer arrays), 0-d arrays only
``["sizes", i]``                the same as a tuple of Python ints
``["value", v]``                a JSON literal
``["tuple", n, ...]``           a tuple of JSON numbers
``["list", e, ...]``            a Python list of the evaluated expressions
``["slot", name]``              the result of the earlier step `name`
``["attr", e, name, ...]``      the first of the attributes `name` that e has
``["item", e, k]``              e[k]
``["call", e, arg, ...]``       e(arg, ...), positional
``["apply", e, {name: arg}]``   calls e with what its signature names, the rest set in its globals (`apply.apply`)
``["descend", e, g, rate]``     e - rate * g
``["change", old, new, rate]``  (old - new) / rate
``["either", e, other]``        e, or `other` where e raises a TypeError or an IndexError
``["set", e, names, value]``    sets the first of the attributes `names` that e has (else the first); gives None
``["put", e, k, value]``        e[k] = value; gives None
==============================  =====================================================================

A failed ``call`` or ``apply`` (as the outermost expression of a step) ends the job: later steps are `Unreached`. Any
other failed step only makes unreached what refers to its slot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

Expr: TypeAlias = list[Any]


@dataclass(frozen=True)
class Step:
    """One named step of a job; `wanted` steps are reported, the others only keep their slot, unless they raise."""

    name: str
    expr: Expr
    wanted: bool = True


@dataclass(frozen=True, eq=False)
class Job:
    """Steps with the arrays that they use. Jobs are told apart as objects.

    With ``variants > 0`` the whole job runs that many times, each time from a clean set of slots; arrays
    whose index is in `stacked` then have a leading axis of that length. The reply holds, for each wanted
    step, one array with the results stacked along a new leading axis. `texts` are how the job travels, once it did.
    """

    steps: tuple[Step, ...]
    arrays: tuple[np.ndarray[Any, Any], ...] = ()
    variants: int = 0
    stacked: frozenset[int] = frozenset()
    texts: tuple[str, str] | None = field(default=None, init=False, repr=False)


@dataclass(frozen=True)
class Place:
    """A place in a student's file. `cell` counts all cells of a notebook from 1, None in a module; `line` counts
    from 1 within the cell or module, as the student sees it."""

    file: str
    line: int
    cell: int | None = None


@dataclass(frozen=True)
class Value:
    """A result: None, an array of a real dtype, a tuple or a dict of values, or `Opaque`."""

    value: Any


@dataclass(frozen=True)
class Opaque:
    """A result that is no array, number, tuple or dict; only the name of its type is known."""

    type: str


@dataclass(frozen=True)
class Operand:
    """An array of an operation that failed: the kind of its dtype, and its shape."""

    kind: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Clue:
    """What stood around an exception, as far as it could be seen.

    `missing` is the name (or attribute, or key) that is not there, `nearest` the only one that it may have been meant
    for. `alone`: the statement consists of names and does nothing. `operands` are the arrays of the operation that
    failed, as far as they have names; `product` says that it was a product of matrices.
    """

    missing: str = ""
    nearest: str = ""
    alone: bool = False
    operands: tuple[Operand, ...] = ()
    product: bool = False


@dataclass(frozen=True)
class Raised:
    """The student's code raised.

    `stub`: it is not written yet (NotImplementedError, or a body of ``pass``). `unset`: the name that is
    missing would be set by statements that have not been run (see `Host.rest`). `place` is the innermost
    frame that lies in a file of the submission.
    """

    type: str
    message: str
    place: Place | None = None
    stub: bool = False
    unset: bool = False
    clue: Clue = Clue()


@dataclass(frozen=True)
class Unreached:
    """Not evaluated, because the step `because` failed."""

    because: str


Outcome: TypeAlias = Value | Raised | Unreached


@dataclass(frozen=True, eq=False)
class Reply:
    """What came of a job: an outcome for every wanted step.

    Replies are told apart as objects. One that is `kept` is small, and stands for every equal answer to the same job.
    """

    outcomes: Mapping[str, Outcome]
    kept: bool = False

    @cached_property
    def raised(self) -> tuple[Raised, ...]:
        """The outcomes that are exceptions."""
        return tuple(outcome for outcome in self.outcomes.values() if isinstance(outcome, Raised))


@dataclass(frozen=True)
class Cell:
    """A piece of a student's text that is parsed on its own. `index` as in `Place.cell`."""

    text: str
    index: int | None = None


@dataclass(frozen=True)
class Source:
    """One file that a student handed in, read as text. `path` is relative to the submission, with ``/``.

    `prose` are the text cells of a notebook, which never enter the box.
    """

    path: str
    cells: tuple[Cell, ...]
    notebook: bool = False
    prose: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What to look for: an exercise as the box needs to know it.

    `kind` is ``"class"`` or ``"function"``; `methods` are the methods of a class that will be called.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something mended or noticed while reading or running. `id` is stable; `detail` names what it concerns."""

    id: str
    detail: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Failure:
    """A statement of the student that failed while loading."""

    place: Place
    type: str
    message: str
    text: str = ""


@dataclass(frozen=True)
class Definition:
    """Where an exercise was found. `found_as` is the student's name for it (``SoftmaxWithLoss.softmax``).

    `places` maps ``""`` (the definition itself) and the names of its methods to their first lines, and what is noted
    in their bodies to its line, see `grader.box.marks`.
    `why_not`, where nothing usable was found, says why in one English line ("softmax is imported from
    scipy.special, not written here"); `found_as` is then "". `failure` is the statement that failed instead of
    defining it, if there was one.
    """

    exercise: str
    found_as: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    why_not: str = ""
    failure: Failure | None = None


@dataclass(frozen=True)
class Loaded:
    """What loading a submission came to.

    `pending` is True when statements other than definitions were left aside (see `Host.rest`).
    """

    definitions: tuple[Definition, ...]
    notes: tuple[Note, ...] = ()
    failures: tuple[Failure, ...] = ()
    pending: bool = False
