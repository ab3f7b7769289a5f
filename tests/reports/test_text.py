from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.text import OUTPUT_LINES, block, cut, encodable, line, output, points, visible

ANY_TEXT = st.text(st.characters(), max_size=60)


@given(ANY_TEXT)
def test_nothing_hidden_is_left(text: str) -> None:
    for shown, kept in ((line(text), ""), (block(text), "\n\t"), (visible(text), "\n\t")):
        hidden = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert hidden <= set(kept + "\u200c\u200d")
        shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert line(text) == block(text) == visible(text) == encodable(text) == text


def test_hidden_characters_are_written_as_python_escapes_them() -> None:
    assert line("a\u202eb\nc\x00\ud800") == "a\\u202eb\\nc\\x00\\ud800"


def test_terminal_sequences_are_taken_out_of_printed_text() -> None:
    assert block("\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x1b\\ \x1bM") == "red link "


def test_a_bare_carriage_return_hides_nothing() -> None:
    assert block("true\rfalse\r\nend") == "true\nfalse\nend"


def test_a_name_in_a_script_with_joiners_is_not_torn_apart() -> None:
    assert line("می\u200cخواهم") == "می\u200cخواهم"


def test_long_text_keeps_its_beginning_and_end() -> None:
    short = cut("a" * 500 + "z" * 500, 100)
    assert short.startswith("a" * 75 + "\n")
    assert short.endswith("\n" + "z" * 25)
    assert "900 characters left out" in short


def test_a_cut_line_is_still_one_line() -> None:
    shown = line("x" * 10_000)
    assert "8000 characters left out" in shown
    assert "\\n" not in shown


def test_printed_output_is_cut_to_so_many_lines() -> None:
    lines = output("\n".join(str(number) for number in range(1000))).split("\n")
    assert len(lines) == OUTPUT_LINES + 1
    assert (lines[0], lines[-1]) == ("0", "999")
    assert "[... 800 lines left out ...]" in lines


@pytest.mark.parametrize(
    ("value", "text"), [(12.0, "12"), (0.5, "0.5"), (100.0, "100"), (3.333333, "3.33"), (-0.0, "0"), (0, "0")]
)
def test_points_are_written_without_idle_decimals(value: float, text: str) -> None:
    assert points(value) == text
