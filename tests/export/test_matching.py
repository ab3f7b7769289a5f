from __future__ import annotations

from grader.export.matching import Person, match, notes
from grader.model import Report
from tests.export.classes import submission

ADA = Person(3, ("101", "ada@uni.edu"), ("Lovelace, Ada", "Ada Lovelace"))
LI = Person(4, ("102", "li@uni.edu"), ("李伟",))
OTHER_LI = Person(5, ("103", "li2@uni.edu"), ("李伟",))


def rows(people: list[Person], *submissions: Report) -> dict[int, str]:
    return {row: one.student for row, one in match(people, submissions).by_row.items()}


def test_an_id_finds_its_row() -> None:
    assert rows([ADA, LI], submission("102"), submission(" ADA@uni.edu ")) == {4: "102", 3: " ADA@uni.edu "}


def test_an_id_is_text() -> None:
    people = [Person(1, ("0042",)), Person(2, ("42",))]
    assert rows(people, submission("0042")) == {1: "0042"}


def test_a_name_that_one_row_has_finds_it() -> None:
    assert rows([ADA, LI], submission("x1", "ada  LOVELACE"), submission("李伟")) == {3: "x1", 4: "李伟"}


def test_a_letter_with_its_accent_apart_is_the_same_letter() -> None:
    person = Person(1, ("7",), ("Jose\u0301 Ruiz",))
    assert rows([person], submission("x", "Jos\u00e9 Ruiz")) == {1: "x"}


def test_two_rows_of_one_name_are_not_guessed() -> None:
    assert rows([LI, OTHER_LI], submission("x", "李伟")) == {}
    assert rows([LI, OTHER_LI], submission("103", "李伟")) == {5: "103"}


def test_two_submissions_for_one_row_are_not_guessed() -> None:
    assert rows([ADA, LI], submission("101"), submission("ada@uni.edu"), submission("102")) == {4: "102"}
    assert rows([ADA], submission("x", "Ada Lovelace"), submission("y", "Ada Lovelace")) == {}


def test_a_row_found_by_its_id_is_not_found_by_a_name_again() -> None:
    assert rows([ADA], submission("101"), submission("x", "Ada Lovelace")) == {3: "101"}


def test_an_id_of_two_rows_is_not_guessed_nor_helped_by_a_name() -> None:
    twice = [Person(1, ("7",), ("Ada",)), Person(2, ("8", "7"), ("Li",))]
    assert rows(twice, submission("7", "Ada")) == {}


def test_nothing_is_like_nothing() -> None:
    assert rows([Person(1, ("",), ("",))], submission("x")) == {}


def test_everybody_without_a_match_is_named() -> None:
    matches = match([ADA, LI], [submission("101"), submission("x9", "Bob"), submission("e\nvil")])
    assert notes(matches, "the list") == [
        "Not found in the list, nothing is written for: x9 (Bob), e\\nvil",
        "In the list without results, left as it was: 李伟 (102)",
    ]
    assert notes(match([ADA], [submission("101")]), "the list") == []


def test_whoever_was_found_by_name_only_is_named() -> None:
    matches = match([ADA, LI], [submission("101", "Ada Lovelace"), submission("x", "李伟")])
    assert notes(matches, "the list") == ["Found in the list by name, since no id fits: x (李伟)"]
