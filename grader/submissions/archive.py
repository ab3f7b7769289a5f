"""The one way out of an archive: zip, tar.gz and what can be turned into a tar, into memory, within limits.

Every member goes through `unpack`, whatever the format. It believes no header: sizes are counted while
reading, names are checked, links and devices are left out. What is wrong becomes `Refused`, a sentence.
"""

from __future__ import annotations

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from stat import S_IFDIR, S_IFLNK, S_IFMT, S_IFREG
from typing import IO, BinaryIO, Literal, cast

from grader.language import N_, _
from grader.submissions.names import clean, decode_name, folded, is_archive, passed_over, presentable, shown
from grader.submissions.submission import LIMITS, Budget, Contents, File, Refused

Kind = Literal["file", "folder", "link", "special", "left"]
"""``left`` is what tools leave behind: it is listed, and never read."""

# What zipfile, tarfile and gzip are known to raise on bytes that are no archive or a forged one.
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(ArithmeticError, LookupError, RuntimeError, TypeError, AttributeError),
)
_LOCKED = 0x2041  # encrypted, strongly encrypted, encrypted directory
_CHUNK = 1 << 16
_TOO_MANY = N_("{file} holds far too many files; pack only your own.")


class Damaged(Refused):
    """An archive that is cut off, garbled or forged."""


@dataclass(frozen=True)
class Member:
    """What an archive says it holds; `name` is as it stands there, `open` raises anything, `barred` is a sentence
    about why it is not read."""

    name: str
    kind: Kind
    size: int
    open: Callable[[], IO[bytes]]
    barred: str = ""


def unpack_bytes(name: str, data: bytes, budget: Budget) -> Contents:
    """The files of the archive `name` of a student. Raises Refused."""
    if data.count(b"PK\x01\x02") > LIMITS.scanned:
        raise Refused(_(_TOO_MANY).format(file=shown(name)))
    return unpack(name, members(name, BytesIO(data)), budget, packed=len(data))


def unpack(name: str, found: Iterator[Member], budget: Budget, packed: int | None = None) -> Contents:
    """The files among the members `found` of the archive `name`, which is `packed` bytes long.

    Raises Refused: too many, too large, locked, damaged, or names that are not those of a student's own work.
    """
    shelf = _Shelf(shown(name))
    links: list[str] = []
    large: list[str] = []
    inflated = 0
    with mending(name):
        for number, member in enumerate(found, 1):
            if number > LIMITS.scanned:
                raise Refused(_(_TOO_MANY).format(file=shown(name)))
            if passed_over(member.name) or member.kind == "folder":
                continue
            path = shelf.place(member.name)
            budget.count(shown(name))
            if member.kind != "file":
                links.append(path)
            elif member.size > size_limit(path):
                large.append(path)
            else:
                if member.barred:
                    raise Refused(_(member.barred).format(file=shown(name)))
                data = _read(member, name, budget)
                inflated += len(data)
                if packed is not None and inflated > max(LIMITS.one, LIMITS.ratio * packed):
                    larger = _("{file} unpacks to far more than its size; pack only your own files.")
                    raise Refused(larger.format(file=shown(name)))
                shelf.files.append(File(path, data))
    return Contents(tuple(shelf.files), tuple(links), tuple(large))


def size_limit(path: str) -> int:
    """How many bytes of the file `path` are read."""
    return LIMITS.archive if is_archive(path) else LIMITS.one


def _read(member: Member, name: str, budget: Budget) -> bytes:
    pieces = []
    size = 0
    with member.open() as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            budget.take(len(piece), shown(name))
            if size > member.size:
                raise Damaged(_damaged(name))
            pieces.append(piece)
    if size != member.size:
        raise Damaged(_damaged(name))
    return b"".join(pieces)


class _Shelf:
    """Where unpacked files are put: no two in one place, on any file system."""

    def __init__(self, archive: str) -> None:
        self.files: list[File] = []
        self._archive = archive
        self._taken: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def place(self, raw: str) -> str:
        """The checked path of the member `raw`. Raises Refused."""
        try:
            path = clean(raw)
        except ValueError as reason:
            odd = _("{file} holds {name}, {reason}; pack only your own files, by plain names.")
            raise Refused(odd.format(file=self._archive, name=shown(raw), reason=reason)) from None
        parts = path.split("/")
        above = ["/".join(parts[:end]) for end in range(1, len(parts))]
        other = self._taken.get(folded(path)) or self._folders.get(folded(path))
        other = other or next((self._taken[folded(f)] for f in above if folded(f) in self._taken), None)
        if other is not None:
            alike = _(
                "{file} holds both {one} and {other}, which many computers cannot tell apart; "
                "give them different names."
            )
            raise Refused(alike.format(file=self._archive, one=shown(other), other=shown(path)))
        self._taken[folded(path)] = path
        self._folders.update((folded(folder), folder) for folder in above)
        return path


@contextmanager
def mending(name: str) -> Iterator[None]:
    """Turns what parsers raise on a broken archive into Damaged."""
    try:
        yield
    except _BROKEN as error:
        raise Damaged(_damaged(name)) from error


def _damaged(name: str) -> str:
    damaged = _("{file} is damaged, cut off or no archive; pack it again and see that it opens.")
    return damaged.format(file=shown(name))


def members(name: str, stream: BinaryIO, inflated: int = LIMITS.inflated) -> Iterator[Member]:
    """What the archive in `stream` says it holds. A member is read before the next one is asked for.

    Raises Refused for what is none that is read here, and anything else where it is broken.
    """
    head = stream.read(512)
    stream.seek(0)
    if not head:
        raise Refused(_("{file} is empty (0 bytes); pack your files again.").format(file=shown(name)))
    # Late, because the programs behind it cannot even be asked for where students check themselves.
    from grader.submissions.foreign import KINDS, as_tar

    if kind := next((kind for magic, kind in KINDS if head.startswith(magic)), ""):
        with as_tar(name, kind, stream) as tar:
            yield from _tar_members(_Flow(cast("BinaryIO", tar), name, inflated))
    elif head.startswith(b"\x1f\x8b"):
        yield from _tar_members(_Flow(gzip.GzipFile(fileobj=stream), name, inflated))
    elif head[257:262] == b"ustar":
        yield from _tar_members(_Flow(stream, name, inflated))
    else:
        yield from _zip_members(stream)


def _zip_members(stream: BinaryIO) -> Iterator[Member]:
    with zipfile.ZipFile(stream) as packed:
        for info in packed.infolist():
            barred = ""
            if info.flag_bits & _LOCKED:
                barred = N_("{file} is locked with a password; pack your files again without one.")
            elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                barred = N_(
                    "{file} is packed by a method that is not read here; pack your files as an ordinary .zip."
                )
            name = _zip_name(info)
            yield Member(name, _zip_kind(info, name), info.file_size, partial(packed.open, info), barred)


def _zip_name(info: zipfile.ZipInfo) -> str:
    # orig_filename: filename is cut at the first NUL. Without flag 11 zipfile takes every name for CP437.
    utf8 = info.flag_bits & 0x800
    return info.orig_filename if utf8 else decode_name(info.orig_filename.encode("cp437"))


def _zip_kind(info: zipfile.ZipInfo, name: str) -> Kind:
    mode = S_IFMT(info.external_attr >> 16)
    if mode == S_IFLNK:
        return "link"
    if mode == S_IFDIR or name.endswith(("/", "\\")):
        return "folder"
    return "file" if mode in (0, S_IFREG) else "special"


def _tar_members(flow: _Flow) -> Iterator[Member]:
    with tarfile.open(fileobj=cast("IO[bytes]", flow), mode="r:") as packed:
        for info in packed:
            opener = cast("Callable[[], IO[bytes]]", partial(packed.extractfile, info))
            yield Member(presentable(info.name), _tar_kind(info), info.size, opener)
    # tarfile takes a garbled header for the end, and gzip compares its checksum at the very end only.
    while rest := flow.read(_CHUNK):
        if rest.strip(b"\0"):
            raise tarfile.ReadError("more after the end")


def _tar_kind(info: tarfile.TarInfo) -> Kind:
    if info.isdir():
        return "folder"
    if info.issym() or info.islnk():
        return "link"
    return "file" if info.isreg() and not info.issparse() else "special"


class _Flow:
    """A stream that only goes forward, and not for ever.

    tarfile reads a header of any size that the archive names into memory, and passes over members of any
    size: one read is held to the size of a file, all of them to `inflated` bytes.
    """

    def __init__(self, stream: BinaryIO | gzip.GzipFile, name: str, inflated: int) -> None:
        self._stream = stream
        self._name = name
        self._left = inflated
        self._position = 0

    def read(self, size: int) -> bytes:
        if size > LIMITS.one:
            raise Damaged(_damaged(self._name))
        data = self._stream.read(size)
        self._position += len(data)
        self._left -= len(data)
        if self._left < 0:
            much = _("{file} unpacks to far too much; pack only your own files.")
            raise Refused(much.format(file=shown(self._name)))
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> int:
        if position < self._position:
            raise tarfile.ReadError("a member before the last one")
        while self._position < position and self.read(min(_CHUNK, position - self._position)):
            pass
        return self._position
