"""`python -m benchmarks [NAME...]` measures, prints, and writes `results.md`; exits 1 where a promise is broken."""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks import (
    check_meter,
    check_time,
    diagnosis,
    grading_again,
    import_time,
    peers,
    profiling,
)
from benchmarks.figures import write

_ALL = {
    "meter": check_meter.measured,
    "import": import_time.measured,
    "check": check_time.measured,
    "diagnosis": diagnosis.measured,
    "again": grading_again.measured,
    "peers": peers.measured,
    "profile": profiling.measured,
}


def main() -> int:
    """Runs what is named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_ALL))
    names = parser.parse_args().names or [*_ALL]
    if unknown := [name for name in names if name not in _ALL]:
        parser.error(f"there is no {', '.join(unknown)}")
    kept = True
    for name in names:
        started = time.monotonic()
        section = _ALL[name]()
        write(section)
        print(f"{section.told()}\n\n({name} took {time.monotonic() - started:.0f} s)\n", flush=True)
        kept &= section.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
