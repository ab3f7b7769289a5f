"""The three kinds of pages, each self-contained: no script, no request, one inlined style."""

from __future__ import annotations

from collections.abc import Mapping

from grader.model import ClassReport, Report
from grader.reports import chart
from grader.reports.environment import render
from grader.reports.facts import ClassFacts, for_student, is_unjudged, summary, what_next
from grader.reports.misconceptions import alike, misconceptions


def index_html(report: ClassReport, links: Mapping[str, str]) -> str:
    """The class page, for instructors. `links` maps students to the addresses of their instructor pages."""
    # a stable sort: what was not judged comes first, the rest stays in its order
    submissions = sorted(report.submissions, key=lambda submission: not is_unjudged(submission))
    facts = summary(report)
    return render(
        "index.html",
        report=report,
        summary=facts,
        misconceptions=misconceptions(report),
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
    )
