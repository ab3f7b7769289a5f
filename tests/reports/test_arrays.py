from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.model import Array, Evidence
from grader.reports.arrays import SIDE, Cell, Picture, Table, picture


def compare(got: Any, wanted: Any, **more: Any) -> Picture:
    return picture(Evidence("dx", "f()", True, np.asarray(got), np.asarray(wanted), **more))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in cells] for _, cells in table.rows]


def marks(table: Table) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, cells in table.rows
        for column, cell in zip(table.columns or (0,), cells, strict=True)
        if cell.kind == "mark"
    ]


def test_a_small_array_is_shown_whole_with_its_largest_difference_marked() -> None:
    drawn = compare([[1.0, 2.5], [3.0, 5.0]], [[1.0, 2.0], [3.0, 9.0]])
    got, wanted, difference = drawn.tables
    assert [t.role for t in drawn.tables] == ["got", "wanted", "difference"]
    assert texts(got) == [["1.0000", "2.5000"], ["3.0000", "5.0000"]]
    assert texts(difference) == [["0", "0.5000"], ["0", "-4.0000"]]
    assert marks(got) == marks(wanted) == marks(difference) == [(1, 1)]
    assert [cell.kind for _, cells in difference.rows for cell in cells] == ["same", "off", "same", "mark"]
    assert drawn.where == "[1, 1]"
    assert (got.shape, got.part) == ("(2, 2)", "")


def test_a_large_array_is_cut_around_the_largest_difference() -> None:
    wanted = np.zeros((3, 40, 30))
    got = wanted.copy()
    got[1, 22, 29] = 1.0
    got_table, _, difference = compare(got, wanted).tables
    assert got_table.part == "[1, 18:26, 22:30]"
    assert got_table.shape == "(3, 40, 30)"
    assert marks(difference) == [(22, 29)]
    assert [index for index, _ in difference.rows] == list(range(18, 26))
    assert difference.columns == tuple(range(22, 30))


def test_the_place_that_the_judge_names_is_the_one_that_is_marked() -> None:
    drawn = compare([1.0, 2.0, 3.0], [1.5, 2.0, 9.0], where=(0,))
    assert drawn.where == "[0]"
    assert marks(drawn.tables[0]) == [(0, 0)]


def test_a_place_outside_the_array_is_not_believed() -> None:
    assert compare([1.0, 2.0], [1.0, 3.0], where=(7,)).where == "[1]"
    assert compare([1.0, 2.0], [1.0, 3.0], where=(1, 0)).where == "[1]"


def test_different_shapes_have_no_difference() -> None:
    drawn = compare(np.ones((5, 4)), np.ones(4))
    assert [(t.role, t.shape, t.rank) for t in drawn.tables] == [("got", "(5, 4)", 2), ("wanted", "(4,)", 1)]
    assert drawn.where == ""


def test_one_missing_side_leaves_the_other() -> None:
    drawn = picture(Evidence("dx", "f()", True, None, np.array(2.0)))
    assert drawn.tables == (Table("wanted", "dx", "()", "float64", "", (), ((0, (Cell("2"),)),), 0),)


def test_nan_is_the_largest_difference() -> None:
    drawn = compare([1.0, np.nan, 900.0], [1.0, 2.0, 3.0])
    assert drawn.where == "[1]"
    assert texts(drawn.tables[2]) == [["0", "nan", "897.0000"]]


def test_equal_infinities_do_not_differ() -> None:
    drawn = compare([np.inf, 1.0], [np.inf, 2.0])
    assert drawn.where == "[1]"
    assert texts(drawn.tables[2]) == [["0", "-1.0000"]]


def test_a_small_difference_can_be_seen() -> None:
    got, wanted, _ = compare([1.0, 0.123456789], [1.0, 0.123457789]).tables
    assert texts(got)[0][1] != texts(wanted)[0][1]
    got, wanted, _ = compare([2.0e8, 1.0], [2.0e8 + 1, 1.0]).tables
    assert texts(got)[0][0] != texts(wanted)[0][0]


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.bool_, np.float32])
def test_whole_numbers_are_written_without_decimals(kind: type) -> None:
    got, _, difference = compare(np.array([0, 1], kind), np.array([1, 1], kind)).tables
    assert texts(got) == [["False", "True"]] if kind is np.bool_ else [["0", "1"]]
    assert texts(difference) == [["-1", "0"]]


def test_arrays_that_are_not_of_numbers_show_their_shape_only() -> None:
    table = compare(np.array(["<b>"]), np.array([1.0])).tables[0]
    assert (table.shape, table.rows, table.columns) == ("(1,)", (), ())


def test_an_empty_array_shows_its_shape_only() -> None:
    assert compare(np.zeros((0, 3)), np.zeros((0, 3))).tables[0].rows == ()
    assert compare(np.zeros((0, 3)), np.zeros((0, 3))).tables[0].shape == "(0, 3)"


def test_inputs_are_drawn_from_their_first_entry() -> None:
    drawn = picture(Evidence("dx", "f(x)", True, inputs={"x": np.arange(100.0).reshape(10, 10)}))
    assert [(t.role, t.name, t.part) for t in drawn.inputs] == [("input", "x", "[0:8, 0:8]")]
    assert texts(drawn.inputs[0])[0] == ["0", "1", "2", "3", "4", "5", "6", "7"]


FLOATS = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.float16]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=12),
    elements=st.floats(width=16),
)


@given(FLOATS, st.integers(0, 2**32))
def test_any_pair_can_be_drawn(got: Array, seed: int) -> None:
    wanted = np.random.default_rng(seed).permutation(got.ravel()).reshape(got.shape)
    drawn = compare(got, wanted)
    for table in drawn.tables:
        assert len(table.rows) <= SIDE
        assert all(len(cells) <= SIDE for _, cells in table.rows)
        assert len(marks(table)) == (drawn.where != "" or (got.ndim == 0 and not np.array_equal(got, wanted)))
