"""The catalogue of mistakes: ids that other programs rely on, and hints that hold no surprise."""

from __future__ import annotations

import string

import pytest

from grader.diagnosis.catalogue import MISTAKES, diagnosis
from tests.test_specimens import CATALOGUE


def placeholders(hint: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(hint) if field}


def test_the_ids_are_those_that_results_may_hold() -> None:
    assert set(MISTAKES) == CATALOGUE
    assert [mistake.id for mistake in MISTAKES.values()] == list(MISTAKES)


@pytest.mark.parametrize("id", MISTAKES)
def test_every_mistake_is_described_and_has_a_hint_of_one_line(id: str) -> None:
    mistake = MISTAKES[id]
    assert mistake.mistake == mistake.mistake.strip() != ""
    assert mistake.hint[-1] in "?."
    assert "\n" not in mistake.hint


def test_hints_are_told_apart() -> None:
    assert len({mistake.hint for mistake in MISTAKES.values()}) == len(MISTAKES)


def test_only_the_hint_about_names_has_words_of_the_student_in_it() -> None:
    words = {id: found for id, mistake in MISTAKES.items() if (found := placeholders(mistake.hint))}
    assert words == {"misspelt-name": {"name", "nearest"}}


def test_a_diagnosis_has_its_words_filled_in() -> None:
    found = diagnosis("misspelt-name", name="np.epx", nearest="np.exp")
    assert (found.id, found.hint) == ("misspelt-name", "There is no `np.epx`; did you mean `np.exp`?")
    assert diagnosis("not-summed").hint == "Compare the shape of b with the shape of your db."


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[31mb\n\u202ec", "a[31mbc"),
        ("x" * 10_000, "x" * 39 + "…"),
        ("{nearest.__class__}", "{nearest.__class__}"),
    ],
)
def test_words_of_a_submission_are_cut_and_cleaned(hostile: str, shown: str) -> None:
    assert (
        diagnosis("misspelt-name", name=hostile, nearest="x").hint
        == f"There is no `{shown}`; did you mean `x`?"
    )


def test_unknown_ids_and_missing_words_are_errors_of_ours() -> None:
    with pytest.raises(KeyError):
        diagnosis("unknown")
    with pytest.raises(KeyError):
        diagnosis("misspelt-name", name="x")
