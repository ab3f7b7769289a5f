"""A small library of fully connected and convolutional layers. Points add up to 100."""

import numpy as np

from grader.assignment import (
    Assignment,
    Axis,
    D,
    Derivation,
    Extra,
    Function,
    M,
    Mistake,
    N,
    Quantity,
    Script,
    Step,
    Updating,
    both,
    draw,
)

# Image rows, columns and channels; kernel or pool rows and columns; number of kernels.
X, Y, K, P, Q, R = (Axis(name) for name in "XYKPQR")
CONV_SIZES = (
    {X: 5, Y: 4, K: 2, P: 2, Q: 3, R: 4},
    {X: 6, Y: 5, K: 3, P: 3, Q: 2, R: 4},
    {X: 5, Y: 7, K: 2, P: 2, Q: 3, R: 5},
)
POOL_SIZES = (
    {X: 4, Y: 6, K: 3, P: 2, Q: 3},
    {X: 6, Y: 4, K: 2, P: 3, Q: 2},
    {X: 8, Y: 6, K: 5, P: 4, Q: 3},
)
UNITS = 10_000
# Six standard deviations of the share of units that are dropped: one right layer in five hundred million is outside.
SIX_SIGMA = 6 * 0.5 / UNITS**0.5


def dropped(args):
    """A training pass forward and back, and one when training is over."""
    layer = ["slot", "layer"]
    return (
        Step("layer", ["call", ["exercise", "DropoutLayer"], args["rate"]], wanted=False),
        Step("out", ["call", ["attr", layer, "forward_propagation"], args["input"]]),
        Step("back", ["call", ["attr", layer, "backward_propagation"], args["error"], ["value", 0.1]]),
        Step("over", ["set", layer, ["training"], ["value", False]], wanted=False),
        Step("same", ["call", ["attr", layer, "forward_propagation"], args["input"]]),
        Step("back same", ["call", ["attr", layer, "backward_propagation"], args["error"], ["value", 0.1]]),
    )


def right_fraction(arrays, got):
    """A share of zeros near the rate."""
    rate, share = float(arrays["rate"]), float((got["out"] == 0).mean())
    if abs(share - rate) < SIX_SIGMA:
        return ""
    wrong = both(
        f"{share:.0%} of the inputs are dropped, but rate is {rate:.0%}",
        f"丢弃了 {share:.0%} 的输入，而 rate 是 {rate:.0%}",
    )
    known = {"mask-inverted": 1 - rate, "constant-for-variable": 0.5}
    found = [id for id, other in known.items() if abs(share - other) < SIX_SIGMA]
    return (wrong, found[0]) if found else wrong


def right_scale(arrays, got):
    """What is kept, times 1 / (1 - rate)."""
    out = got["out"]
    if not out.any():
        return both("nothing is kept", "什么都没有保留")
    wanted = np.where(out == 0, 0, arrays["input"] / (1 - float(arrays["rate"])))
    if out.shape == wanted.shape and np.allclose(out, wanted, rtol=1e-5):
        return ""
    wrong = both(
        "what is kept is not the input times 1 / (1 - rate)", "保留的值不等于输入乘以 1 / (1 - rate)"
    )
    if out.all() or out.shape != wanted.shape or not np.ptp((out / wanted)[out != 0]) < 1e-5:
        return wrong
    return wrong, "factor-missing" if np.allclose(out[out != 0], arrays["input"][out != 0]) else "scaled"


def same_mask(arrays, got):
    """The error of what was dropped is zero, the rest has passed the same factor as the input."""
    if got["out"].all() or not got["out"].any():
        return both(
            "there is no mask: everything is kept, or nothing", "没有掩码：要么全部保留，要么一个也没有"
        )
    factor, back, error = got["out"] / arrays["input"], got["back"], arrays["error"]
    wrong = both(
        "the error did not pass through the mask of the way forward", "误差没有通过前向传播时的那个掩码"
    )
    if back.shape != factor.shape:
        return wrong
    if np.allclose(back, factor * error, rtol=1e-5):
        return ""
    scale = factor.max()
    known = {
        "factor-missing": (factor > 0) * error,
        "mask-missing": error,
        "mask-inverted": scale * (factor == 0) * error,
        "learning-rate": 0.1 * factor * error,
    }
    found = [id for id, one in known.items() if np.allclose(back, one, rtol=1e-5)]
    redrawn = abs((back == 0).mean() - (factor == 0).mean()) < 2 * SIX_SIGMA
    if not found and redrawn and np.allclose(back[back != 0], (scale * error)[back != 0]):
        found = ["mask-redrawn"]
    return (wrong, found[0]) if found else wrong


def identity(arrays, got):
    """Nothing changes when training is over."""
    for name, wanted, chinese in (("same", "input", "输入"), ("back same", "error", "误差")):
        if not np.array_equal(got[name], arrays[wanted]):
            wrong = both(
                f"with training = False the layer still changes its {wanted}",
                f"training = False 时，这一层仍然改变{chinese}",
            )
            scaled = got[name].shape == arrays[wanted].shape and np.ptp(got[name] / arrays[wanted]) < 1e-9
            return (wrong, "scaled") if scaled else wrong
    return ""


def dropout_extra(name, title, judge, reads):
    """One look at a dropout layer; the mask is random, so that values cannot be compared."""
    return Extra(
        name=name,
        title=title,
        inputs={
            "rate": draw.Draw((), lambda rng, _shape, _drawn: np.array(rng.choice([0.2, 0.3, 0.7]))),
            "input": big,
            "error": big,
        },
        steps=dropped,
        reads=tuple(Quantity(read, read) for read in reads),
        judge=judge,
    )


big = draw.Draw((), lambda rng, _shape, _drawn: rng.uniform(0.5, 1.5, (1, UNITS)))


def network(args, *layers):
    """A network of these layers: (name of the step, call, parameters to set)."""
    steps = [Step("net", ["call", ["part", "Network"]], wanted=False)]
    for name, made, parameters in layers:
        steps.append(Step(name, made, wanted=False))
        for parameter in parameters:
            new = args[f"{parameter} of {name}"]
            steps.append(
                Step(f"set {parameter} of {name}", ["set", ["slot", name], [parameter], new], wanted=False)
            )
        steps.append(
            Step(f"add {name}", ["call", ["attr", ["slot", "net"], "add"], ["slot", name]], wanted=False)
        )
    loss = [["part", "mse"], ["part", "mse_prime"]]
    steps.append(Step("use", ["call", ["attr", ["slot", "net"], "use"], *loss], wanted=False))
    return steps


def fully_connected(name, i, j):
    """A fully connected layer from i to j neurons, in either published form."""
    callee = ["part", "FCLayer"]
    first = ["call", callee, ["tuple", 1, i], ["tuple", 1, j]]
    return name, ["either", first, ["call", callee, ["value", i], ["value", j]]], ("weights", "bias")


def activation(name, *shape):
    """A tanh layer, in either published form."""
    callee, functions = ["part", "ActivationLayer"], [["part", "tanh"], ["part", "tanh_prime"]]
    return name, ["either", ["call", callee, ["tuple", *shape], *functions], ["call", callee, *functions]], ()


def xor(args):
    """A net for XOR: 2, 3 and 1 neurons."""
    return network(
        args,
        fully_connected("first", 2, 3),
        activation("tanh 1", 1, 3),
        fully_connected("second", 3, 1),
        activation("tanh 2", 1, 1),
    )


def fitted(steps, args, epochs, learned):
    """The network trained, and then its parameters."""
    fit = ["call", ["attr", ["slot", "net"], "fit"], args["x"], args["y"], ["value", epochs], args["rate"]]
    look = (Step(f"{p} of {n}", ["attr", ["slot", n], p]) for n in learned for p in ("weights", "bias"))
    return (*steps, Step("fit", fit, wanted=False), *look)


def predicted(args):
    """Predictions of the net for XOR."""
    return (*xor(args), Step("predict", ["call", ["attr", ["slot", "net"], "predict"], args["x"]]))


def convolved(args):
    """A net with a convolution: 5 x 4 pixels in 2 channels, 3 kernels of 2 x 3, one neuron."""
    conv = ["call", ["part", "ConvLayer"], ["tuple", 5, 4, 2], ["tuple", 2, 3], ["value", 3]]
    return network(
        args,
        ("conv", conv, ("weights", "bias")),
        activation("tanh 1", 4, 2, 3),
        ("flatten", ["call", ["part", "FlattenLayer"]], ()),
        fully_connected("last", 24, 1),
    )


def normal(*shape, scale=0.5):
    """Normal values of a fixed shape."""
    return draw.Draw((), lambda rng, _shape, _drawn: scale * rng.standard_normal(shape))


def read(*names):
    """Weights and biases of these layers."""
    return tuple(Quantity(f"{n}.{p}", f"{p} of {n}", where="fit") for n in names for p in ("weights", "bias"))


xor_inputs = {
    "x": draw.fixed(np.array([[[0.0, 0.0]], [[0.0, 1.0]], [[1.0, 0.0]], [[1.0, 1.0]]])),
    "y": draw.fixed(np.array([[[0.0]], [[1.0]], [[1.0]], [[0.0]]])),
    **{"weights of first": normal(2, 3), "bias of first": normal(1, 3)},
    **{"weights of second": normal(3, 1), "bias of second": normal(1, 1)},
    "rate": draw.scalar(0.05, 0.15),
}
conv_inputs = {
    **{"x": normal(3, 5, 4, 2, scale=1.0), "y": normal(3, 1, 1)},
    **{"weights of conv": normal(2, 3, 2, 3), "bias of conv": normal(3)},
    **{"weights of last": normal(24, 1, scale=0.2), "bias of last": normal(1, 1)},
    "rate": draw.scalar(0.01, 0.03),
}
pairs = {"y_true": draw.normal(N, D), "y_pred": draw.normal(N, D)}


def windows(image, height, width):
    """All parts of an image that a kernel of this size meets: (rows, columns, channels, height, width)."""
    return np.lib.stride_tricks.sliding_window_view(image, (height, width), axis=(0, 1))


def correlated(image, kernels):
    """The image under each kernel."""
    return np.einsum("ijdmn,mndk->ijk", windows(image, *kernels.shape[:2]), kernels)


def gradient(image, error):
    """The slope of the kernels."""
    height, width = (1 + a - b for a, b in zip(image.shape[:2], error.shape[:2], strict=True))
    return np.einsum("ijdmn,ijk->mndk", windows(image, height, width), error)


def spread(error, kernels):
    """The error sent back to the image."""
    (rows, columns, _), (height, width, depth, _) = error.shape, kernels.shape
    image = np.zeros((rows + height - 1, columns + width - 1, depth))
    for m in range(height):
        for n in range(width):
            image[m : m + rows, n : n + columns] += error @ kernels[m, n].T
    return image


def only(array, index):
    """The last entries of the last axis alone, or others; the rest is 0."""
    kept = np.zeros_like(array)
    kept[..., index] = array[..., index]
    return kept


def corner(array, index):
    """The first or last position alone; the rest is 0."""
    kept = np.zeros_like(array)
    kept[index, index] = array[index, index]
    return kept


def first_everywhere(array):
    """The first channel in the place of all."""
    return np.broadcast_to(array[..., :1], array.shape)


def blocks(image, pool_shape):
    """The blocks of an image: (block rows, block columns, channels, pixels of a block)."""
    height, width = (int(size) for size in pool_shape)
    rows, columns, depth = image.shape
    split = image.reshape(rows // height, height, columns // width, width, depth)
    return split.transpose(0, 2, 4, 1, 3).reshape(rows // height, columns // width, depth, height * width)


def joined(parts, pool_shape):
    """The inverse of `blocks`."""
    height, width = (int(size) for size in pool_shape)
    rows, columns, depth, _ = parts.shape
    split = parts.reshape(rows, columns, depth, height, width).transpose(0, 3, 1, 4, 2)
    return split.reshape(rows * height, columns * width, depth)


def highest(parts):
    """1 at the largest pixel of each block."""
    return (parts == parts.max(axis=-1, keepdims=True)).astype(float)


def found_in_columns(parts, pool_shape):
    """The largest pixel, counted down the columns and looked up along the rows."""
    height, width = (int(size) for size in pool_shape)
    turned = parts.reshape(*parts.shape[:3], height, width).swapaxes(3, 4).reshape(parts.shape)
    return np.eye(height * width)[turned.argmax(axis=-1)]


FUNCTIONS = {
    one.__name__: one
    for one in (
        *(correlated, gradient, spread, only, corner, first_everywhere),
        *(blocks, joined, highest, found_in_columns),
    )
} | {
    "share": lambda parts: np.full_like(parts, 1 / parts.shape[-1]),
    "first": lambda parts: np.eye(parts.shape[-1])[0],
}


def routed(parts, error="dout"):
    """The formula that sends the error of each block to some of its pixels."""
    return f"joined({parts} * pixels({error}), pool_shape)"


conv = Derivation(
    {
        "forward": "correlated(input, weights) + bias",
        "dinput": "spread(dout, weights)",
        "dweights": "gradient(input, dout)",
        "dbias": "sum(dout, (0, 1))",
    },
    functions=FUNCTIONS,
    roles={"weights": "kernel"},
    mistakes=(
        Mistake("overwritten", {"forward": "correlated(only(input, -1), weights) + bias"}),
        Mistake("overwritten", {"dinput": "spread(only(dout, -1), weights)"}),
        Mistake("overwritten", {"dweights": "gradient(input, corner(dout, -1))"}),
        Mistake("constant-for-variable", {"forward": "correlated(first_everywhere(input), weights) + bias"}),
        Mistake("constant-for-variable", {"forward": "correlated(input, weights) + first_everywhere(bias)"}),
        Mistake("constant-for-variable", {"dweights": "gradient(first_everywhere(input), dout)"}),
        Mistake("not-summed", {"dbias": "sum(corner(dout, 0), (0, 1))"}),
        Mistake("wrong-axis", {"dbias": "sum(dout) * ones(bias)"}),
    ),
)
pool = Derivation(
    {
        "parts": "blocks(input, pool_shape)",
        "forward": "max(parts, 3)",
        "mask": "highest(parts)",
        "dinput": routed("mask"),
    },
    functions=FUNCTIONS | {"pixels": lambda error: error[..., None]},
    mistakes=(
        Mistake("averaged", {"forward": "mean(parts, 3)"}),
        Mistake("mask-inverted", {"forward": "-max(-parts, 3)"}),
        Mistake("wrong-axis", {"forward": "max(max(parts, 3), axis=2, keepdims=1) + 0 * max(parts, 3)"}),
        Mistake("averaged", {"dinput": routed("share(parts)")}),
        Mistake("mask-missing", {"dinput": routed("ones(parts)")}),
        Mistake("mask-inverted", {"dinput": routed("highest(-parts)")}),
        Mistake("constant-for-variable", {"dinput": routed("first(parts)")}),
        Mistake("transposed", {"dinput": routed("found_in_columns(parts, pool_shape)")}),
    ),
)
fc = Derivation(
    {
        **{"forward": "input @ weights + bias", "dinput": "dout @ weights.T"},
        **{"dweights": "input.T @ dout", "dbias": "dout"},
    },
    mistakes=(Mistake("wrong-axis", {"dbias": "sum(dout) * ones(dout)"}),),
)
activated = Derivation(
    {"y": "tanh(input)", "forward": "y", "slope": "1 - y ** 2", "dinput": "dout * slope"},
    mistakes=(Mistake("slope-of-output", {"slope": "1 - tanh(y) ** 2"}),),
)
flat = Derivation(
    {"forward": "row(input)", "dinput": "reshape(dout, input)"},
    mistakes=(
        Mistake("transposed", {"forward": "row(input.T)"}),
        Mistake("transposed", {"dinput": "reshape(dout, input.T).T"}),
        Mistake("upstream-ignored", {"dinput": "input"}),
    ),
)
slope_of_tanh = Derivation(
    {"value": "1 - tanh(x) ** 2"},
    mistakes=(
        Mistake("slope-of-output", {"value": "1 - x ** 2"}),
        Mistake("other-slope", {"value": "sigmoid(x) * (1 - sigmoid(x))"}),
    ),
)
slope_of_mse = Derivation(
    {"value": "2 * (y_pred - y_true) / (N * D)"},
    mistakes=(Mistake("averaged", {"value": "mean(2 * (y_pred - y_true))"}),),
)


ERRORS = {
    "": lambda out, y: 2 * (out - y),
    "target-swapped": lambda out, y: 2 * (y - out),
    "target-missing": lambda out, _y: out,
    "scaled": lambda out, y: out - y,
}


def trained(arrays, epochs=20, inputs=(0, 1, 2, 3), rate=1.0, error="", first=True, together=False):
    """Weights and biases of the net for XOR after training, perhaps with a mistake: another number of epochs, other
    inputs for the targets, another rate or error, a first layer that does not learn, all samples forward at once."""
    names = ("first", "second")
    (v, b), (w, c) = ((arrays[f"weights of {name}"], arrays[f"bias of {name}"]) for name in names)
    x, y = arrays["x"][list(inputs)], arrays["y"]
    for _ in range(epochs):
        passed = None
        for n in range(4):
            if passed is None or not together:
                h = np.tanh(x @ v + b)
                passed = h, np.tanh(h @ w + c)
            h, out = passed
            seen = 3 if together else n
            delta = ERRORS[error](out[n], y[n]) * (1 - out[seen] ** 2)
            hidden = delta @ w.T * (1 - h[seen] ** 2)
            w, c = w - rate * h[seen].T @ delta, c - rate * delta
            if first:
                v, b = v - rate * x[seen].T @ hidden, b - rate * hidden
    return {"first.weights": v, "first.bias": b, "second.weights": w, "second.bias": c}


def wrong_fits(arrays):
    """Where known mistakes in fit lead."""
    rate = float(arrays["rate"])
    return [
        *(
            (id, trained(arrays, rate=rate, error=id))
            for id in ("target-swapped", "target-missing", "scaled")
        ),
        ("gradient-missing", trained(arrays, rate=rate, first=False)),
        ("stale-cache", trained(arrays, rate=rate, together=True)),
        ("constant-for-variable", trained(arrays, rate=rate, epochs=1)),
        ("constant-for-variable", trained(arrays, rate=rate, inputs=(0, 0, 0, 0))),
        ("learning-rate", trained(arrays, rate=rate * rate)),
        *(("constant-for-variable", trained(arrays, rate=other)) for other in (0.1, 0.01, 0.001, 0.5, 1.0)),
    ]


assignment = Assignment(
    "fc_conv",
    title=both("A library of layers", "层库"),
    exercises=[
        Function(
            name="tanh",
            inputs={"x": draw.uniform(N, D, within=2)},
            derivation=Derivation({"value": "tanh(x)"}),
            points=3,
        ),
        Function(
            name="tanh_prime",
            inputs={"x": draw.uniform(N, D, within=2)},
            uses=("tanh",),
            derivation=slope_of_tanh,
            points=4,
        ),
        Function(
            name="mse",
            inputs=pairs,
            derivation=Derivation({"value": "mean((y_true - y_pred) ** 2)"}),
            points=3,
        ),
        Function(name="mse_prime", inputs=pairs, derivation=slope_of_mse, points=4),
        Updating(
            name="FCLayer",
            shapes={"input_shape": draw.shape(D, ones=1), "output_shape": draw.shape(M, ones=1)},
            later={"input_size": draw.size(D), "output_size": draw.size(M)},
            learns={"weights": draw.normal(D, M), "bias": draw.row(M)},
            inputs={"input": draw.row(D)},
            sizes=({D: 3, M: 4}, {D: 5, M: 2}, {D: 4, M: 6}),
            derivation=fc,
            points={
                "forward": 4,
                "dinput": 5,
                "dweights": 5,
                "dbias": 3,
                "second_forward_matches_reference": 1,
            },
        ),
        Updating(
            name="ActivationLayer",
            shapes={"input_shape": draw.shape(D, ones=1)},
            functions=("tanh", "tanh_prime"),
            later={},
            inputs={"input": draw.row(D)},
            uses=("tanh", "tanh_prime"),
            derivation=activated,
            points={"forward": 3, "dinput": 4, "second_forward_matches_reference": 1},
        ),
        Updating(
            name="ConvLayer",
            shapes={
                **{"input_shape": draw.shape(X, Y, K), "kernel_shape": draw.shape(P, Q)},
                **{"layer_depth": draw.size(R)},
            },
            learns={"weights": draw.normal(P, Q, K, R), "bias": draw.normal(R)},
            inputs={"input": draw.normal(X, Y, K)},
            sizes=CONV_SIZES,
            derivation=conv,
            points={
                "forward": 8,
                "dinput": 8,
                "dweights": 8,
                "dbias": 4,
                "second_forward_matches_reference": 1,
            },
        ),
        Updating(
            name="FlattenLayer",
            derivation=flat,
            inputs={"input": draw.normal(X, Y, K)},
            points={"forward": 1.5, "dinput": 1.5, "second_forward_matches_reference": 1},
        ),
        Updating(
            name="MaxPoolLayer",
            shapes={"input_shape": draw.shape(X, Y, K), "pool_shape": draw.shape(P, Q)},
            inputs={"input": draw.grid(X, Y, K)},
            sizes=POOL_SIZES,
            derivation=pool,
            points={"forward": 3, "dinput": 4, "second_forward_matches_reference": 1},
        ),
        Script(
            name="DropoutLayer",
            inputs={"rate": draw.fixed(0.3), "input": draw.normal(N, D), "error": draw.normal(N, D)},
            script=dropped,
            reads=(Quantity("evaluated", "same"),),
            extras=(
                dropout_extra(
                    "drops_the_right_fraction",
                    both("The share rate of the inputs is dropped", "丢弃的输入所占的比例是 rate"),
                    right_fraction,
                    ["out"],
                ),
                dropout_extra(
                    "scales_what_is_kept",
                    both("What is kept is scaled by 1 / (1 - rate)", "保留的值乘以 1 / (1 - rate)"),
                    right_scale,
                    ["out"],
                ),
                dropout_extra(
                    "reuses_its_mask",
                    both("The error passes through the same mask", "误差通过同一个掩码"),
                    same_mask,
                    ["out", "back"],
                ),
                dropout_extra(
                    "is_identity_when_not_training",
                    both("With training = False nothing changes", "training = False 时什么都不变"),
                    identity,
                    ["same", "back same"],
                ),
            ),
            points={
                **{"drops_the_right_fraction": 2, "scales_what_is_kept": 2},
                **{"reuses_its_mask": 2, "evaluated": 2},
            },
        ),
        Script(
            name="Network",
            inputs=xor_inputs,
            uses=(
                "tanh",
                "tanh_prime",
                "mse",
                "mse_prime",
                "FCLayer",
                "ActivationLayer",
                "ConvLayer",
                "FlattenLayer",
            ),
            script=predicted,
            reads=(Quantity("predict", "predict", where="predict"),),
            extras=(
                Extra(
                    name="fit_matches_reference",
                    title=both(
                        "Twenty epochs on XOR lead to the right weights", "在异或上训练二十个轮次后，权重正确"
                    ),
                    inputs=xor_inputs,
                    steps=lambda args: fitted(xor(args), args, 20, ["first", "second"]),
                    reads=read("first", "second"),
                    mistakes=wrong_fits,
                ),
                Extra(
                    name="conv_fit_matches_reference",
                    title=both(
                        "Twenty epochs of a small convolutional net lead to the right weights",
                        "小型卷积网络训练二十个轮次后，权重正确",
                    ),
                    inputs=conv_inputs,
                    steps=lambda args: fitted(convolved(args), args, 20, ["conv", "last"]),
                    reads=read("conv", "last"),
                ),
            ),
            points={"predict": 3, "fit_matches_reference": 6, "conv_fit_matches_reference": 2},
        ),
    ],
    offers=("scipy.signal",),
)
