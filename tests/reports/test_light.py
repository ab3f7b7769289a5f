"""Classes of any size: written in pieces, and summed up in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from grader.model import ClassReport, Report
from grader.reports import checks_csv, index_html, students_csv, to_json, write_class
from grader.reports.facts import summary, what_next
from grader.reports.items import discriminations, heat_map
from grader.reports.light import Lightened
from grader.reports.misconceptions import alike, counts, misconceptions
from tests.reports import specimens

CLASS = specimens.class_report()


def light(report: ClassReport) -> ClassReport:
    kept = Lightened()
    for one in report.submissions:
        kept.add(one)
    return kept.of(report)


@dataclass(frozen=True)
class Large(Sequence[Report]):
    """So many reports, made anew whenever somebody goes through them; none of them is small."""

    size: int

    def __iter__(self) -> Iterator[Report]:
        for number in range(self.size):
            like = CLASS.submissions[number % len(CLASS.submissions)]
            yield replace(
                like, student=f"s{number:05}", output=f"{number}" * 2000, mends=(f"{number}" * 100,)
            )

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> list[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | list[Report]:
        return list(self)[index]


def peak(folder: Path, count: int) -> int:
    """Bytes that writing a class takes at once."""
    report = replace(CLASS, submissions=Large(count))
    tracemalloc.start()
    try:
        write_class(folder, report)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_files_in_pieces_are_the_same_as_in_one(tmp_path: Path) -> None:
    write_class(tmp_path, CLASS)
    assert (tmp_path / "results.json").read_text("utf-8") == to_json(CLASS)
    assert (tmp_path / "checks.csv").read_bytes().decode("utf-8-sig") == checks_csv(CLASS)
    assert (tmp_path / "students.csv").read_bytes().decode("utf-8-sig") == students_csv(CLASS)
    links = {one.student: "" for one in CLASS.submissions}
    assert index_html(light(CLASS), links) == index_html(CLASS, links)


def test_a_light_class_is_summed_up_like_the_whole_one() -> None:
    small = light(CLASS)
    assert counts(small) == counts(CLASS)
    assert heat_map(small) == heat_map(CLASS)
    assert discriminations(small) == discriminations(CLASS)
    assert replace(summary(small), unjudged=(), exercises=()) == replace(
        summary(CLASS), unjudged=(), exercises=()
    )
    for own, other in ((misconceptions(small), misconceptions(CLASS)), (alike(small), alike(CLASS))):
        assert [[one.student for one in item.students] for item in own] == [
            [one.student for one in item.students] for item in other
        ]


def test_the_first_thing_to_mend_is_still_told() -> None:
    for own, other in zip(light(CLASS).submissions, CLASS.submissions, strict=True):
        mine, theirs = what_next(own), what_next(other)
        assert (mine is None) == (theirs is None)
        if mine and theirs:
            assert mine.check.name == theirs.check.name
            said = [one.check.finding.message if one.check.finding else None for one in (mine, theirs)]
            assert said[0] == said[1]


def test_equal_results_are_kept_once() -> None:
    first, second = light(replace(CLASS, submissions=Large(2 * len(CLASS.submissions)))).submissions[
        :: len(CLASS.submissions)
    ]
    assert all(own is other for own, other in zip(first.exercises, second.exercises, strict=True))


def test_a_class_ten_times_as_large_takes_little_more_memory(tmp_path: Path) -> None:
    peak(tmp_path, 20)  # what is made once: templates and caches
    small, large = peak(tmp_path, 100), peak(tmp_path, 1000)
    # Two KiB a student, where a report takes many.
    assert large - small < 900 * 2048
