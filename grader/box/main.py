"""The child process: gives up what it may not have, then loads a submission and answers the judge until it is gone."""

from __future__ import annotations

import gc
import importlib
import sys
import warnings

from .codec import (
    decode_files,
    decode_jobs,
    decode_load,
    decode_modules,
    decode_skip,
    encode_loaded,
    encode_progress,
    encode_reply,
)
from .frames import Channel, Frame, Kind
from .host import Host
from .limits import Hardening, harden
from .program import Loaded, Place
from .walls import furnish


def main(descriptor: int, root: str) -> None:
    """Serves the judge on a socket, about a submission whose files lie below `root`, or are sent to be put there."""
    sys.argv = [""]
    channel = Channel(descriptor)
    first = channel.receive()
    if first is not None and first.kind is Kind.FILES:
        furnish(root, decode_files(first.body))
        first = channel.receive()
    if first is None:
        return
    harden(Hardening.unpacked(first.header), first.body)
    # A line at a time: what a killed process has printed is not lost, whatever its encoding.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    channel.send(Frame(Kind.READY, first.seq))
    Service(channel, root).run()


class Service:
    """Answers requests about the submission below `root`."""

    def __init__(self, channel: Channel, root: str) -> None:
        self._channel = channel
        self._root = root
        self._seq = 0
        self._host: Host | None = None

    def run(self) -> None:
        """Answers until the judge has gone."""
        while (frame := self._channel.receive()) is not None:
            self._seq = frame.seq
            if frame.kind is Kind.IMPORT:
                self._import(frame.body)
            elif frame.kind is Kind.LOAD:
                self._load(frame.body)
            elif frame.kind is Kind.REST:
                self._rest(frame.body)
            elif frame.kind is Kind.JOBS:
                self._jobs(frame.body)
            else:
                raise ValueError(f"no request: {frame.kind!r}")

    def close(self) -> None:
        """Forgets the submission."""
        if self._host is not None:
            self._host.close()
            self._host = None

    def _import(self, body: bytes) -> None:
        # What a library warns of is not the submission's to answer for.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in decode_modules(body):
                importlib.import_module(name)
        self._send(Kind.READY)

    def _load(self, body: bytes) -> None:
        load = decode_load(body)
        self.close()
        self._host = Host(self._root, load.sources, load.wanted, load.lent, self._progress)
        # Thousands of nodes, none of which is ever garbage: no collection need look at them.
        gc.freeze()
        # What the text shows is told before any of it can run, and take it back.
        self._send(Kind.NOTED, body=encode_loaded(Loaded((), self._host.noticed)))
        self._send(Kind.LOADED, body=encode_loaded(self._host.load(load.skip)))

    def _rest(self, body: bytes) -> None:
        self._send(Kind.LOADED, body=encode_loaded(self._loaded.rest(decode_skip(body))))

    def _jobs(self, body: bytes) -> None:
        host = self._loaded
        with host.active():
            for job, cap in decode_jobs(body):
                header, data = encode_reply(host.run(job), job, cap)
                self._send(Kind.RESULT, header, data)
                self._seq += 1

    @property
    def _loaded(self) -> Host:
        if self._host is None:
            raise ValueError("nothing has been loaded")
        return self._host

    def _progress(self, ordinal: int, place: Place, passing: bool) -> None:
        if not passing:
            self._send(Kind.PROGRESS, encode_progress(ordinal, place))

    def _send(self, kind: Kind, header: bytes = b"", body: bytes = b"") -> None:
        _flush()
        self._channel.send(Frame(kind, self._seq, header, body))


def _flush() -> None:
    """Hands over what was printed. The student's code may have closed or replaced the streams."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue
