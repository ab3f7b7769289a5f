"""Reading text that does not parse: mends, magics, and what can be saved."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.box.magics import neutral
from grader.box.mend import LIMIT, Parsed, read
from grader.box.scan import Scanner


def run(parsed: Parsed) -> dict[str, object]:
    space: dict[str, object] = {}
    exec(compile(ast.Module(list(parsed.body), []), "x", "exec"), space)
    return space


def names(parsed: Parsed) -> list[str]:
    return [node.name for node in parsed.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def code(*lines: str) -> list[str]:
    scanner = Scanner()
    return ["".join(line[a:b] for a, b in scanner.feed(line)) for line in lines]


def test_scanner_knows_code_from_strings_and_comments() -> None:
    assert code("a = 'b # c' + d # e", 'x = """f', 'g " h', '"""; y') == ["a =  + d ", "x = ", "", "; y"]
    assert code(r"a = 'it\'s' + b", "'open", "c") == ["a =  + b", "", "c"]
    assert code("'a\\", "b' + c") == ["", " + c"]


def test_scanner_knows_when_a_statement_begins() -> None:
    fresh = []
    scanner = Scanner()
    for line in ["f(", "a)", "b \\", "c", "'''", "'''", "]", "d # \\"]:
        fresh.append(scanner.fresh)
        scanner.feed(line)
    assert fresh == [True, False, True, False, True, False, True, True]
    assert scanner.fresh


def test_sound_text_is_left_alone() -> None:
    text = "if 1:\n\tx = 'a\u00a0b'\n\ty = 2\n"
    parsed = read(text, notebook=False)
    assert (parsed.text, parsed.mends, parsed.broken) == (text, (), ())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str) -> None:
    parsed = read(end.join(["x = '''a", "b'''", "y = 1 + \\", "2"]), notebook=False)
    assert run(parsed)["x"] == "a\nb"
    assert not parsed.mends


def test_tabs_among_spaces_are_four_columns() -> None:
    parsed = read("def f():\n    x = 1\n\treturn x\n", notebook=False)
    assert [(mend.id, mend.detail, mend.line) for mend in parsed.mends] == [("tabs", "4", 3)]
    assert names(parsed) == ["f"]


def test_tabs_are_eight_columns_where_four_do_not_parse() -> None:
    parsed = read("def f():\n        x = 1\n\treturn x\n", notebook=False)
    assert [(mend.id, mend.detail) for mend in parsed.mends] == [("tabs", "8")]


def test_tabs_inside_strings_stay() -> None:
    parsed = read("def f():\n    x = '''\n\tkept'''\n\treturn x\n", notebook=False)
    space = run(parsed)
    assert space["f"]() == "\n\tkept"  # type: ignore[operator]


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003"])
def test_odd_spaces_are_mended_outside_of_strings(space: str) -> None:
    parsed = read(f"x ={space}'a{space}b'  # c{space}d\n", notebook=False)
    assert run(parsed)["x"] == f"a{space}b"
    assert [(mend.id, mend.detail, mend.line) for mend in parsed.mends] == [
        ("spaces", f"U+{ord(space):04X}", 1)
    ]
    assert parsed.text.endswith(f"# c{space}d\n")


def test_full_width_spaces_indent_as_wide_as_they_look() -> None:
    parsed = read("def f(a):\n    b = a\n\u3000\u3000return b\n", notebook=False)
    assert run(parsed)["f"](3) == 3  # type: ignore[operator]


def test_full_width_spaces_as_one_column_where_two_do_not_parse() -> None:
    parsed = read("def f(a):\n    b = a\n\u3000   return b\n", notebook=False)
    assert names(parsed) == ["f"]


def test_invisible_signs_go() -> None:
    assert run(read("\ufeffx\u200b = 1", notebook=True))["x"] == 1


def test_spaces_and_tabs_together() -> None:
    parsed = read("def f():\n    x\u00a0= 1\n\treturn x\n", notebook=False)
    assert [mend.id for mend in parsed.mends] == ["spaces", "tabs"]


def test_an_error_costs_its_cell() -> None:
    parsed = read("def f(): pass\ndef g(:\n    pass", notebook=True)
    assert parsed.body == ()
    assert [(one.line, one.type, one.message) for one in parsed.broken] == [
        (2, "SyntaxError", "invalid syntax")
    ]


def test_an_error_costs_only_its_block_of_a_module() -> None:
    text = (
        "def f(x):\n    return x\n\n@dec\n@other\nclass A(:\n    pass\n\n"
        "if f:\n    pass\nelse:\n    x = 1\n\ndef g():\n    return 2\n"
    )
    parsed = read(text, notebook=False)
    assert names(parsed) == ["f", "g"]
    assert [one.line for one in parsed.broken] == [6]
    assert parsed.broken[0].first == 4
    assert [node.lineno for node in parsed.body] == [1, 9, 14]
    assert parsed.text == text


def test_each_error_is_told() -> None:
    parsed = read("x = = 1\ndef f():\n    return 1\ny = )\n", notebook=False)
    assert [one.line for one in parsed.broken] == [1, 4]
    assert names(parsed) == ["f"]


def test_the_lines_in_an_error_are_those_of_the_file() -> None:
    (broken,) = read("x = 1\ndef f():\n# nothing\ndef g():\n    return 1\n", notebook=False).broken
    assert broken.first == 2
    assert broken.message == "expected an indented block after function definition on line 2"


def test_a_bracket_left_open_does_not_reach_over_definitions() -> None:
    parsed = read("x = (1,\ndef f():\n    return 1\n", notebook=False)
    assert names(parsed) == ["f"]
    assert "never closed" in parsed.broken[0].message


def test_a_call_over_several_lines_is_lost_whole() -> None:
    parsed = read("x = f(\n1,\n2 3\n)\ny = 1\n", notebook=False)
    assert list(run(parsed)) == ["__builtins__", "y"]


def test_a_string_left_open_does_not_swallow_the_rest() -> None:
    parsed = read('def f():\n    """open\n    return 1\n\ndef g():\n    return 2\n', notebook=False)
    assert names(parsed) == ["g"]
    assert len(parsed.broken) == 1


def test_mends_work_beside_errors() -> None:
    parsed = read("def g(:\n    pass\ndef f():\n    x = 1\n\treturn x\n", notebook=False)
    assert names(parsed) == ["f"]
    assert [(mend.id, mend.line) for mend in parsed.mends] == [("tabs", 5)]


@pytest.mark.parametrize(
    "text", ["x = 1\0", "(" * 1000, "-" * 200_000 + "1", "x = '\ud800'", "+".join(["1"] * 50_000), "\0" * 9]
)
@pytest.mark.parametrize("notebook", [True, False])
def test_hostile_text_is_an_error_of_its_own(text: str, notebook: bool) -> None:
    parsed = read(text + "\n", notebook)
    assert len(parsed.broken) == 1
    assert parsed.broken[0].type == "SyntaxError"
    assert parsed.broken[0].message


def test_too_much_text_is_not_read() -> None:
    assert "too long" in read("x" * (LIMIT + 1), notebook=False).broken[0].message
    assert not read("x" * LIMIT, notebook=False).broken


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("%matplotlib inline", "pass"),
        ("    %matplotlib inline", "    pass"),
        ("!pip install numpy", "pass"),
        ("pip install numpy", "pass"),
        ("files = !ls", "files = None"),
        ("t = %timeit -o f()", "t = None"),
        ("?np.sum", "pass"),
        ("np.sum??", "pass"),
        ("%time x = f()", "x = f()"),
        ("  %time x = f()", "  x = f()"),
    ],
)
def test_magics_and_shell_lines(line: str, plain: str) -> None:
    assert neutral(f"if a:\n    b\n{line}\nc = '%d' % 1\n") == f"if a:\n    b\n{plain}\nc = '%d' % 1\n"


@pytest.mark.parametrize(
    "text", ["'''\n%kept\n!kept\n'''", "x = (a\n%b)", "x = a \\\n%b", "x == !y", "f(a?)"]
)
def test_what_is_no_magic_stays(text: str) -> None:
    assert neutral(text) == text


def test_a_shell_line_is_carried_on_by_a_backslash() -> None:
    assert neutral("!a (\\\n  b\nc = 1") == "pass\n\nc = 1"


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 1", "%%capture out", "%%writefile layers.py"])
def test_bodies_of_some_cell_magics_are_kept(magic: str) -> None:
    parsed = read(f"{magic}\ndef f(): pass\n!ls", notebook=True)
    assert names(parsed) == ["f"]
    assert parsed.body[0].lineno == 2


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile notes.txt", "%%javascript"])
def test_bodies_of_other_cell_magics_go(magic: str) -> None:
    parsed = read(f"\n{magic}\nrm -rf '\n", notebook=True)
    assert (parsed.body, parsed.broken) == ((), ())
    assert parsed.text.count("\n") == 3


def test_a_cell_indented_as_a_whole() -> None:
    assert names(read("    def f():\n        pass\n    x = 1", notebook=True)) == ["f"]


def test_modules_have_no_magics() -> None:
    assert [one.line for one in read("x = 1\n%matplotlib inline\n", notebook=False).broken] == [2]


def test_a_cell_that_parses_keeps_what_looks_like_magic() -> None:
    text = "x = (5\n%3)\n"
    assert run(read(text, notebook=True))["x"] == 2


LINES = st.lists(
    st.sampled_from(
        [
            "def f():",
            "    return 1",
            "\treturn 1",
            "x = (",
            ")",
            '"""',
            "'",
            "%time x",
            "!ls \\",
            "@d",
            "else:",
            "\u3000x",
        ]
    )
    | st.text(max_size=12),
    max_size=12,
)


@given(LINES, st.booleans())
def test_whatever_the_text_no_line_moves(lines: list[str], notebook: bool) -> None:
    text = "\n".join(lines)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    parsed = read(text, notebook)
    assert parsed.text.count("\n") == plain.count("\n")
    assert all(1 <= one.line <= plain.count("\n") + 2 for one in parsed.broken)
    assert parsed.broken or notebook or len(parsed.body) == len(ast.parse(parsed.text).body)
