"""Archives and notebooks for tests, honest and forged."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `files`; a name that ends with ``/`` is a folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return stream.getvalue()


def zip_named(raw: bytes, data: bytes = b"x = 1\n") -> bytes:
    """A zip of one member whose name is the bytes `raw`, of no declared encoding."""
    stand_in = "n" * len(raw)
    return zipped({stand_in: data}, zipfile.ZIP_STORED).replace(stand_in.encode(), raw)


def zip_in(encoding: str, files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`, stored, whose names are in an encoding that it does not declare."""
    names = {
        f"{number:05d}".ljust(len(name.encode(encoding)), "n"): name for number, name in enumerate(files)
    }
    data = zipped({stand_in: files[name] for stand_in, name in names.items()}, zipfile.ZIP_STORED)
    for stand_in, name in names.items():
        data = data.replace(stand_in.encode(), name.encode(encoding))
    return data


def zip_of_mode(mode: int, name: str = "layers.py", data: bytes = b"/etc/passwd") -> bytes:
    """A zip of one member with the Unix file type `mode`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        packed.writestr(info, data)
    return stream.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """The zip `data`, of one member, with `flag` set in both of its headers."""
    forged = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        forged[data.index(magic) + offset] |= flag
    return bytes(forged)


def with_size(data: bytes, size: int) -> bytes:
    """The zip `data`, of one member, that says in both headers that the member has `size` bytes."""
    forged = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(magic) + offset
        forged[start : start + 4] = size.to_bytes(4, "little")
    return bytes(forged)


def tarred(files: Mapping[str, bytes], kinds: Mapping[str, bytes] | None = None, mode: str = "w:gz") -> bytes:
    """A tar.gz of `files`; `kinds` gives members (added last) that are no files."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as packed:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
        for name, kind in (kinds or {}).items():
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            packed.addfile(info)
    return stream.getvalue()


def pax_bomb(size: int) -> bytes:
    """A tar.gz whose extended header is `size` bytes of zeros."""
    info = tarfile.TarInfo("x")
    info.type = tarfile.XHDTYPE
    info.size = size
    return gzip.compress(info.tobuf() + bytes(size), compresslevel=1)


def notebook(*cells: Any, **others: Any) -> str:
    """An nbformat 4 notebook of code cells (text) and whole cells (dicts)."""
    whole = [cell if isinstance(cell, dict) else code(cell) for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": whole, **others})


def code(source: Any) -> dict[str, Any]:
    """A code cell with that source."""
    return {"cell_type": "code", "source": source, "outputs": [], "metadata": {}, "execution_count": None}


def xlsx(*rows: Sequence[object], sheets: Sequence[str] = ("Sheet",), formats: str = "") -> bytes:
    """A workbook with `rows` on the last of its sheets; `formats` is the number format of the first column."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title in sheets:
        sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
        if formats:
            sheet.cell(sheet.max_row, 1).number_format = formats
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rar(files: Mapping[str | bytes, bytes], flags: int = 0) -> bytes:
    """A RAR (version 4) of `files`, stored; `flags` are set on every member."""
    blocks = [b"Rar!\x1a\x07\x00", _rar_block(0x73, 0, bytes(6))]
    for name, data in files.items():
        raw = name if isinstance(name, bytes) else name.encode()
        sizes = struct.pack("<II", len(data), len(data))
        about = struct.pack("<BIIBBHI", 3, zlib.crc32(data), 0, 20, 0x30, len(raw), 0o100644)
        blocks += [_rar_block(0x74, 0x8000 | flags, sizes + about + raw), data]
    return b"".join([*blocks, _rar_block(0x7B, 0x4000, b"")])


def _rar_block(kind: int, flags: int, rest: bytes) -> bytes:
    block = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(block) & 0xFFFF) + block
