"""The pages in a real browser: nothing on the console, nothing asked for, nothing wider than the screen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from grader import language
from grader.model import Adjustment, ClassReport
from grader.reports import write_class, write_reports
from tests.reports import specimens

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PAGES = (
    *("index.html", "students/s002.html", "instructor/s002.html", "students/s003.html", "large/index.html"),
    *("chinese/index.html", "chinese/students/s002.html", "chinese/instructor/s002.html"),
)
MOST = ".students tr:nth-child(n + 40), .names a:nth-of-type(n + 40)"
LEAVE_MOST_OUT = f"document.querySelectorAll('{MOST}').forEach(one => one.remove())"
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
WIDTHS = "[document.scrollingElement.scrollWidth, window.innerWidth]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("chromium is missing; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def class_report() -> ClassReport:
    """The specimen class, in which one was late and has an adjustment."""
    base = specimens.class_report()
    given = (Adjustment("Relu", 1.5, "an appeal"), Adjustment(None, -20.0, "2 days late"))
    late = replace(
        base.submissions[2], late=True, adjustments=given, comments=("Well done.",), release="4711"
    )
    return replace(base, submissions=(*base.submissions[:2], late, *base.submissions[3:]))


@pytest.fixture(scope="module")
def reports() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        write_reports(Path(folder), class_report())
        large = replace(specimens.class_report(), sandbox="none", submissions=specimens.crowd(1000))
        write_class(Path(folder) / "large", large)
        language.use("zh_CN")
        write_reports(Path(folder) / "chinese", class_report())
        language.use("en")
        yield Path(folder)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_and_fits(
    browser: Browser, reports: Path, name: str, width: int, scheme: str
) -> None:
    address = (reports / name).as_uri()
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate(OPEN_ALL)
    content, screen = page.evaluate(WIDTHS)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    assert said == []
    assert [url for url in asked if url not in (address, "data:,")] == []
    assert content <= screen
    assert background == {"light": "rgb(250, 249, 246)", "dark": "rgb(20, 22, 26)"}[scheme]


def violations(page: Page) -> list[str]:
    """The rules of accessibility that a page breaks, each with the first element that does."""
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_a_page(browser: Browser, reports: Path, name: str) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto((reports / name).as_uri())
    page.evaluate(OPEN_ALL)
    page.evaluate(LEAVE_MOST_OUT)  # a thousand rows are alike, and in the soak
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("name", PAGES[:3])
def test_everybody_can_use_a_page_in_the_dark(browser: Browser, reports: Path, name: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto((reports / name).as_uri())
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    page.close()


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES[4:])
def test_everybody_can_use_what_is_large_or_chinese_whole(
    browser: Browser, reports: Path, name: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((reports / name).as_uri())
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    page.close()


def test_the_notebook_is_taken_out_of_the_page(browser: Browser, reports: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    alone = tmp_path / "lovelaceada_4711_17_layers.html"
    alone.write_bytes((reports / "students/s002.html").read_bytes())
    page.goto(alone.as_uri())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your notebook").click()
    assert download.value.suggested_filename == "feedback.ipynb"
    assert download.value.path().read_bytes() == (reports / "students/s002.ipynb").read_bytes()
    page.close()


def test_totals_are_sorted_like_scores(browser: Browser, reports: Path) -> None:
    page = browser.new_page()
    page.goto((reports / "index.html").as_uri())
    page.locator(".students").get_by_role("columnheader", name="Total").get_by_role("button").click()
    assert page.locator("[aria-sort=descending]").inner_text().strip().startswith("Total")
    totals = page.locator(".students tbody tr td:nth-child(3)").evaluate_all(
        "cells => cells.map(cell => Number(cell.dataset.value))"
    )
    assert totals == sorted(totals, reverse=True)
    assert 176.5 in totals
    page.close()


def test_a_page_that_somebody_cannot_use_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>a</title><main><h1>a</h1><input><p style='color: #ccc'>Too pale to be read.</p></main>"
    )
    assert {one.partition(":")[0] for one in violations(page)} == {"label", "color-contrast"}
    page.close()


def test_a_table_scrolls_in_its_own_box_by_keyboard(browser: Browser, reports: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto((reports / "index.html").as_uri())
    box = page.locator(".scroll.tall")
    box.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(100):
        if box.evaluate("box => box.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert box.evaluate("box => box.scrollLeft") > 0
    page.close()


def test_print_shows_the_whole_table_and_the_inputs(browser: Browser, reports: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page.emulate_media(media="print")
    page.goto((reports / "large/index.html").as_uri())
    box = page.evaluate(
        "(box => [box.clientHeight, box.scrollHeight])(document.querySelector('.scroll.tall'))"
    )
    assert box[0] >= box[1]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.goto((reports / "students/s002.html").as_uri())
    assert page.locator("details.inputs table").first.bounding_box() is not None
    page.close()


def shown(page: Page) -> list[str]:
    """The students in the table of the class, as they are seen."""
    script = "[...document.querySelectorAll('.students tbody tr:not([hidden]) th a')].map(a => a.textContent)"
    found: list[str] = page.evaluate(script)
    return found


def test_a_thousand_students_are_sorted_by_keyboard(browser: Browser, reports: Path) -> None:
    page = browser.new_page()
    page.goto((reports / "large/index.html").as_uri())
    assert shown(page)[:3] == ["20210000", "20210001", "20210002"]
    page.locator(".tools input").focus()
    heading = page.get_by_role("columnheader", name="Score")
    for _ in range(10):
        page.keyboard.press("Tab")
        if heading.locator("button").evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    scores = page.evaluate(
        "[...document.querySelectorAll('.students .total')].map(c => Number(c.textContent))"
    )
    assert len(scores) == 1000
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "ascending"
    student = page.locator(".students").get_by_role("columnheader", name="Student")
    student.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") is None
    assert student.get_attribute("aria-sort") == "ascending"
    assert shown(page) == sorted(shown(page))
    page.close()


def test_students_are_filtered_by_text_status_mistake_and_flag(browser: Browser, reports: Path) -> None:
    page = browser.new_page()
    page.goto((reports / "index.html").as_uri())
    page.get_by_label("Find").fill("LOVE ada")
    assert shown(page) == ["s002"]
    assert page.locator(".tools output").text_content() == "1 of 9 students shown"
    page.get_by_label("Find").fill("")
    page.locator("select[name=status]").select_option("graded")
    assert shown(page) == ["s002", "s001", "s003", "=cmd|' /C calc'!A0"]
    page.locator("select[name=mistake]").select_option("not-summed")
    assert shown(page) == ["s002", "s003"]
    page.locator("select[name=flag]").select_option("frame-walk")
    assert shown(page) == ["s002"]
    page.close()


def test_a_student_is_one_click_from_the_class_and_back(browser: Browser, reports: Path) -> None:
    page = browser.new_page()
    page.goto((reports / "index.html").as_uri())
    page.locator(".students").get_by_role("link", name="=cmd").click()
    assert page.locator("h1").inner_text().startswith("<script>alert(1)</script>")
    page.get_by_role("link", name="The whole class").click()
    assert page.locator("h1").inner_text() == "Layers of a computational graph"
    page.close()


def test_without_scripts_the_class_page_has_its_table_and_no_dead_tools(
    browser: Browser, reports: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "index.html").as_uri())
    assert page.locator(".students tbody tr").count() == 9
    assert not page.locator(".tools").is_visible()
    assert page.locator("thead button").count() == 0
    context.close()
