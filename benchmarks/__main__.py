"""`python -m benchmarks [NAME...]` measures, prints, and writes `results.md`; exits 1 where a promise is broken."""

from __future__ import annotations

import argparse
import functools
import subprocess
import sys
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
    kept = True
    for name in options.names or programs:
        started = time.monotonic()
        try:
            section = programs[name]()
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            # The others can still be measured.
            print(f"{name} could not be measured: {error}", file=sys.stderr, flush=True)
            kept = False
            continue
        write(section)
        print(f"{section.told()}\n\n({name} took {time.monotonic() - started:.0f} s)\n", flush=True)
        kept &= section.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
