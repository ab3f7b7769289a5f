"""The layout of a frame on the line between judge and child, and the child's end of that line; and what the judge and
the warm process that children are forked from say to each other.

``magic 2s | type u8 | seq u32 | header_len u16 | body_len u32``, big endian, then the header and the body.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from enum import IntEnum

MAGIC = b"bg"
LAYOUT = struct.Struct(">2sBIHI")

FATE = struct.Struct(">id")
"""How a box ended, as the warm process tells that it was forked from: its status as by ``wait``, and the seconds of
processor time that it took."""

READY = b"ready"
"""What the warm process says when it is."""

AHEAD = b"ahead"
"""Asks it to read texts before any submission is there; a descriptor of a file with them, as JSON, goes with it."""

MAX_HEADER = 4 * 1024
MAX_LOADED = 256 * 1024


class Kind(IntEnum):
    """What a frame says: requests of the judge, then answers of the child."""

    HARDEN = 1
    LOAD = 2
    REST = 3
    JOBS = 4
    IMPORT = 5
    FILES = 6
    READY = 11
    PROGRESS = 12
    LOADED = 13
    RESULT = 14
    NOTED = 15


@dataclass(frozen=True)
class Frame:
    """One message. `seq` of an answer is its request's; the answers to JOBS count on from there."""

    kind: Kind
    seq: int
    header: bytes = b""
    body: bytes = b""

    def packed(self) -> bytes:
        prefix = LAYOUT.pack(MAGIC, self.kind, self.seq, len(self.header), len(self.body))
        return prefix + self.header + self.body


class Channel:
    """The child's end: it trusts what it reads, and waits as long as it takes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def receive(self) -> Frame | None:
        """The next request, None when the judge has gone."""
        prefix = self._read(LAYOUT.size)
        if prefix is None:
            return None
        _, kind, seq, header, body = LAYOUT.unpack(prefix)
        rest = self._read(header + body)
        return None if rest is None else Frame(Kind(kind), seq, rest[:header], rest[header:])

    def send(self, frame: Frame) -> None:
        left = memoryview(frame.packed())
        while left:
            left = left[os.write(self._descriptor, left) :]

    def _read(self, size: int) -> bytes | None:
        data = bytearray()
        while len(data) < size:
            piece = os.read(self._descriptor, min(size - len(data), 1 << 20))
            if not piece:
                return None
            data += piece
        return bytes(data)
