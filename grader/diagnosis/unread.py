"""Statements that Python could not read, or that failed before they defined anything."""

from __future__ import annotations

import ast
import keyword
import re

from grader.box.program import Failure
from grader.diagnosis.catalogue import diagnosis
from grader.model import Diagnosis

_FULLWIDTH = frozenset("，。、；：？！（）［］｛｝【】「」“”‘’＝＋－＊／％＜＞＂＇．＃＠＆｜～")
_CHARACTER = re.compile(r"invalid character '(.)'")
_ENGLISH = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*(?:,? [A-Za-z]+(?:['-][A-Za-z]+)*){2,}[.:]?")
_BEGINNINGS = frozenset({*keyword.kwlist, "print"}) - {"and", "as", "in", "is", "not", "or"}
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_PUNCTUATION = re.compile(r"[，。、；：？！“”‘’ ]")


def unread(failure: Failure) -> Diagnosis | None:
    """comment-without-hash or fullwidth-punctuation, where that is what kept a statement from being read."""
    line = failure.text.strip()
    if failure.type in ("SyntaxError", "IndentationError"):
        if _is_prose(line):
            return diagnosis("comment-without-hash")
        match = _CHARACTER.search(failure.message)
        return diagnosis("fullwidth-punctuation") if match and match[1] in _FULLWIDTH else None
    return diagnosis("comment-without-hash") if failure.type == "NameError" and _is_name(line) else None


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence: of Chinese signs alone, or of three English words that begin no statement."""
    if _ENGLISH.fullmatch(line):
        return line.split()[0].rstrip(",") not in _BEGINNINGS
    words = _PUNCTUATION.sub("", line)
    return bool(_IDEOGRAPH.search(words)) and words.isalnum()


def _is_name(line: str) -> bool:
    try:
        (statement,) = ast.parse(line).body
    except (SyntaxError, ValueError):
        return False
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)
