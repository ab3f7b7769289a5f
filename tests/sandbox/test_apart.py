"""Two submissions of one sandbox have nothing in common, whatever the first of them leaves behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox.base import Limits, Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.landlock import Landlock

from .helpers import SANDBOXES, call, session, value

# What honest code could meet of another submission, each fact as a text.
FACTS = """
import builtins, gc, glob, locale, os, resource, signal, sys, threading, warnings
import numpy as np

def facts():
    for name, look in {
        "files": lambda: sorted(glob.glob("/tmp/*") + glob.glob("/dev/shm/*") + os.listdir(".")),
        "folder": os.getcwd,
        "environment": lambda: sorted(os.environ.items()),
        "threads": threading.active_count,
        "descriptors": lambda: sum(not _closed(n) for n in range(256)),
        "handlers": lambda: [str(signal.getsignal(n)) for n in (2, 10, 12, 14, 15)],
        "waiting": lambda: sorted(signal.sigpending() | signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "timers": lambda: [signal.getitimer(n) for n in (0, 1, 2)],
        "mask": lambda: _umask(),
        "modules": lambda: sorted(set(sys.modules) & {"left", "m2"}),
        "numpy": lambda: [np.allclose(1, 2), float(np.exp(0)), np.geterr(), np.get_printoptions()["precision"]],
        "built in": lambda: [abs(-1), sorted(n for n in vars(builtins) if "left" in n)],
        "depth": sys.getrecursionlimit,
        "hooks": lambda: [str(sys.excepthook is sys.__excepthook__), gc.isenabled(), len(gc.callbacks)],
        # Where boxes are one user's, the number of threads is too: docs/security.md tells.
        "limits": lambda: [resource.getrlimit(n) for n in range(10) if n != resource.RLIMIT_NPROC],
        "path": lambda: list(sys.path),
        "memory": lambda: _left_in_memory(),
        "priority": lambda: os.sched_getscheduler(0),
    }.items():
        print(name, look())

def _closed(number):
    try:
        os.fstat(number)
    except OSError:
        return True

def _umask():
    before = os.umask(0o22)
    os.umask(before)
    return before

def _left_in_memory():
    return sum(type(one).__name__ == "Left" for one in gc.get_objects())
"""

LEFT = """
import builtins, gc, mmap, os, resource, signal, sys, threading, time, types
import numpy as np

class Left: pass

def leave():
    keep = sys.modules["left"] = types.ModuleType("left")
    keep.objects = [Left() for _ in range(100)]
    keep.maps = [mmap.mmap(-1, 1 << 20) for _ in range(20)]
    keep.descriptors = [os.open("/dev/null", os.O_RDONLY) for _ in range(20)] + list(os.pipe())
    keep.semaphores = [threading.Semaphore(0) for _ in range(20)]
    for number in (10, 12, 14, 15):
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, [12, 14])
    signal.setitimer(signal.ITIMER_REAL, 500, 1)
    for _ in range(5):
        threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)], daemon=True).start()
    os.umask(0o777)
    os.environ["LEFT"] = "here"
    sys.path.insert(0, "/tmp")
    sys.setrecursionlimit(5000)
    sys.excepthook = print
    gc.callbacks.append(lambda *_: None)
    gc.disable()
    np.allclose = lambda *_: True
    np.exp = lambda _: 7.0
    np.seterr(all="raise")
    np.set_printoptions(precision=2)
    np.random.seed(1)
    builtins.abs = lambda _: 3
    builtins.left = 1
    os.chdir("/")
    try:
        for number in range(50):
            open(f"/tmp/left{number}", "wb").write(b"x" * 100000)
    except OSError:
        return 0
    return 1
"""

DRAWN = "import random\nimport numpy as np\ndef drawn(): return [np.random.random(), random.random()]\n"


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    make: Callable[[], Sandbox] = request.param
    made = make()
    yield made
    made.close()


def seen(sandbox: Sandbox) -> str:
    """All facts, as a submission meets them."""
    with session(FACTS, "facts", sandbox=sandbox) as asked:
        assert value(asked.observe([call("facts")])[0]) is None
        assert "priority" in asked.output
        # Where Landlock is used, every submission lies in a folder of another name.
        return "\n".join(line for line in asked.output.splitlines() if not line.startswith("folder /tmp"))


def test_what_one_leaves_changes_nothing_for_the_next(sandbox: Sandbox) -> None:
    before = seen(sandbox)
    with session(LEFT, "leave", sandbox=sandbox) as asked:
        left = value(asked.observe([call("leave")])[0])
        assert bool(left) == (sandbox.name == "bubblewrap")
        # Neither beside it nor after it.
        assert seen(sandbox) == before
    assert seen(sandbox) == before


def children(process: int) -> list[int]:
    """The processes that a process with one thread has started."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_no_two_draw_the_same_numbers(sandbox: Sandbox) -> None:
    drawn = set()
    for _ in range(3):
        with session(DRAWN, "drawn", sandbox=sandbox) as asked:
            drawn |= {float(one) for one in value(asked.observe([call("drawn")])[0])}
    assert len(drawn) == 6


@pytest.mark.parametrize("make", [Bubblewrap, Landlock])
def test_a_warm_process_that_is_lost_is_started_again(make: Callable[[], Bubblewrap | Landlock]) -> None:
    made = make()
    for _ in range(2):
        with session("def f(): return 5", "f", sandbox=made) as asked:
            assert value(asked.observe([call("f")])[0]) == 5
        made.close()
    with session("def f(): return 5", "f", sandbox=made, limits=Limits(call=20.0)) as asked:
        asked.load()
        assert made._zygotes is not None
        (zygote,) = made._zygotes._warm.values()
        own = zygote._launched.process.pid
        # Behind bubblewrap it is the first process inside.
        os.kill(next(iter(children(own))) if made.name == "bubblewrap" else own, signal.SIGKILL)
        zygote._launched.process.wait()
        # That is no crash of the submission, which may still answer before it hears of it.
        with pytest.raises(SandboxUnavailable, match="sudden end"):
            all(asked.observe([call("f")]) for _ in iter(int, 1))
    with session("def f(): return 5", "f", sandbox=made) as asked:
        assert value(asked.observe([call("f")])[0]) == 5
    made.close()
