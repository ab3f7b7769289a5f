from __future__ import annotations

import stat
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions.archive import Damaged, Member, unpack_bytes
from grader.submissions.archive import unpack as unpack_members
from grader.submissions.submission import LIMITS, MIB, Budget, Contents, Refused
from tests.submissions.making import pax_bomb, tarred, with_flag, with_size, zip_named, zip_of_mode, zipped

CODE = b"def softmax(x):\n    return x\n"


def unpack(data: bytes) -> Contents:
    return unpack_bytes("hw.zip", data, Budget())


def names(data: bytes) -> list[str]:
    return [file.path for file in unpack(data).files]


def outcome(data: bytes) -> str:
    try:
        return f"files {names(data)}"
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a.py": CODE, "dir/": b"", "dir/b.py": b""}),
        zipped({"a.py": CODE, "dir/b.py": b""}, zipfile.ZIP_STORED),
        tarred({"a.py": CODE, "dir/b.py": b""}),
        tarred({"a.py": CODE, "dir/b.py": b""}, {"dir": tarfile.DIRTYPE}),
        tarred({"a.py": CODE, "dir/b.py": b""}, mode="w"),
    ],
    ids=["deflated", "stored", "tar.gz", "folder in tar", "tar"],
)
def test_files_come_out_as_they_went_in(data: bytes) -> None:
    assert {file.path: file.data for file in unpack(data).files} == {"a.py": CODE, "dir/b.py": b""}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_names_without_declared_encoding_are_decoded(encoding: str) -> None:
    assert names(zip_named("作业六/层.py".encode(encoding))) == ["作业六/层.py"]


def test_a_name_of_no_known_encoding_is_kept_as_cp437() -> None:
    assert names(zip_named(b"caf\x82.py")) == ["café.py"]


def test_a_tar_with_gbk_names_is_read() -> None:
    stand_in = "nnnnnnnnn.py"
    data = tarred({stand_in: CODE}, mode="w")
    info = tarfile.TarInfo(stand_in)
    info.size = len(CODE)
    info.name = "作业六六n".encode("gbk").decode("utf-8", "surrogateescape") + ".py"
    header = info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
    assert names(header + data[512:]) == ["作业六六n.py"]


def test_passed_over_members_are_neither_read_nor_judged() -> None:
    assert names(
        zipped({"__MACOSX/../../x": b"", "venv/lib/x.py": b"", ".git/config": b"", "a.py": CODE})
    ) == ["a.py"]


@pytest.mark.parametrize("name", ["../a.py", "x/../../a.py", "/a.py", "C:\\a.py", "..\\a.py", "\\a.py"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_paths_that_lead_out_refuse_the_archive(pack: object, name: str) -> None:
    assert callable(pack)
    with pytest.raises(Refused, match=r"hw.zip holds .*pack only your own files"):
        unpack(pack({name: CODE}))


def test_a_nul_in_a_name_refuses_the_archive() -> None:
    with pytest.raises(Refused, match="NUL"):
        unpack(zip_named(b"a.py\0.txt"))


@pytest.mark.parametrize(
    "pair",
    [
        ("Layers.py", "layers.py"),
        ("hw/a.py", "HW/A.py"),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}.py", "cafe\N{COMBINING ACUTE ACCENT}.py"),
        ("a", "a/b.py"),
        ("A/b.py", "a"),
        ("a/b.py", "a//b.py"),
    ],
)
def test_names_that_clash_refuse_the_archive(pair: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="cannot tell apart"):
        unpack(zipped(dict.fromkeys(pair, CODE)))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_in_a_zip_are_left_out(mode: int) -> None:
    assert unpack(zip_of_mode(mode | 0o644)) == Contents((), ("layers.py",))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.GNUTYPE_SPARSE]
)
def test_links_and_devices_in_a_tar_are_left_out(kind: bytes) -> None:
    contents = unpack(tarred({"a.py": CODE}, {"layers.py": kind}))
    assert contents.links == ("layers.py",)
    assert [file.path for file in contents.files] == ["a.py"]


def test_a_large_file_is_left_out_alone() -> None:
    contents = unpack(zipped({"data.npy": bytes(LIMITS.one + 1), "a.py": CODE}))
    assert contents.large == ("data.npy",)
    assert [file.path for file in contents.files] == ["a.py"]


def test_too_many_files_are_refused_and_a_venv_does_not_count() -> None:
    most = {f"{number}.py": b"" for number in range(LIMITS.files)}
    venv = {f"venv/{number}.py": b"" for number in range(50)}
    assert len(names(zipped(most | venv))) == LIMITS.files
    with pytest.raises(Refused, match=f"more than {LIMITS.files} files"):
        unpack(zipped(most | {"one more.py": b""}))


def test_a_directory_of_countless_entries_is_refused_before_it_is_parsed() -> None:
    forged = zipped({"a.py": CODE}) + b"PK\x01\x02" * (LIMITS.scanned + 1)
    with pytest.raises(Refused, match="far too many"):
        unpack(forged)


def test_countless_passed_over_members_are_refused() -> None:
    header = tarfile.TarInfo(".x").tobuf()
    with pytest.raises(Refused, match="far too many"):
        unpack(header * (LIMITS.scanned + 1))


def test_more_than_the_total_is_refused() -> None:
    part = bytes(LIMITS.one - 1)
    with pytest.raises(Refused, match="more than 64 MiB"):
        unpack(zipped({f"{number}.npy": part for number in range(5)}, zipfile.ZIP_STORED))


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_bomb_is_refused_by_its_ratio(pack: object) -> None:
    assert callable(pack)
    bomb = pack({f"{number}.npy": bytes(9 * MIB) for number in range(2)})
    with pytest.raises(Refused, match="far more than its size"):
        unpack(bomb)


def test_zeros_of_an_ordinary_size_are_no_bomb() -> None:
    assert names(zipped({"weights.npy": bytes(8 * MIB)})) == ["weights.npy"]


def test_passing_over_a_large_part_of_a_tar_ends() -> None:
    bomb = tarred({f".hidden{number}": bytes(16 * MIB) for number in range(17)})
    with pytest.raises(Refused, match="far too much"):
        unpack(bomb)


@pytest.mark.parametrize("lie", [0, 10, 5 * MIB])
def test_a_size_that_lies_is_caught_while_reading(lie: int) -> None:
    with pytest.raises(Damaged):
        unpack(with_size(zipped({"a.py": bytes(2 * MIB)}), lie))


def test_a_member_longer_than_it_says_is_not_read_to_its_end() -> None:
    def zeros() -> BinaryIO:
        return Path("/dev/zero").open("rb")

    with pytest.raises(Damaged):
        unpack_members("hw.zip", iter([Member("a.py", "file", 3, zeros)]), Budget())


def test_a_tar_cannot_lead_backwards() -> None:
    forged = tarfile.TarInfo(".a.py")
    forged.size = -1024
    header = forged.tobuf(tarfile.GNU_FORMAT)
    with pytest.raises(Damaged):
        unpack(tarfile.TarInfo(".b.py").tobuf() * 3 + header + bytes(1024))


def test_a_tar_header_cannot_make_us_allocate() -> None:
    bomb = pax_bomb(60 * MIB)
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            unpack(bomb)
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


def test_a_password_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refused, match="locked with a password; pack your files again without one"):
        unpack(with_flag(zipped({"a.py": CODE}), 1))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_without_a_bound_are_refused(method: int) -> None:
    with pytest.raises(Refused, match=r"ordinary \.zip"):
        unpack(zipped({"a.py": CODE}, method))


def test_an_empty_file_is_named() -> None:
    with pytest.raises(Refused, match="0 bytes"):
        unpack(b"")


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_cut_off_archive_is_damaged(pack: object, keep: float) -> None:
    assert callable(pack)
    data = pack({f"{number}.py": bytes(range(256)) * 40 for number in range(8)})
    with pytest.raises(Damaged, match=r"damaged, cut off or no archive"):
        unpack(data[: int(len(data) * keep)])


def test_a_garbled_header_in_the_middle_of_a_tar_does_not_pass_for_its_end() -> None:
    data = bytearray(tarred({"a.py": CODE, "b.py": CODE}, mode="w"))
    data[1024 + 148] ^= 0x55
    with pytest.raises(Damaged):
        unpack(bytes(data))


def test_a_garbled_byte_is_noticed() -> None:
    data = zipped({"a.py": CODE}, zipfile.ZIP_STORED)
    with pytest.raises(Damaged):
        unpack(data.replace(b"softmax", b"softmin"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00"]))
def test_arbitrary_bytes_are_refused_or_read(data: bytes, head: bytes) -> None:
    assert outcome(head + data).startswith(("files", "hw.zip "))


HONEST = [
    zipped({"a.py": CODE, "d/作业.py": CODE * 20}),
    tarred({"a.py": CODE, "d/" + "作" * 60 + ".py": CODE * 20}, mode="w"),
]


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(HONEST),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6),
    st.booleans(),
)
def test_archives_with_changed_bytes_are_refused_or_read(
    honest: bytes, changes: list[tuple[int, int]], packed: bool
) -> None:
    data = bytearray(honest)
    for place, byte in changes:
        data[place % len(data)] = byte
    forged = bytes(data)
    if packed:
        forged = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zlib.compress(forged, wbits=-15) + bytes(8)
    assert outcome(forged).startswith(("files", "hw.zip "))
