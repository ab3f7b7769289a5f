"""The language of a run, and the one seam through which every sentence for people passes.

A message stands in the code in English and in one piece, with its placeholders; ``_`` gives it in the language of the
run, and the caller fills it: ``_("{name} is defined").format(name=name)``. What is written down before the language is
known is marked by `N_` and goes through ``_`` where it is used. Texts of an author's own come in two languages by
`both`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "zh_CN")
DOMAIN = "grader"
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Both:
    """One text of an author's in both languages."""

    english: str
    chinese: str

    def format(self, **values: object) -> Both:
        """Both texts with their placeholders filled."""
        return Both(self.english.format(**values), self.chinese.format(**values))


Text = str | Both
"""A text of an author's: in one language, or in both."""


@dataclass(frozen=True)
class _Speech:
    language: str
    message: Callable[[str], str]
    plural: Callable[[str, str, int], str]


_ENGLISH = _Speech("en", lambda message: message, lambda one, many, count: one if count == 1 else many)
_speech = _ENGLISH


def use(language: str) -> None:
    """Chooses the language of this process, one of `LANGUAGES`, from here on. Raises ValueError for any other."""
    global _speech
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
    _speech = _ENGLISH if language == "en" else _read(language)


def current() -> str:
    """The language of the run: English until another is chosen."""
    return _speech.language


def of_environment(environment: Mapping[str, str]) -> str:
    """The language of a locale as programs are told it; what is not Chinese is English."""
    names = (environment.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "")
    return "zh_CN" if chosen.lower().startswith("zh") else "en"


def _(message: Text) -> str:
    """The message in the language of this run. Placeholders are filled by the caller with ``str.format``."""
    if isinstance(message, Both):
        return message.english if _speech is _ENGLISH else message.chinese
    # The empty message is the catalogue's own header.
    return _speech.message(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for a number of things, in the language of this run."""
    return _speech.plural(one, many, count)


def N_(message: str) -> str:
    """The message as it is: marks what goes through ``_`` later, where it is used."""
    return message


def both(english: str, chinese: str) -> Both:
    """A text of an author's in both languages, wherever an assignment takes a text."""
    return Both(english, chinese)


def _read(language: str) -> _Speech:
    import gettext  # only where it is needed: English starts without

    catalogue = gettext.translation(DOMAIN, LOCALE, [language])
    return _Speech(language, catalogue.gettext, catalogue.ngettext)
