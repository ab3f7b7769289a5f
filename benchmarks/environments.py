"""The other graders, each in a virtual environment of its own below `benchmarks/.peers`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.running import environment

_PEERS = Path(__file__).with_name(".peers")


@dataclass(frozen=True)
class Peer:
    """A grader, the versions that it is measured in, and the packages whose versions are told beside it."""

    name: str
    pins: Sequence[str]
    told: Sequence[str]

    @property
    def folder(self) -> Path:
        """Other pins, or another Python, are another environment."""
        mark = sha256(" ".join([sys.version, *self.all_pins]).encode()).hexdigest()[:8]
        return _PEERS / f"{self.name}-{mark}"

    @property
    def all_pins(self) -> list[str]:
        """With numpy in the version that our own boxes import."""
        return [*self.pins, f"numpy=={version('numpy')}"]

    def environment(self, *, one_thread: bool = False) -> Mapping[str, str]:
        """As in an environment that is activated: nbgrader calls others by their bare names."""
        own = environment(one_thread=one_thread)
        del own["PYTHONPATH"]
        return own | {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def installed(self) -> dict[str, str]:
        """Installs it where it is not yet there; the versions to be told."""
        ready = self.folder / ".ready"
        if not ready.exists():
            print(f"Setting up {self.name} in {self.folder}", file=sys.stderr, flush=True)
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.folder)], check=True)
            pip = [self.program("python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
            subprocess.run([*pip, *self.all_pins], check=True)
            ready.touch()
        code = "import json, sys; from importlib.metadata import version; "
        code += "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
        told = subprocess.run(
            [self.program("python"), "-c", code, *self.told], check=True, capture_output=True, text=True
        )
        found: dict[str, str] = json.loads(told.stdout)
        return found


NBGRADER = Peer(
    "nbgrader",
    ("nbgrader==0.9.6", "ipykernel==7.4.0"),
    ("nbgrader", "nbconvert", "nbclient", "ipykernel", "numpy"),
)
OTTER = Peer(
    "otter-grader",
    ("otter-grader==7.0.0", "ipykernel==7.4.0"),
    ("otter-grader", "nbconvert", "ipykernel", "numpy"),
)
