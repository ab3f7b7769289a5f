"""A Moodle zip of sixty hand-ins, with everything that makes a grading night long."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.submissions.making import notebook, rar, zip_in
from tests.submissions.test_lms import of_moodle

CLASS = 60
FAMILIES = "赵钱孙李周吴郑王冯陈"
NAMES = [FAMILIES[number % 10] + "甲乙丙丁戊己"[number // 10] + "文" for number in range(CLASS)]

RAR, COPY, SEVERAL, TWICE, LATE, ONLINE, ZIPPED, DOCUMENT = range(1, 9)
"""Who handed in what, by number."""


def participant(number: int) -> int:
    """Moodle's own number of a student."""
    return 1000 + number


def of(number: int, path: str, kind: str = "file_") -> str:
    """The name of a student's file in the zip."""
    return of_moodle(NAMES[number], participant(number), path, kind)


def night(text: Callable[[int, int], str]) -> dict[str, bytes]:
    """The members of the zip; `text` is the code of a student's attempt."""

    def cells(number: int, attempt: int = 1) -> bytes:
        return notebook(text(number, attempt)).encode()

    def module(number: int) -> bytes:
        return text(number, 1).encode()

    files = {of(number, "/layers.ipynb"): cells(number) for number in range(CLASS)}

    def instead(number: int, inside: Mapping[str, bytes]) -> None:
        del files[of(number, "/layers.ipynb")]
        files.update({of(number, path): data for path, data in inside.items()})

    instead(RAR, {"/作业.rar": rar({"layers.ipynb": cells(RAR)})})
    instead(COPY, {"/layers(1).ipynb": cells(COPY)})
    beside = {"/工具.py": b"number = 1\n", "/data/x.csv": b"1", "/报告.pdf": b"%PDF-"}
    instead(SEVERAL, {"/layers.ipynb": cells(SEVERAL), **beside})
    instead(TWICE, {"/layers.ipynb": cells(TWICE), " (1)/layers.ipynb": cells(TWICE, 2)})
    files[of(ONLINE, "/onlinetext.html", "onlinetext_")] = b"<p>"
    instead(ZIPPED, {"/作业.zip": zip_in("gbk", {"张三/层.py": module(ZIPPED)})})
    instead(DOCUMENT, {"/作业.docx": b"PK\x03\x04 word/"})
    return {**files, "__MACOSX/x": b"", "成绩.xlsx": b""}
