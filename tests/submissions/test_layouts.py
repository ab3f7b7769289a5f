from __future__ import annotations

from dataclasses import dataclass

import pytest

from grader.errors import UsageError
from grader.submissions.archive import Kind
from grader.submissions.find import taken_for
from grader.submissions.layouts import Claim, Node, Part, plain
from grader.submissions.submission import Budget, Contents


def listing(*paths: str) -> dict[str, Kind]:
    """A listing of files, and of folders where the path ends with ``/``."""
    found: dict[str, Kind] = {}
    for path in paths:
        parts = path.rstrip("/").split("/")
        found.update(("/".join(parts[:end]), "folder") for end in range(1, len(parts)))
        found[path.rstrip("/")] = "folder" if path.endswith("/") else "file"
    return found


@dataclass(frozen=True)
class Listed:
    """A tree of empty files."""

    paths: dict[str, Kind]

    def listing(self) -> dict[str, Kind]:
        return self.paths

    def read(self, path: str, budget: Budget) -> Contents:  # noqa: ARG002
        raise AssertionError(f"{path} is read")


def claims(
    paths: dict[str, Kind], name: str = "class", assignment: str = "", packed: bool = False
) -> tuple[Claim, ...]:
    return taken_for(Listed(paths), name, assignment, packed).claims


def taken(
    paths: dict[str, Kind], name: str = "class", assignment: str = "", packed: bool = False
) -> list[tuple[str, str | None]]:
    return [(claim.student, claim.where or None) for claim in claims(paths, name, assignment, packed)]


@pytest.mark.parametrize(
    ("node", "student"),
    [
        (Node("s001", "folder"), "s001"),
        (Node("s001.py", "file"), "s001"),
        (Node("base/s001.tar.gz", "file"), "s001"),
        (Node("张三.IPYNB", "file"), "张三"),
        (Node("s001.rar", "file"), "s001"),
        (Node("s001.ipynb.json", "file"), "s001"),
        (Node("s001", "link"), "s001"),
        (Node("s001.py", "link"), "s001"),
        (Node("s001.py", "special"), "s001"),
        (Node(" s 1 ", "folder"), "s 1"),
        (Node(" ", "folder"), " "),
        (Node("s001.zip", "folder"), "s001.zip"),
        (Node("\udcd7\udcf7", "folder"), "作"),
    ],
)
def test_a_plain_entry_is_a_students(node: Node, student: str) -> None:
    claim = plain(node)
    assert claim is not None
    assert (claim.student, claim.parts, claim.spare) == (student, (Part(node.path, node.kind),), False)


def test_a_document_counts_only_when_there_is_no_code() -> None:
    claim = plain(Node("s001.docx", "file"))
    assert claim is not None
    assert (claim.student, claim.spare) == ("s001", True)


@pytest.mark.parametrize(
    "name",
    ["grades.csv", "README.md", "readme.txt", "requirements.txt", "conftest.py", "notes", "class.xlsx"],
)
def test_an_instructors_files_are_nobodys(name: str) -> None:
    assert plain(Node(name, "file")) is None


def test_plain_entries_come_in_natural_order() -> None:
    assert taken(listing("s10.py", "s2/a.py", "S1.zip", "grades.csv")) == [
        ("S1", "S1.zip"),
        ("s2", "s2"),
        ("s10", "s10.py"),
    ]


NBGRADER = listing(
    "submitted/s1/layers/a.ipynb",
    "submitted/s2/layers/",
    "submitted/s3/other/b.ipynb",
    "submitted/s4/",
    "source/layers/a.ipynb",
    "gradebook.db",
)
EXPECTED = [("s1", "submitted/s1/layers"), ("s2", "submitted/s2/layers"), ("s3", None), ("s4", None)]


def test_nbgrader_is_found_above_submitted() -> None:
    assert taken(NBGRADER, assignment="layers") == EXPECTED


def test_nbgrader_is_found_in_submitted_itself() -> None:
    inside = {
        path.removeprefix("submitted/"): kind
        for path, kind in NBGRADER.items()
        if path.startswith("submitted/")
    }
    assert taken(inside, "submitted", "layers") == [
        (student, path and path.removeprefix("submitted/")) for student, path in EXPECTED
    ]
    assert taken(inside, "elsewhere", "layers") == [(student, student) for student, _ in EXPECTED]


def test_nbgrader_is_found_in_an_archive() -> None:
    course = {f"course/{path}": kind for path, kind in NBGRADER.items()} | {"course": "folder"}
    assert taken(course, packed=True, assignment="layers") == [
        (student, path and f"course/{path}") for student, path in EXPECTED
    ]
    alone = {path: kind for path, kind in NBGRADER.items() if path.startswith("submitted")}
    assert taken(alone, packed=True, assignment="layers") == EXPECTED


def test_a_link_among_nbgraders_students_keeps_its_row() -> None:
    with_link: dict[str, Kind] = {**NBGRADER, "submitted/s5": "link", "submitted/notes.txt": "file"}
    link = claims(with_link, assignment="layers")[-1]
    assert (link.student, link.parts) == ("s5", (Part("submitted/s5", "link"),))


def test_without_a_name_the_only_assignment_is_taken() -> None:
    assert taken(listing("submitted/s1/hw6/a.py")) == [("s1", "submitted/s1/hw6")]


def test_nbgraders_assignments_are_never_guessed() -> None:
    with pytest.raises(UsageError, match="holds work for layers and other, not one assignment alone"):
        taken(NBGRADER)
    with pytest.raises(UsageError, match="holds work for hw6, none for layers"):
        taken(listing("submitted/s1/hw6/a.py"), assignment="layers")


def test_a_folder_called_submitted_may_be_plain() -> None:
    assert taken(listing("s1/a.py", "s2/common/b.py"), "submitted") == [("s1", "s1"), ("s2", "s2")]
    assert taken(listing("s1.py"), "submitted") == [("s1", "s1.py")]


def test_the_folder_that_was_packed_is_taken_off() -> None:
    packed = listing("hw/s1/a.py", "hw/s2.py")
    assert taken(packed, packed=True) == [("s1", "hw/s1"), ("s2", "hw/s2.py")]
    assert taken(packed) == [("hw", "hw")]
    assert taken(listing("s1/a.py", "s2.py"), packed=True) == [("s1", "s1"), ("s2", "s2.py")]


def test_an_empty_folder_is_a_row() -> None:
    assert taken(listing("s1/", "s2.py")) == [("s1", "s1"), ("s2", "s2.py")]
