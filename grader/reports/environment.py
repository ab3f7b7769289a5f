"""The one Jinja environment: everything escaped, nothing undefined, one seam for translations."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Hashable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grader import language
from grader.model import Evidence
from grader.reports import arrays, facts, names, text, words
from grader.reports.compiled import Compiled

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: object) -> str:
    """A page. Everything in `values` is escaped, and hidden characters in it are made visible."""
    return _environment().get_template(template).render(values, language=language.current().replace("_", "-"))


@cache
def macro(template: str, name: str) -> Callable[..., str]:
    """A macro, whose results are safe as they are."""
    drawn: Callable[..., str] = getattr(_environment().get_template(template).module, name)
    return drawn


def recurring(name: str, *values: Hashable) -> str:
    """What a macro of ``parts.html`` draws of a few small values, which come again and again in a class."""
    return _recurring(language.current(), name, *values)


@lru_cache(maxsize=4096, typed=True)  # 3 is written as 3, 3.0 as 3.0
def _recurring(_language: str, name: str, *values: Hashable) -> str:
    return macro("parts.html", name)(*values)


def _evidence(seen: Evidence, name: str, instructor: bool) -> str:
    """What is drawn of the evidence that a check of this name found: those who made the same mistake share it."""
    return _drawn(language.current(), seen, name, instructor)


@lru_cache(maxsize=64)
def _drawn(_language: str, seen: Evidence, name: str, instructor: bool) -> str:
    return macro("parts.html", "evidence")(seen, name, instructor)


def pieces(template: str, **values: object) -> Iterator[str]:
    """A page like `render`'s in pieces, for one that is long."""
    spoken = language.current().replace("_", "-")
    return _environment().get_template(template).generate(values, language=spoken)


def compile_all() -> None:
    """Compiles every template, which takes longer than to fill one."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        bytecode_cache=Compiled(_TEMPLATES, [__file__, text.__file__]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(language._, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    script = (_TEMPLATES / "class.js").read_text(encoding="utf-8")
    # In place of Jinja's own, which make a translated text safe anew each time that it is written.
    environment.globals.update(_=_said, gettext=_said, ngettext=_counted)
    environment.globals.update(
        style=Markup(style),
        policy=(
            f"default-src 'none'; style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
        ),
        script=Markup(script),
        scripts=f"script-src {_hash(script)}",
        words=words,
        recurring=recurring,
        picture=arrays.picture,
        evidence_of=_evidence,
        slug=names.slug,
        total=facts.total,
    )
    environment.filters.update(line=text.line, block=text.block, output=text.output, points=text.points)
    return environment


def _said(message: str, /, **values: object) -> Markup:
    return _filled(language._(message), **values) if values else _constant(language.current(), message)


@lru_cache(maxsize=512)
def _constant(_language: str, message: str) -> Markup:
    return _filled(language._(message))


def _counted(one: str, many: str, count: int, /, **values: object) -> Markup:
    return _filled(language.ngettext(one, many, count), num=count, **values)


def _filled(text: str, **values: object) -> Markup:
    return Markup(text % {name: escape(value) for name, value in values.items()})


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _finalize(value: object) -> object:
    """The last gate before escaping: no hidden character gets into a page, whatever filter was forgotten."""
    return text.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
