"""A submission in its box: loads it, finds the exercises, and runs jobs on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import FunctionType, MethodType

from .calls import run_job
from .describe import Describer
from .explain import explain
from .flags import flags
from .lending import Lending
from .loader import Loader
from .modules import quiet
from .names import Names
from .program import Definition, Job, Loaded, Place, Raised, Reply, Source, Wanted
from .search import Found, Search, members, plain_function
from .survey import Survey


class Host:
    """One submission.

    `root` is the folder that its paths are relative to. `on_statement(ordinal, place, passing)` is called before each
    statement is run, see `Loader`; ordinals are the same in every box for the same sources. `lent` maps the names of
    exercises to source text of the reference that stands in for the student's.

    `noticed` are the flags of its text, known before any of it runs; it is not `flagged` where nobody asks for them.

    Nothing that the submission does while it is loaded is raised from here. Outside of its methods the
    interpreter's import system is left as it was.
    """

    def __init__(
        self,
        root: str,
        sources: tuple[Source, ...],
        wanted: tuple[Wanted, ...],
        lent: Mapping[str, str],
        on_statement: Callable[[int, Place, bool], None],
        flagged: bool = True,
    ) -> None:
        self._wanted = wanted
        self._lent = frozenset(lent)
        self._loader = Loader(root, sources, on_statement)
        names = Names(wanted)
        self._search = Search(self._loader.library, names)
        self._survey = Survey(wanted, names)
        self._describer = Describer(self._loader, self._search)
        # Before anything of the submission runs, which could hide from it. A loan changes nothing of its text.
        units = [record.unit for record in self._loader.records]
        self.noticed = flags(units, wanted) if flagged and not lent else ()
        if lent:
            self._loader.lender = Lending(lent, wanted, self._loader.library, self._search)
        # The first is run; all others are asked only for what it lacks.
        self._order = self._survey.ordered(self._loader.records)
        self._found: dict[str, Found] = {}

    def load(self, skip: frozenset[int] = frozenset()) -> Loaded:
        """Runs the definitions; other statements too where they could define what is then still missing."""
        self._loader.skip = skip
        with self._loader.library.active(), quiet():
            for record in self._order[:1]:
                self._loader.define(record)
            self._look()
            for record in self._order[1:]:
                if self._survey.may_define(record.unit.statements, self._missing()):
                    self._loader.define(record)
                    self._look()
            self._run_late(sure=True)
            self._look(stubs=True)
            self._run_late(sure=False)
            self._look_again()
        return self._loaded()

    def rest(self, skip: frozenset[int] = frozenset()) -> Loaded:
        """Runs the statements that were left aside."""
        self._loader.skip = skip
        with self._loader.library.active(), quiet():
            for record in self._order:
                if record.defined:
                    self._loader.finish(record)
            self._found.clear()
            self._look()
            self._look_again()
        return self._loaded()

    def active(self) -> AbstractContextManager[None]:
        """While inside, `run` need not make the submission's modules ready for each job."""
        return self._loader.library.active()

    def run(self, job: Job) -> Reply:
        """Runs a job of the judge on what was found."""
        with self.active():
            return run_job(job, self)

    def close(self) -> None:
        """Takes the sources out of `linecache`."""
        self._loader.library.close()

    def resolve(self, name: str) -> object:
        """What was found for an exercise; raises LookupError where nothing was, or where it is lent."""
        if name not in self._found:
            raise LookupError(f"{name} is not defined")
        return self._found[name].value

    def part(self, name: str) -> object:
        """What stands for an exercise here: what is lent for it, else what was found."""
        if name in self._lent and self._loader.lender is not None:
            return self._loader.lender.part(name)
        return self.resolve(name)

    def is_own(self, file: str) -> bool:
        """Whether a code object that names this file is the submission's."""
        return file in self._loader.index.places

    def is_stub(self, function: object) -> bool:
        """Whether the body of a function or method is still the starter's."""
        stubs = self._loader.index.stubs
        if not stubs:
            return False
        if type(function) is MethodType:
            function = function.__func__
        if type(function) is not FunctionType:
            return False
        code = function.__code__
        return (code.co_filename, code.co_firstlineno, code.co_name) in stubs

    def explain(self, error: BaseException) -> Raised:
        """An exception of the submission in plain data; never raises."""
        return explain(error, self._loader.index, self._loader.unset())

    def _missing(self) -> list[Wanted]:
        return [one for one in self._wanted if one.name not in self._found and one.name not in self._lent]

    def _run_late(self, sure: bool) -> None:
        for record in self._order:
            if self._survey.may_bind(record.pending, self._missing(), sure):
                self._loader.finish(record)
                self._look()

    def _look_again(self) -> None:
        """Takes what is left when nothing better was found: stubs, then near misses."""
        self._look(stubs=True)
        self._look(near=True, stubs=True)

    def _look(self, near: bool = False, stubs: bool = False) -> None:
        """Finds what is still missing in the files that have been run; starters' stubs only when `stubs`."""
        defined = [(record, self._search.kinds(record)) for record in self._order if record.defined]
        for wanted in self._missing():
            for record, kinds in defined:
                found = self._search.find(wanted, record, near, kinds)
                if found is not None and (stubs or not self._is_untouched(found)):
                    self._found[wanted.name] = found
                    break

    def _is_untouched(self, found: Found) -> bool:
        """Whether a function, or every method of a class but its constructor, is a stub."""
        if not isinstance(found.source, type):
            return self.is_stub(found.source)
        functions = {name: plain_function(raw) for name, raw in members(found.source).items()}
        methods = [one for name, one in functions.items() if one is not None and name != "__init__"]
        return bool(methods) and all(self.is_stub(one) for one in methods)

    def _loaded(self) -> Loaded:
        definitions = tuple(self._definition(wanted) for wanted in self._wanted)
        return Loaded(
            definitions,
            (*self.noticed, *self._describer.notes(self._wanted, definitions)),
            tuple(self._describer.failures(self._missing())),
            any(record.pending for record in self._loader.records),
        )

    def _definition(self, wanted: Wanted) -> Definition:
        if wanted.name in self._lent:
            return Definition(wanted.name, why_not="it is lent")
        found = self._found.get(wanted.name)
        return self._describer.found(wanted, found) if found else self._describer.missing(wanted)
