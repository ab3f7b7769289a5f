"""Bytes of a student's file to text, by every way that editors and LMS have of spoiling it."""

from __future__ import annotations

import codecs
import re

from grader.errors import UnreadableSubmission
from grader.language import _
from grader.submissions.magic import what_it_is
from grader.submissions.names import shown

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_COOKIE = re.compile(rb"[ \t\f]*#[^\n\r]*?coding[:=][ \t]*([-\w.]{1,40})", re.ASCII)
_BLANK = re.compile(rb"[ \t\f]*(?:#[^\n\r]*)?")
# Encodings of text alone: no escapes, no compression, nothing that a hostile cookie could make slow.
_TEXTS = re.compile(
    r"utf-8|ascii|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|cp\d+|iso8859-\d+|koi8-[ru]|mac-roman"
)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "utf-8-sig": "utf-8"}


def decode(data: bytes, path: str, module: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of the file `path`, its lines ended by ``\\n``, and sentences about what was mended.

    A byte order mark decides, then the coding line of a `module`, then UTF-8, then GB18030. Raises
    UnreadableSubmission when none fits, and for what is no text.
    """
    if kind := what_it_is(data):
        wrong = (
            _("{file} is {kind}, not Python; hand in the .py or .ipynb file.")
            if module
            else _("{file} is {kind}, not a notebook; hand in the .py or .ipynb file.")
        )
        raise UnreadableSubmission(wrong.format(file=shown(path), kind=kind))
    text, notes = _decoded(data, shown(path), module)
    if "\0" in text:
        raise UnreadableSubmission(
            _("{file} is no text (it holds NUL bytes); save it as UTF-8 text.").format(file=shown(path))
        )
    if "\r" in text:
        text = one_kind_of_line_end(text)
        notes.append(_("Line ends of {file} were made uniform.").format(file=shown(path)))
    return text, tuple(notes)


def one_kind_of_line_end(text: str) -> str:
    """`text` with CRLF and CR as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str, module: bool) -> tuple[str, list[str]]:
    notes: list[str] = []
    tries = []
    if mark := next((mark for mark in _BOMS if data.startswith(mark[0])), None):
        data = data[len(mark[0]) :]
        tries.append(mark[1])
        noted = _("{file} begins with the byte order mark of {encoding}; it was left out.")
        notes.append(noted.format(file=name, encoding=mark[2]))
    elif module and (cookie := _cookie(data)):
        known = _known(cookie)
        tries += known
        if not known or _attempt(data, known[0]) is None:
            noted = _(
                "{file} says that its encoding is {encoding}, which does not fit; it was read otherwise."
            )
            notes.append(noted.format(file=name, encoding=cookie))
    for encoding in (*tries, "utf-8", "gb18030"):
        text = _attempt(data, encoding)
        if text is not None:
            if encoding == "gb18030" and encoding not in tries:
                notes.append(_("{file} is not UTF-8; it was read as GB18030.").format(file=name))
            return text, notes
    raise UnreadableSubmission(
        _("{file} is in an unknown encoding; save it as UTF-8 text.").format(file=name)
    )


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _cookie(data: bytes) -> str:
    first, *rest = re.split(rb"\r\n|\r|\n", data[:1000], maxsplit=2)
    for line in [first, *rest[:1]]:
        if found := _COOKIE.match(line):
            return found[1].decode("ascii")
        if not _BLANK.fullmatch(line):
            break
    return ""


def _known(cookie: str) -> list[str]:
    try:
        name = codecs.lookup(re.sub("-(unix|dos|mac)$", "", cookie)).name
    except LookupError:
        return []
    name = _CHINESE.get(name, name)
    return [name] if _TEXTS.fullmatch(name) else []
