"""The tests of `layers` that the other graders run: what an instructor would write into a notebook.

Each function is a test of the exercises that its parameters name. Its text becomes a test cell of nbgrader and a test
case of otter, so it uses nothing but numpy. What our own checks ask is asked here too, on as many cases.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def softmax_of_a_batch(softmax: Any) -> None:
    rng = np.random.default_rng(1)
    for shape in ((4, 3), (2, 5), (6, 4)):
        x = rng.uniform(-3, 3, shape)
        e = np.exp(x)
        np.testing.assert_allclose(softmax(x), e / e.sum(axis=1, keepdims=True), rtol=1e-6)


def softmax_of_one_sample(softmax: Any) -> None:
    x = np.random.default_rng(2).uniform(-3, 3, 4)
    np.testing.assert_allclose(softmax(x), np.exp(x) / np.exp(x).sum(), rtol=1e-6)


def softmax_of_large_scores(softmax: Any) -> None:
    x = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1002.0]])
    kept = x.copy()
    e = np.exp(x - x.max(axis=1, keepdims=True))
    np.testing.assert_allclose(softmax(x), e / e.sum(axis=1, keepdims=True), rtol=1e-6, atol=1e-12)
    np.testing.assert_array_equal(x, kept)


def cross_entropy_of_one_hot_targets(cross_entropy_error: Any) -> None:
    rng = np.random.default_rng(3)
    for rows, classes in ((4, 3), (2, 5), (6, 4)):
        y = rng.dirichlet(np.ones(classes), rows)
        t = np.eye(classes)[rng.integers(classes, size=rows)]
        np.testing.assert_allclose(cross_entropy_error(y, t), -(t * np.log(y)).sum() / rows, rtol=1e-5)


def cross_entropy_of_labels(cross_entropy_error: Any) -> None:
    rng = np.random.default_rng(4)
    y, t = rng.dirichlet(np.ones(3), 5), rng.integers(3, size=5)
    np.testing.assert_allclose(cross_entropy_error(y, t), -np.log(y[np.arange(5), t]).mean(), rtol=1e-5)


def mul_forward_is_the_product(MulLayer: Any) -> None:
    for x, y in ((3.0, 5.0), (-1.25, 0.5), (2.75, -4.5)):
        np.testing.assert_allclose(MulLayer().forward(x, y), x * y, rtol=1e-6)


def mul_gradients_are_the_other_factor(MulLayer: Any) -> None:
    for x, y, dout in ((3.0, 5.0, 1.5), (-1.25, 0.5, 0.3), (2.75, -4.5, -2.0)):
        layer = MulLayer()
        layer.forward(x, y)
        dx, dy = layer.backward(dout)
        np.testing.assert_allclose((dx, dy), (dout * y, dout * x), rtol=1e-6)


def mul_second_forward_replaces_the_first(MulLayer: Any) -> None:
    layer = MulLayer()
    layer.forward(3.0, 5.0)
    np.testing.assert_allclose(layer.forward(1.5, -2.5), -3.75, rtol=1e-6)
    np.testing.assert_allclose(layer.backward(2.0), (-5.0, 3.0), rtol=1e-6)


def add_forward_is_the_sum(AddLayer: Any) -> None:
    for x, y in ((3.0, 5.0), (-1.25, 0.5), (2.75, -4.5)):
        np.testing.assert_allclose(AddLayer().forward(x, y), x + y, rtol=1e-6)


def add_passes_the_gradient_on(AddLayer: Any) -> None:
    for x, y, dout in ((3.0, 5.0, 1.5), (-1.25, 0.5, 0.3), (2.75, -4.5, -2.0)):
        layer = AddLayer()
        layer.forward(x, y)
        dx, dy = layer.backward(dout)
        np.testing.assert_allclose((dx, dy), (dout, dout), rtol=1e-6)


def add_second_forward_replaces_the_first(AddLayer: Any) -> None:
    layer = AddLayer()
    layer.forward(3.0, 5.0)
    np.testing.assert_allclose(layer.forward(1.5, -2.5), -1.0, rtol=1e-6)


def relu_forward(Relu: Any) -> None:
    rng = np.random.default_rng(5)
    for shape in ((4, 3), (2, 5), (3, 2)):
        x = rng.normal(size=shape)
        kept = x.copy()
        np.testing.assert_allclose(Relu().forward(x), np.maximum(kept, 0), rtol=1e-6)
        np.testing.assert_array_equal(x, kept)


def relu_backward(Relu: Any) -> None:
    rng = np.random.default_rng(6)
    for shape in ((4, 3), (2, 5), (3, 2)):
        x, dout = rng.normal(size=shape), rng.normal(size=shape)
        layer = Relu()
        layer.forward(x.copy())
        np.testing.assert_allclose(layer.backward(dout.copy()), dout * (x > 0), rtol=1e-6)


def relu_second_forward_replaces_the_first(Relu: Any) -> None:
    rng = np.random.default_rng(7)
    layer = Relu()
    layer.forward(rng.normal(size=(4, 3)))
    x, dout = rng.normal(size=(2, 5)), rng.normal(size=(2, 5))
    layer.forward(x.copy())
    np.testing.assert_allclose(layer.backward(dout.copy()), dout * (x > 0), rtol=1e-6)


def sigmoid_forward(Sigmoid: Any) -> None:
    rng = np.random.default_rng(8)
    for shape in ((4, 3), (2, 5), (3, 2)):
        x = rng.uniform(-3, 3, shape)
        np.testing.assert_allclose(Sigmoid().forward(x), 1 / (1 + np.exp(-x)), rtol=1e-6)


def sigmoid_backward(Sigmoid: Any) -> None:
    rng = np.random.default_rng(9)
    for shape in ((4, 3), (2, 5), (3, 2)):
        x, dout = rng.uniform(-3, 3, shape), rng.normal(size=shape)
        layer = Sigmoid()
        layer.forward(x)
        y = 1 / (1 + np.exp(-x))
        np.testing.assert_allclose(layer.backward(dout), dout * y * (1 - y), rtol=1e-6)


def sigmoid_second_forward_replaces_the_first(Sigmoid: Any) -> None:
    rng = np.random.default_rng(10)
    layer = Sigmoid()
    layer.forward(rng.uniform(-3, 3, (4, 3)))
    x, dout = rng.uniform(-3, 3, (2, 5)), rng.normal(size=(2, 5))
    layer.forward(x)
    y = 1 / (1 + np.exp(-x))
    np.testing.assert_allclose(layer.backward(dout), dout * y * (1 - y), rtol=1e-6)


def affine_forward(Affine: Any) -> None:
    rng = np.random.default_rng(11)
    for rows, inside, out in ((4, 3, 2), (2, 5, 3), (6, 4, 5)):
        W, b, x = rng.normal(size=(inside, out)), rng.normal(size=out), rng.normal(size=(rows, inside))
        np.testing.assert_allclose(Affine(W, b).forward(x), x @ W + b, rtol=1e-6, atol=1e-9)


def affine_input_gradient(Affine: Any) -> None:
    rng = np.random.default_rng(12)
    for rows, inside, out in ((4, 3, 2), (2, 5, 3), (6, 4, 5)):
        W, b, x = rng.normal(size=(inside, out)), rng.normal(size=out), rng.normal(size=(rows, inside))
        dout = rng.normal(size=(rows, out))
        layer = Affine(W, b)
        layer.forward(x)
        np.testing.assert_allclose(layer.backward(dout), dout @ W.T, rtol=1e-6, atol=1e-9)


def affine_weight_gradient(Affine: Any) -> None:
    rng = np.random.default_rng(13)
    for rows, inside, out in ((4, 3, 2), (2, 5, 3), (6, 4, 5)):
        W, b, x = rng.normal(size=(inside, out)), rng.normal(size=out), rng.normal(size=(rows, inside))
        dout = rng.normal(size=(rows, out))
        layer = Affine(W, b)
        layer.forward(x)
        layer.backward(dout)
        np.testing.assert_allclose(layer.dW, x.T @ dout, rtol=1e-6, atol=1e-9)


def affine_bias_gradient(Affine: Any) -> None:
    rng = np.random.default_rng(14)
    for rows, inside, out in ((4, 3, 2), (2, 5, 3), (6, 4, 5)):
        W, b, x = rng.normal(size=(inside, out)), rng.normal(size=out), rng.normal(size=(rows, inside))
        dout = rng.normal(size=(rows, out))
        layer = Affine(W, b)
        layer.forward(x)
        layer.backward(dout)
        assert np.shape(layer.db) == np.shape(b)
        np.testing.assert_allclose(layer.db, dout.sum(axis=0), rtol=1e-6, atol=1e-9)


def affine_second_forward_replaces_the_first(Affine: Any) -> None:
    rng = np.random.default_rng(15)
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    layer = Affine(W, b)
    layer.forward(rng.normal(size=(4, 3)))
    layer.backward(rng.normal(size=(4, 2)))
    x, dout = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(dout), dout @ W.T, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(layer.dW, x.T @ dout, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(layer.db, dout.sum(axis=0), rtol=1e-6, atol=1e-9)


def affine_flattens_images(Affine: Any) -> None:
    rng = np.random.default_rng(16)
    W, b, x = rng.normal(size=(6, 4)), rng.normal(size=4), rng.normal(size=(5, 2, 3))
    dout = rng.normal(size=(5, 4))
    layer = Affine(W, b)
    np.testing.assert_allclose(layer.forward(x), x.reshape(5, -1) @ W + b, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(layer.backward(dout), (dout @ W.T).reshape(x.shape), rtol=1e-6, atol=1e-9)


def loss_forward(SoftmaxWithLoss: Any) -> None:
    rng = np.random.default_rng(17)
    for rows, classes in ((4, 3), (2, 5), (6, 4)):
        x, t = rng.uniform(-3, 3, (rows, classes)), np.eye(classes)[rng.integers(classes, size=rows)]
        y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        np.testing.assert_allclose(SoftmaxWithLoss().forward(x, t), -(t * np.log(y)).sum() / rows, rtol=1e-5)


def loss_backward(SoftmaxWithLoss: Any) -> None:
    rng = np.random.default_rng(18)
    for rows, classes, dout in ((4, 3, 1.0), (2, 5, 2.5), (6, 4, 1.0)):
        x, t = rng.uniform(-3, 3, (rows, classes)), np.eye(classes)[rng.integers(classes, size=rows)]
        y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        layer = SoftmaxWithLoss()
        layer.forward(x, t)
        np.testing.assert_allclose(layer.backward(dout), dout * (y - t) / rows, rtol=1e-6, atol=1e-9)


def loss_second_forward_replaces_the_first(SoftmaxWithLoss: Any) -> None:
    rng = np.random.default_rng(19)
    layer = SoftmaxWithLoss()
    layer.forward(rng.uniform(-3, 3, (4, 3)), np.eye(3)[[0, 2, 1, 0]])
    x, t = rng.uniform(-3, 3, (2, 5)), np.eye(5)[[4, 1]]
    layer.forward(x, t)
    y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(layer.backward(), (y - t) / 2, rtol=1e-6, atol=1e-9)


def loss_of_labels(SoftmaxWithLoss: Any) -> None:
    rng = np.random.default_rng(20)
    x, t = rng.uniform(-3, 3, (5, 4)), rng.integers(4, size=5)
    y = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    layer = SoftmaxWithLoss()
    np.testing.assert_allclose(layer.forward(x, t), -np.log(y[np.arange(5), t]).mean(), rtol=1e-5)
    np.testing.assert_allclose(layer.backward(), (y - np.eye(4)[t]) / 5, rtol=1e-6, atol=1e-9)


def apple_price(buy_apple: Any) -> None:
    for apple, number, tax in ((100, 2, 1.1), (12.5, 3, 1.07), (2.4, 7, 1.19)):
        np.testing.assert_allclose(buy_apple(apple, number, tax)[0], apple * number * tax, rtol=1e-6)


def apple_gradients(buy_apple: Any) -> None:
    for apple, number, tax in ((100, 2, 1.1), (12.5, 3, 1.07), (2.4, 7, 1.19)):
        wanted = (number * tax, apple * tax, apple * number)
        np.testing.assert_allclose(buy_apple(apple, number, tax)[1], wanted, rtol=1e-6)


def orange_price(buy_apple_orange: Any) -> None:
    for apple, apples, orange, oranges, tax in ((100, 2, 150, 3, 1.1), (12.5, 3, 4.25, 6, 1.07)):
        price = (apple * apples + orange * oranges) * tax
        got = buy_apple_orange(apple, apples, orange, oranges, tax)
        np.testing.assert_allclose(got[0], price, rtol=1e-6)


def orange_gradients(buy_apple_orange: Any) -> None:
    for apple, apples, orange, oranges, tax in ((100, 2, 150, 3, 1.1), (12.5, 3, 4.25, 6, 1.07)):
        basket = apple * apples + orange * oranges
        wanted = (apples * tax, apple * tax, oranges * tax, orange * tax, basket)
        got = buy_apple_orange(apple, apples, orange, oranges, tax)
        np.testing.assert_allclose(got[1], wanted, rtol=1e-6)
