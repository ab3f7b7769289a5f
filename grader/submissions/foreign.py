"""Archives that Python does not read well (RAR, 7z, xz, bzip2), turned into a tar by libarchive behind walls.

``bsdtar`` runs in bubblewrap with the archive as its standard input: it sees no network, no process and no file but
the programs of this machine, and can write nothing but the tar. What comes out is believed no more than any other tar.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, BinaryIO

from grader.errors import SandboxUnavailable
from grader.language import _
from grader.sandbox import seccomp
from grader.submissions.names import shown
from grader.submissions.submission import Refused

SECONDS = 60.0
"""For the whole of one archive."""

KINDS = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)

_KIB_OF_MEMORY = 512 << 10
_WALLS = (
    *(
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--hostname",
        "box",
        "--clearenv",
    ),
    *("--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--ro-bind", "/usr", "/usr"),
    *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--dev", "/dev"),
    *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"),
)
# Whatever libarchive warns of would fill a pipe that nobody reads.
_CONVERT = (
    f"ulimit -v {_KIB_OF_MEMORY}; ulimit -t {SECONDS:.0f}; ulimit -f 0; ulimit -c 0; "
    "exec bsdtar -cf - --format pax @- 2>/dev/null"
)
_NOT_THERE = (125, 126, 127)


@contextmanager
def as_tar(name: str, kind: str, stream: BinaryIO, seconds: float = SECONDS) -> Iterator[IO[bytes]]:
    """The archive in `stream`, called `name` and of that `kind`, as a stream of a tar.

    On leaving without an error it raises Refused where the tar is not all that the archive holds; at the start where
    nothing on this machine reads it. No process is left, however it is left.
    """
    not_here = _("{file} is packed as {kind}, which is not read here; pack your files as .zip.")
    unread = Refused(not_here.format(file=shown(name), kind=kind))
    with ExitStack() as undo:
        source = undo.enter_context(_on_disk(stream))
        process = _started(source)
        if process is None or process.stdout is None or process.stderr is None:
            raise unread
        undo.enter_context(process.stderr)
        undo.enter_context(process.stdout)
        undo.callback(process.wait)
        undo.callback(process.kill)
        late = threading.Event()
        timer = threading.Timer(seconds, _end, (process, late))
        timer.daemon = True
        timer.start()
        undo.callback(timer.cancel)
        try:
            yield process.stdout
            code = process.wait()
        except Exception as error:
            if isinstance(error, Refused) and not late.is_set():
                raise
            # A tar that breaks off; what went before is of no use without the rest.
            process.kill()
            code = process.wait()
        if late.is_set():
            long = _("{file} takes too long to unpack; pack only your own files, as .zip.")
            raise Refused(long.format(file=shown(name)))
        if code in _NOT_THERE or process.stderr.read(5) == b"bwrap":
            raise unread
        if code:
            locked = _(
                "{file} cannot be unpacked as {kind}: it is damaged, or locked with a password; "
                "pack your files as .zip."
            )
            raise Refused(locked.format(file=shown(name), kind=kind))


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """The same bytes in a file that the system knows of, at its beginning."""
    try:
        stream.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            stream.seek(0)
            shutil.copyfileobj(stream, copy)
            copy.flush()
            os.lseek(copy.fileno(), 0, os.SEEK_SET)
            yield copy
    else:
        os.lseek(stream.fileno(), 0, os.SEEK_SET)
        yield stream


def _started(source: IO[bytes]) -> subprocess.Popen[bytes] | None:
    """The converter at work; None where a part of it is not installed, or not to be had on this machine."""
    wrapper, converter = shutil.which("bwrap"), shutil.which("bsdtar")
    if wrapper is None or converter is None:
        return None
    try:
        rules = seccomp.program(seccomp.STARTING, seccomp.here())
    except SandboxUnavailable:
        return None
    reading, writing = os.pipe()
    try:
        with open(writing, "wb") as file:
            file.write(rules)
        return subprocess.Popen(
            [wrapper, *_WALLS, "--seccomp", str(reading), "--", "sh", "-c", _CONVERT],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(reading,),
            env={},
            process_group=0,
        )
    finally:
        os.close(reading)
