from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import grader.reports
from grader.box.flags import IDS
from grader.box.program import Place
from grader.flags import SAME
from grader.model import Adjustment, ClassReport, Flag, Report, Status, Verdict
from grader.reports import facts_of, index_html, instructor_html, student_html
from grader.reports.feedback import feedback
from grader.reports.words import FLAGS, STATUSES, VERDICTS
from tests.reports import specimens
from tests.reports.pages import Page

CLASS = specimens.class_report()
FACTS = facts_of(CLASS)
LINKS = {"s001": "instructor/s001.html", "s002": "instructor/s002.html"}
TEMPLATES = sorted((Path(grader.reports.__file__).parent / "templates").glob("*.html"))

PAGES = {"index": index_html(CLASS, LINKS)} | {
    f"{kind} {number}": write(submission, FACTS)
    for kind, write in (("student", student_html), ("instructor", instructor_html))
    for number, submission in enumerate(CLASS.submissions)
}
every_page = pytest.mark.parametrize("html", PAGES.values(), ids=PAGES.keys())


def student(report: Report, facts: grader.reports.ClassFacts = FACTS) -> Page:
    return Page(student_html(report, facts))


def index(report: ClassReport) -> Page:
    return Page(index_html(report, LINKS))


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@every_page
def test_every_page_allows_its_own_style_and_script_and_nothing_else(html: str) -> None:
    page = Page(html)
    (style,) = page.texts["style"]
    (policy,) = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    allowed = (
        f"default-src 'none'; style-src {hashed(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    for script in page.texts.get("script", ()):
        allowed += f"; script-src {hashed(script)}"
    assert policy == allowed
    assert page.values("style") == []


def test_the_class_page_alone_holds_a_script_and_it_is_ours() -> None:
    scripts = {name: Page(html).texts.get("script", []) for name, html in PAGES.items()}
    ours = TEMPLATES[0].with_name("class.js").read_text(encoding="utf-8")
    assert scripts.pop("index") == [ours]
    assert not any(scripts.values())


@every_page
def test_no_page_asks_for_anything(html: str) -> None:
    page = Page(html)
    assert not {tag for tag, _ in page.elements} & {"iframe", "object", "img", "form", "base"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.values("src") == []
    data = r"data:,$|data:application/x-ipynb\+json;base64,[\w+/=]+$"
    assert all(re.match(rf"#e\d+$|{data}|[a-z./]+/[\w.%-]+\.html$", href) for href in page.values("href"))


@every_page
def test_no_hidden_character_gets_into_a_page(html: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)


@every_page
def test_headings_go_down_one_step_at_a_time(html: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(html).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_every_page_is_well_formed_and_says_its_language(html: str) -> None:
    page = Page(html)
    assert page.unclosed == []
    assert page.all("html") == [{"lang": "en"}]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(" ".join(page.values("aria-labelledby")).split()) <= set(ids)


@every_page
def test_what_scrolls_can_be_reached_and_has_a_label(html: str) -> None:
    scrolling = [a for _, a in Page(html).elements if "scroll" in a.get("class", "").split()]
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in scrolling)


def test_hostile_text_is_shown_as_text() -> None:
    assert "<script>alert(1)</script>" in student(CLASS.submissions[1]).text
    assert "<script>alert(2)</script>" in index(CLASS).text
    assert "49" not in student(replace(specimens.report("s001"), note="{{7*7}}")).text


def test_a_student_sees_no_hidden_array_no_private_text_and_no_flag() -> None:
    secrets = (specimens.SECRET, "8675.3", "17350.6", "own-finite-differences", "the key has no dW")
    html, full = student_html(CLASS.submissions[1], FACTS), instructor_html(CLASS.submissions[1], FACTS)
    assert [secret for secret in secrets if secret in html] == []
    assert [secret for secret in secrets if secret not in full] == []


def test_a_student_sees_the_public_arrays() -> None:
    page = student(specimens.report("s001", specimens.exercise("Affine", specimens.dx_scaled())))
    captions = [text.strip() for text in page.texts["b"]]
    assert {"Got", "Wanted", "Got minus wanted"} <= set(captions)
    assert "(largest difference)" in page.text
    assert "Affine(W 3x4, b 4).backward" in page.text


def test_a_student_page_knows_nothing_of_other_students_nor_of_the_seed() -> None:
    html = student_html(CLASS.submissions[1], FACTS)
    assert "s001" not in html
    assert "s003" not in html
    assert CLASS.seed not in html
    assert "index.html" not in html


def test_every_verdict_is_a_word() -> None:
    page = student(CLASS.submissions[1])
    assert {*VERDICTS.values()} <= {text.strip() for text in page.texts["span"]}
    assert set(VERDICTS) == set(Verdict)
    assert set(STATUSES) == set(Status)


def test_what_is_right_is_folded_and_what_is_wrong_is_open() -> None:
    html = student_html(specimens.report("s001", specimens.exercise("Affine", specimens.dx_scaled())), FACTS)
    folded = "".join(re.findall(r"<details>.*?</details>", html, re.DOTALL))
    assert "it is defined" in folded
    assert "dx differs by up to" not in folded


def test_points_and_their_absence_are_said() -> None:
    page = student(specimens.report("s001", specimens.exercise("Relu", specimens.advice(Verdict.FAILED))))
    assert "no points" in page.texts["span"]
    assert "advice, no points" in page.texts["span"]
    assert "5 / 5 points" in page.text


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (specimens.report("a"), "every point is earned"),
        (CLASS.submissions[1], "The grader failed to judge something"),
        (CLASS.submissions[4], "the process ended"),
        (CLASS.submissions[5], "layers.ipynb is not a notebook"),
        (replace(CLASS.submissions[5], note=""), "Hand in a file that can be read"),
        (specimens.report("a", specimens.untouched("Relu")), "Relu is not written yet"),
    ],
)
def test_a_page_begins_with_what_to_do_next(report: Report, sentence: str) -> None:
    html = student_html(report, FACTS)
    section = re.search(r'<section class="next".*?</section>', html, re.DOTALL)
    assert section is not None
    assert sentence in section[0]


def test_a_tie_between_diagnoses_is_shown_as_one() -> None:
    tie = student(specimens.report("a", specimens.exercise("Affine", specimens.dx_scaled())))
    one = student(specimens.report("a", specimens.exercise("Affine", specimens.db_not_summed())))
    assert "One of these questions may help" in tie.text
    assert "One of these questions may help" not in one.text
    assert "A question that may help" in one.text


def test_what_was_mended_failed_and_printed_is_there() -> None:
    page = student(CLASS.submissions[1])
    for text in ("Full-width spaces in cell 3", "name 'plt' is not defined", "epoch 1", "lines left out"):
        assert text in page.text
    assert "Mended while reading" not in student(CLASS.submissions[0]).text


def test_the_place_in_the_students_file_is_named() -> None:
    module = replace(specimens.exercise("Relu"), place=Place("layers.py", 41))
    page = student(specimens.report("a", module))
    assert "layers.py, line 41" in page.text
    assert "layers.ipynb, cell 12, line 1" in page.text


@pytest.mark.parametrize("sandbox", ["none", "bubblewrap"])
def test_a_missing_sandbox_is_said_aloud_on_every_page(sandbox: str) -> None:
    report = replace(CLASS, sandbox=sandbox)
    facts = facts_of(report)
    for html in (
        index_html(report, LINKS),
        student_html(CLASS.submissions[0], facts),
        instructor_html(CLASS.submissions[0], facts),
    ):
        assert ("No sandbox." in html) == (sandbox == "none")


def test_the_class_page_begins_with_what_was_not_judged() -> None:
    html = index_html(CLASS, LINKS)
    assert html.index('<h2 id="unjudged">') < html.index('<h2 id="glance">')
    names = re.findall(r'<th scope="row">(?:<a[^>]*>)?<bdi>(.*?)</bdi>', html)
    assert names[:3] == ["s002", "\\u202eevil\\x1b[2J\\r\\n", "s001"]
    assert "the key has no dW" in html
    assert "Not judged</h2>" not in index_html(replace(CLASS, submissions=CLASS.submissions[:1]), LINKS)


def test_the_class_page_links_to_the_pages_it_is_given() -> None:
    page = index(CLASS)
    assert page.values("href").count("instructor/s001.html") == 1
    assert (
        page.values("href").count("instructor/s002.html") == 6
    )  # also as not judged, by flag and by mistake
    assert not [href for href in page.values("href") if "s003" in href]


def test_the_class_page_counts_and_averages() -> None:
    page = index(CLASS)
    assert {"9", "172.1", "177.5"} <= {text.strip() for text in page.texts["dd"]}
    assert "90 to 100 %: 2" in page.text
    assert "0 to 10 %: 0" in page.text


def test_totals_stand_beside_the_scores_where_anything_was_added() -> None:
    late = Adjustment(None, -20.0, "2 days late")
    given = replace(specimens.report("a"), late=True, adjustments=(Adjustment("Relu", 1.5, "appeal"), late))
    rows = Page(index_html(replace(CLASS, submissions=(given, specimens.report("b"))), {}))
    sums = [cell["data-value"] for cell in rows.all("td") if "total" in cell.get("class", "").split()]
    assert sums == ["200.0", "181.5", "200.0", "200.0"]
    assert "+1.5 -20" in rows.text
    assert "the total adds adjustments and lateness" in rows.text
    assert "Total" not in index(CLASS).texts["th"]


def test_a_students_page_carries_the_notebook_with_the_findings() -> None:
    (link,) = (a for a in student(CLASS.submissions[1]).all("a") if "download" in a)
    assert link["download"] == "feedback.ipynb"
    carried = base64.b64decode(link["href"].partition(",")[2]).decode()
    assert carried == feedback(CLASS.submissions[1])
    assert not [a for a in student(CLASS.submissions[0]).all("a") if "download" in a]


def test_the_class_page_can_do_without_anything_graded() -> None:
    page = index(replace(CLASS, submissions=CLASS.submissions[4:6]))
    assert "Mean" not in page.text
    assert "Unreadable" in page.text


def test_the_class_page_names_flags() -> None:
    flagged = replace(specimens.report("a"), flags=(Flag("frame-walk", "Relu"),))
    told = index(replace(CLASS, submissions=(flagged,))).text
    assert "Looks into the program that runs it Relu frame-walk" in " ".join(told.split())


def test_every_flag_has_words() -> None:
    assert set(FLAGS) == {*IDS, SAME}
    assert "frame-walk" not in index(replace(CLASS, submissions=CLASS.submissions[:1])).text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_can_be_translated(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for marked in (r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", r"\{\{.*?\}\}", r"\{%.*?%\}"):
        text = re.sub(marked, "", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", text)) == []
