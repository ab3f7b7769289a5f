"""The layers of a computational graph, as this course asks for them. Points add up to 100."""

from grader.assignment import Assignment, C, D, Function, Layer, Loss, M, N, draw, log_eps


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
    title="Layers of a computational graph",
    exercises=[
        Function(
            name="softmax",
            inputs={"x": draw.uniform(N, C, within=3)},
            large={"x": draw.peaked(N, C)},
            points=8,
        ),
        Function(
            name="cross_entropy_error",
            inputs={"y": draw.probabilities(N, C), "t": draw.one_hot(N, C)},
            labels="t",
            forms=(log_eps(lambda arrays: (arrays["y"], arrays["t"]), output="value"),),
            points={"value": 6, "accepts_integer_labels": 2},
        ),
        Layer(
            name="MulLayer",
            inputs={"x": draw.scalar(), "y": draw.scalar()},
            points={"forward": 3, "dx": 2, "dy": 2, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="AddLayer",
            inputs={"x": draw.scalar(), "y": draw.scalar()},
            points={"forward": 2, "dx": 1.5, "dy": 1.5, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Relu",
            aliases=("ReLU",),
            inputs={"x": draw.away_from_zero(N, D)},
            points={"forward": 3, "dx": 6, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Sigmoid",
            inputs={"x": draw.uniform(N, D, within=3)},
            large={"x": draw.extremes(N, D)},
            points={"forward": 3, "dx": 6, "second_forward_matches_reference": 1},
        ),
        Layer(
            name="Affine",
            init={"W": draw.normal(D, M), "b": draw.normal(M)},
            inputs={"x": draw.normal(N, D)},
            learns={"W": ("dW", "dw"), "b": ("db",)},
            flattens="x",
            titles={"db_matches_reference": "db is summed over the batch"},
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
            points=4,
        ),
        Function(
            name="buy_apple_orange",
            inputs=orange,
            uses=("MulLayer", "AddLayer"),
            returns=("price", ("dapple", "dapple_num", "dorange", "dorange_num", "dtax")),
            points=6,
        ),
    ],
)
