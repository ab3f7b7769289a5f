"""The student's own code on the page: every line, in its place, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers.python import PythonLexer

from grader.box.program import Cell, Place, Source
from grader.model import Report, Verdict
from grader.reports import code as code_module
from grader.reports import facts_of, report_to_dict, student_html
from grader.reports.code import LONGEST_LINE, MOST_LINES, code
from grader.reports.facts import for_student
from grader.reports.text import visible
from tests.reports import specimens
from tests.reports.pages import Page
from tests.reports.specimens import db_not_summed, exercise, report


def with_cells(*cells: Cell) -> Report:
    return report("s1", exercise("Affine", db_not_summed()), sources=(Source("layers.ipynb", cells, True),))


def lines(found: Report) -> list[str]:
    """The lines of all blocks as HTML, without the items around them."""
    html = "\n".join(
        part.html if part.found else _bare(part.html) for b in code(found).blocks for part in b.parts
    )
    return html.split("\n") if html else []


def _bare(items: str) -> str:
    return items.removesuffix("\n").replace("<li><code>", "").replace("</code></li>", "")


def texts(found: Report) -> list[str]:
    return [unescape(re.sub(r"</?span[^>]*>", "", line)) for line in lines(found)]


# What means something to Python, and what only looks as if it did.
SIGNS = """def class match lazy import from if é x1 rb f { } ( ) : \\ ' " ''' \""" # ! = . 5 1e3 @ __init__ _ not"""
SPACES = ["\n", " ", "\t", "    ", "\x0c", "\u3000", "\u00b7", "\u0301", "\0"]
WHOLE = ["def f", "return ", '"a"', "'b'", '"""c"""\n', "# d\n", "1.5", "\u0663", "&lt;", "@ "]
any_code = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200) | st.lists(
    st.sampled_from([*SIGNS.split(), *SPACES, *WHOLE]), max_size=40
).map("".join)


@given(any_code)
def test_every_line_of_any_text_is_there_as_it_was(text: str) -> None:
    wanted = text.rstrip().split("\n") if text.strip() else []
    assert texts(with_cells(Cell(text, 1))) == [visible(line) for line in wanted]


@given(any_code)
def test_colours_are_those_of_a_lexer_that_reads_every_word(text: str) -> None:
    tokens = PythonLexer().get_tokens_unprocessed(text)
    wanted = [
        (shown, code_module._kind(token) if char != "\n" else "")
        for _, token, value in tokens
        for char in value
        for shown in visible(char)
    ]
    assert list(coloured("\n".join(code_module._coloured(text)))) == wanted


def coloured(html: str) -> Iterator[tuple[str, str]]:
    """Every letter with its colour."""
    for kind, in_colour, plain in re.findall(r'(?s)<span class="(.)">(.*?)</span>|([^<]+)', html):
        yield from ((char, kind) for char in unescape(in_colour or plain))


def test_words_strings_and_comments_have_their_colours() -> None:
    text = "def f():  # why\n    return 'a<b' if 1 else x"
    assert lines(with_cells(Cell(text, 1))) == [
        '<span class="k">def</span> <span class="d">f</span>():  <span class="c"># why</span>',
        """    <span class="k">return</span> <span class="s">'a&lt;b'</span> <span class="k">if</span> """
        '<span class="n">1</span> <span class="k">else</span> x',
    ]


def test_findings_stand_at_their_lines_and_nowhere_else() -> None:
    place = db_not_summed().place
    assert place == Place("layers.ipynb", 18, 12)
    text = "\n".join(f"a{number}" for number in range(1, 31))
    blocks = code(with_cells(Cell(text, 11), Cell(text, 12))).blocks
    assert [block.found for block in blocks] == [0, 1]
    (hit,) = [part for part in blocks[1].parts if part.found]
    assert hit.number == 18
    assert [(exercise.name, check.name) for exercise, check in hit.found] == [
        ("Affine", "db_matches_reference")
    ]


def test_what_passed_is_not_at_any_line() -> None:
    assert all(check.verdict is Verdict.PASSED for check in report("s1").exercises[0].checks)
    found = report("s1", sources=(Source("layers.ipynb", (Cell("x\n" * 30, 12),), True),))
    assert [block.found for block in code(found).blocks] == [0]


def test_long_lines_and_long_files_are_cut() -> None:
    found = with_cells(Cell("x" * 5000, 1), Cell("y\n" * (2 * MOST_LINES), 2), Cell("z", 3))
    assert len(texts(found)) == MOST_LINES
    assert len(texts(found)[0]) == LONGEST_LINE + 1
    assert code(found).left_out == MOST_LINES + 2
    assert f"{MOST_LINES + 2} more lines are not shown" in page(found).text


def page(found: Report) -> Page:
    return Page(student_html(found, facts_of(specimens.class_report())))


def test_hostile_code_stays_text() -> None:
    shown = page(specimens.struggling())
    assert "<script>alert(1)</script> \\x1b[31mred" in shown.text
    assert shown.all("script") == []
    assert "1 finding" not in page(report("s1")).text


def test_code_is_on_the_page_and_in_no_record() -> None:
    found = with_cells(Cell("secret_of_mine = 1", 12))
    assert "secret_of_mine" in page(for_student(found)).text
    assert "secret_of_mine" not in str(report_to_dict(found, full=True))
