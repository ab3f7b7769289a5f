"""Plain copies of values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from grader.box.program import Opaque
from grader.box.snapshot import DTYPES, MAX_PARTS, snapshot


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (True, "b1"),
        (3, "i8"),
        (2.5, "f8"),
        (1j, "c16"),
        (np.float32(2.5), "f4"),
        (np.int8(3), "i1"),
        (Fraction(1, 2), "f8"),
        (Decimal("1.5"), "f8"),
        (10**30, "f8"),
    ],
)
def test_numbers_become_arrays_without_axes(value: Any, dtype: str) -> None:
    copy = snapshot(value)
    assert (copy.shape, copy.dtype) == ((), np.dtype(dtype))
    assert copy == value


@pytest.mark.parametrize(
    ("array", "dtype"),
    [
        (np.arange(3, dtype=">f8"), "f8"),
        (np.arange(3, dtype=">i2"), "i2"),
        (np.arange(3, dtype=np.longdouble), "f8"),
        (np.arange(3, dtype=np.clongdouble), "c16"),
        (np.array([1, Fraction(1, 2)], dtype=object), "f8"),
        *((np.zeros(3, dtype=code), code) for code in DTYPES),
    ],
)
def test_arrays_travel_in_a_few_types(array: np.ndarray[Any, Any], dtype: str) -> None:
    copy = snapshot(array)
    assert copy.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(copy, array)


def test_a_copy_shares_nothing_and_is_plain() -> None:
    class Lying(np.ndarray[Any, Any]):
        def __array__(self, *_: Any, **__: Any) -> Any:
            return np.zeros(1)

    array = np.arange(6.0).reshape(2, 3).T.view(Lying)
    copy = snapshot(array)
    assert type(copy) is np.ndarray
    assert copy.flags.c_contiguous
    assert copy.flags.owndata
    array[:] = 0
    np.testing.assert_array_equal(copy, [[0, 3], [1, 4], [2, 5]])


def test_tuples_lists_and_dicts_are_walked() -> None:
    first, (second, nothing) = snapshot([np.ones(2), (3, None)])
    np.testing.assert_array_equal(first, [1, 1])
    assert (second, nothing) == (3, None)
    assert list(snapshot({"W": np.ones(2), "b": 1})) == ["W", "b"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("text", "str"),
        (np.str_("text"), "str_"),
        (object(), "object"),
        ({1: 2}, "dict"),
        ({"k" * 100: 1}, "dict"),
        (iter([1]), "list_iterator"),
        (np.array(["a"]), "ndarray"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "ndarray"),
        (np.zeros(2, dtype=[("a", "f8")]), "ndarray"),
        (np.zeros((1,) * 9), "ndarray"),
        (np.array([object()]), "ndarray"),
        ([[[[[[1, "deep"]]]]]], "list"),
        (["x"] * (MAX_PARTS + 1), "list"),
        ({str(n): n for n in range(MAX_PARTS + 1)}, "dict"),
    ],
)
def test_anything_else_is_opaque(value: object, name: str) -> None:
    assert snapshot(value) == Opaque(name)


def test_a_list_that_holds_itself_is_opaque() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert snapshot(loop) == Opaque("list")


def test_a_long_list_of_numbers_becomes_an_array() -> None:
    rows = [[float(i * j) for j in range(20)] for i in range(10)]
    np.testing.assert_array_equal(snapshot(rows), rows)


def test_a_metaclass_cannot_name_a_type() -> None:
    class Meta(type):
        def __getattribute__(cls, name: str) -> Any:
            raise OSError

    class Mine(metaclass=Meta):
        pass

    assert snapshot(Mine()) == Opaque("Mine")


def test_a_tensor_becomes_an_array_whatever_depends_on_it() -> None:
    weight = torch.nn.Parameter(torch.tensor([[1.5, -2.0]]))
    for tensor in (weight, weight * 1, weight.detach(), weight.double().requires_grad_()):
        copy = snapshot(tensor)
        assert type(copy) is np.ndarray
        assert copy.tolist() == [[1.5, -2.0]]
    assert snapshot(weight).dtype == np.float32
    first = snapshot(weight)
    weight.data += 1
    assert first.tolist() == [[1.5, -2.0]]


def test_tensors_in_a_list_are_copied_one_by_one() -> None:
    losses = [torch.tensor(float(n), requires_grad=True) for n in range(MAX_PARTS + 36)]
    assert [array.item() for array in snapshot(losses[:3])] == [0, 1, 2]
    np.testing.assert_array_equal(snapshot(losses), range(MAX_PARTS + 36))


@pytest.mark.parametrize("tensor", [torch.ones(2, dtype=torch.bfloat16), torch.eye(2).to_sparse()])
def test_a_tensor_that_numpy_does_not_know_is_opaque(tensor: torch.Tensor) -> None:
    assert snapshot(tensor) == Opaque("Tensor")
