"""Small attacks by which a box shows that it holds, before any student's code is let into one.

An attack is the body of a function that is run in the box. It returns 0 when the attack went through, else the number
of the error that it met.
"""

from __future__ import annotations

import os
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.box.program import Cell, Job, Reply, Source, Step, Value, Wanted
from grader.errors import SandboxUnavailable

from .base import Limits, Sandbox
from .session import Answer, Session

PRELUDE = """
import ctypes, errno, mmap, os, signal, socket, struct, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)

def made(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "call")
    return result

def started(count):
    done = threading.Event()
    threading.stack_size(1 << 16)
    try:
        for _ in range(count):
            threading.Thread(target=done.wait).start()
    except RuntimeError:
        raise OSError(errno.EAGAIN, "threads") from None
    finally:
        done.set()
        threading.stack_size(0)
"""

CANARIES: Mapping[str, str] = {
    "read_file": "open(FILE).read()",
    "list_folder": "os.listdir(FOLDER)",
    "write_file": "open(FILE, 'a')",
    "make_file": "open(FOLDER + '/made', 'w')",
    "delete_file": "os.unlink(FOLDER + '/doomed')",
    "truncate_file": "os.truncate(FILE, 0)",
    "truncate_by_reading": "os.open(FILE, os.O_RDONLY | os.O_TRUNC)",
    "change_times": "os.utime(FILE, (0, 0))",
    "read_environment_of_judge": "open(f'/proc/{JUDGE}/environ', 'rb').read()",
    "signal_judge": "os.kill(JUDGE, signal.SIGCONT)",
    "fork": "os.fork() or os._exit(0)",
    "run_program": "subprocess.run(['/usr/bin/true'])",
    "trace_me": "made(libc.ptrace(0, 0, 0, 0))",
    "socket_inet": "socket.socket(socket.AF_INET)",
    "socket_unix": "socket.socket(socket.AF_UNIX)",
    "memory_file": "os.memfd_create('x')",
    "shared_memory_file": "name = f'/dev/shm/grader-{JUDGE}'; open(name, 'w'); os.unlink(name)",
    "allocate": "mmap.mmap(-1, 2 << 30)",
    "open_files": "files = [open('/dev/null') for _ in range(300)]",
    "threads": "started(200)",
}


@dataclass(frozen=True)
class Attack:
    """Functions to run in a box, and the constants that they know."""

    bodies: Mapping[str, str]
    constants: Mapping[str, object]

    @property
    def source(self) -> Source:
        constants = [f"{name} = {value!r}" for name, value in self.constants.items()]
        functions = [_function(name, body) for name, body in self.bodies.items()]
        return Source("attack.py", (Cell("\n".join([PRELUDE, *constants, *functions])),))

    def outcomes(self, sandbox: Sandbox, limits: Limits) -> dict[str, Answer]:
        """What became of each, all in one box, or after a death in the next. Raises SandboxUnavailable."""
        wanted = tuple(Wanted(name, "function") for name in self.bodies)
        found: dict[str, Answer] = {}
        with Session(sandbox, {}, (self.source,), wanted, limits) as session:
            while left := [name for name in self.bodies if name not in found]:
                jobs = [Job((Step("error", ["call", ["exercise", name]]),)) for name in left]
                answers = zip(left, session.observe(jobs), strict=True)
                found |= {name: answer for name, answer in answers if answer is not None}
        return found


def errors_met(answer: Answer) -> int:
    """The number of the error that stopped an attack, 0 where none did, or nothing can be told."""
    if isinstance(answer, Reply):
        outcome = answer.outcomes["error"]
        if isinstance(outcome, Value) and isinstance(outcome.value, np.ndarray) and outcome.value.shape == ():
            return int(outcome.value)
    return 0


def prove(sandbox: Sandbox) -> None:
    """Raises SandboxUnavailable unless every attack fails in a box of this sandbox."""
    with _bait() as folder:
        constants = {"FOLDER": str(folder), "FILE": str(folder / "file"), "JUDGE": os.getpid()}
        answers = Attack(CANARIES, constants).outcomes(sandbox, Limits())
    through = [name for name, answer in answers.items() if errors_met(answer) <= 0]
    if through:
        raise SandboxUnavailable(f"boxes do not hold here, as these attacks show: {', '.join(through)}")


@contextmanager
def _bait() -> Iterator[Path]:
    """A folder that is closed to nobody, so that only walls can keep a box from it."""
    with tempfile.TemporaryDirectory(prefix="grader-") as name:
        folder = Path(name)
        for file in ("file", "doomed"):
            (folder / file).write_text("bait", encoding="ascii")
            (folder / file).chmod(0o666)
        folder.chmod(0o777)
        yield folder


def _function(name: str, body: str) -> str:
    return f"""
def {name}():
    try:
{textwrap.indent(body, " " * 8)}
    except MemoryError:
        return errno.ENOMEM
    except OSError as error:
        return error.errno
    return 0
"""
