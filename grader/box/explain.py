"""An exception of a student's code in plain data, whatever the exception does to prevent that."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from types import ModuleType, TracebackType

from .clues import clue
from .program import Clue, Place, Raised
from .units import Index

_TEXT = 300


def explain(error: BaseException, index: Index, unset: Container[str] = ()) -> Raised:
    """Its type, message (cut), and innermost place in the submission.

    `unset` are the names that statements not yet run would bind. Never raises.
    """
    kind = _guarded_text(lambda: _type_name(error), "Exception")
    message = _guarded_text(lambda: _message(error), "(the message of this exception cannot be shown)")
    trail, seen = _traced(error, index)
    places = [place for place in trail if place is not None]
    return Raised(
        kind,
        message,
        places[-1] if places else None,
        # Raised by what was called itself: a stub further down is a part that is missing, not the caller.
        stub=issubclass(type(error), NotImplementedError) and len(places) == 1 and trail[-1] is not None,
        unset=missing_name(error) in unset,
        clue=seen,
    )


def _traced(error: BaseException, index: Index) -> tuple[tuple[Place | None, ...], Clue]:
    """The places of all frames, and what stood around the exception; nothing where the exception prevents that."""
    try:
        trail = tuple(_trail(error, index))
    except BaseException:
        return (), Clue()
    try:
        return trail, clue(error, [*_traces(error)] if trail and trail[-1] else [])
    except BaseException:
        return trail, Clue()


def missing_name(error: BaseException) -> str:
    """The name that a NameError is about, or an AttributeError of a module; "" for any other exception."""
    if type(error) is NameError or (
        type(error) is AttributeError and issubclass(type(error.obj), ModuleType)
    ):
        return _plain_name(error)
    return ""


def missing_module(error: BaseException) -> str:
    """The module that a ModuleNotFoundError is about, "" for any other exception."""
    return _plain_name(error) if type(error) is ModuleNotFoundError else ""


def _plain_name(error: NameError | AttributeError | ImportError) -> str:
    return error.name if type(error.name) is str else ""


def _trail(error: BaseException, index: Index) -> Iterator[Place | None]:
    """The places of all frames, the innermost last; None for one that lies outside of the submission."""
    for trace in _traces(error):
        yield index.place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
    if isinstance(error, SyntaxError) and isinstance(error.filename, str) and isinstance(error.lineno, int):
        yield index.place(error.filename, error.lineno)


def _traces(error: BaseException) -> Iterator[TracebackType]:
    # Not error.__traceback__, which a subclass can make a property.
    trace: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _message(error: BaseException) -> str:
    # The text of a SyntaxError repeats its file and line, which the place already says.
    return str(error.msg) if isinstance(error, SyntaxError) else str(error)


def _type_name(error: BaseException) -> str:
    # A metaclass can give a class any __name__; the slot of `type` cannot lie.
    name: str = type.__dict__["__name__"].__get__(type(error))
    return name


def _guarded_text(get: Callable[[], str], otherwise: str) -> str:
    """A plain, printable str of at most 300 characters; `otherwise` where there is none to be had."""
    try:
        text = get()
        # A slice of a subclass of str is a plain str; lone surrogates would not travel.
        return str.__getitem__(text, slice(0, _TEXT)).encode("utf-8", "replace").decode("utf-8")
    except BaseException:
        return otherwise
