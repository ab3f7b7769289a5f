"""`python -m benchmarks [NAME...]` measures, prints, and writes `results.md`; exits 1 where a promise is broken."""

from __future__ import annotations

import argparse
import functools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping

from benchmarks import (
    check_meter,
    check_time,
    diagnosis,
    grading_again,
    import_time,
    peers,
    profiling,
    scaling,
)
from benchmarks.figures import Section, write


def _programs(full: bool) -> Mapping[str, Callable[[], Section]]:
    return {
        "meter": check_meter.measured,
        "import": import_time.measured,
        "check": check_time.measured,
        "diagnosis": diagnosis.measured,
        "again": grading_again.measured,
        "peers": peers.measured,
        "scaling": functools.partial(scaling.measured, full),
        "profile": profiling.measured,
    }


def main() -> int:
    """Runs what is named, or everything."""
    known = ", ".join(_programs(False))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {known} (default: all)")
    parser.add_argument("--full", action="store_true", help="the largest class too; takes long")
    options = parser.parse_args()
    programs = _programs(options.full)
    if unknown := [name for name in options.names if name not in programs]:
        parser.error(f"there is no {', '.join(unknown)}: {known}")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        # Nothing is removed before the end, because who is measured next would pay for it: see README.md.
        tempfile.tempdir = folder
        kept = [_is_kept(name, programs[name]) for name in options.names or programs]
    return 0 if all(kept) else 1


def _is_kept(name: str, measured: Callable[[], Section]) -> bool:
    """Measures, prints and writes; tells whether all promises are kept."""
    started = time.monotonic()
    try:
        section = measured()
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # The others can still be measured.
        print(f"{name} could not be measured: {error}", file=sys.stderr, flush=True)
        return False
    write(section)
    print(f"{section.told()}\n\n({name} took {time.monotonic() - started:.0f} s)\n", flush=True)
    return section.kept


if __name__ == "__main__":
    sys.exit(main())
