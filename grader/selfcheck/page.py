"""A self-check as a piece of HTML and as Markdown, for notebooks: no script, no style sheet, words beside colours."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from grader.language import _
from grader.model import CheckResult, ExerciseResult
from grader.reports.arrays import Cell, Table, picture
from grader.reports.text import line
from grader.selfcheck.checking import Checkup, is_unwritten, is_wrong, shown
from grader.selfcheck.lines import after, closing, opening, said, standing, stated, word_of

# Readable on white and on the dark grounds of notebooks: the colours are those of a border, never of text.
_RIGHT, _WRONG, _OTHER = "#2e7d32", "#c62828", "#8a6d00"
_CELL = "padding:1px 6px;text-align:right;border:1px solid rgba(128,128,128,.35)"
_KINDS = {
    "": _CELL,
    "same": _CELL,
    "off": f"{_CELL};background:rgba(198,40,40,.18)",
    "mark": f"{_CELL};background:rgba(198,40,40,.38);font-weight:bold",
}
_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~$"})


def html(checkup: Checkup) -> str:
    """The whole as HTML."""
    body = [f"<div>{_strong(checkup.subject, checkup.title)}</div>"]
    body += [f"<div>{_text(one)}</div>" for one in opening(checkup)]
    for result in () if checkup.report.note else checkup.report.exercises:
        body += _exercise(checkup, result)
    body += [f'<div style="margin-top:6px">{_text(one)}</div>' for one in closing(checkup)]
    return f'<div style="line-height:1.45">{"".join(body)}</div>'


def markdown(checkup: Checkup) -> str:
    """The whole as Markdown."""
    rows = [stated(f"**{_plain(checkup.subject)}**", _plain(checkup.title)), ""]
    rows += [f"- {_plain(one)}" for one in opening(checkup)]
    for result in () if checkup.report.note else checkup.report.exercises:
        rows.append("- " + stated(f"**{_plain(result.name)}**", standing(result)))
        rows += [f"  - {_plain(why)}" for why in [after(checkup, result)] if why]
        for check in shown(result):
            rows.append("  - " + stated(_plain(check.title), f"*{word_of(check)}*"))
            rows += [f"    - {_plain(one)}" for one in said(check)]
    return "\n".join([*rows, "", *(f"{_plain(one)}\n" for one in closing(checkup))])


def _exercise(checkup: Checkup, result: ExerciseResult) -> Iterator[str]:
    colour = (_OTHER if is_unwritten(result) else _WRONG) if is_wrong(result) else _RIGHT
    yield f'<div style="border-left:5px solid {colour};padding-left:8px;margin-top:6px">'
    yield f"<div>{_strong(result.name, standing(result))}</div>"
    if why := after(checkup, result):
        yield f"<div>{_text(why)}</div>"
    for check in shown(result):
        yield f'<div style="margin-top:4px">{_strong(check.title, word_of(check))}</div>'
        yield from (f"<div>{_text(one)}</div>" for one in said(check))
        yield from _arrays(check)
    yield "</div>"


def _arrays(check: CheckResult) -> Iterator[str]:
    evidence = check.finding.evidence if check.finding else None
    if evidence is None or not evidence.public:
        return
    yield '<div style="display:flex;flex-wrap:wrap;gap:14px;overflow-x:auto">'
    names = {"got": _("got"), "wanted": _("wanted"), "difference": _("difference")}
    yield from (_table(names.get(table.role, table.role), table) for table in picture(evidence).tables)
    yield "</div>"


def _table(role: str, table: Table) -> str:
    rows = "".join(f"<tr>{''.join(map(_cell, cells))}</tr>" for _number, cells in table.rows)
    heading = stated(role, f"{table.name} {table.shape} {table.part}".strip())
    style = "border-collapse:collapse;font-family:monospace;font-size:90%"
    title = f'<div style="font-size:90%">{_text(heading)}</div>'
    return f'<div>{title}<table style="{style}"><tbody>{rows}</tbody></table></div>'


def _cell(cell: Cell) -> str:
    return f'<td style="{_KINDS[cell.kind]}">{_text(cell.text)}</td>'


def _strong(subject: str, statement: str) -> str:
    return stated(f"<b>{_text(subject)}</b>", _text(statement))


def _text(text: str) -> str:
    return escape(line(text))


def _plain(text: str) -> str:
    return line(text).translate(_MARKDOWN)
