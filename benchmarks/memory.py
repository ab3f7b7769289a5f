"""How large the processes of a running command become: the judge's own, and its workers'."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# Seconds between two looks. VmHWM is a peak that the kernel keeps, so only growth after the last look is missed.
# To look takes a millisecond from whoever uses all cores.
_PAUSE = 0.2

# A process that begins looks like its parent until it becomes its program; after this many looks it is what it is.
_LOOKS = 3

# What student code runs in, and what it runs behind.
_BOXES = ("bwrap", "grader_box", "grader/box", "unshare")


@dataclass
class Peaks:
    """Largest resident sizes in bytes: of the process that was started, and of each worker that it started."""

    main: int = 0
    of_workers: dict[int, int] = field(default_factory=dict)

    @property
    def worker(self) -> int:
        """That of the largest worker, 0 where there is none."""
        return max(self.of_workers.values(), default=0)


@contextmanager
def watched(pid: int, memory: bool = True, *, below: bool = False) -> Iterator[Peaks]:
    """Looks at a process, or at its first child where `below` says so, until the block ends."""
    peaks = Peaks()
    if not memory:
        yield peaks
        return
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, below, peaks, ended), daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


def _watch(pid: int, below: bool, peaks: Peaks, ended: threading.Event) -> None:
    seen: Counter[int] = Counter()
    while not ended.wait(_PAUSE):
        try:
            main = _children(pid)[0] if below else pid
            peaks.main = max(peaks.main, _peak(main))
        except (OSError, IndexError):
            continue
        for worker in _workers(main):
            seen[worker] += 1
            if seen[worker] >= _LOOKS:
                peaks.of_workers[worker] = max(peaks.of_workers.get(worker, 0), _peak_or_none(worker))


def _workers(pid: int) -> Iterator[int]:
    """The processes below one, but for boxes."""
    for child in _children(pid):
        if not _is_box(child):
            yield child
            yield from _workers(child)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, thread.read_text("ascii").split())
        except OSError:
            continue
    return found


def _is_box(pid: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return True
    return any(sign in words for sign in _BOXES)


def _peak_or_none(pid: int) -> int:
    try:
        return _peak(pid)
    except OSError:
        return 0


def _peak(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
