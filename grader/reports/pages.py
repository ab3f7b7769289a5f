"""The three kinds of pages, each self-contained: no request, one inlined style, on the class page alone one script."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from grader import language
from grader.model import CheckResult, ClassReport, ExerciseResult, Report, Status
from grader.reports import chart, items
from grader.reports.code import code
from grader.reports.environment import macro, pieces, render
from grader.reports.facts import (
    ClassFacts,
    Run,
    for_student,
    is_open,
    is_unjudged,
    runs,
    stands_beside,
    summary,
    total,
    what_next,
)
from grader.reports.feedback import feedback
from grader.reports.graph import graph
from grader.reports.misconceptions import alike, misconceptions, mistakes
from grader.reports.remembering import remembered

# Student text cannot hold these: every < in it is escaped.
_BEGIN, _END = "<!-- beside the score -->", "<!-- end of beside the score -->"
_NOTHING_BESIDE = f"{_BEGIN}\n\n{_END}"


def index_html(report: ClassReport, links: Mapping[str, str]) -> str:
    """The class page, for instructors. `links` maps students to the addresses of their instructor pages."""
    return "".join(index_pieces(report, links))


def index_pieces(report: ClassReport, links: Mapping[str, str]) -> Iterator[str]:
    """The same in pieces, one after another."""
    # a stable sort: what was not judged comes first, the rest stays in its order
    submissions = sorted(report.submissions, key=lambda submission: not is_unjudged(submission))
    facts = summary(report)
    made = misconceptions(report)
    return pieces(
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
        flag_ids=sorted({flag.id for submission in submissions for flag in submission.flags}),
        bars=chart.bars(facts.bins),
        width=chart.WIDTH,
        height=chart.HEIGHT,
        links=links,
    )


def student_html(report: Report, facts: ClassFacts) -> str:
    """The page to hand out: nothing in it is private or about another student."""
    return both_html(report, facts, feedback(report))[0]


def instructor_html(report: Report, facts: ClassFacts) -> str:
    """The same with private texts, the evidence of hidden cases and what a human should look at."""
    return both_html(report, facts, "")[1]


def both_html(report: Report, facts: ClassFacts, notebook: str) -> tuple[str, str]:
    """The student's page, with the notebook of its findings, and the instructor's. What is the same on both, which is
    most of them, is drawn once."""
    safe = for_student(report)
    graded = report.status is Status.GRADED
    shown = [_exercise(*item, instructor=False) for item in enumerate(safe.exercises if graded else ())]
    told = [
        shown[index] if is_open(exercise) else _exercise(index, exercise, instructor=True)
        for index, exercise in enumerate(report.exercises if graded else ())
    ]
    same = {
        "next": macro("judged.html", "next_step")(safe, what_next(safe), is_unjudged(safe)),
        "overview": macro("judged.html", "overview")(safe.exercises if graded else ()),
        "code": _code_html(report),
        "rest": macro("judged.html", "rest")(safe),
    }
    return (
        _submission_html(safe, facts, notebook, exercises="".join(shown), instructor=False, **same),
        _submission_html(report, facts, "", exercises="".join(told), instructor=True, **same),
    )


def _submission_html(
    report: Report, facts: ClassFacts, notebook: str, *, exercises: str, instructor: bool, **same: str
) -> str:
    return render(
        "submission.html",
        report=report,
        facts=facts,
        instructor=instructor,
        # Within the page: a link to a file beside it would break where an LMS hands the page out under another name.
        notebook=Markup(base64.b64encode(notebook.encode()).decode()),
        beside=Markup(_beside(report, instructor=instructor)),
        exercises=Markup(exercises),
        **same,
    )


def _code_html(report: Report) -> Markup:
    """The code with what was found at its lines, of which nothing is private; "" where there is none."""
    shown = code(report)
    return Markup(render("code.html", code=shown, report=report) if shown.blocks else "")


def _exercise(index: int, exercise: ExerciseResult, *, instructor: bool) -> str:
    drawn = Markup("".join(_run(run, instructor=instructor) for run in runs(exercise)))
    return macro("judged.html", "exercise")(exercise, index, graph(exercise), drawn)


def _run(run: Run, *, instructor: bool) -> str:
    if all(check.finding is None for check in run.checks):
        return _silent_run(language.current(), run.folded, *run.checks)
    return macro("parts.html", "run")(run, instructor)


@remembered
def _silent_run(_language: str, folded: bool, *checks: CheckResult) -> str:
    """Checks that found nothing look the same on every page."""
    return macro("parts.html", "run")(Run(folded, checks), False)


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


def has_nothing_beside(page: bytes) -> bool:
    """Whether nothing stands beside the score on a page."""
    return _NOTHING_BESIDE.encode() in page


def shows(head: str, report: Report) -> bool:
    """Whether the page that begins so shows the judgement that `report` is of."""
    return f'<meta name="result" content="{report.result}">' in head


def _beside(report: Report, *, instructor: bool) -> str:
    if not stands_beside(report, instructor=instructor):
        return _NOTHING_BESIDE
    html = render("beside.html", report=report, instructor=instructor, total=total(report))
    return f"{_BEGIN}\n{html}\n{_END}"
