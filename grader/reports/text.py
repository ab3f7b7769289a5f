"""Text of unknown origin, made fit to be shown: hidden characters visible, long text cut."""

from __future__ import annotations

import re
import unicodedata

from grader.language import _

MESSAGE_LIMIT = 2_000
OUTPUT_LIMIT = 16_000
OUTPUT_LINES = 200

_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor movements
    r"|\x1b\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)"  # titles and links
    r"|\x1b[@-Z\\^_]"
)
_JOINERS = "\u200c\u200d"
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_UNUSUAL = re.compile(r"[^ -~]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def line(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """`text` on one line: line breaks and other hidden characters are written as Python escapes them."""
    return _shown(cut(text, limit, around=" "), keep="")


def block(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """`text` with its lines and tabs kept, terminal sequences out and other hidden characters visible."""
    if text.isprintable():
        return cut(text, limit)
    return visible(cut(_BREAKS.sub("\n", _ANSI.sub("", text)), limit))


def visible(text: str) -> str:
    """`text` at its length, with every hidden character but line breaks and tabs written as an escape."""
    return _shown(text, keep="\n\t")


def output(text: str) -> str:
    """What a submission printed, as `block`, with more room but at most `OUTPUT_LINES` lines."""
    lines = block(text, OUTPUT_LIMIT).strip("\n").split("\n")
    extra = len(lines) - OUTPUT_LINES
    if extra > 0:
        tail = OUTPUT_LINES // 4
        lines = [
            *lines[: OUTPUT_LINES - tail],
            _("[... {count} lines left out ...]").format(count=extra),
            *lines[-tail:],
        ]
    return "\n".join(lines)


def cut(text: str, limit: int, around: str = "\n") -> str:
    """`text`, or its beginning and end around a sentence that says how much is missing."""
    if len(text) <= limit:
        return text
    tail = limit // 4
    head = limit - tail
    gap = _("[... {count} characters left out ...]").format(count=len(text) - limit)
    return f"{text[:head]}{around}{gap}{around}{text[-tail:]}"


def encodable(text: str) -> str:
    """`text` with lone surrogates escaped, so that it can be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def points(value: float) -> str:
    """Points as people write them: at most two decimals, none that are zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _shown(text: str, keep: str) -> str:
    if text.isprintable():  # nothing hidden in it: almost every text, and much faster
        return text
    return _UNUSUAL.sub(lambda found: _fit(found[0], keep), text)


def _fit(char: str, keep: str) -> str:
    return char if char in keep or not _is_hidden(char) else _escape(char)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN and char not in _JOINERS


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
