"""Archives that libarchive reads for us behind walls."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.submissions.archive import members, unpack, unpack_bytes
from grader.submissions.collect import find
from grader.submissions.foreign import as_tar
from grader.submissions.submission import Budget, Contents, Refused
from tests.submissions.making import rar, zipped

CODE = b"def softmax(x):\n    return x\n"
FILES = {"a.py": CODE, "\u4f5c\u4e1a/\u5c42.py": b"y = 1\n"}
UNREAD = "hw.{0} is packed as {1}, which is not read here; pack your files as .zip."

Pack = Callable[[dict[str, bytes]], bytes]


def packed(files: dict[str, bytes], *options: str) -> bytes:
    """An archive made by bsdtar, of a zip that holds the files."""
    command = ["bsdtar", *options, "-cf", "-", "@-"]
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    made = subprocess.run(command, input=zipped(files), stdout=subprocess.PIPE, env=environment, check=True)
    return made.stdout


def seven(files: dict[str, bytes]) -> bytes:
    return packed(files, "--format", "7zip")


def xz(files: dict[str, bytes]) -> bytes:
    return packed(files, "--xz")


def bzip2(files: dict[str, bytes]) -> bytes:
    return packed(files, "--bzip2")


def opened(data: bytes, name: str = "hw.7z") -> Contents:
    return unpack_bytes(name, data, Budget())


@pytest.mark.parametrize("pack", [seven, rar, xz, bzip2])
def test_files_come_out_as_they_went_in(pack: Pack) -> None:
    assert {file.path: file.data for file in opened(pack(FILES)).files} == FILES


def test_a_class_of_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "s1.7z").write_bytes(seven({"top/layers.py": CODE}))
    (tmp_path / "s2.rar").write_bytes(rar({"layers.py": CODE}))
    (tmp_path / "s3.zip").write_bytes(zipped({"hw.7z": seven({"layers.py": CODE})}))
    read = {handle.student: handle.read() for handle in find(tmp_path)}
    assert {student: [file.path for file in one.files] for student, one in read.items()} == {
        "s1": ["layers.py"],
        "s2": ["layers.py"],
        "s3": ["layers.py"],
    }


def test_a_class_in_one_of_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "class.7z").write_bytes(seven({"s1/layers.py": CODE, "s2.py": CODE}))
    read = {handle.student: handle.read() for handle in find(tmp_path / "class.7z")}
    assert {student: [file.path for file in one.files] for student, one in read.items()} == {
        "s1": ["layers.py"],
        "s2": ["s2.py"],
    }


def test_gbk_names_are_decoded() -> None:
    data = rar({"\u4f5c\u4e1a\u516d/\u5c42.py".encode("gbk"): CODE})
    assert [file.path for file in opened(data).files] == ["\u4f5c\u4e1a\u516d/\u5c42.py"]


@pytest.mark.parametrize("name", ["../a.py", "/etc/a.py", "x/../../a.py", "C:\\a.py"])
def test_paths_that_lead_out_refuse_the_archive(name: str) -> None:
    with pytest.raises(Refused, match=r"holds .*, whose path (leads out|is absolute)"):
        opened(rar({name: CODE}))


def test_names_that_clash_refuse_the_archive() -> None:
    with pytest.raises(Refused, match="cannot tell apart"):
        opened(rar({"a.py": CODE, "A.py": CODE}))


def test_links_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "passwd.py").symlink_to("/etc/passwd")
    (tmp_path / "a.py").write_bytes(CODE)
    command = ["bsdtar", "--format", "7zip", "-cf", "-", "-C", str(tmp_path), "passwd.py", "a.py"]
    contents = opened(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert [file.path for file in contents.files] == ["a.py"]
    assert contents.links == ("passwd.py",)


@pytest.mark.parametrize("pack", [seven, xz])
def test_a_bomb_is_refused(pack: Pack) -> None:
    zeros = bytes(15 << 20)
    with pytest.raises(Refused, match="far more than its size"):
        opened(pack({"a.bin": zeros, "b.bin": zeros}))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (seven(FILES).rstrip(b"\0")[:-40], "7z"),
        (seven({"a.py": os.urandom(100_000)})[:50_000], "7z"),
        (rar({"a.py": CODE * 1000})[:9000], "RAR"),
        (b"Rar!\x1a\x07\x01\0" + bytes(100), "RAR"),
        (xz(FILES)[:-30], "xz"),
        (b"BZh9" + bytes(100), "bzip2"),
    ],
)
def test_a_damaged_one_is_a_sentence(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as told:
        opened(data, "hw.x")
    assert str(told.value) == (
        f"hw.x cannot be unpacked as {kind}: it is damaged, or locked with a password; pack your files as .zip."
    )


@pytest.mark.parametrize("missing", ["bwrap", "bsdtar"])
def test_without_the_programs_it_is_a_sentence(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = seven(FILES)
    for program in {"bwrap", "bsdtar"} - {missing}:
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as told:
        opened(data)
    assert str(told.value) == UNREAD.format("7z", "7z")


def test_where_no_walls_can_be_put_up_it_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = seven(FILES)
    (tmp_path / "bsdtar").symlink_to(str(shutil.which("bsdtar")))
    (tmp_path / "bwrap").write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n"
    )
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    with pytest.raises(Refused) as told:
        opened(data)
    assert str(told.value) == UNREAD.format("7z", "7z")


def test_a_deadline_ends_it_and_no_process_is_left() -> None:
    data = rar({f"{number}.bin": bytes(4 << 20) for number in range(4)})
    with pytest.raises(Refused, match="takes too long"), as_tar("hw.rar", "RAR", io.BytesIO(data), 0.3):
        # Nobody reads, so that the pipe is full and the converter waits.
        until_there_are_no_children()
    assert not children()


def test_a_reader_that_has_enough_leaves_no_process() -> None:
    data = rar({f"{number}.bin": bytes(4 << 20) for number in range(4)})
    found = members("hw.7z", io.BytesIO(data))
    next(found)
    assert children()
    found.close()  # type: ignore[attr-defined]
    assert not children()


def test_a_budget_that_is_used_up_ends_it() -> None:
    data = rar({f"{number}.bin": bytes(12 << 20) for number in range(6)})
    with pytest.raises(Refused, match="holds more than 64 MiB"):
        unpack("hw.7z", members("hw.7z", io.BytesIO(data)), Budget())
    assert not children()


def until_there_are_no_children() -> None:
    while children():
        time.sleep(0.01)


def children() -> list[str]:
    """The commands of the processes that this one has started and that have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            command = (folder / "comm").read_text().strip()
        except OSError:
            continue
        if int(stat.split()[1]) == os.getpid() and " Z " not in stat and command in ("bwrap", "bsdtar", "sh"):
            found.append(command)
    return found
