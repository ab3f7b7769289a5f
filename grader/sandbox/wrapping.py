"""What bubblewrap is told: namespaces, environment, and the files that can be seen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from . import runtime

ROOT = "/sub"
"""Where a submission's files are in a box."""

PACKAGE = "/judge/grader_box"
"""Where the package that runs beside them is."""

TO_GIVE_UP = ("CAP_DAC_READ_SEARCH", "CAP_SETGID", "CAP_SETUID")
"""The capabilities with which root becomes somebody else."""

TO_WALL_IN = (*TO_GIVE_UP, "CAP_SYS_ADMIN")
"""The same, and the one with which it puts up walls for others before that."""

_NUMBERS = (2, 6, 7, 21)

_BYTES_OF_TMP = str(16 << 20)


def is_root() -> bool:
    """Whether this is a root who can do without a namespace of users.

    In such a namespace a box of root's would stay root to the kernel, which then counts no threads.
    """
    return os.geteuid() == 0 and runtime.has_capabilities(*_NUMBERS)


def namespaces(of_root: Iterable[str], *, nested: bool = False) -> Iterator[str]:
    """Namespaces of its own. Root's child has the capabilities `of_root`, and loses them with its user.

    With `nested` an ordinary user's child can make more of them, until it gives up the capabilities for that.
    """
    yield from ("--new-session", "--hostname", "box", "--cap-drop", "ALL")
    if is_root():
        for kind in ("ipc", "pid", "net", "uts", "cgroup-try"):
            yield f"--unshare-{kind}"
        for capability in of_root:
            yield from ("--cap-add", capability)
    else:
        nobody = str(runtime.NOBODY)
        yield from ("--unshare-all", "--unshare-user", "--uid", nobody, "--gid", nobody)
        yield from ("--cap-add", "ALL") if nested else ("--disable-userns",)


def walls(folders: Sequence[Path], submission: Path | None) -> Iterator[str]:
    """Environment and files: without a submission an empty folder is there for one, and /proc can be mounted again.

    What lies below /tmp is bound after that is made anew.
    """
    yield "--clearenv"
    for name, value in runtime.environment().items():
        yield from ("--setenv", name, value)
    yield from ("--ro-bind", "/usr", "/usr")
    yield from ("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64")
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from ("--perms", "1777", "--size", _BYTES_OF_TMP, "--tmpfs", "/tmp")
    for folder in folders:
        # Where the folders above are closed to others, bubblewrap would close them here too.
        for above in [*folder.parents][-2::-1]:
            yield from ("--perms", "0755", "--dir", str(above))
        yield from ("--ro-bind", str(folder), str(folder))
    # Made on the way to what is bound, it would be closed to all but root.
    yield from ("--perms", "0755", "--dir", str(Path(PACKAGE).parent))
    yield from ("--ro-bind", str(runtime.package()), PACKAGE)
    if submission is None:
        yield from ("--perms", "0755", "--dir", ROOT)
    else:
        yield from ("--ro-bind", str(submission), ROOT)
    # Nothing in there needs to be written to, and / would be memory without a limit.
    for path in ("/proc", "/dev", "/"):
        yield from ("--remount-ro", path)
    yield from ("--chdir", ROOT)
