"""A box that is a process: the requests of a session as frames, and every way in which the process can end."""

from __future__ import annotations

import functools
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil

from grader.box.codec import Load, encode_files, encode_jobs, encode_load, encode_modules, encode_skip
from grader.box.flags import IDS
from grader.box.frames import Frame, Kind
from grader.box.limits import Files, Hardening
from grader.box.program import Job, Loaded, Note, Place, Reply
from grader.errors import SandboxUnavailable
from grader.language import _

from .base import Deadline, Died, Setup
from .child import Child
from .line import Closed, Flooded, Late
from .wire import Violation, cap_of, read_loaded, read_progress, read_reply

# Seconds for what is not the submission's: a start, the import of large libraries from a slow disk, and the end of a
# child that has hung up.
_START = 30.0
_IMPORT = 120.0
_HUNG_UP = 2.0

_THREADS = 64

# As many of a submission's statements are told of before they are run.
_STATEMENTS = 5


class StartFailed(Exception):
    """A child did not get as far as to meet a submission; the text is what it printed."""


# Bytes of an answer that is kept, and how many of them are, in case another submission gives the same.
_SHORT = 8192
_RECALLED = 1024
_REQUESTS = 8


@functools.lru_cache(_REQUESTS)
def _request(jobs: tuple[Job, ...]) -> tuple[bytes, Sequence[int]]:
    """The body of a request, and how many bytes of arrays each answer may have: alike for most of a class."""
    caps = [cap_of(job) for job in jobs]
    return encode_jobs(jobs, caps), caps


@functools.lru_cache(_RECALLED)
def _recalled(job: Job, header: bytes, body: bytes) -> Reply:
    """The reply that an answer is: the same object for the same bytes, which nobody can write into."""
    return replace(read_reply(Frame(Kind.RESULT, 0, header, body), job), kept=True)


@dataclass(frozen=True)
class GivenUp:
    """What the child does beside taking on its limits, before it meets a submission: it becomes another user, and
    keeps what Landlock leaves of the file system, and a seccomp filter of the system calls. `others` are the threads
    that count against its limit and are not its own. Where it is `furnished` by itself, it writes the submission's
    files."""

    program: bytes = b""
    user: int | None = None
    visible: Files | None = None
    others: int = 0
    furnished: bool = False


def processor_seconds(setup: Setup) -> int:
    """The processor time at which the kernel ends a box, as handed in and with what is lent: of no use to one whose
    wall clock is not tricked."""
    return ceil(2 * setup.limits.total + (_IMPORT if setup.modules else 0)) + 1


class ProcessBox:
    """Speaks to a child that runs `grader.box.main`. It ends the child before it raises Died."""

    def __init__(self, child: Child, setup: Setup, given_up: GivenUp) -> None:
        self._child = child
        self._setup = setup
        self._seq = 0
        # Of the answer that is waited for.
        self._deadline = Deadline.within(_START)
        self._statement: tuple[int, Place] | None = None
        self._noticed: tuple[Note, ...] = ()
        self._start(given_up)

    @property
    def output(self) -> str:
        return self._child.output.text

    def load(self, skip: frozenset[int], lent: Mapping[str, str], until: Deadline) -> Loaded:
        body = encode_load(Load(self._setup.sources, self._setup.wanted, lent, skip))
        return self._loading(Kind.LOAD, body, until)

    def rest(self, skip: frozenset[int], until: Deadline) -> Loaded:
        return self._loading(Kind.REST, encode_skip(skip), until)

    def run(self, jobs: Sequence[Job], until: Deadline) -> Iterator[Reply]:
        body, caps = _request(tuple(jobs))
        with self._told():
            for number, (job, cap) in enumerate(zip(jobs, caps, strict=True)):
                if not self._child.line.has_answer:
                    self._deadline = min(until, Deadline.within(self._setup.limits.seconds(job)))
                self._seq += 1
                if number == 0:
                    self._send(Kind.JOBS, body)
                answer = self._answer(Kind.RESULT, cap, more=len(jobs) - number - 1)
                short = len(answer.body) <= _SHORT
                yield _recalled(job, answer.header, answer.body) if short else read_reply(answer, job)

    def close(self) -> None:
        self._child.end()

    def _start(self, given_up: GivenUp) -> None:
        """Hands over the limits, and waits until the child has taken them on and imported what is asked for.

        Raises StartFailed.
        """
        limits, modules = self._setup.limits, self._setup.modules
        hardening = Hardening(
            memory=limits.memory,
            cpu=processor_seconds(self._setup),
            threads=given_up.others + _THREADS,
            user=given_up.user,
            visible=given_up.visible,
        )
        try:
            if given_up.furnished:
                self._send(Kind.FILES, encode_files(self._setup.files))
            self._send(Kind.HARDEN, given_up.program, hardening.packed())
            self._answer(Kind.READY)
            if modules:
                self._deadline = Deadline.within(_IMPORT)
                self._seq += 1
                self._send(Kind.IMPORT, encode_modules(modules))
                self._answer(Kind.READY)
        except Late:
            self._child.end()
            raise StartFailed(f"{self.output}\n{self._deadline.message}") from None
        except (Closed, Flooded, Violation):
            self._child.end()
            raise StartFailed(self.output) from None
        except BaseException:
            self._child.end()
            raise

    def _loading(self, kind: Kind, body: bytes, until: Deadline) -> Loaded:
        self._deadline = min(until, Deadline.within(self._setup.limits.load))
        self._statement = None
        self._seq += 1
        with self._told():
            self._send(kind, body)
            if kind is Kind.LOAD:
                self._noticed = read_loaded(self._answer(Kind.NOTED)).notes
            loaded = read_loaded(self._answer(Kind.LOADED, more=_STATEMENTS))
        self._statement = None
        # Flags count as they were raised before the submission's first statement ran.
        notes = [note for note in loaded.notes if note.id not in IDS]
        return replace(loaded, notes=(*self._noticed, *notes))

    def _send(self, kind: Kind, body: bytes, header: bytes = b"") -> None:
        self._child.line.send(Frame(kind, self._seq, header, body), self._deadline)

    def _answer(self, kind: Kind, cap: int = 0, *, more: int = 0) -> Frame:
        """The answer that is due, after any word of progress."""
        line = self._child.line
        while (frame := line.receive(self._seq, self._deadline, cap, more=more)).kind is Kind.PROGRESS:
            statement = read_progress(frame)
            # While jobs run, a statement is only reached through them: skipping it would not help.
            if kind is Kind.LOADED:
                self._statement = statement
        if frame.kind is not kind:
            raise Violation("another kind of answer")
        return frame

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns every end of the child into Died."""
        try:
            yield
        except Late:
            died = self._deadline.passed()
        except Violation as violation:
            strange = _("did not keep to the protocol of the grader ({violation})")
            died = Died("violation", strange.format(violation=violation))
        except Flooded:
            died = self._flooded()
        except Closed:
            died = self._post_mortem()
        else:
            return
        self._child.end()
        died.statement = self._statement
        raise died

    def _flooded(self) -> Died:
        much = _("printed more than {size:g} MiB").format(size=self._setup.limits.flood / (1 << 20))
        return Died("crashed", much)

    def _post_mortem(self) -> Died:
        """Why the child has hung up. Raises SandboxUnavailable where it was not its own doing."""
        try:
            code = self._child.process.wait(_HUNG_UP)
            if self._child.is_orphan():
                raise SandboxUnavailable("the process that boxes are forked from came to a sudden end")
            self._child.output.pump()
        except subprocess.TimeoutExpired:
            return Died("violation", _("closed its line to the grader"))
        except Flooded:
            return self._flooded()
        # bubblewrap reports a signal as the shell does.
        number = code - 128 if code > 128 else max(0, -code)
        if number not in signal.valid_signals():
            return Died("crashed", _("ended the process (exit code {code})").format(code=code))
        if number == signal.SIGXCPU:
            return Died("timed_out", _("used up its processor time"))
        name = (signal.strsignal(number) or "unknown").lower()
        crashed = _("crashed the process (signal {number}, {name})").format(number=number, name=name)
        return Died("crashed", crashed)
