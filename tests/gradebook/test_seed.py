"""The hidden seed: drawn once, kept, moved from where it used to lie, replaced only when that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.gradebook import SEED_FILE, hidden_seed, opened


def test_it_is_drawn_once_an_assignment(where: str, tmp_path: Path) -> None:
    with opened(where) as book:
        first = hidden_seed(book, "layers", tmp_path)
        assert hidden_seed(book, "fc_conv", tmp_path) != first
    with opened(where) as book:
        assert hidden_seed(book, "layers", tmp_path) == first
    assert first.bit_length() > 64


def test_it_is_replaced_only_when_that_is_said(where: str, tmp_path: Path) -> None:
    with opened(where) as book:
        first = hidden_seed(book, "layers", tmp_path)
        assert hidden_seed(book, "layers", tmp_path, new=True) != first
        assert hidden_seed(book, "layers", tmp_path, given=17) == 17
        assert hidden_seed(book, "layers", tmp_path) == 17


def test_one_that_an_earlier_version_left_moves_into_the_gradebook(where: str, tmp_path: Path) -> None:
    (tmp_path / SEED_FILE).write_text("271828\n")
    with opened(where) as book:
        assert hidden_seed(book, "layers", tmp_path) == 271828
        assert not (tmp_path / SEED_FILE).exists()
        assert hidden_seed(book, "layers", tmp_path) == 271828


def test_a_file_that_holds_no_seed_is_the_users_to_mend(where: str, tmp_path: Path) -> None:
    (tmp_path / SEED_FILE).write_text("seventeen")
    with opened(where) as book:
        with pytest.raises(UsageError, match="--new-seed"):
            hidden_seed(book, "layers", tmp_path)
        assert hidden_seed(book, "layers", tmp_path, new=True) >= 0
