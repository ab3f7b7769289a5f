from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from grader.errors import UsageError
from grader.export import pages_canvas, pages_moodle
from tests.export import classes

CLASS = classes.of(*(classes.submission(student) for student in ("1234567", "1234568", "nobody", "1234569")))
PAGES = {one.student: f"page of {one.student}".encode() for one in CLASS.submissions[:3]}
WORKSHEET = (
    b"Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments\n"
    b"Participant 1234567,Bo O'Neil,,,,20,-,\n"
    b'Participant 1234568,"Under_Score, 9/../<b>",,,,20,-,\n'
    b"Participant 1234569,Nobody's Page,,,,20,-,\n"
    b"Participant 7654321,Else,,,,20,-,\n"
)
DOWNLOADED = [
    "submissions/lovelaceada_1234567_99_layers.ipynb",
    "lovelaceada_1234567_100_data.csv",
    "oneil_LATE_1234568_101_layers (1).ipynb",
    "elseany_7654321_102_x.py",
    "readme.txt",
]


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}, (
            "the same on any day"
        )
        return {name: archive.read(name) for name in archive.namelist()}


def moodle_reads(path: str) -> tuple[int, str, str]:
    """Participant, plugin and file, by the rule of Moodle's importer."""
    folder, _, file = path.partition("/")
    _, participant, kind, plugin, rest = folder.split("_", 4)
    assert rest == ""
    assert not file.startswith((".", "~"))
    return int(participant), f"{kind}_{plugin}", file


def canvas_reads(name: str) -> tuple[int, int]:
    """User and attachment, by the rule of Canvas: the first two parts that are numbers."""
    user, attachment = [int(part) for part in name.split("_") if part.isdecimal()][:2]
    return user, attachment


def test_moodle_finds_each_page_its_student() -> None:
    found = contents(pages_moodle(WORKSHEET, CLASS, PAGES).data)
    assert {moodle_reads(path): data for path, data in found.items()} == {
        (1234567, "assignsubmission_file", "layers.html"): b"page of 1234567",
        (1234568, "assignsubmission_file", "layers.html"): b"page of 1234568",
    }
    assert "Bo O'Neil_1234567_assignsubmission_file_/layers.html" in found
    assert not [path for path in found if ".." in path.split("/")]


def test_canvas_finds_each_page_its_student() -> None:
    found = contents(pages_canvas(DOWNLOADED, CLASS, PAGES).data)
    assert {canvas_reads(name): data for name, data in found.items()} == {
        (1234567, 100): b"page of 1234567",
        (1234568, 101): b"page of 1234568",
    }
    assert set(found) == {"lovelaceada_1234567_100_layers.html", "oneil_LATE_1234568_101_layers.html"}


def test_everybody_without_a_page_is_named() -> None:
    assert pages_moodle(WORKSHEET, CLASS, PAGES).notes == (
        "Pages: 2",
        "Without a page beside the results: 1234569",
        "Not found in the worksheet, nothing is written for: nobody",
        "In the worksheet without results, left as it was: Else (Participant 7654321)",
    )
    assert pages_canvas(DOWNLOADED, CLASS, PAGES).notes == (
        "Pages: 2",
        "Not found in the downloaded submissions, nothing is written for: nobody, 1234569",
        "In the downloaded submissions without results, left as it was: elseany (7654321)",
    )


def test_the_same_pages_are_the_same_bytes() -> None:
    assert pages_moodle(WORKSHEET, CLASS, PAGES) == pages_moodle(WORKSHEET, CLASS, PAGES)
    assert pages_canvas(DOWNLOADED, CLASS, PAGES) == pages_canvas(DOWNLOADED[::-1], CLASS, PAGES)


def test_anonymous_submissions_keep_their_names() -> None:
    report = classes.of(classes.submission("anon_x7Yz"))
    found = contents(pages_canvas(["anon_x7Yz_55_layers.py"], report, {"anon_x7Yz": b"page"}).data)
    assert found == {"anon_x7Yz_55_layers.html": b"page"}


def test_files_of_another_system_are_told() -> None:
    with pytest.raises(UsageError, match="no file that Canvas named"):
        pages_canvas(["s001.ipynb", "s002/layers.py"], CLASS, PAGES)
    with pytest.raises(UsageError, match="no column 'grade'"):
        pages_moodle(b"a,b,c\n1,2,3\n", CLASS, PAGES)
