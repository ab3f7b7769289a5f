from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.box.program import Place
from grader.model import ClassReport, Evidence, ExerciseResult, Finding, Report, Status, Verdict
from grader.reports.facts import Next, for_student, is_open, runs, summary, what_next
from grader.reports.words import standing
from tests.reports import specimens
from tests.reports.specimens import exercise, report, skipped, wrong

EVIDENCE = st.builds(Evidence, st.just("dx"), st.text(), st.booleans(), st.none(), st.none())
FINDINGS = st.builds(Finding, st.text(), st.text(), st.none() | EVIDENCE)


def class_of(*reports: Report) -> ClassReport:
    return replace(specimens.class_report(), submissions=reports)


def next_check(*exercises: ExerciseResult) -> str:
    following = what_next(report("s001", *exercises))
    return f"{following.exercise.name}.{following.check.name}" if following else ""


@given(st.lists(FINDINGS, min_size=1, max_size=5))
def test_a_student_never_gets_private_texts_or_hidden_evidence(findings: list[Finding]) -> None:
    base = wrong("runs", Verdict.FAILED, "")
    checks = tuple(replace(base, name=f"c{i}", finding=finding) for i, finding in enumerate(findings))
    shown = for_student(report("s001", replace(exercise("Relu"), checks=checks)))
    relu = next(e for e in shown.exercises if e.name == "Relu")
    for before, check in zip(findings, relu.checks, strict=True):
        after = check.finding
        assert after is not None
        assert after.message == before.message
        assert after.private == ""
        public = before.evidence is not None and before.evidence.public
        assert after.evidence == (before.evidence if public else None)


def test_a_student_never_gets_flags() -> None:
    assert specimens.struggling().flags
    assert for_student(specimens.struggling()).flags == ()


def test_next_is_the_first_wrong_check_with_points() -> None:
    free = wrong("runs", Verdict.FAILED, "")
    dx, db = (
        wrong("dx_matches_reference", Verdict.CRASHED, ""),
        wrong("db_matches_reference", Verdict.FAILED, ""),
    )
    assert next_check(exercise("Relu", free), exercise("Affine", db, dx)) == "Affine.dx_matches_reference"


def test_next_is_what_keeps_points_from_being_judged() -> None:
    stopped = exercise("Relu", wrong("runs", Verdict.CRASHED, ""), skipped("dx_matches_reference", "runs"))
    assert next_check(stopped, exercise("Affine", specimens.db_not_summed())) == "Relu.runs"


def test_advice_and_our_own_faults_are_nothing_to_do_next() -> None:
    fault = wrong("dx_matches_reference", Verdict.ERROR, "")
    assert what_next(report("s001", exercise("Relu", specimens.advice(Verdict.FAILED), fault))) is None


def test_next_of_an_unwritten_exercise_is_to_write_it() -> None:
    untouched = specimens.untouched("Relu")
    following = what_next(report("s001", untouched))
    assert following == Next(untouched, untouched.checks[0])


def test_neighbours_that_passed_or_were_skipped_are_put_together_in_order() -> None:
    dx, db = wrong("dx_matches_reference", Verdict.FAILED, ""), skipped("db_matches_reference", "dx")
    dw = wrong("dw_matches_reference", Verdict.FAILED, "")
    found = runs(exercise("Affine", dx, dw, db, specimens.advice(Verdict.PASSED)))
    assert [(run.verdict, len(run.checks), run.score, run.max_score) for run in found] == [
        (Verdict.PASSED, 5, 5.0, 5.0),
        (Verdict.FAILED, 1, 0.0, 5.0),
        (Verdict.FAILED, 1, 0.0, 5.0),
        (Verdict.SKIPPED, 1, 0.0, 5.0),
        (Verdict.PASSED, 2, 0.0, 0.0),
    ]


def test_what_ended_just_as_a_check_before_is_put_with_what_was_skipped() -> None:
    found = runs(specimens.untouched("Relu"))
    assert [(run.verdict, run.folded, len(run.checks)) for run in found] == [
        (Verdict.MISSING, False, 1),
        (Verdict.SKIPPED, True, len(specimens.CHECKS) - 1),
    ]
    missing = [
        wrong(name, Verdict.MISSING, text)
        for name, text in zip(("runs", "dx_matches_reference", "db_matches_reference"), "aab", strict=True)
    ]
    assert [
        (run.verdict, run.folded)
        for run in runs(exercise("Relu", *missing))
        if run.verdict is not Verdict.PASSED
    ] == [
        (Verdict.MISSING, False),
        (Verdict.MISSING, True),
        (Verdict.MISSING, False),
    ]


def test_next_has_the_hint_of_a_check_that_found_the_same() -> None:
    told = wrong("is_defined", Verdict.MISSING, "no valid Python", None, "scaled")
    same = wrong("dx_matches_reference", Verdict.MISSING, "no valid Python")
    assert next_check(exercise("Relu", told, same)) == "Relu.is_defined"
    told = replace(told, diagnoses=())
    assert next_check(exercise("Relu", told, same)) == "Relu.is_defined"
    assert next_check(exercise("Relu", replace(told, place=None), same)) == "Relu.dx_matches_reference"
    assert next_check(exercise("Relu", told, replace(same, place=None))) == "Relu.is_defined"
    dx = [
        replace(specimens.dx_scaled(), name=name) for name in ("dx_matches_reference", "db_matches_reference")
    ]
    assert next_check(exercise("Relu", *dx)) == "Relu.dx_matches_reference"


def test_the_class_at_a_glance() -> None:
    facts = summary(specimens.class_report())
    assert dict(facts.statuses) == {status: 4 if status is Status.GRADED else 1 for status in Status}
    assert facts.graded == 4
    shares = [1.0, 130 / 195, 195 / 200, 160 / 200]
    assert facts.mean == sum(shares) / 4 * 200
    assert facts.median == (0.8 + 0.975) / 2 * 200
    assert facts.bins == (0, 0, 0, 0, 0, 0, 1, 0, 1, 2)
    assert [s.student for s in facts.unjudged] == ["s002", "\u202eevil\x1b[2J\r\n"]


def test_a_class_without_anything_graded_has_no_average() -> None:
    facts = summary(class_of(*specimens.class_report().submissions[4:6]))
    assert (facts.mean, facts.median, facts.graded, sum(facts.bins)) == (None, None, 0, 0)
    assert facts.exercises == ()


def test_an_exercise_names_the_check_that_failed_most() -> None:
    reports = [report(f"s{i}", exercise("Affine", specimens.db_not_summed())) for i in range(3)]
    reports += [report(f"t{i}", exercise("Affine", specimens.dx_scaled())) for i in range(2)]
    affine = next(e for e in summary(class_of(*reports, report("u"))).exercises if e.name == "Affine")
    assert (affine.judged, affine.earned_all, affine.worst_count) == (6, 1, 3)
    assert affine.worst is not None
    assert affine.worst.name == "db_matches_reference"
    assert affine.share == (5 * 0.75 + 1) / 6


def test_an_exercise_that_all_got_right_has_no_worst_check() -> None:
    relu = next(e for e in summary(class_of(report("s001"))).exercises if e.name == "Relu")
    assert (relu.worst, relu.worst_count, relu.share) == (None, 0, 1.0)


def test_where_an_exercise_stands() -> None:
    assert standing(exercise("Relu")) == "all"
    assert standing(exercise("Relu", specimens.db_not_summed())) == "most"
    three = [wrong(n, Verdict.FAILED, "") for n, _, points in specimens.CHECKS if points][:3]
    assert standing(exercise("Relu", *three)) == "some"
    four = [wrong(n, Verdict.FAILED, "") for n, _, points in specimens.CHECKS if points]
    assert standing(exercise("Relu", *four)) == "none"
    untouched = specimens.untouched("Relu")
    at, nowhere = (
        replace(untouched, checks=tuple(replace(check, place=place) for check in untouched.checks))
        for place in (Place("a.py", 3), None)
    )
    assert standing(nowhere) == "missing"
    assert standing(at) == "broken"
    assert standing(replace(at, found_as="Relu")) == "missing"
    assert standing(exercise("Relu", wrong("dx_matches_reference", Verdict.ERROR, ""))) == "error"


def test_an_exercise_is_open_where_nothing_is_kept_from_its_student() -> None:
    told = specimens.db_not_summed()
    assert told.finding is not None
    assert told.finding.evidence is not None
    assert is_open(exercise("Affine"))
    assert is_open(exercise("Affine", told))
    hidden = replace(told.finding, evidence=replace(told.finding.evidence, public=False))
    assert not is_open(exercise("Affine", replace(told, finding=hidden)))
    said = replace(told.finding, private=told.finding.message[:5])
    assert is_open(exercise("Affine", replace(told, finding=said)))
    assert not is_open(exercise("Affine", replace(told, finding=replace(said, private="more"))))
