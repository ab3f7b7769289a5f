"""The layers of a computational graph, as this course asks for them. Points add up to 100."""

from grader.assignment import (
    Assignment,
    C,
    D,
    Derivation,
    Function,
    Layer,
    Loss,
    M,
    Mistake,
    N,
    both,
    draw,
    log_eps,
)


def softmax_of(arrays):
    """Probabilities and labels behind SoftmaxWithLoss, to tell losses with a small constant in the logarithm."""
    from numpy import exp

    weights = exp(arrays["x"] - arrays["x"].max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True), arrays["t"]


apple = {"apple": draw.scalar(), "apple_num": draw.scalar(), "tax": draw.scalar(1.02, 1.3)}
orange = {
    **{name: apple[name] for name in ("apple", "apple_num")},
    **{"orange": draw.scalar(), "orange_num": draw.scalar(), "tax": apple["tax"]},
}

assignment = Assignment(
    "layers",
    title=both("Layers of a computational graph", "计算图的各层"),
    exercises=[
        Function(
            name="softmax",
            inputs={"x": draw.uniform(N, C, within=3)},
            large={"x": draw.peaked(N, C)},
            derivation=Derivation({"value": "softmax(x)"}),
            points=8,
        ),
        Function(
            name="cross_entropy_error",
            inputs={"y": draw.probabilities(N, C), "t": draw.one_hot(N, C)},
            labels="t",
            forms=(log_eps(lambda arrays: (arrays["y"], arrays["t"]), output="value"),),
            derivation=Derivation(
                {"value": "-sum(t * log(y)) / N"},
                mistakes=[Mistake("target-swapped", {"value": "-sum(y * log(t)) / N"})],
            ),
            points={"value": 6, "accepts_integer_labels": 2},
        ),
        Layer(
            name="MulLayer",
            inputs={"x": draw.scalar(), "y": draw.scalar()},
            derivation=Derivation({"forward": "x * y", "dx": "dout * y", "dy": "dout * x"}),
            points={"forward": 3, "dx": 2, "dy": 2, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="AddLayer",
            inputs={"x": draw.scalar(), "y": draw.scalar()},
            derivation=Derivation({"forward": "x + y", "dx": "dout", "dy": "dout"}),
            points={"forward": 2, "dx": 1.5, "dy": 1.5, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Relu",
            aliases=("ReLU",),
            inputs={"x": draw.away_from_zero(N, D)},
            derivation=Derivation({"forward": "relu(x)", "mask": "x > 0", "dx": "dout * mask"}),
            points={"forward": 3, "dx": 6, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Sigmoid",
            inputs={"x": draw.uniform(N, D, within=3)},
            large={"x": draw.extremes(N, D)},
            derivation=Derivation(
                {"y": "sigmoid(x)", "forward": "y", "slope": "y * (1 - y)", "dx": "dout * slope"}
            ),
            points={"forward": 3, "dx": 6, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Affine",
            init={"W": draw.normal(D, M), "b": draw.normal(M)},
            inputs={"x": draw.normal(N, D)},
            learns={"W": ("dW", "dw"), "b": ("db",)},
            flattens="x",
            derivation=Derivation(
                {"forward": "x @ W + b", "dx": "dout @ W.T", "dW": "x.T @ dout", "db": "sum(dout, 0)"}
            ),
            titles={"db_matches_reference": both("db is summed over the batch", "db 对批量求和")},
            points={
                **{"forward": 4, "dx": 4, "dW": 4, "db": 4},
                **{"second_forward_matches_reference": 2, "accepts_higher_rank": 2},
            },
        ),
        Loss(
            name="SoftmaxWithLoss",
            inputs={"x": draw.uniform(N, C, within=3), "t": draw.one_hot(N, C)},
            uses=("softmax", "cross_entropy_error"),
            labels="t",
            forms=(log_eps(softmax_of, output="forward", gradient="dx"),),
            derivation=Derivation(
                {"y": "softmax(x)", "forward": "-sum(t * log(y)) / N", "dx": "dout * (y - t) / N"}
            ),
            large={"t": draw.one_hot(N, C), "x": draw.peaked(N, C, at="t")},
            points={
                **{"forward": 7, "dx": 7},
                **{"second_forward_matches_reference": 2, "accepts_integer_labels": 4},
            },
        ),
        Function(
            name="buy_apple",
            inputs=apple,
            uses=("MulLayer",),
            returns=("price", ("dapple", "dapple_num", "dtax")),
            derivation=Derivation(
                {
                    "price": "apple * apple_num * tax",
                    "dapple": "apple_num * tax",
                    "dapple_num": "apple * tax",
                    "dtax": "apple * apple_num",
                }
            ),
            points=4,
        ),
        Function(
            name="buy_apple_orange",
            inputs=orange,
            uses=("MulLayer", "AddLayer"),
            returns=("price", ("dapple", "dapple_num", "dorange", "dorange_num", "dtax")),
            derivation=Derivation(
                {
                    "price": "(apple * apple_num + orange * orange_num) * tax",
                    "dapple": "apple_num * tax",
                    "dapple_num": "apple * tax",
                    "dorange": "orange_num * tax",
                    "dorange_num": "orange * tax",
                    "dtax": "apple * apple_num + orange * orange_num",
                }
            ),
            points=6,
        ),
    ],
)
