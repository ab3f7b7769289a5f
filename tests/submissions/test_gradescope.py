"""Gradescope's export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.submissions.collect import collect
from grader.submissions.gradescope import METADATA, gradescope
from tests.submissions.making import zipped
from tests.submissions.test_find import CODE, lay, paths

TEXT = """---
submission_1:
  :submitters:
  - :name: Solo Student
    :sid: '0100'
    :email: solo@example.edu
  :created_at: 2026-10-03 21:03:18.123456789 Z
  :score: 3.0
  :results:
    tests:
    - name: forward
      output: "trap:\\n  :submitters:"
      tags: []
  :history:
  - :id: 12
    :created_at: 2026-10-02 21:03:18.123456789 Z
    :submitters:
    - :name: Somebody Else
submission_2:
  :submitters:
  - :name: Pair One
    :sid:
    :email: one@example.edu
  - :name: 'null'
    :sid: '007'
    :email: two@example.edu
  :created_at: 2026-10-03 21:03:18.5 -07:00
submission_3:
  :submitters:
  - :name: Nobody
    :sid: ~
  :created_at:
"""
EXPORT = {
    METADATA: TEXT.encode(),
    "submission_1/layers.ipynb": CODE,
    "submission_2/a.py": CODE,
    "stray.py": CODE,
}


@pytest.mark.parametrize("packed", [False, True])
def test_submitters_are_students_and_those_of_one_submission_a_group(tmp_path: Path, packed: bool) -> None:
    inside = {f"assignment_5_export/{path}": data for path, data in EXPORT.items()}
    root = lay(tmp_path, {"e.zip": zipped(inside)} if packed else EXPORT)
    found = collect(root / "e.zip" if packed else root)
    by_id = {one.student: one for one in found.handles}
    solo, first, second = (by_id[student] for student in ("0100", "one@example.edu", "007"))
    nobody = by_id["submission_3"]
    utc, west = "2026-10-03T21:03:18+00:00", "2026-10-03T21:03:18-07:00"
    names = [by_id[one].about.name for one in ("0100", "one@example.edu", "007")]
    assert names == ["Solo Student", "Pair One", "null"]
    assert solo.about.handed_in == datetime.fromisoformat(utc)
    assert first.about.group == second.about.group == "submission_2"
    assert first.about.handed_in == datetime.fromisoformat(west)
    assert first.read().files == second.read().files
    assert paths(first.read()) == ["a.py"]
    assert (nobody.about.handed_in, nobody.read().files) == (None, ())
    became = {row.path.rpartition("/")[2]: row.became for row in found.rows if row.path}
    assert (became["stray.py"], became[METADATA]) == ("passed over", "passed over")


@pytest.mark.parametrize(
    "text",
    [
        b"x: [",
        b"\xff",
        b"a: \0",
        b"submission_1:\n  ? {a: b}\n  : c",
        b"[" * 100,
        b"submission_1:\n  :submitters:\n  - :sid: '1'\n  :created_at: soon",
    ],
)
def test_what_is_no_metadata_is_told_in_a_line(text: bytes) -> None:
    with pytest.raises(UsageError, match=f"^{METADATA} is not as Gradescope writes it: ") as told:
        gradescope({}, "", text)
    assert "\n" not in str(told.value)


def test_nothing_is_built_of_tags_and_aliases() -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\n" + b"".join(
        b"l%d: &l%d [*b, *b, *b]\n" % (number, number) for number in range(50)
    )
    tagged = b"submission_1:\n  :submitters: !!python/object/apply:os.system ['exit 1']\n"
    assert gradescope({}, "", bomb + tagged) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    try:
        found = gradescope({}, "", TEXT.encode() + data)
    except UsageError:
        return
    assert len(found) >= 3
