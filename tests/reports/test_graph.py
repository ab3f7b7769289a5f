"""The graph of an exercise that adds and multiplies numbers: its shape, and the values on its edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from grader.model import Evidence, ExerciseResult, Verdict
from grader.reports import facts_of, instructor_html, student_html
from grader.reports.graph import Edge, Graph, graph
from tests.reports import specimens
from tests.reports.pages import Page
from tests.reports.specimens import SECRET_NUMBER, apple_price, exercise, report, wrong

APPLES = {"apple": 100.0, "apple_num": 2.0, "tax": 1.1}
ORANGES = {"apple": 100.0, "apple_num": 2.0, "orange": 150.0, "orange_num": 3.0, "tax": 1.1}
BASKET = "price = (apple * apple_num + orange * orange_num) * tax"


def drawn(found: ExerciseResult) -> Graph:
    result = graph(found)
    assert result is not None
    return result


def named(found: Graph) -> dict[str, Edge]:
    return {edge.name: edge for edge in found.edges if edge.name}


def test_the_textbook_apples_have_the_textbook_values() -> None:
    edges = named(drawn(apple_price(241.5, **APPLES)))
    assert {name: (edge.forward, edge.backward) for name, edge in edges.items()} == {
        "price": ("220", "1"),
        "apple": ("100", "2.2"),
        "apple_num": ("2", "110"),
        "tax": ("1.1", "200"),
    }
    assert (edges["price"].got_forward, edges["tax"].got_backward) == ("241.5", "")


def test_the_textbook_basket_has_four_nodes_and_the_textbook_values() -> None:
    found = drawn(replace(apple_price(1.0, **ORANGES), formula=BASKET))
    assert sorted(node.sign for node in found.nodes) == ["+", "×", "×", "×"]
    assert {name: edge.backward for name, edge in named(found).items()} == {
        **{"price": "1", "apple": "2.2", "apple_num": "110"},
        **{"orange": "3.3", "orange_num": "165", "tax": "650"},
    }
    between = [edge.forward for edge in found.edges if not edge.name]
    assert sorted(between, key=float) == ["200", "450", "650"]
    assert all(0 < edge.x1 < edge.x2 < found.width and 0 < edge.y1 < found.height for edge in found.edges)


def test_a_wrong_gradient_stands_on_the_edge_of_its_input() -> None:
    arrays = {name: np.array(value) for name, value in APPLES.items()}
    seen = Evidence("dtax", "", True, np.array(7.0), np.array(200.0), arrays)
    other = Evidence("dapple", "", True, np.array(8.0), np.array(2.2), {**arrays, "tax": np.array(1.2)})
    checks = (
        wrong("db_matches_reference", Verdict.FAILED, "", seen),
        wrong("dx_matches_reference", Verdict.FAILED, "", other),
    )
    found = replace(exercise("buy_apple", *checks[::-1]), formula="price = apple * apple_num * tax")
    edges = named(drawn(replace(found, checks=checks)))
    assert (edges["tax"].got_backward, edges["tax"].backward) == ("7", "200")
    assert edges["apple"].got_backward == ""  # of another case


@pytest.mark.parametrize(
    "formula",
    [
        *("", "price = apple * apple", "price = apple * apple_num", "price = apple - apple_num * tax"),
        *("price = exp(apple) * apple_num * tax", "price = 2 * apple * apple_num * tax"),
        *("price = apple", "price = ("),
    ],
)
def test_what_is_no_graph_of_single_numbers_is_not_drawn(formula: str) -> None:
    assert graph(replace(apple_price(1.0, **APPLES), formula=formula)) is None


def test_arrays_and_right_results_are_not_drawn() -> None:
    many = apple_price(1.0, **APPLES)
    arrays = {name: np.ones(3) for name in APPLES}
    seen = Evidence("price", "", True, np.ones(3), np.ones(3), arrays)
    check = wrong("forward_matches_reference", Verdict.FAILED, "", seen)
    assert graph(replace(many, checks=(check,))) is None
    assert graph(replace(exercise("buy_apple"), formula=many.formula)) is None


def test_a_hidden_case_is_not_drawn_for_anybody() -> None:
    hidden = apple_price(1.0, apple=SECRET_NUMBER, apple_num=2.0, tax=1.1)
    checks = tuple(
        replace(c, finding=replace(c.finding, evidence=replace(c.finding.evidence, public=False)))
        if c.finding and c.finding.evidence
        else c
        for c in hidden.checks
    )
    assert graph(replace(hidden, checks=checks)) is None


def test_both_pages_draw_the_graph_and_say_it_in_words() -> None:
    facts = facts_of(specimens.class_report())
    for write in (student_html, instructor_html):
        page = Page(write(report("s1", apple_price(241.5, **APPLES)), facts))
        assert "price = 220 (handed in: 241.5), derivative 1" in page.text
        assert "✗ 241.5" in page.text
        assert len(page.all("circle")) == 2
