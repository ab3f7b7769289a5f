"""Run in an interpreter of its own: takes away what Windows, Pyodide and JupyterLite do not have, then checks.

Arguments: folders, each with the key of one assignment, a right module `right.py` and a starter `starter.py`. Prints a
line of JSON for each.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import sys
import threading
from pathlib import Path

MODULES = """
    _posixsubprocess _posixshmem _multiprocessing subprocess multiprocessing resource fcntl pwd grp termios pty tty
    syslog IPython ipykernel concurrent.futures.process
    """
GONE = frozenset(MODULES.split())
NO_ATTRIBUTES = {
    os: """fork forkpty posix_spawn posix_spawnp spawnv getuid geteuid getgid chown lchown killpg setsid O_NOFOLLOW
    O_DIRECTORY sched_getaffinity wait waitpid memfd_create""",
    signal: "SIGALRM SIGXCPU SIGKILL setitimer alarm pthread_sigmask",
}
ALLOWED = {"numpy", "click", "grader", "__main__"}


class Bare:
    """Finds nothing but the standard library of such a platform, numpy and click."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        top = name.partition(".")[0]
        # Windows has parts of the standard library under names of its own; what is imported here is none of these.
        if name in GONE or top in GONE or top not in sys.stdlib_module_names | ALLOWED:
            raise ModuleNotFoundError(f"not on this platform: {name}", name=name)


def refused(*_: object, **__: object) -> None:
    raise RuntimeError("can't start new thread")


def take_away() -> None:
    for name in [name for name in sys.modules if name in GONE or name.partition(".")[0] in GONE]:
        del sys.modules[name]
    sys.meta_path.insert(0, Bare())
    for module, names in NO_ATTRIBUTES.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    for owner, name in (
        (_thread, "start_new_thread"),
        (threading.Thread, "start"),
        (threading, "_start_new_thread"),
    ):
        setattr(owner, name, refused)


def checked(folder: str) -> dict[str, object]:
    """What the command and the notebook make of a folder."""
    os.chdir(folder)
    from grader.cli import run

    codes = [run(["check", name]) for name in ("right.py", "starter.py")]
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(Path("right.py").read_text("utf-8"), "right.py", "exec"), names)
    exec("import grader\nresult = grader.check_all()", names)
    result = names["result"]
    return {"codes": codes, "passed": bool(result), "shown": repr(result)[:60]}


def main() -> None:
    take_away()
    for folder in sys.argv[1:]:
        found = checked(folder)
        print("found " + json.dumps(found))
    assert not {name.partition(".")[0] for name in sys.modules} & {
        "scipy",
        "msgspec",
        "pandas",
        "jinja2",
        "rich",
    }


if __name__ == "__main__":
    main()
