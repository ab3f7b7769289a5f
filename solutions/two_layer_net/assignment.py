"""A two-layer net in forward/backward pairs, trained on images of digits. Points add up to 100."""

from pathlib import Path

import numpy as np

from grader.assignment import (
    Assignment,
    At,
    C,
    D,
    Derivation,
    Extra,
    Function,
    H,
    M,
    Mistake,
    N,
    Pair,
    Quantity,
    Script,
    Step,
    both,
    draw,
    log_eps,
)

PARAMS = ("W1", "b1", "W2", "b2")
GRADIENTS = ("dW1", "db1", "dW2", "db2")
NET = ["slot", "net"]
DIGITS = Path(__file__).with_name("digits.npz")
PIXELS, HIDDEN, CLASSES, IMAGES = 64, 12, 10, 30


def probabilities(arrays):
    """Softmax of the scores, and the labels, to tell losses with a small constant in the logarithm."""
    weights = np.exp(arrays["x"] - arrays["x"].max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True), arrays["y"]


def made(args):
    """The net with the given parameters."""
    sizes = [args[name] for name in ("input_dim", "hidden_dim", "num_classes", "weight_scale", "reg")]
    return (
        Step("net", ["call", ["part", "TwoLayerNet"], *sizes], wanted=False),
        *(Step(f"put {p}", ["put", ["attr", NET, "params"], p, args[p]], wanted=False) for p in PARAMS),
    )


def scored(args):
    """Loss and gradients with labels, then the net's scores without."""
    return (
        *made(args),
        Step("loss", ["call", ["attr", NET, "loss"], args["X"], args["y"]]),
        Step("scores", ["call", ["attr", NET, "loss"], args["X"]]),
    )


def learned(args):
    """Twenty steps of gradient descent on images, all in the student's own net."""
    steps = [*made(args)]
    for n in range(20):
        steps.append(Step(f"loss {n}", ["call", ["attr", NET, "loss"], args["X"], args["y"]], wanted=n == 19))
        for p in PARAMS:
            slope = ["item", ["item", ["slot", f"loss {n}"], 1], p]
            now = ["item", ["attr", NET, "params"], p]
            lower = ["put", ["attr", NET, "params"], p, ["descend", now, slope, args["rate"]]]
            steps.append(Step(f"step {n} {p}", lower, wanted=False))
    return (*steps, *(Step(p, ["item", ["attr", NET, "params"], p]) for p in PARAMS))


def started(args):
    """A net as its constructor makes it."""
    return (*made(args)[:1], *(Step(p, ["item", ["attr", NET, "params"], p]) for p in PARAMS))


def starts_right(arrays, got):
    """What is wrong with the initial parameters: limits that right code meets but once in ten million."""
    for name, tolerance in (("W1", 0.15), ("W2", 0.3)):
        ratio = float(got[name].std() / arrays["weight_scale"])
        if abs(ratio - 1) > tolerance:
            wrong = both(
                f"the standard deviation of {name} is {ratio:.3g} times weight_scale",
                f"{name} 的标准差是 weight_scale 的 {ratio:.3g} 倍",
            )
            return wrong, "initialisation"
        if abs(float(got[name].mean())) > tolerance * float(arrays["weight_scale"]):
            return both(f"the mean of {name} is not zero", f"{name} 的平均值不是零"), "initialisation"
    for name in ("b1", "b2"):
        if got[name].any():
            return both(f"{name} does not start at zero", f"{name} 的初始值不是零"), "initialisation"
    return ""


def net_probabilities(arrays):
    """Softmax of the net's scores, and the labels."""
    hidden = np.maximum(arrays["X"] @ arrays["W1"] + arrays["b1"], 0)
    return probabilities({"x": hidden @ arrays["W2"] + arrays["b2"], "y": arrays["y"]})


def other_penalty(arrays, wanted, got, forms):
    """A penalty reg |W|² without its half is right too, if loss and gradients agree on it; so is log(y + eps)."""
    half = 0.5 * float(arrays["reg"]) * sum((arrays[w] ** 2).sum() for w in ("W1", "W2"))
    # What explains the ordinary cases fits closer than the plain loss, which may be near enough to be taken for it.
    data_losses = [*(form.values(arrays)["loss"] for form in forms), wanted["loss"] - half]
    for factor, note in (
        (1, both("right with a constant inside the logarithm", "正确，对数里加了一个常数")),
        (2, both("the penalty lacks its factor of one half", "惩罚项少了因子二分之一")),
    ):
        right = {name: array.copy() for name, array in wanted.items()}
        right |= {
            f"d{w}": wanted[f"d{w}"] + (factor - 1) * float(arrays["reg"]) * arrays[w] for w in ("W1", "W2")
        }
        for data_loss in data_losses:
            right["loss"] = np.asarray(data_loss + factor * half)
            if all(
                got[name].shape == one.shape and np.allclose(got[name], one, 1e-4, 1e-6)
                for name, one in right.items()
            ):
                return right, note
    return None


def descended(arrays, wrong=""):
    """Loss and parameters after twenty steps, with a mistake."""
    now = {p: arrays[p] for p in PARAMS}
    kept = total = None
    for _ in range(20):
        h = arrays["X"] @ now["W1"] + now["b1"]
        a = np.maximum(h, 0)
        weights = np.exp(a @ now["W2"] + now["b2"])
        p = weights / weights.sum(axis=1, keepdims=True)
        t = np.eye(CLASSES)[arrays["y"]]
        kept = kept if kept and wrong == "stale-cache" else (a, h, dict(now))
        old_a, old_h, old = kept
        dscores = (p - t) / IMAGES
        dh = dscores @ old["W2"].T * (old_h > 0)
        slopes = {"W1": arrays["X"].T @ dh, "b1": dh.sum(0), "W2": old_a.T @ dscores, "b2": dscores.sum(0)}
        total = {n: total[n] + s for n, s in slopes.items()} if total and wrong == "accumulates" else slopes
        now = {n: now[n] - arrays["rate"] * total[n] for n in PARAMS}
    return {"loss": -np.log((p * t).sum(axis=1)).mean(), **now}


def wrong_steps(arrays):
    """Where known mistakes lead."""
    return [(wrong, descended(arrays, wrong)) for wrong in ("stale-cache", "accumulates")]


def images(rng, _shape, _drawn):
    """Some of the shipped digits, as numbers in [-0.5, 0.5]."""
    with np.load(DIGITS) as digits:
        chosen = rng.permutation(len(digits["images"]))[:IMAGES]
        return digits["images"][chosen] / 16.0 - 0.5


def some_labels(rng, _shape, _drawn):
    """Any labels: what is compared is the path, not what is learned."""
    return rng.integers(0, CLASSES, IMAGES)


def weights(*shape):
    """Normal values of a fixed shape."""
    return draw.Draw((), lambda rng, _shape, _drawn: 0.3 * rng.standard_normal(shape))


dims = {"input_dim": draw.size(D), "hidden_dim": draw.size(H), "num_classes": draw.size(C)}
plain = {"weight_scale": draw.fixed(1e-2), "reg": draw.fixed(0.0)}
data = {"X": draw.normal(N, D), "y": draw.labels(N, C)}
params = {"W1": draw.normal(D, H), "b1": draw.normal(H), "W2": draw.normal(H, C), "b2": draw.normal(C)}
net_reads = (
    Quantity("loss", "loss", (At(0, 2),), where="loss"),
    *(
        Quantity(d, "loss", (At(1, 2), At(p)), where="loss", row=p.startswith("b"))
        for d, p in zip(GRADIENTS, PARAMS, strict=True)
    ),
)
param_reads = tuple(Quantity(p, p, row=p.startswith("b")) for p in PARAMS)
regularised = {**data, **dims, **plain, "reg": draw.fixed(0.3), **params}

affine = {"forward": "x @ w + b", "dx": "dout @ w.T", "dw": "x.T @ dout", "db": "sum(dout, 0)"}
net = Derivation(
    {
        **{
            "h": "X @ W1 + b1",
            "a": "relu(h)",
            "scores": "a @ W2 + b2",
            "p": "softmax(scores)",
            "t": "one_hot(y, C)",
        },
        "data_loss": "-sum(t * log(p)) / N",
        "penalty": "0.5 * reg * (sum(W1 * W1) + sum(W2 * W2))",
        "loss": "data_loss + penalty",
        "dscores": "(p - t) / N",
        **{"da": "dscores @ W2.T", "mask": "h > 0", "dh": "da * mask"},
        **{"dW2": "a.T @ dscores + reg * W2", "db2": "sum(dscores, 0)"},
        **{"dW1": "X.T @ dh + reg * W1", "db1": "sum(dh, 0)"},
    },
    roles={
        **{"W1": "weight", "W2": "weight", "b1": "bias", "b2": "bias"},
        "penalty": "penalty",
    },
    functions={"norm": np.linalg.norm},
    mistakes=(
        Mistake("swapped", {"dW2": "sum(dscores, 0) + reg * W2", "db2": "a.T @ dscores"}),
        Mistake("output-activated", {"scores": "softmax(a @ W2 + b2)"}),
        Mistake("output-activated", {"scores": "relu(a @ W2 + b2)"}),
        Mistake("output-activated", {"scores": "sigmoid(a @ W2 + b2)"}),
        Mistake("regularisation", {"penalty": "c * reg * (sum(W1 * W1) + sum(W2 * W2))"}),
        Mistake("regularisation", {"penalty": "c * (sum(W1 * W1) + sum(W2 * W2))"}),
        Mistake("regularisation", {"penalty": "c * reg * (sum(abs(W1)) + sum(abs(W2)))"}),
        Mistake("regularisation", {"penalty": "c * reg * (norm(W1) + norm(W2))"}),
        Mistake(
            "regularisation",
            {
                "penalty": "0.5 * reg * (sum(W1 * W1) + sum(W2 * W2)) + c * reg * (sum(b1 * b1) + sum(b2 * b2))"
            },
        ),
        Mistake(
            "regularisation", {"db1": "sum(dh, 0) + c * reg * b1", "db2": "sum(dscores, 0) + c * reg * b2"}
        ),
        Mistake("regularisation", {"dW1": "X.T @ dh + c * W1", "dW2": "a.T @ dscores + c * W2"}),
    ),
)

assignment = Assignment(
    "two_layer_net",
    title=both("A two-layer net", "两层网络"),
    exercises=[
        Pair(
            name="affine",
            inputs={"x": draw.normal(N, D), "w": draw.normal(D, M), "b": draw.normal(M)},
            rows=("b",),
            flattens="x",
            derivation=Derivation(affine),
            points={"forward": 4, "dx": 4, "dw": 4, "db": 3, "accepts_higher_rank": 1},
        ),
        Pair(
            name="relu",
            inputs={"x": draw.away_from_zero(N, D)},
            derivation=Derivation({"forward": "relu(x)", "mask": "x > 0", "dx": "dout * mask"}),
            points={"forward": 3, "dx": 5},
        ),
        Pair(
            name="affine_relu",
            inputs={"x": draw.normal(N, D), "w": draw.normal(D, M), "b": draw.normal(M)},
            rows=("b",),
            uses=("affine", "relu"),
            derivation=Derivation(
                {
                    **{"a": "x @ w + b", "forward": "relu(a)", "mask": "a > 0", "da": "dout * mask"},
                    **{"dx": "da @ w.T", "dw": "x.T @ da", "db": "sum(da, 0)"},
                },
                mistakes=[Mistake("layer-order", {"forward": "relu(x) @ w + b"})],
            ),
            points=12,
        ),
        Function(
            name="softmax_loss",
            inputs={"x": draw.uniform(N, C, within=3), "y": draw.labels(N, C)},
            returns=("loss", "dx"),
            forms=(log_eps(probabilities, output="loss", gradient="dx"),),
            derivation=Derivation(
                {
                    **{"p": "softmax(x)", "t": "one_hot(y, C)"},
                    **{"loss": "-sum(t * log(p)) / N", "dx": "(p - t) / N"},
                }
            ),
            large={"y": draw.labels(N, C), "x": draw.peaked(N, C, at="y")},
            points={"loss": 6, "dx": 8},
        ),
        Script(
            name="TwoLayerNet",
            inputs={**data, **dims, **plain, **params},
            uses=("affine", "relu", "affine_relu", "softmax_loss"),
            script=scored,
            derivation=net,
            forms=(log_eps(net_probabilities, output="loss"),),
            reads=(Quantity("scores", "scores", where="loss"), *net_reads),
            points={
                **{"scores": 9, "loss": 9, "dW1": 5, "db1": 5, "dW2": 5, "db2": 5},
                **{"regularised_loss_matches_reference": 3, "regularised_gradients_match_reference": 4},
                **{"twenty_steps_match_reference": 5},
            },
            extras=(
                Extra(
                    name="regularised_loss_matches_reference",
                    title=both(
                        "With reg = 0.3 the loss holds the penalty on the weights",
                        "reg = 0.3 时，损失中含有权重的惩罚项",
                    ),
                    inputs=regularised,
                    steps=scored,
                    reads=net_reads,
                    of=("loss",),
                    other=other_penalty,
                ),
                Extra(
                    name="regularised_gradients_match_reference",
                    title=both(
                        "With reg = 0.3 the gradients of the weights hold the slope of the penalty",
                        "reg = 0.3 时，权重的梯度中含有惩罚项的斜率",
                    ),
                    inputs=regularised,
                    steps=scored,
                    reads=net_reads,
                    of=GRADIENTS,
                    other=other_penalty,
                ),
                Extra(
                    name="initial_scale_is_right",
                    title=both(
                        "Weights start with the standard deviation weight_scale, biases at zero",
                        "权重初始的标准差是 weight_scale，偏置从零开始",
                    ),
                    inputs={
                        **{
                            "input_dim": draw.fixed(80),
                            "hidden_dim": draw.fixed(50),
                            "num_classes": draw.fixed(40),
                        },
                        **{"weight_scale": draw.scalar(0.02, 0.05), "reg": draw.fixed(0.0)},
                        **{p: draw.fixed(0.0) for p in PARAMS},
                    },
                    steps=started,
                    reads=param_reads,
                    judge=starts_right,
                ),
                Extra(
                    name="twenty_steps_match_reference",
                    title=both(
                        "Twenty steps on images of digits lead where they should",
                        "在数字图像上走二十步，到达的地方正确",
                    ),
                    inputs={
                        **{"input_dim": draw.fixed(PIXELS), "hidden_dim": draw.fixed(HIDDEN)},
                        **{"num_classes": draw.fixed(CLASSES), **plain, "rate": draw.scalar(0.1, 0.2)},
                        **{"X": draw.Draw((), images), "y": draw.Draw((), some_labels)},
                        **{"W1": weights(PIXELS, HIDDEN), "b1": weights(HIDDEN)},
                        **{"W2": weights(HIDDEN, CLASSES), "b2": weights(CLASSES)},
                    },
                    steps=learned,
                    reads=(Quantity("loss", "loss 19", (At(0, 2),)), *param_reads),
                    rests_on=("loss", *GRADIENTS),
                    mistakes=wrong_steps,
                ),
            ),
        ),
    ],
)
