from __future__ import annotations

import os
import pickle
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import Fault, UnreadableSubmission, UsageError
from grader.submissions import NothingHandedIn, Submission, sources
from grader.submissions.collect import find
from grader.submissions.submission import LIMITS, MIB
from grader.submissions.trees import Folder, Packed
from tests.submissions.making import notebook, tarred, with_flag, zip_named, zipped

CODE = b"x = 1\n"


def lay(root: Path, files: Mapping[str, bytes]) -> Path:
    """Writes `files` below `root`; a path that ends with ``/`` is a folder."""
    for path, data in files.items():
        place = root / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.write_bytes(data)
    return root


def read_all(path: Path, assignment: str = "") -> dict[str, list[str]]:
    """The paths of the files of every student."""
    return {handle.student: paths(handle.read()) for handle in find(path, assignment)}


def paths(submission: Submission) -> list[str]:
    assert submission.problem == ""
    return [file.path for file in submission.files]


def only(path: Path) -> Submission:
    (handle,) = find(path)
    return handle.read()


CLASS = {
    "s10/layers.py": CODE,
    "s2.ipynb": notebook("x").encode(),
    "s1.zip": zipped({"hw/layers.py": CODE, "hw/common/util.py": CODE}),
    "s3.tgz": tarred({"layers.py": CODE}),
    "张三/作业6.py": CODE,
    "s4/": b"",
    "roster.csv": b"",
    ".git/config": b"",
    "__MACOSX/s1.py": b"",
    ".DS_Store": b"",
}
READ = {
    "s1": ["layers.py", "common/util.py"],
    "s2": ["s2.ipynb"],
    "s3": ["layers.py"],
    "s4": [],
    "s10": ["layers.py"],
    "张三": ["作业6.py"],
}


def test_a_folder_of_folders_files_and_archives(tmp_path: Path) -> None:
    found = read_all(lay(tmp_path, CLASS))
    assert found == READ
    assert list(found) == list(READ)


@pytest.mark.parametrize("top", ["", "class/"])
@pytest.mark.parametrize("name", ["class.zip", "class.tar.gz", "class.tgz"])
def test_a_class_in_one_archive(tmp_path: Path, name: str, top: str) -> None:
    pack = zipped if name.endswith("zip") else tarred
    whole = {top + path: data for path, data in CLASS.items() if not path.endswith("/")}
    lay(tmp_path, {name: pack(whole)})
    assert read_all(tmp_path / name) == {student: files for student, files in READ.items() if files}


def test_an_empty_folder_in_an_archive_is_a_row(tmp_path: Path) -> None:
    lay(tmp_path, {"class.zip": zipped({"s1/": b"", "s2/a.py": CODE})})
    assert read_all(tmp_path / "class.zip") == {"s1": [], "s2": ["a.py"]}


def test_a_class_archive_with_gbk_names_and_backslashes(tmp_path: Path) -> None:
    lay(tmp_path, {"class.zip": zip_named("张三\\作业.py".encode("gbk")), "b.zip": zip_named(b"s1\\a\\b.py")})
    assert read_all(tmp_path / "class.zip") == {"作业": ["作业.py"]}
    assert read_all(tmp_path / "b.zip") == {"a": ["b.py"]}


@pytest.mark.parametrize("below", ["", "submitted"])
def test_nbgraders_layout(tmp_path: Path, below: str) -> None:
    files = {
        "submitted/s1/layers/a.ipynb": b"{}",
        "submitted/s2/other/b.py": CODE,
        "release/layers/a.ipynb": b"",
    }
    assert read_all(lay(tmp_path, files) / below, "layers") == {"s1": ["a.ipynb"], "s2": []}


def test_a_student_without_files_is_missing_rather_than_unreadable(tmp_path: Path) -> None:
    with pytest.raises(NothingHandedIn):
        sources(only(lay(tmp_path, {"s1/.DS_Store": b"", "s1/venv/lib/x.py": CODE})))


@pytest.mark.parametrize("name", ["s1.py", "s1.ipynb", "s1.py.txt", "s1.docx"])
def test_a_single_file_is_one_submission(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {name: CODE, "s2.py": CODE})
    assert read_all(tmp_path / name) == {"s1": [name]}


def test_relative_paths_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lay(tmp_path, {"submitted/s1/layers/a.py": CODE, "s.py": CODE}))
    assert read_all(Path("s.py")) == {"s": ["s.py"]}
    monkeypatch.chdir("submitted")
    assert read_all(Path(), "layers") == {"s1": ["a.py"]}


@pytest.mark.parametrize(
    ("files", "path", "sentence"),
    [
        (
            {},
            "nothing",
            r"nothing cannot be read: No such file or directory; expected one folder or one \.py",
        ),
        ({}, "x" * 300, "cannot be read: File name too long"),
        ({}, "", "holds no submission; expected"),
        ({"grades.csv": b""}, "", "holds no submission; expected"),
        ({"grades.csv": b""}, "grades.csv", "holds no submission; expected"),
        ({".x.py": b""}, ".x.py", "holds no submission; expected"),
        ({"c.zip": zipped({})}, "c.zip", "holds no submission; expected"),
        ({"c.zip": zipped({"../s1.py": CODE})}, "c.zip", "holds no submission; expected"),
        ({"c.zip": b"PK\x03\x04 cut"}, "c.zip", r"c\.zip is damaged"),
        ({"c.rar": b"Rar!\x1a\x07\0"}, "c.rar", r"c\.rar cannot be unpacked as RAR"),
        ({"submitted/s1/hw6/a.py": CODE}, "", "holds work for hw6, none for layers"),
    ],
)
def test_no_submissions_is_wrong_usage(
    tmp_path: Path, files: dict[str, bytes], path: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence) as told:
        find(lay(tmp_path, files) / path, "layers")
    assert not isinstance(told.value, UnreadableSubmission)
    assert "\n" not in str(told.value)


def test_entries_of_one_student_keep_rows_of_their_own(tmp_path: Path) -> None:
    files = {
        "s1.py": CODE,
        "S1.zip": zipped({"a.py": CODE}),
        "s1 (2)/b.py": CODE,
        "s1/c.py": CODE,
        "s2.py": CODE,
    }
    handles = find(lay(tmp_path, files))
    assert {handle.student: paths(handle.read()) for handle in handles} == {
        "S1": ["a.py"],
        "s1 (3)": ["c.py"],
        "s1 (4)": ["s1.py"],
        "s1 (2)": ["b.py"],
        "s2": ["s2.py"],
    }
    note = "More than one entry of this student, each with a row of its own: S1.zip, s1 and s1.py."
    assert [handle.read().notes for handle in handles] == [(note,), (note,), (note,), (), ()]


def test_a_report_beside_code_is_noted_and_alone_is_a_row(tmp_path: Path) -> None:
    first, second = find(lay(tmp_path, {"s1.py": CODE, "s1.pdf": b"", "s2.pdf": b"%PDF-"}))
    assert paths(first.read()) == ["s1.py"]
    assert first.read().notes == ("Not read, because it lies beside code: s1.pdf.",)
    with pytest.raises(UnreadableSubmission, match=r"holds s2\.pdf only"):
        sources(second.read())


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = lay(tmp_path / "secret", {"secret.py": CODE}) / "secret.py"
    root = lay(tmp_path / "class", {"s1/layers.py": CODE})
    (root / "s1" / "link.py").symlink_to(secret)
    (root / "s1" / "folder").symlink_to(secret.parent)
    (root / "s2.py").symlink_to(secret)
    (root / "s3").symlink_to(secret.parent)
    first, second, third = (handle.read() for handle in find(root))
    assert paths(first) == ["layers.py"]
    assert first.notes == ("s1 holds links, which are not followed (folder and link.py).",)
    assert (second.files, second.problem) == ((), "s2.py is a link or special file; hand in the file itself.")
    assert (third.files, third.problem) == ((), "s3 is a link or special file; hand in the file itself.")


def test_a_link_alone_is_a_problem(tmp_path: Path) -> None:
    lay(tmp_path, {"s1/": b""})
    (tmp_path / "s1" / "layers.py").symlink_to("/etc/passwd")
    assert only(tmp_path).problem == "s1 holds links, which are not followed (layers.py)."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    lay(tmp_path, {"s1/layers.py": CODE})
    os.mkfifo(tmp_path / "s1" / "pipe.py")
    os.mkfifo(tmp_path / "s2.py")
    first, second = (handle.read() for handle in find(tmp_path))
    assert paths(first) == ["layers.py"]
    assert second.problem


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    (handle,) = find(lay(tmp_path, {"s1.py": CODE}))
    (tmp_path / "s1.py").unlink()
    (tmp_path / "s1.py").symlink_to("/etc/passwd")
    with pytest.raises(Fault, match=r"s1\.py cannot be read"):
        handle.read()


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (handle,) = find(lay(tmp_path, {"s1.py": CODE}))
    (tmp_path / "s1.py").unlink()
    os.mkfifo(tmp_path / "s1.py")
    with pytest.raises(Fault, match="no regular file"):
        handle.read()


@pytest.mark.parametrize("tree", [Folder, Packed])
def test_a_place_that_vanishes_is_wrong_usage(tmp_path: Path, tree: type[Folder] | type[Packed]) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        tree(tmp_path / "gone").listing()


def test_a_disk_that_fails_is_our_fault(tmp_path: Path) -> None:
    lay(tmp_path, {"s1.py": CODE, "c.zip": zipped({"s1/a.py": CODE})})
    (handle, *_) = [handle for handle in find(tmp_path) if handle.student == "s1"]
    (packed,) = find(tmp_path / "c.zip")
    (tmp_path / "s1.py").unlink()
    (tmp_path / "c.zip").unlink()
    for gone in (handle, packed):
        with pytest.raises(Fault, match="cannot be read: No such file"):
            gone.read()


def test_a_damaged_class_archive_is_our_fault(tmp_path: Path) -> None:
    data = zipped({"s1/a.py": b"x = 12345\n"}, method=0).replace(b"12345", b"54321")
    (handle,) = find(lay(tmp_path, {"c.zip": data + zipped({})[:0]}) / "c.zip")
    with pytest.raises(Fault, match=r"c\.zip is damaged at s1"):
        handle.read()


def test_one_hostile_student_in_a_class_archive_is_a_problem_of_that_student(tmp_path: Path) -> None:
    data = zipped({"s1/../../x.py": CODE, "s1/a.py": CODE, "s2/a.py": CODE})
    first, second = (handle.read() for handle in find(lay(tmp_path, {"c.zip": data}) / "c.zip"))
    assert "leads out" in first.problem
    assert paths(second) == ["a.py"]


def test_names_on_disk_may_be_of_any_bytes(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path)
    os.mkdir(os.path.join(root, "张三".encode("gbk")))
    with open(os.path.join(root, "张三".encode("gbk"), b"\xff\xfe.py"), "wb") as stream:
        stream.write(CODE)
    submission = only(tmp_path)
    assert submission.student == "张三"
    submission.files[0].path.encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "s1.zip is empty (0 bytes); pack your files again."),
        (
            b"Rar!\x1a\x07\0",
            "s1.zip cannot be unpacked as RAR: it is damaged, or locked with a password; pack your files as .zip.",
        ),
        (b"hello", "s1.zip is damaged, cut off or no archive; pack it again and see that it opens."),
        (
            with_flag(zipped({"a.py": CODE}), 1),
            "s1.zip is locked with a password; pack your files again without one.",
        ),
    ],
)
def test_an_archive_that_cannot_be_opened_is_a_problem(tmp_path: Path, data: bytes, problem: str) -> None:
    submission = only(lay(tmp_path, {"s1.zip": data}))
    assert submission.problem == problem
    assert [file.path for file in submission.files] == ["s1.zip"]


def test_archives_are_opened_once_more_inside(tmp_path: Path) -> None:
    two = zipped({"top/a.py": CODE})
    three = zipped({"hw.zip": two})
    four = zipped({"more.zip": three})
    lay(tmp_path, {"s2.zip": three, "s3.zip": four, "s4/hw.zip": three, "s5/hw.zip": four})
    assert [paths(handle.read()) for handle in find(tmp_path)[::2]] == [["a.py"], ["a.py"]]
    for handle in find(tmp_path)[1::2]:
        assert handle.read().problem == "hw.zip lies in an archive in an archive; pack your files once."


def test_several_archives_open_into_folders_of_their_names(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"s1/one.zip": zipped({"a.py": CODE}), "s1/two.tgz": tarred({"a.py": CODE}), "s1/bad.zip": b"x"},
    )
    submission = only(tmp_path)
    assert paths(submission) == ["bad.zip", "one.zip/a.py", "two.tgz/a.py"]
    assert submission.notes == (
        "bad.zip is damaged, cut off or no archive; pack it again and see that it opens.",
    )


def test_an_archive_beside_code_stays_closed(tmp_path: Path) -> None:
    submission = only(lay(tmp_path, {"s1/a.py": CODE, "s1/data.zip": zipped({"old.py": CODE})}))
    assert paths(submission) == ["a.py", "data.zip"]
    assert submission.notes == ("Not opened, because code lies beside: data.zip.",)


def test_a_package_keeps_its_folder(tmp_path: Path) -> None:
    submission = only(lay(tmp_path, {"s1.zip": zipped({"net/__init__.py": b"", "net/a.py": CODE})}))
    assert paths(submission) == ["net/__init__.py", "net/a.py"]


def test_large_files_in_a_folder_are_left_out(tmp_path: Path) -> None:
    lay(tmp_path, {"s1/a.py": CODE, "s1/big.npy": bytes(LIMITS.one + 1), "s2.ipynb": bytes(LIMITS.one + 1)})
    first, second = (handle.read() for handle in find(tmp_path))
    assert paths(first) == ["a.py"]
    assert "big.npy" in first.notes[0]
    assert second.problem == (
        "Files larger than 16 MiB are not read (s2.ipynb); clear the outputs of a notebook, leave out data."
    )


def test_too_much_in_a_folder_is_a_problem(tmp_path: Path) -> None:
    many = {f"s1/{number}.py": b"" for number in range(LIMITS.files + 1)}
    deep = {"s2/" + "d/" * LIMITS.depth + "a.py": CODE}
    much = {f"s3/{number}.npy": bytes(13 * MIB) for number in range(5)}
    first, second, third = (handle.read().problem for handle in find(lay(tmp_path, {**many, **deep, **much})))
    assert first.startswith("s1 holds more than 2000 files")
    assert second.startswith("s2 holds more than 16 folders in one another")
    assert third.startswith("s3 holds more than 64 MiB")


def test_handles_are_light_and_travel(tmp_path: Path) -> None:
    lay(tmp_path, {f"s{number}.py": bytes(MIB) for number in range(20)})
    tracemalloc.start()
    try:
        handles = find(tmp_path)
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()
    assert pickle.loads(pickle.dumps(handles[3])).read() == handles[3].read()


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["s.py", "s.ipynb", "s.zip", "s.tgz", "s.ipynb.json", "s.rar", "s/a.py", "s/b.zip"]),
)
def test_any_bytes_on_disk_are_read_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    submission = only(lay(tmp_path_factory.mktemp("class"), {name: data}))
    try:
        found, _ = sources(submission)
    except UnreadableSubmission as sentence:
        told = str(sentence)
    else:
        told = found[0].path
    assert told
