"""What a class misunderstood, on a class that is made for it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from grader.model import CheckResult, ClassReport, Diagnosis, Report, Verdict
from grader.numeric.closeness import fingerprint
from grader.reports import index_html, student_html, to_json
from grader.reports.facts import facts_of
from grader.reports.misconceptions import alike, misconceptions
from tests.reports import specimens
from tests.reports.pages import Page
from tests.reports.specimens import db_not_summed, dx_scaled, exercise, report, wrong


def class_of(*reports: Report) -> ClassReport:
    return replace(specimens.class_report(), submissions=reports)


def unexplained(name: str, seed: int) -> CheckResult:
    """A wrong value that no diagnosis explains, the same for the same seed but for rounding."""
    got = np.random.default_rng(seed).normal(size=(5, 4)) * (1 + 1e-15)
    return replace(wrong(name, Verdict.FAILED, "dx differs"), fingerprint=fingerprint(got))


def counted(found: ClassReport) -> list[tuple[str, int, float]]:
    return [
        (" ".join(diagnosis.id for diagnosis in one.diagnoses), len(one.students), one.lost)
        for one in misconceptions(found)
    ]


def groups(found: ClassReport) -> list[tuple[list[str], list[str]]]:
    return [
        (
            [one.student for one in item.students],
            [f"{exercise}.{check.name}" for exercise, check in item.checks],
        )
        for item in alike(found)
    ]


def test_a_mistake_counts_a_student_once_and_the_most_frequent_comes_first() -> None:
    twice = report("s1", exercise("Affine", db_not_summed()), exercise("Relu", db_not_summed()))
    tied = report("s2", exercise("Affine", dx_scaled()))
    both = report("s3", exercise("Affine", dx_scaled(), db_not_summed()))
    assert counted(class_of(tied, twice, both, report("s4", exercise("Affine", db_not_summed())))) == [
        ("not-summed", 3, 20.0),
        ("scaled wrong-axis", 2, 10.0),
    ]
    assert misconceptions(class_of(twice))[0].exercises == ("Relu", "Affine")


def test_results_count_the_students_of_each_mistake_and_of_a_tie_its_first() -> None:
    both = report("s1", exercise("Affine", dx_scaled(), db_not_summed()), exercise("Relu", db_not_summed()))
    found = class_of(both, report("s2", exercise("Affine", db_not_summed())))
    assert list(json.loads(to_json(found))["misconceptions"].items()) == [("not-summed", 2), ("scaled", 1)]


def test_of_mistakes_of_as_many_students_the_dearer_one_comes_first() -> None:
    cheap = replace(db_not_summed(), diagnoses=(Diagnosis("overflow", ""),), advice=True)
    dear = exercise("Affine", dx_scaled())
    assert [one[0::2] for one in counted(class_of(report("s1", exercise("Relu", cheap), dear)))] == [
        ("scaled wrong-axis", 5.0),
        ("overflow", 0.0),
    ]


def test_equal_wrong_values_make_a_group_whatever_the_other_checks_are() -> None:
    dx, other = unexplained("dx_matches_reference", 1), unexplained("dx_matches_reference", 2)
    dw = unexplained("dw_matches_reference", 3)
    found = class_of(
        report("s1", exercise("Affine", dx, dw), exercise("Relu", dx)),
        report("s2", exercise("Affine", dx, dw), exercise("Relu", other)),
        report("s3", exercise("Affine", other), exercise("Relu", dx)),
        report("s4", exercise("Sigmoid", dx)),
        report("s5", exercise("Affine", db_not_summed())),
    )
    assert groups(found) == [
        (["s1", "s3"], ["Relu.dx_matches_reference"]),
        (["s1", "s2"], ["Affine.dx_matches_reference", "Affine.dw_matches_reference"]),
    ]


def test_the_largest_group_comes_first() -> None:
    dx, dw = unexplained("dx_matches_reference", 1), unexplained("dw_matches_reference", 2)
    students = [report(f"s{number}", exercise("Affine", dx)) for number in range(5)]
    pair = [report(f"t{number}", exercise("Relu", dw)) for number in range(2)]
    assert [len(item.students) for item in alike(class_of(*pair, *students))] == [5, 2]


def test_a_class_without_mistakes_has_neither() -> None:
    found = class_of(report("s1"), report("s2"))
    assert misconceptions(found) == ()
    assert alike(found) == ()
    text = Page(index_html(found, {})).text
    assert "Misconceptions" not in text
    assert "Wrong alike" not in text


def test_the_class_page_names_the_mistakes_and_links_those_who_made_them() -> None:
    crowd = [report(f"s{number:03}", exercise("Affine", db_not_summed())) for number in range(9)]
    same = [
        report(
            name, exercise("Affine", unexplained("dx_matches_reference", 1)), exercise("Relu", dx_scaled())
        )
        for name in ("a1", "a2")
    ]
    found = class_of(*crowd, *same)
    links = {one.student: f"instructor/{one.student}.html" for one in found.submissions}
    page = Page(index_html(found, links))
    rows = page.text.partition("Misconceptions")[2]
    first, second = rows.index("bias gradient keeps the batch axis not-summed"), rows.index("One of these")
    assert first < second < rows.index("wrong-axis")
    assert "9 students" in rows
    for one in found.submissions:
        assert page.values("href").count(f"instructor/{one.student}.html") >= 2
    assert "Affine, dx is the gradient with respect to x" in rows.partition("Wrong alike")[2]


def test_a_students_page_holds_no_fingerprint() -> None:
    check = unexplained("dx_matches_reference", 1)
    page = student_html(report("s1", exercise("Affine", check)), facts_of(class_of()))
    assert check.fingerprint
    assert check.fingerprint not in page


def test_a_mistake_that_the_catalogue_no_longer_has_is_told_by_its_hint() -> None:
    old = replace(db_not_summed(), diagnoses=(Diagnosis("no-such-id", "Why so <b>?"),))
    text = index_html(class_of(report("s1", exercise("Affine", old))), {})
    assert "Why so &lt;b&gt;? <code" in text
