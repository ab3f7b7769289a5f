"""What code in a bubblewrap box tries in vain. Each probe returns the number of the error that it met, 0 for none."""

from __future__ import annotations

import ctypes
import errno
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader
from grader.sandbox.session import Session

from .helpers import call, session, value

PRELUDE = """
import ctypes, errno, mmap, os, resource, signal, socket, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)

def made(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "call")
"""

# The body of each probe, and the errors of which it has to meet one.
PROBES = {
    "read_passwd": ("open('/etc/passwd')", {errno.ENOENT}),
    "read_package": ("open(PACKAGE + '/grading.py')", {errno.ENOENT}),
    "list_checkout": ("os.listdir(CHECKOUT + '/solutions')", {errno.ENOENT}),
    "list_home": ("os.listdir('/home')", {errno.ENOENT}),
    "list_var": ("os.listdir('/var')", {errno.ENOENT}),
    "fork": ("os.fork()", {errno.EPERM}),
    "fork_by_vfork": ("made(libc.vfork())", {errno.EPERM}),
    "run_program": ("subprocess.run(['/usr/bin/true'])", {errno.EPERM}),
    "exec": ("os.execv('/usr/bin/true', ['true'])", {errno.EPERM}),
    "socket_inet": ("socket.socket(socket.AF_INET)", {errno.EACCES}),
    "socket_inet6": ("socket.socket(socket.AF_INET6)", {errno.EACCES}),
    "socket_unix": ("socket.socket(socket.AF_UNIX)", {errno.EACCES}),
    "socket_netlink": ("socket.socket(socket.AF_NETLINK)", {errno.EACCES}),
    "socket_pair": ("socket.socketpair()", {errno.EACCES}),
    "kill_init": ("os.kill(1, signal.SIGKILL)", {errno.EPERM}),
    "kill_all": ("os.kill(-1, signal.SIGKILL)", {errno.EPERM}),
    "signal_self": ("signal.raise_signal(signal.SIGUSR1)", {errno.EPERM}),
    "ptrace": ("made(libc.ptrace(0, 0, 0, 0))", {errno.EPERM}),
    "unshare": ("made(libc.unshare(0x10000000))", {errno.EPERM}),
    "mount": ("made(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))", {errno.EPERM}),
    "memfd": ("os.memfd_create('x')", {errno.ENOSYS}),
    "shared_memory": ("made(libc.shmget(0, 4096, 0o1600))", {errno.ENOSYS}),
    "lock_file": ("made(libc.flock(os.open(sys.executable, os.O_RDONLY), 1))", {errno.ENOSYS}),
    "lock_range": (
        "import fcntl; fcntl.lockf(os.open(sys.executable, os.O_RDONLY), fcntl.LOCK_SH)",
        {errno.ENOSYS},
    ),
    "watch_files": ("made(libc.inotify_init())", {errno.ENOSYS}),
    "chmod": ("os.chmod('/tmp', 0o777)", {errno.ENOSYS}),
    "push_terminal": (
        "import fcntl; fcntl.ioctl(os.open('/dev/null', os.O_RDWR), 0x5412, b'x')",
        {errno.EPERM},
    ),
    "write_numpy": ("import numpy; open(numpy.__file__, 'a')", {errno.EROFS, errno.EACCES}),
    "write_submission": ("open('/sub/new.py', 'w')", {errno.EROFS}),
    "write_judge": ("open('/judge/grader_box/main.py', 'a')", {errno.EROFS}),
    "write_usr": ("open('/usr/x', 'w')", {errno.EROFS}),
    "write_root": ("open('/x', 'w')", {errno.EROFS}),
    "write_shm": ("open('/dev/shm/x', 'w')", {errno.EROFS}),
    "write_kernel": ("open('/proc/sys/kernel/core_pattern', 'w')", {errno.EROFS}),
    "write_score": ("open('/proc/1/oom_score_adj', 'w')", {errno.EROFS}),
    "fill_tmp": (
        "for n in range(9): open(f'/tmp/{n}', 'wb').write(bytes(4 << 20))",
        {errno.ENOSPC},
    ),
    "large_file": ("open('/tmp/large', 'wb').truncate(17 << 20)", {errno.EFBIG}),
    "many_files": ("files = [open('/dev/null') for _ in range(300)]", {errno.EMFILE}),
    "more_memory": ("made(libc.setrlimit(9, (ctypes.c_ulong * 2)(1 << 40, 1 << 40)))", {errno.EPERM}),
    "allocate": ("import numpy; numpy.ones(1 << 28)", {errno.ENOMEM}),
    "map_memory": ("mmap.mmap(-1, 2 << 30)", {errno.ENOMEM}),
}

# What must work: code that only breaks because of the walls would be judged wrongly.
ALLOWED = {
    "threads": "t = threading.Thread(target=list); t.start(); t.join()",
    "temporary_file": "import tempfile; tempfile.TemporaryFile().write(b'x')",
    "read_beside": "assert open('data.txt').read() == 'hello'",
    "linear_algebra": "import numpy as np; a = np.ones((300, 300)); np.linalg.svd(a @ a)",
    "random": "import random, secrets; secrets.token_bytes(4); random.random()",
    "time": "import time; time.sleep(.001); time.strftime('%c')",
    "pool": "from concurrent.futures import ThreadPoolExecutor as P; list(P(2).map(abs, [1, 2]))",
    "standard_library": "import asyncio, csv, json, logging, sqlite3, unittest, zipfile",
}


def probe(name: str, body: str) -> str:
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


CODE = "\n".join(
    [
        PRELUDE,
        f"PACKAGE = {str(Path(grader.__file__).parent)!r}",
        f"CHECKOUT = {str(Path(grader.__file__).parents[1])!r}",
        *(probe(name, body) for name, (body, _) in PROBES.items()),
        *(probe(name, body) for name, body in ALLOWED.items()),
        "def processes(): return sorted(int(n) for n in os.listdir('/proc') if n.isdigit())",
        "def descriptors(): return sorted(map(int, os.listdir('/proc/self/fd')))",
        "def environment(): print(sorted(os.environ)); return len(os.environ)",
        "def own_number(): return os.getpid()",
        "def user(): return [os.getuid(), os.getgid(), os.getppid()]",
        "def paths(): return sum('judge' in path for path in sys.path)",
        "def standard_input(): return len(sys.stdin.read())",
        "def hashes(): return hash('text') % 1000003",
    ]
)
FACTS = ["processes", "descriptors", "environment", "own_number", "user", "paths", "standard_input", "hashes"]


def opened(*names: str) -> Iterator[Session]:
    with session(CODE, *names, files={"data.txt": b"hello"}) as made:
        assert made.load().failures == ()
        yield made


@pytest.fixture(scope="module")
def tried() -> Iterator[Session]:
    """A box in which the probes leave what they can."""
    yield from opened(*PROBES)


@pytest.fixture(scope="module")
def box() -> Iterator[Session]:
    yield from opened(*ALLOWED, *FACTS)


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_fails(tried: Session, name: str) -> None:
    (answer,) = tried.observe([call(name)])
    assert int(value(answer)) in PROBES[name][1]


@pytest.mark.parametrize("name", ALLOWED)
def test_honest_code_works(box: Session, name: str) -> None:
    (answer,) = box.observe([call(name)])
    assert int(value(answer)) == 0


def fact(box: Session, name: str) -> list[int]:
    (answer,) = box.observe([call(name)])
    found = value(answer)
    return [int(part) for part in found] if isinstance(found, tuple) else [int(found)]


def test_a_box_sees_no_other_process(box: Session) -> None:
    processes = fact(box, "processes")
    assert len(processes) == 2
    assert set(processes) == {1, *fact(box, "own_number")}


def test_a_box_has_its_line_and_nothing_else(box: Session) -> None:
    # Standard streams, the line, and the folder that is being listed.
    assert len(fact(box, "descriptors")) == 5


def test_a_box_is_nobody(box: Session) -> None:
    assert fact(box, "user")[:2] == [65534, 65534]


def test_a_box_does_not_have_the_judges_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    with session(CODE, "environment") as other:
        fact(other, "environment")
        assert "HOME" in other.output
        assert "SECRET" not in other.output


def test_the_judges_modules_are_not_on_the_path(box: Session) -> None:
    assert fact(box, "paths") == [0]


def test_standard_input_is_empty(box: Session) -> None:
    assert fact(box, "standard_input") == [0]


def test_every_box_hashes_alike(box: Session) -> None:
    with session(CODE, "hashes") as other:
        assert fact(other, "hashes") == fact(box, "hashes")


def test_the_judge_is_hidden_from_its_user(box: Session) -> None:
    box.observe([])
    assert sys.platform == "linux"
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0
