"""The three kinds of pages, each self-contained: no request, one inlined style, on the class page alone one script."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from markupsafe import Markup

from grader.model import ClassReport, Report
from grader.reports import chart, items
from grader.reports.code import code
from grader.reports.environment import render
from grader.reports.facts import ClassFacts, for_student, is_unjudged, summary, total, what_next
from grader.reports.feedback import feedback
from grader.reports.graph import graph
from grader.reports.misconceptions import alike, misconceptions, mistakes

# Student text cannot hold these: every < in it is escaped.
_BEGIN, _END = "<!-- beside the score -->", "<!-- end of beside the score -->"


def index_html(report: ClassReport, links: Mapping[str, str]) -> str:
    """The class page, for instructors. `links` maps students to the addresses of their instructor pages."""
    # a stable sort: what was not judged comes first, the rest stays in its order
    submissions = sorted(report.submissions, key=lambda submission: not is_unjudged(submission))
    facts = summary(report)
    made = misconceptions(report)
    return render(
        "index.html",
        report=report,
        summary=facts,
        heat=items.heat_map(report),
        discriminations=items.discriminations(report),
        slowest=items.slowest(report),
        broken=items.broken(report),
        mistakes=mistakes,
        misconceptions=made,
        alike=alike(report),
        submissions=submissions,
        bars=chart.bars(facts.bins),
        width=chart.WIDTH,
        height=chart.HEIGHT,
        links=links,
    )


def student_html(report: Report, facts: ClassFacts) -> str:
    """The page to hand out: nothing in it is private or about another student."""
    return _submission_html(for_student(report), facts, instructor=False)


def instructor_html(report: Report, facts: ClassFacts) -> str:
    """The same with private texts, the evidence of hidden cases and what a human should look at."""
    return _submission_html(report, facts, instructor=True)


def _submission_html(report: Report, facts: ClassFacts, *, instructor: bool) -> str:
    return render(
        "submission.html",
        report=report,
        facts=facts,
        instructor=instructor,
        next=what_next(report),
        unjudged=is_unjudged(report),
        code=code(report),
        graph=graph,
        # Within the page: a link to a file beside it would break where an LMS hands the page out under another name.
        notebook="" if instructor else base64.b64encode(feedback(report).encode()).decode(),
        beside=Markup(_beside(report, instructor=instructor)),
    )


def renewed(page: str, report: Report, *, instructor: bool) -> str:
    """A page with what stands beside the score (adjustments, lateness, comments, release, flags) as it is now.

    The rest stays: the arrays that it shows are kept nowhere else.
    """
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        return page
    shown = report if instructor else for_student(report)
    return before + _beside(shown, instructor=instructor) + after


def shows(head: str, report: Report) -> bool:
    """Whether the page that begins so shows the judgement that `report` is of."""
    return f'<meta name="result" content="{report.result}">' in head


def _beside(report: Report, *, instructor: bool) -> str:
    html = render("beside.html", report=report, instructor=instructor, total=total(report))
    return f"{_BEGIN}\n{html}\n{_END}"
