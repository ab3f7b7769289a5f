"""Modules that stand in for those that plot and display: they take everything and do nothing."""

from __future__ import annotations

import opcode
import sys
from collections.abc import Iterable, Iterator, Sized
from types import ModuleType

ALWAYS = frozenset({"matplotlib", "mpl_toolkits", "pylab", "seaborn", "japanize_matplotlib"})
"""Replaced even when installed: importing them takes half a second, and nobody sees what they draw."""

OWN = "grader"
"""This program's self-check, which released notebooks call. Replaced even where it is what runs the code."""

WHEN_MISSING = frozenset({"plotly", "bokeh", "IPython", "ipywidgets", "google", "tqdm"})
"""Replaced where they cannot be imported."""

_UNPACK = opcode.opmap["UNPACK_SEQUENCE"]


class Anything:
    """Can be called, asked for attributes and items, entered and unpacked; all of that gives itself again."""

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **_: object) -> object:
        # As a decorator it leaves the function alone.
        if len(args) == 1 and callable(args[0]) and not isinstance(args[0], Anything):
            return args[0]
        return self

    def __getitem__(self, _: object) -> Anything:
        return self

    def __setitem__(self, _: object, __: object) -> None:
        return None

    def __enter__(self) -> Anything:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return (object,)

    def __iter__(self) -> Iterator[Anything]:
        """As many items as ``figure, axes = ...`` asks for, none for a loop."""
        frame = sys._getframe(1)
        code, at = frame.f_code.co_code, frame.f_lasti
        return iter([self] * (code[at + 1] if code[at] == _UNPACK else 0))


class Progress(Anything):
    """A progress bar: iterates over what it is given and shows nothing."""

    def __init__(self, iterable: Iterable[object] = (), *_: object, **__: object) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[object]:  # type: ignore[override]
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable) if isinstance(self._iterable, Sized) else 0


def progress_range(*args: int, **_: object) -> Progress:
    """``tqdm.trange``."""
    return Progress(range(*args))


class StandIn(ModuleType):
    """A module, and at the same time a package, that has every attribute."""

    __path__: list[str] = []  # noqa: RUF012 - what the import system looks for on a package

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


def stand_in(name: str) -> ModuleType:
    """A new stand-in for the module `name`."""
    module = StandIn(name)
    vars(module)["__version__"] = "0"
    if name.partition(".")[0] == "tqdm":
        vars(module).update(tqdm=Progress, tqdm_notebook=Progress, trange=progress_range)
    return module


def nothing(*_: object, **__: object) -> Anything:
    """What ``get_ipython`` and ``display`` are: functions that do nothing."""
    return Anything()
