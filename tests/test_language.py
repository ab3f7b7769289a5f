"""Two languages: nothing lacks its translation, nothing is left over, and a run speaks one of them throughout."""

from __future__ import annotations

import ast
import string
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from grader import language
from grader.checks.absences import SAID, retold
from grader.cli.options import speak
from grader.course import Course
from grader.diagnosis.catalogue import MISTAKES, diagnosis
from grader.errors import UsageError
from grader.language import N_, Both, _, both, ngettext

ROOT = Path(__file__).parents[1]
OTHERS = [name for name in language.LANGUAGES if name != "en"]
MARKERS = ("_", "N_", "ngettext")
EXTRACT = ("pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml"))

every_other_language = pytest.mark.parametrize("other", OTHERS)


def catalogue(other: str, ending: str) -> Path:
    return language.LOCALE / other / "LC_MESSAGES" / f"{language.DOMAIN}.{ending}"


def written(other: str) -> Catalog:
    return read_po(BytesIO(catalogue(other, "po").read_bytes()), locale=other, abort_invalid=True)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Everything in the sources and templates that is marked, by the same command as ``make messages``."""
    path = tmp_path_factory.mktemp("messages") / "grader.pot"
    extract: Any = CommandLineInterface()
    extract.run([*EXTRACT, "-o", str(path), str(ROOT / "grader")])
    return read_po(BytesIO(path.read_bytes()))


def texts(message: Message) -> list[tuple[str, str]]:
    """The message's forms in English, each with one of the other language's."""
    if not message.pluralizable:
        return [(str(message.id), str(message.string))]
    return [(one, other) for one in message.id for other in message.string or [""]]


def placeholders(text: str, how: str) -> set[tuple[str, str]]:
    """What is filled in, with its format."""
    if how == "python-format":
        pieces = text.replace("%%", "").split("%(")[1:]
        return {(piece.partition(")")[0], piece.partition(")")[2][:1]) for piece in pieces}
    found = string.Formatter().parse(text)
    return {(name, f"{form}!{conversion}") for _text, name, form, conversion in found if name is not None}


def filled(messages: Iterator[Message] | Catalog) -> list[Message]:
    return [message for message in messages if message.id]


@every_other_language
def test_everything_is_translated_and_nothing_is_left_over(extracted: Catalog, other: str) -> None:
    """After a change of a sentence: ``make messages``, and translate what is new."""
    catalog = written(other)
    assert {message.id for message in filled(catalog)} == {message.id for message in filled(extracted)}
    assert len(filled(extracted)) > 300
    assert [message.id for message in filled(catalog) if not all(said for _id, said in texts(message))] == []
    assert [message.id for message in filled(catalog) if message.fuzzy] == []
    assert list(catalog.obsolete) == []


def test_nothing_that_is_marked_escapes_extraction(extracted: Catalog) -> None:
    """Babel does not see a marker within an f-string or within another one's parentheses."""
    known = {
        part
        for message in extracted
        for part in ([message.id] if isinstance(message.id, str) else message.id)
    }
    marked = [
        argument.value
        for path in (ROOT / "grader").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    assert [text for text in marked if text not in known] == []
    assert len(marked) > 200


@every_other_language
def test_placeholders_agree(other: str) -> None:
    differing = [
        message.id
        for message in filled(written(other))
        for how in ("python-format", "python-brace-format")
        if how in message.flags
        for said, translated in texts(message)
        # A plural's one form may leave the number out.
        if placeholders(said, how) != placeholders(translated, how)
    ]
    assert differing == []


@every_other_language
def test_a_message_is_not_its_own_translation(other: str) -> None:
    same = [message.id for message in filled(written(other)) if message.string == message.id]
    assert same == ["grader %(version)s"]


@every_other_language
def test_what_is_compiled_is_what_is_written(other: str) -> None:
    compiled, fresh = BytesIO(catalogue(other, "mo").read_bytes()), BytesIO()
    write_mo(fresh, written(other))
    fresh.seek(0)
    pairs = [[(str(m.id), m.string) for m in filled(read_mo(file))] for file in (compiled, fresh)]
    assert pairs[0] == pairs[1] != []


def test_chinese_stands_without_babel() -> None:
    code = "import sys, grader.language as l; l.use('zh_CN'); print(l._('Passed')); print('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.split() == ["通过", "False"]


def test_english_needs_no_catalogue() -> None:
    code = "import sys, grader.language as l; l.use('en'); print(l._('Passed'), 'gettext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["Passed", "False"]


def test_a_run_speaks_the_language_that_was_chosen() -> None:
    said = N_("Passed")
    assert (language.current(), _(said), ngettext("%(n)s time", "%(n)s times", 1)) == (
        *("en", "Passed", "%(n)s time"),
    )
    assert ngettext("%(n)s time", "%(n)s times", 2) == "%(n)s times"
    language.use("zh_CN")
    assert (language.current(), _(said)) == ("zh_CN", "通过")
    assert [ngettext("%(n)s time", "%(n)s times", n) for n in (1, 2)] == ["%(n)s 次"] * 2
    language.use("en")
    assert _(said) == "Passed"


@every_other_language
def test_what_is_unknown_stays_and_the_header_is_no_message(other: str) -> None:
    language.use(other)
    assert (_("An author's own sentence"), _("")) == ("An author's own sentence", "")


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"'fr' is none of en, zh_CN"):
        language.use("fr")
    assert language.current() == "en"


def test_an_author_gives_both_languages() -> None:
    text = both("a step of {value}", "步长为 {value}").format(value="0.5")
    assert text == Both("a step of 0.5", "步长为 0.5")
    assert _(text) == "a step of 0.5"
    language.use("zh_CN")
    assert _(text) == "步长为 0.5"


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.gb18030"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": "zh_TW:en"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh"}, "en"),
    ],
)
def test_the_environment_decides_where_nobody_else_does(environment: dict[str, str], chosen: str) -> None:
    assert language.of_environment(environment) == chosen


def test_the_option_goes_before_the_course_and_the_course_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "solutions").mkdir()
    course = Course(tmp_path)
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    heard = []
    for text in ("", "language = 'en'"):
        (tmp_path / "course.toml").write_text(text)
        for given in (None, "zh_CN", "en"):
            speak(given, course.settings)
            heard.append(language.current())
    assert heard == ["zh_CN", "zh_CN", "en", "en", "zh_CN", "en"]
    speak(None)
    assert language.current() == "zh_CN"
    (tmp_path / "course.toml").write_text("language = 'fr'")
    with pytest.raises(UsageError, match="should be one of en, zh_CN"):
        speak(None, course.settings)


def test_commands_that_write_for_students_have_the_option() -> None:
    from grader.cli import root

    for command in (["grade"], ["release"], ["export", "moodle"]):
        shown = CliRunner().invoke(root, [*command, "--help"]).output
        assert "--lang [en|zh_CN]" in shown


@every_other_language
@pytest.mark.parametrize("said", SAID)
def test_what_the_box_says_is_retold(said: str, other: str) -> None:
    words = {name: f"<{name}>" for _text, name, _form, _conversion in string.Formatter().parse(said) if name}
    assert retold(said.format(**words)) == said.format(**words)
    language.use(other)
    assert retold(said.format(**words)) == _(said).format(**words) != said.format(**words)


@every_other_language
def test_words_that_look_like_placeholders_stay_words(other: str) -> None:
    language.use(other)
    assert retold("{0} is imported from {name.__class__}, not written here").startswith("{0} 是从 {name.__")
    assert retold("anything else") == "anything else"


@every_other_language
@pytest.mark.parametrize("id", MISTAKES)
def test_hints_are_asked_in_the_language_of_the_run(id: str, other: str) -> None:
    words = {"name": "np.epx", "nearest": "np.exp"}
    english = diagnosis(id, **words).hint
    language.use(other)
    assert diagnosis(id, **words).hint != english
