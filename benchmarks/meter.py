"""What a command costs, with every process that it starts: also those that are killed, or that nobody waits for.

A group of processes of its own (cgroup v2) is asked where one can be made: the kernel counts in it whatever runs,
however it ends. Elsewhere `reaper.py` becomes the parent of whatever is left behind. It does not see what ends together
with a namespace of processes, as bubblewrap's boxes do: `check_meter.py` tells.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.memory import Peaks, watched

# Seconds for the end of a group that has been killed.
_END = 10.0

_REAPER = (sys.executable, "-I", "-S", str(Path(__file__).with_name("reaper.py")))

# Enters a group and becomes the command there: what the shell has used until then is counted outside.
_ENTER = ("sh", "-c", 'echo 0 > "$0" && exec "$@"')


@dataclass(frozen=True)
class Cost:
    """Processor and wall time in seconds; `peaks` are the largest sizes of memory."""

    cpu: float
    wall: float
    peaks: Peaks = field(default_factory=Peaks)


@dataclass(frozen=True)
class _Work:
    """A command, and where it runs. What it says goes to the descriptor `said`."""

    command: Sequence[str]
    folder: Path | None
    environment: Mapping[str, str] | None
    memory: bool
    said: int

    def started(self, before: Sequence[str], *passed: int) -> subprocess.Popen[bytes]:
        """The command behind another one, which starts it."""
        return subprocess.Popen(
            [*before, *self.command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.said,
            stderr=self.said,
            pass_fds=passed,
        )


def counts_groups() -> bool:
    """Whether processor time is counted by a group; else it is by `reaper.py`."""
    return _home() is not None


def cost(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    memory: bool = False,
    group: bool | None = None,
) -> Cost:
    """Runs a command to its end, kills what it leaves behind, and tells what it all has cost.

    With `memory` the sizes of its processes are looked at too. `group` chooses how to count, by default the best way.
    Raises ChildProcessError, with what the command said, where it fails.
    """
    run = _in_group if (counts_groups() if group is None else group) else _reaped
    with tempfile.TemporaryFile() as said:
        work = _Work(command, folder, environment, memory, said.fileno())
        started = time.perf_counter()
        code, cpu, peaks = run(work)
        wall = time.perf_counter() - started
        if code:
            said.seek(0)
            text = said.read().decode(errors="replace")[-4000:]
            raise ChildProcessError(f"{' '.join(command)} ended with {code}:\n{text}")
    return Cost(cpu, wall, peaks)


def _in_group(work: _Work) -> tuple[int, float, Peaks]:
    home = _home()
    if home is None:
        raise OSError("no group can be made here")
    with _group(home) as group:
        process = work.started([*_ENTER, str(group / "cgroup.procs")])
        with watched(process.pid, work.memory) as peaks:
            code = process.wait()
        _empty(group)
        return code, _used(group), peaks


def _reaped(work: _Work) -> tuple[int, float, Peaks]:
    reading, writing = os.pipe()
    with open(reading, encoding="ascii") as pipe:
        process = work.started([*_REAPER, str(writing)], writing)
        os.close(writing)
        with watched(process.pid, work.memory, below=True) as peaks:
            told = json.loads(pipe.read() or '{"code": 1, "cpu": 0}')
            process.wait()
    return int(told["code"]), float(told["cpu"]), peaks


def _empty(group: Path) -> None:
    """Kills what is left in a group, and waits until the kernel has counted it."""
    (group / "cgroup.kill").write_text("1", "ascii")
    until = time.monotonic() + _END
    while "populated 1" in (group / "cgroup.events").read_text("ascii"):
        if time.monotonic() > until:
            raise ChildProcessError(f"processes in {group} do not end")
        time.sleep(0.005)


def _used(group: Path) -> float:
    lines = (group / "cpu.stat").read_text("ascii").splitlines()
    return int(dict(line.split() for line in lines)["usage_usec"]) / 1e6


@contextmanager
def _group(home: Path) -> Iterator[Path]:
    group = Path(tempfile.mkdtemp(prefix="bench-", dir=home))
    try:
        yield group
    finally:
        with suppress(OSError):
            _empty(group)
        group.rmdir()


@functools.cache
def _home() -> Path | None:
    """The group of this process, where groups can be made in it, entered and asked."""
    own = [line[3:] for line in _lines("/proc/self/cgroup") if line.startswith("0::")]
    mounts = [words[1] for words in map(str.split, _lines("/proc/mounts")) if words[2] == "cgroup2"]
    if not own or not mounts:
        return None
    home = Path(mounts[0] + own[0])
    try:
        with _group(home) as group:
            command = [*_ENTER, str(group / "cgroup.procs"), "true"]
            entered = subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
            _empty(group)
            return home if entered.returncode == 0 and _used(group) > 0 else None
    except (OSError, KeyError):
        return None


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []
