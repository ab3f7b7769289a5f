"""Whether the meter sees everything: a second of processor time is burnt in processes that end in several ways.

Fails when the method that is used here counts less than 97 % of it, or more than 15 % above it: the programs in
which it is burnt have a cost of their own.
"""

from __future__ import annotations

import shutil
import sys

from benchmarks import meter
from benchmarks.figures import Promise, Section, table

BURNT = 1.0
LEAST, MOST = 0.97, 1.15

# Ends by itself when it has burnt; the last words are for parents that wait for that.
_BURN = f"""
import os, signal, sys, time
def burn(said):
    while time.process_time() < {BURNT}: pass
    os.write(said, b"x")
    time.sleep(60)
"""

_CHILD = f"import time\nwhile time.process_time() < {BURNT}: pass"

_GRANDCHILD_KILLED = f"""{_BURN}
reading, writing = os.pipe()
if not os.fork():
    child = os.fork()
    if not child: burn(writing)
    os.read(reading, 1)
    os.kill(child, signal.SIGKILL)
    os._exit(0)
os.wait()
"""

_LEFT_BEHIND = f"""{_BURN}
reading, writing = os.pipe()
if not os.fork():
    if not os.fork(): burn(writing)
    os._exit(0)
os.wait()
os.read(reading, 1)
"""

_NOT_WAITED_FOR = f"""{_BURN}
reading, writing = os.pipe()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
child = os.fork()
if not child: burn(writing)
os.read(reading, 1)
os.kill(child, signal.SIGKILL)
"""

# The first process of a namespace is killed, and with it the kernel ends the one that has burnt.
_IN_NAMESPACE = f"""{_BURN}
import json, subprocess
reading, writing = os.pipe()
told, tell = os.pipe()
inside = [sys.executable, "-c", sys.argv[1], str(writing)]
walls = ["--unshare-pid", "--unshare-user", "--dev-bind", "/", "/", "--proc", "/proc", "--as-pid-1"]
command = ["bwrap", *walls, "--info-fd", str(tell), "--", *inside]
boxed = subprocess.Popen(command, pass_fds=(tell, writing))
os.read(reading, 1)
os.kill(json.loads(os.read(told, 4096))["child-pid"], signal.SIGKILL)
boxed.wait()
"""

_INSIDE = f"""{_BURN}
if not os.fork(): burn(int(sys.argv[1]))
time.sleep(60)
"""

_ENDS = {
    "in the program itself": [_CHILD],
    "in a grandchild that is killed, and that its parent leaves behind": [_GRANDCHILD_KILLED],
    "in a grandchild that outlives the program": [_LEFT_BEHIND],
    "in a killed child of a parent that ignores its children's ends": [_NOT_WAITED_FOR],
}
_BOXED = "in a box of bubblewrap that is killed with all that is in it"


def measured() -> Section:
    """Each way to end by each method; the promise is about the one in use."""
    ends = _ENDS | ({_BOXED: [_IN_NAMESPACE, _INSIDE]} if shutil.which("bwrap") else {})
    grouped = meter.counts_groups()
    ways = {True: "a cgroup", False: "a subreaper"} if grouped else {False: "a subreaper"}
    rows, counted = [], []
    for where, code in ends.items():
        command = [sys.executable, "-I", "-S", "-c", *code]
        seen = {group: meter.cost(command, group=group).cpu for group in ways}
        rows.append([where, *(f"{seconds:.3f}" for seconds in seen.values())])
        counted.append(seen[grouped])
    head = [f"{BURNT:g} s of CPU burnt", *(f"s counted by {way}" for way in ways.values())]
    text = f"All that is told below is counted by {ways[grouped]}.\n\n{table(head, rows)}"
    promises = [
        Promise(f"of {BURNT:g} s the least that is counted", min(counted), LEAST, least=True),
        Promise(f"of {BURNT:g} s the most that is counted", max(counted), MOST),
    ]
    return Section("The meter", text, promises)
