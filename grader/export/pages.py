"""Students' pages in an archive whose names Moodle and Canvas know their students by."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from grader.errors import UsageError
from grader.export.gradebook import Filled
from grader.export.matching import Matches, Person, match, notes, students
from grader.export.moodle import Participant, participants
from grader.language import _
from grader.model import ClassReport
from grader.reports.names import slug

# As Canvas names the files of "Download submissions": nobody_LATE_12345_67890_layers.ipynb
_CANVAS = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_)[^_].*?)_)?(?:LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_(?P<attachment>\d+)_(?P<file>.+)",
    re.ASCII | re.DOTALL,
)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|_]")
_EPOCH = (1980, 1, 1, 0, 0, 0)

Pages = Mapping[str, bytes]


def pages_moodle(worksheet: bytes, report: ClassReport, pages: Pages) -> Filled:
    """The pages (by student) as a zip for "Upload multiple feedback files in a zip".

    Folders are called as Moodle calls those of the submissions, by the numbers in a downloaded worksheet. Raises
    UsageError for a file that is none.
    """
    people = participants(worksheet)
    matches = match([one.person for one in people], report.submissions)
    file = f"{slug(report.assignment)}.html"
    names = {one.person.row: f"{_folder(one)}/{file}" for one in people}
    return _zipped(matches, names, pages, _("the worksheet"))


def pages_canvas(downloaded: Sequence[str], report: ClassReport, pages: Pages) -> Filled:
    """The pages (by student) as a zip for "Upload submissions".

    Canvas knows a student by the numbers of user and attachment, so names are made of those of the downloaded
    submissions. Raises UsageError where none of `downloaded` is such a name.
    """
    read = (_CANVAS.fullmatch(name.rpartition("/")[2]) for name in sorted(downloaded, reverse=True))
    first = {one["user"]: one for one in read if one is not None}
    if not first:
        raise UsageError("it holds no file that Canvas named, such as lovelaceada_12345_67890_layers.ipynb")
    file = f"{slug(report.assignment)}.html"
    people = [
        Person(row, (one["user"],), (one["name"],) if one["name"] else ())
        for row, one in enumerate(first.values())
    ]
    names = {row: f"{one[0][: one.start('file')]}{file}" for row, one in enumerate(first.values())}
    return _zipped(match(people, report.submissions), names, pages, _("the downloaded submissions"))


def _folder(one: Participant) -> str:
    # An underscore in the name would be taken for its end. Moodle before 4.1 needs the last one, later ones take both.
    name = _UNSAFE.sub(" ", one.name).strip() or "Participant"
    return f"{name}_{one.number}_assignsubmission_file_"


def _zipped(matches: Matches, names: Mapping[int, str], pages: Pages, people: str) -> Filled:
    """An archive of the same bytes for the same pages."""
    data = BytesIO()
    missing = [one for one in matches.by_row.values() if one.student not in pages]
    with zipfile.ZipFile(data, "w") as archive:
        for row, submission in sorted(matches.by_row.items()):
            if submission.student in pages:
                entry = zipfile.ZipInfo(names[row], _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, pages[submission.student])
    told = [_("Pages: {count}").format(count=len(matches.by_row) - len(missing))]
    if missing:
        told.append(_("Without a page beside the results: {names}").format(names=students(missing)))
    return Filled(data.getvalue(), (*told, *notes(matches, people)))
