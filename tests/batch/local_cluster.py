"""``python -m tests.batch.local_cluster N``: a Dask cluster of so many worker processes on this machine.

It prints the scheduler's address and its own process's number, and ends when its standard input does.
"""

from __future__ import annotations

import os
import sys

from distributed import LocalCluster


def main(workers: int) -> None:
    """Runs the cluster."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=60,
    ) as cluster:
        print(cluster.scheduler_address, os.getpid(), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
