"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a Unix socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
NOBODY = "65534"
USER = "grader"
# What is lost in a crash of the machine is no loss here, and waiting for the disk would be slow.
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def cluster() -> Iterator[str]:
    """Starts a cluster and stops it at the end; gives the URL of its server, to which a database's name is added."""
    folder = Path(tempfile.mkdtemp(prefix="grader-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        if os.geteuid() == 0:
            os.chown(folder, int(NOBODY), int(NOBODY))
        data = folder / "data"
        _run(
            "initdb",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            f"--username={USER}",
            "-D",
            data,
        )
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        started = ("start", "-D", data, "-w", "-l", folder / "log", "-o", f"{options} -k {folder}")
        _run("pg_ctl", *started)
        try:
            yield f"postgresql://{USER}@/{{name}}?host={folder}"
        finally:
            _run("pg_ctl", "stop", "-D", data, "-m", "immediate", "-w")
    finally:
        shutil.rmtree(folder)


def _run(program: str, *arguments: str | Path) -> None:
    """Runs one of PostgreSQL's programs, which refuse to work for root."""
    newest = max(PROGRAMS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    walls = (
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    )
    ended = subprocess.run(
        [*walls, newest, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
    )
    assert ended.returncode == 0, f"{program}: {ended.stdout}{ended.stderr}"
