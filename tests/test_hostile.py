"""Hostile submissions in the real sandbox: no point that is not earned, no neighbour harmed, nothing left."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import lendable
from grader.model import Array, Status, Verdict
from grader.reports import report_to_dict, slug
from grader.submissions import File, Submission
from tests.hostile import FACTS, Facts, Honest, Specimen, graded, honest, mixed, specimens
from tests.layers import ROOT, layers

# Two submissions are graded at a time here.
MOST_MEMORY = 250_000_000
CLASS = specimens()
STUDENTS = [specimen.name for specimen in CLASS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the reports on the whole class, graded in a process of its own where warnings are errors."""
    made = tmp_path_factory.mktemp("hostile")
    boxes = tmp_path_factory.mktemp("boxes-of-the-hostile-class")
    command = [sys.executable, "-W", "error", "-m", "tests.hostile", str(made)]
    run = subprocess.run(
        command,
        cwd=ROOT,
        # The judge has one thread; several, as here, would each keep memory of their own.
        env={**os.environ, "TMPDIR": str(boxes), "MALLOC_ARENA_MAX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return made


@pytest.fixture(scope="module")
def facts(folder: Path) -> Facts:
    return Facts(**json.loads((folder / FACTS).read_text("utf-8")))


def checks(report: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The checks of a report as in results.json, by exercise and name."""
    return {f"{e['name']}.{c['name']}": c for e in report["exercises"] for c in e["checks"]}


def pages(folder: Path, student: str) -> dict[str, str]:
    """A student's pages by the folder they lie in."""
    rooms = ("students", "instructor")
    return {room: (folder / room / f"{slug(student)}.html").read_text("utf-8") for room in rooms}


def beside_code(page: str) -> str:
    """A page without the part that shows the submission's own code."""
    return re.sub(r'<section class="own" aria-labelledby="code">.*?</section>', "", page, flags=re.DOTALL)


def public(folder: Path, student: str, report: dict[str, Any]) -> str:
    """All that a student gets to see: the page to hand out, and the report but for its private texts."""
    kept = {
        **report,
        "exercises": [{**e, "checks": [_told(c) for c in e["checks"]]} for e in report["exercises"]],
    }
    return beside_code(pages(folder, student)["students"]) + json.dumps(kept, ensure_ascii=False)


def _told(check: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in check.items() if key != "private"}


def hidden_numbers() -> set[str]:
    """The beginnings of all numbers of hidden cases that have enough digits to be told from any other."""
    entries = [entry for entries in layers().key.entries.values() for entry in entries]
    found = {
        public: _beginnings(
            a for e in entries if e.ask.case.public is public for a in e.ask.case.arrays.values()
        )
        for public in (True, False)
    }
    return found[False] - found[True]


def _beginnings(arrays: Iterator[Array]) -> set[str]:
    texts = (repr(value) for array in arrays for value in np.ravel(array).astype(float).tolist())
    return {text.lstrip("-")[:10] for text in texts if len(text) > 12}


def lent_lines() -> list[str]:
    """The beginnings of the lines of the reference's `softmax`, which is lent where a specimen lacks its own."""
    lines = lendable(layers().reference, "softmax").splitlines()
    return [line.strip()[:30] for line in lines if len(line.strip()) > 30]


def test_there_are_enough_and_each_says_what_it_does() -> None:
    assert len(CLASS) >= 64
    for specimen in CLASS:
        assert re.fullmatch(r"[A-Z].*\.", specimen.header["attack"][0]), specimen.name
        assert re.fullmatch(r"\d+(\.\d+)?( at most)?", specimen.header["expect"][0]), specimen.name
        assert not specimen.earns(101)


@pytest.mark.parametrize("specimen", CLASS, ids=STUDENTS)
def test_it_gets_what_its_honest_code_earns(specimen: Specimen, facts: Facts) -> None:
    report = facts.reports[specimen.name]
    found = checks(report)
    assert report["status"] == specimen.header.get("status", [Status.GRADED.value])[0], report.get("note")
    assert Verdict.ERROR.value not in {check["verdict"] for check in found.values()}
    assert specimen.earns(report["score"]), report["score"]
    assert report["max_score"] == layers().assignment.max_score
    for expected in specimen.header.get("verdict", []):
        name, verdict = expected.split()
        assert found[name]["verdict"] == verdict, found[name]["finding"]
    for text in specimen.header.get("prints", []):
        assert text in report["output"], "the attack did not take place"
    for text in specimen.header.get("says", []):
        assert any(text in (check["finding"] or "") for check in found.values())


@pytest.mark.parametrize("specimen", CLASS, ids=STUDENTS)
def test_it_learns_nothing(specimen: Specimen, folder: Path, facts: Facts) -> None:
    seen = public(folder, specimen.name, facts.reports[specimen.name])
    assert "LEAK" not in seen
    assert not hidden_numbers() & {number[:10] for number in re.findall(r"\d+\.\d{8,}", seen)}
    for check in checks(facts.reports[specimen.name]).values():
        place = check["location"] or {"file": "layers.py", "line": 1}
        assert place["file"] in ("layers.py", "layers.ipynb")
        assert place["line"] < 10_000
    instructor = beside_code(pages(folder, specimen.name)["instructor"])
    everything = seen + instructor + json.dumps(facts.reports[specimen.name])
    assert not [line for line in lent_lines() if line in everything]


@pytest.mark.parametrize("specimen", CLASS, ids=STUDENTS)
def test_its_pages_are_harmless(specimen: Specimen, folder: Path) -> None:
    for page in pages(folder, specimen.name).values():
        assert "<script" not in page.lower()
        assert not set("\x00\x07\x1b\x7f\x9b\u202e\u2066") & set(page)


def test_the_pages_of_the_class_are_harmless(folder: Path) -> None:
    for name in ("index.html", "students.csv", "checks.csv"):
        text = (folder / name).read_text("utf-8")
        assert not set("\x00\x07\x1b\x7f\x9b\u202e\u2066") & set(text)
        # The one script is ours: the policy names its digest.
        assert name != "index.html" or text.lower().count("<script") == 1


def test_honest_neighbours_score_as_if_they_were_alone(facts: Facts) -> None:
    assert len(facts.alone) == 10
    assert {name: facts.reports[name]["score"] for name in facts.alone} == facts.alone
    assert len(set(facts.alone.values())) > 2


def test_nothing_survives(facts: Facts) -> None:
    assert facts.processes == []
    assert facts.files == []


def test_the_judge_stays_small(facts: Facts) -> None:
    assert facts.peak < MOST_MEMORY


STUDENT_IDS = [
    "../../../../tmp/evil",
    "/etc/passwd",
    "..",
    ".",
    "",
    "a\0b",
    "con",
    "x" * 5000,
    "\u202egnp.exe",
    "\x1b]0;owned\x07\x1b[2J",
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "=cmd|' /C calc'!A0",
    "\uff0bSUM(A1)",
    "@x\ty",
    "\ud800",
    "Ann",
    "ann",
    "a\nb,c",
]


class Named(Honest):
    """A submission under any name, one of whose files has that name too."""

    def read(self) -> Submission:
        whole = super().read()
        return Submission(
            self.student, (*whole.files, File(f"{self.student}.py", b"import os\nos._exit(0)\n"))
        )


def test_names_may_be_anything(tmp_path: Path) -> None:
    reports = graded(tmp_path / "out", [Named(name, "") for name in STUDENT_IDS])
    unwritable = {name for name, report in reports.items() if report.status is Status.UNREADABLE}
    assert {report.status for report in reports.values()} == {Status.GRADED, Status.UNREADABLE}
    assert {report.score for name, report in reports.items() if name not in unwritable} == {100.0}
    assert unwritable <= {STUDENT_IDS[0], STUDENT_IDS[1], "..", "a\0b", "x" * 5000, "\ud800"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    written = [path for path in files if path.name != "gradebook.sqlite"]
    assert len(written) == 2 * len(STUDENT_IDS) + 4 == len(files) - 1
    for path in written:
        text = path.read_text("utf-8")
        # In JSON a character needs no escape to be harmless: nobody shows it as it stands.
        assert path.suffix == ".json" or not set("\x00\x07\x1b\u202e") & set(text)
        index = path.name == "index.html"
        own = re.sub(r"<script>.*?</script>", "", text, count=1, flags=re.DOTALL) if index else text
        # What is quoted is no attribute: a quotation mark inside is always escaped.
        own = re.sub(r'"[^"]*"', '""', own)
        assert path.suffix != ".html" or not re.search(r"<script|<[^>]*\sonmouseover=|: 49", own)
    cells = (tmp_path / "out" / "students.csv").read_text("utf-8-sig").splitlines()
    assert not [cell for cell in cells if cell.lstrip('"')[:1] in ("=", "@", "+", "-", "\t", "\uff0b")]


@pytest.mark.soak
def test_two_hundred_of_which_every_tenth_is_hostile(tmp_path: Path) -> None:
    good, bad = honest(180), CLASS[:: len(CLASS) // 20][:20]
    together = graded(tmp_path / "together", mixed(bad, good))
    alone = graded(tmp_path / "alone", good)
    assert len(together) == 200
    assert {name: together[name].score for name in alone} == {
        name: report.score for name, report in alone.items()
    }
    assert not [one.name for one in bad if not one.earns(together[one.name].score)]


@pytest.mark.soak
def test_in_the_other_order_every_verdict_is_the_same(tmp_path: Path, facts: Facts) -> None:
    turned = graded(tmp_path, mixed(CLASS[::-1], honest(10)))
    told = {name: report_to_dict(report, full=True) for name, report in turned.items()}
    assert told.keys() == facts.reports.keys()
    # What an attack breaks at random in its own process differs from run to run.
    loose = {one.name for one in CLASS if "at most" in one.header["expect"][0]}
    for name in told.keys() - loose:
        before, after = checks(facts.reports[name]), checks(told[name])
        assert {one: before[one]["score"] for one in before} == {one: after[one]["score"] for one in after}, (
            name
        )
        first, second = ({one: found[one]["verdict"] for one in found} for found in (before, after))
        # On a busy machine a clock may strike before what else would have happened.
        assert first == second or "timed_out" in {*first.values(), *second.values()}, name
