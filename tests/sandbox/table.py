"""The table of docs/security.md: every probe without a sandbox and in each of them, as root and as an ordinary user.

Run as root: ``python -m tests.sandbox.table`` prints it, with ``--write`` it goes into the page.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np

from grader.sandbox.choose import TIERS

from .probes import PROBES
from .surroundings import inside, without_sandbox

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- probes: begin -->", "<!-- probes: end -->"

_ORDINARY = 12345


def in_every_tier() -> dict[str, dict[str, int]]:
    """By tier and probe the error met, 0 for none, as the user that this process has."""
    return {name: inside(make(()), PROBES) for name, make in TIERS.items()}


def as_ordinary_user() -> dict[str, dict[str, int]]:
    """The same as a user without any privilege, with the system's Python and a venv outside of root's home."""
    with _installed() as (python, folder):
        done = subprocess.run(
            [python, "-m", "tests.sandbox.table", "--json"],
            cwd=folder,
            env={"PATH": os.environ["PATH"]},
            user=_ORDINARY,
            group=_ORDINARY,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def table(columns: Mapping[str, Mapping[str, int]]) -> str:
    """Markdown: a row for each probe with what stopped it, and the number of those that went through."""
    rows = [["family", "probe", *columns], ["---"] * (2 + len(columns))]
    for name in sorted(PROBES, key=lambda name: PROBES[name].family):
        cells = [_cell(column[name]) for column in columns.values()]
        rows.append([PROBES[name].family, f"`{name}`", *cells])
    open_ = [f"**{sum(error == 0 for error in column.values())}**" for column in columns.values()]
    rows.append(["", f"**open, of {len(PROBES)}**", *open_])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def with_table(page: str, text: str) -> str:
    """The page with this table in place of its own."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}"


def _cell(error: int) -> str:
    return errno.errorcode[error] if error else "**open**"


@contextmanager
def _installed() -> Iterator[tuple[str, str]]:
    """A copy of the package, and of what it needs, that anybody can read and run."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory(prefix="ordinary-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        subprocess.run([_systems_python(version), "-m", "venv", "--without-pip", folder / "venv"], check=True)
        packages = folder / "venv" / "lib" / f"python{version}" / "site-packages"
        for package in (np, msgspec):
            path = Path(str(package.__file__)).parent
            for part in (path, *path.parent.glob(f"{path.name}.libs")):
                shutil.copytree(part, packages / part.name)
        root = Path(__file__).parents[2]
        for part in (root / "grader", root / "tests" / "sandbox", root / "solutions" / "layers"):
            copy = folder / "checkout" / part.relative_to(root)
            shutil.copytree(part, copy, ignore=shutil.ignore_patterns("__pycache__"))
        yield str(folder / "venv" / "bin" / "python"), str(folder / "checkout")


def _systems_python(version: str) -> str:
    found = shutil.which(f"python{version}", path="/usr/bin:/usr/local/bin")
    if found is None:
        raise RuntimeError(f"there is no python{version} that an ordinary user could run")
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox.table", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only this user's sandboxes, for programs")
    parser.add_argument("--write", action="store_true", help="write the table into docs/security.md")
    options = parser.parse_args()
    if options.json:
        print(json.dumps(in_every_tier()))
        return
    columns = {"no sandbox, root": without_sandbox(PROBES)}
    columns |= {f"{name}, root": found for name, found in in_every_tier().items()}
    columns |= {f"{name}, user": found for name, found in as_ordinary_user().items()}
    text = table(columns)
    print(text)
    if options.write:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main()
