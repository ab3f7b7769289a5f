from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports import slug

IDS = st.text(st.characters(), max_size=300) | st.from_regex(
    r"[a-cA-C.\-]{1,3}(-[0-9a-f]{10})?", fullmatch=True
)


@pytest.mark.parametrize("student", ["s001", "2021-0042", "zhang.wei", "张伟", "müller_7", "0"])
def test_a_safe_id_is_its_own_name(student: str) -> None:
    assert slug(student) == student


@pytest.mark.parametrize(
    "student",
    [
        *(
            "",
            ".",
            "..",
            ".hidden",
            "../x",
            "a/b",
            "a\\b",
            "a:b",
            "a\0b",
            "-rf",
            "con",
            "nul.txt",
            "com¹",
            "a.",
        ),
        *("S001", "x" * 400, "张" * 100, "a b", "e\u0301", "straße", "\ud800", "\u202ea", "s001-0123456789"),
    ],
)
def test_any_other_id_ends_with_a_hash(student: str) -> None:
    assert re.search(r"[^-.]-[0-9a-f]{10}$", slug(student))


@given(IDS)
def test_a_name_fits_every_file_system(student: str) -> None:
    name = slug(student)
    assert 0 < len(name.encode("utf-8")) <= 120
    assert not set(name) & set('/\\:*?"<>|%# \n\t\0')
    assert name[0] not in ".-"
    assert name[-1] not in ". "
    assert name.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@given(IDS, IDS)
def test_two_ids_never_share_a_file(one: str, other: str) -> None:
    def folded(text: str) -> str:
        return unicodedata.normalize("NFC", slug(text)).casefold()

    assert (folded(one) == folded(other)) == (one == other)


def test_ids_that_differ_by_case_or_composition_alone_get_different_files() -> None:
    names = {slug(student).casefold() for student in ("s001", "S001", "\u00e9", "e\u0301", "É", "a/b", "a_b")}
    assert len(names) == 7
