"""What every box that is a process needs of this machine: a Python, the package that runs in it, an environment."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import grader.box
from grader.errors import SandboxUnavailable

# Whom a box runs as, user and group, where the judge is root.
NOBODY = 65534

# Numbers that Debian keeps free of users.
_RESERVED = range(65000, 65534)

_PR_SET_DUMPABLE = 4

# Isolated as by -I, but for PYTHONHASHSEED: the environment is ours alone, and sets must be ordered alike every time.
_FLAGS = ("-P", "-s", "-B", "-c")
_BOOTSTRAP = """
import os, sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("grader_box", sys.argv[1] + "/__init__.py")
sys.modules["grader_box"] = package = module_from_spec(spec)
spec.loader.exec_module(package)
from grader_box.main import main
"""
# Without taking the interpreter down piece by piece, which nobody waits for, and may still call a submission's code.
_FRESH = """
main(int(sys.argv[3]), sys.argv[2])
os._exit(0)
"""
_WARM = """
from grader_box.zygote import LINE, serve
root = serve(int(sys.argv[4]), sys.argv[2].split(), sys.argv[3] == "walled")
if root is not None:
    main(LINE, root)
    os._exit(0)
"""


def command(package: str, root: str) -> tuple[str, ...]:
    """Starts the child where its package and the submission are found at these paths; the number of the line's
    descriptor has to follow."""
    return (sys.executable, *_FLAGS, _BOOTSTRAP + _FRESH, package, root)


def command_of_zygote(package: str, modules: Sequence[str], *, walled: bool) -> tuple[str, ...]:
    """Starts a process that imports `modules` and forks boxes; the number of its line's descriptor has to follow."""
    walls = "walled" if walled else "open"
    return (sys.executable, *_FLAGS, _BOOTSTRAP + _WARM, package, " ".join(modules), walls)


def environment() -> dict[str, str]:
    """All variables that a box has."""
    found = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "HOME": "/tmp", "PYTHONHASHSEED": "0"}
    for library in ("OPENBLAS", "OMP", "MKL"):
        found[f"{library}_NUM_THREADS"] = "1"
    # PyTorch's optimizers ask for the name of a folder for caches, and would try to write where nothing can be written.
    found["TORCHINDUCTOR_CACHE_DIR"] = "/tmp"
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        # A Python of its own finds its library by the cache of /etc, which is not there.
        found["LD_LIBRARY_PATH"] = str(sysconfig.get_config_var("LIBDIR"))
    return found


def runtime() -> list[Path]:
    """The folders that this Python needs, but for /usr. Raises SandboxUnavailable where that is everything."""
    executable = Path(sys.executable).resolve()
    folders = dict.fromkeys([Path(sys.prefix), Path(sys.base_prefix), executable.parents[1]])
    if Path("/") in folders:
        raise SandboxUnavailable("this Python is installed at /, which cannot be shown to submissions")
    return [folder for folder in folders if not folder.is_relative_to("/usr")]


def package() -> Path:
    """The folder of what runs beside a submission."""
    return Path(grader.box.__file__).resolve().parent


def keep_apart(visible: Sequence[Path], protected: Sequence[Path]) -> None:
    """Raises SandboxUnavailable where a protected path lies below a folder that submissions can read."""
    for folder in visible:
        for path in protected:
            if path.resolve().is_relative_to(folder.resolve()):
                raise SandboxUnavailable(
                    f"{path} lies below {folder}, which submissions can read: move it elsewhere"
                )


def somebody() -> int:
    """A user, and group, that boxes of other judges on this machine hardly have: the kernel counts threads by users,
    and boxes that run at the same time are to take none from each other."""
    return _RESERVED[os.getpid() % len(_RESERVED)]


def group() -> int | None:
    """The group that a submission's files must be readable for, besides this user."""
    return NOBODY if os.geteuid() == 0 else None


def has_capabilities(*numbers: int) -> bool:
    """Whether this process has all of these."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"^CapEff:\s*(\w+)$", status, re.MULTILINE)
    capabilities = int(found[1], 16) if found else 0
    return all(capabilities >> number & 1 for number in numbers)


@functools.cache
def hide_judge() -> None:
    """Closes this process's memory and descriptors to others of the same user."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
