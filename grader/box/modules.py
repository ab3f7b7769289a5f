"""How the files of a submission are imported, and how that stays invisible to whatever else runs here."""

from __future__ import annotations

import importlib
import linecache
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from .standins import ALWAYS, OWN, nothing, stand_in
from .units import Statement, Unit

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    # It brings two dozen modules, which every box would have for nothing.
    Loader = object

_ACTIVE = nullcontext()


@dataclass(eq=False)
class Record:
    """A file of the submission while it runs.

    `defined` is set as soon as its definitions begin to run. `pending` are the statements left aside. `values`
    holds what the definitions bound, by ordinal, so that a later definition wins over a statement that ran late.
    """

    unit: Unit
    module: ModuleType
    defined: bool = False
    pending: list[Statement] = field(default_factory=list)
    values: dict[int, dict[str, object]] = field(default_factory=dict)

    @property
    def space(self) -> dict[str, Any]:
        """The module's globals."""
        return vars(self.module)


class _Made(Loader):
    """Hands the import system a module that is already made, and runs it when it is first imported."""

    def __init__(self, module: ModuleType, run: Callable[[], None] | None = None) -> None:
        self._module = module
        self._run = run

    def create_module(self, _: ModuleSpec) -> ModuleType:
        return self._module

    def exec_module(self, _: ModuleType) -> None:
        if self._run is not None:
            self._run()

    def load_module(self, fullname: str) -> ModuleType:
        """What importlib's own loaders have for old code."""
        return importlib.import_module(fullname)


class _First:
    """Stands before all other finders, for modules that are replaced. `makers` maps names to what makes them."""

    def __init__(self, served: set[str]) -> None:
        self.makers: dict[str, Callable[[str], ModuleType]] = dict.fromkeys((*ALWAYS, OWN), stand_in)
        self._served = served

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        for name, make in self.makers.items():
            if fullname == name or fullname.startswith(name + "."):
                self._served.add(fullname)
                return ModuleSpec(fullname, _Made(make(fullname)), is_package=True)
        return None


class _Last:
    """Stands behind all other finders, so that no file of a student hides a module that is installed."""

    def __init__(self, records: Sequence[Record], define: Callable[[Record], None], served: set[str]) -> None:
        self._files: dict[tuple[str, ...], Record] = {}
        for record in records:
            if not record.unit.source.notebook:
                self._files.setdefault(record.unit.parts, record)
        self._folders = {parts[:n]: None for parts in self._files for n in range(1, len(parts))}
        self._define = define
        self._served = served

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        parts = tuple(fullname.split("."))
        file = _nearest(parts, self._files)
        folder = _nearest(parts, self._folders)
        if file is None and folder is None:
            return None
        self._served.add(fullname)
        if file is None or (folder is not None and len(folder) < len(file)):
            return ModuleSpec(fullname, _Made(ModuleType(fullname)), is_package=True)
        record = self._files[file]
        origin = record.module.__file__
        loader = _Made(record.module, lambda: self._define(record))
        spec = ModuleSpec(
            fullname, loader, origin=origin, is_package=file in self._folders or record.unit.package
        )
        spec.has_location = True
        return spec


def _nearest(parts: tuple[str, ...], known: dict[tuple[str, ...], Any]) -> tuple[str, ...] | None:
    """The known name that is `parts`, else the shortest that ends with it: students run files inside folders."""
    if parts in known:
        return parts
    ends = [name for name in known if name[-len(parts) :] == parts]
    return min(ends, key=len, default=None)


class Library:
    """The modules of one submission.

    They, and the finders that know them, are in place only inside of `active`: in between the interpreter is
    left as it was, so that several submissions, or the tests of this package, can share it.
    """

    def __init__(self, root: str, units: Sequence[Unit], define: Callable[[Record], None]) -> None:
        self._served = {"__main__"}
        self._modules = {"__main__": ModuleType("__main__")}
        self._active = False
        self.records = tuple(Record(unit, _module(root, unit)) for unit in units)
        self._first = _First(self._served)
        self._last = _Last(self.records, define, self._served)
        self._tops = {parts[0] for parts in self._last._files}
        self._lines = {file: text for unit in units for file, text in unit.files.items()}
        for file, text in self._lines.items():
            lines = [line + "\n" for line in text.split("\n")]
            linecache.cache[file] = (len(text), None, lines, file)

    def replace(self, name: str, make: Callable[[str], ModuleType]) -> None:
        """From now on `make(full name)` gives the module `name` and all below it."""
        self._first.makers[name] = make

    def replaces(self, name: str) -> bool:
        """Whether the module is replaced already."""
        return name in self._first.makers

    def file(self, name: str) -> Record | None:
        """The file of the submission that the module `name` is."""
        parts = _nearest(tuple(name.split(".")), self._last._files)
        return None if parts is None else self._last._files[parts]

    def register(self, record: Record) -> None:
        """Makes a file that is run without being imported known by its name, unless it would hide another."""
        name = record.module.__name__
        if name == "__main__" or not _is_installed(name.partition(".")[0]):
            self._served.add(name)
            sys.modules[name] = record.module

    def active(self) -> AbstractContextManager[None]:
        """While inside, the submission's modules can be imported."""
        return _ACTIVE if self._active else self._activated()

    @contextmanager
    def _activated(self) -> Iterator[None]:
        # The lists and the dict themselves are kept too: a submission may put others in their place.
        modules, path, finders, depth = sys.modules, sys.path, sys.meta_path, sys.getrecursionlimit()
        old_path, old_finders = path[:], finders[:]
        hidden = {name: modules.pop(name) for name in self._hidden()}
        modules.update(self._modules)
        finders[:] = [self._first, *old_finders, self._last]
        self._active = True
        try:
            yield
        finally:
            self._active = False
            self._modules = {name: modules.pop(name) for name in self._served if name in modules}
            modules.update(hidden)
            path[:], finders[:] = old_path, old_finders
            sys.modules, sys.path, sys.meta_path = modules, path, finders
            sys.setrecursionlimit(depth)

    def _hidden(self) -> set[str]:
        """The modules that others have loaded and the submission must not see."""
        modules = sys.modules
        tops = {top for top in ALWAYS if top in modules}
        tops |= {top for top in self._tops if top in modules and not _is_installed(top)}
        hidden = {name for name in ("__main__", OWN, *self._modules) if name in modules}
        # Not looked for in vain: a library such as PyTorch brings thousands of modules, and this is done for every job.
        if tops:
            hidden |= {name for name in modules if type(name) is str and name.partition(".")[0] in tops}
        return hidden

    def close(self) -> None:
        """Forgets the sources."""
        for file in self._lines:
            linecache.cache.pop(file, None)


@contextmanager
def quiet() -> Iterator[None]:
    """While inside, warnings are off, and what is told numpy about errors lasts no longer."""
    with np.errstate(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _is_installed(top: str) -> bool:
    """Whether a top-level module comes with Python or was installed, rather than lies in the current folder."""
    if top in sys.stdlib_module_names:
        return True
    spec = PathFinder.find_spec(top)
    origin = (spec.origin or "") if spec else ""
    return "site-packages" in origin or "dist-packages" in origin


def _module(root: str, unit: Unit) -> ModuleType:
    module = ModuleType(unit.name)
    space = vars(module)
    space.update(np=np, numpy=np, get_ipython=nothing, __package__=unit.parent)
    if unit.source.notebook:
        space["display"] = nothing
    else:
        space["__file__"] = f"{root}/{unit.source.path}"
    if unit.package:
        space["__path__"] = []
    return module
