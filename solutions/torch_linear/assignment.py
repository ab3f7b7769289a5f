"""A first model in PyTorch: a straight line, and its training. Points add up to 100."""

import numpy as np

from grader.assignment import Assignment, Derivation, Extra, Mistake, N, Quantity, Script, Step, both, draw
from grader.numeric import closeness

LEARNING_RATE = 0.01
EPOCHS = 5
MODEL = ["slot", "model"]
LINEAR = ["attr", MODEL, "linear"]
WEIGHT, BIAS = ["attr", LINEAR, "weight"], ["attr", LINEAR, "bias"]
MADE = Step("model", ["call", ["part", "LinearModel"]], wanted=False)
X, Y = np.array([[1.0], [2.0], [3.0]]), np.array([[2.0], [4.0], [6.0]])


def tensor(array):
    """The array as a tensor of the kind that the model itself computes with."""
    return ["call", ["attr", WEIGHT, "new_tensor"], array]


def started(args):
    """A model with given parameters."""
    return (
        Step("put weight", ["put", ["attr", WEIGHT, "data"], [], args["weight"]], wanted=False),
        Step("put bias", ["put", ["attr", BIAS, "data"], [], args["bias"]], wanted=False),
    )


def differentiated(args):
    """Predictions, and the slopes of the summed squared error that autograd finds."""
    wanted = ["call", ["attr", tensor(args["y"]), "reshape_as"], ["slot", "prediction"]]
    error = ["descend", ["slot", "prediction"], wanted, ["value", 1]]
    loss = ["call", ["attr", ["call", ["attr", error, "square"]], "sum"]]
    return (
        Step("layer", ["call", ["exercise", "LinearModel"]], wanted=False),
        Step("model", ["slot", "layer"], wanted=False),
        *started(args),
        Step("prediction", ["call", MODEL, tensor(args["x"])]),
        Step("backward", ["call", ["attr", loss, "backward"]], wanted=False),
        Step("weight.grad", ["attr", WEIGHT, "grad"]),
        Step("bias.grad", ["attr", BIAS, "grad"]),
    )


def trained(args, epochs):
    """The parameters after training."""
    given = [tensor(args["x"]), tensor(args["y"]), ["value", epochs]]
    return (
        Step("train", ["call", ["exercise", "train"], MODEL, *given], wanted=False),
        Step("weight", WEIGHT),
        Step("bias", BIAS),
    )


def from_given(epochs):
    """Training from given parameters."""
    return lambda args: (MADE, *started(args), *trained(args, epochs))


def from_own(args):
    """A hundred epochs from the parameters that the student's model was made with."""
    first = (Step("first weight", WEIGHT), Step("first bias", BIAS))
    return (MADE, *first, *trained(args, 100))


def slopes(arrays, weight, bias):
    """The gradient of the summed squared error."""
    error = weight * arrays["x"] + bias - arrays["y"]
    return np.array([2 * (error * arrays["x"]).sum(), 2 * error.sum()])


def parameters(got, prefix=""):
    """Weight and bias as one array."""
    return np.array([got[prefix + "weight"].item(), got[prefix + "bias"].item()], dtype=np.float64)


def unusual(got):
    """What keeps the parameters from being a number each."""
    wrong = [name for name, array in got.items() if array.size != 1 or not np.isfinite(array).all()]
    said = both("{name} should be one finite number", "{name} 应当是一个有限的数")
    return said.format(name=wrong[0]) if wrong else ""


def steps_down_the_gradient(arrays, got):
    """The change of one step is the learning rate times the gradient."""
    if unusual(got):
        return unusual(got)
    start = np.array([arrays["weight"], arrays["bias"]])
    step, wanted = start - parameters(got), LEARNING_RATE * slopes(arrays, *start)
    # The change of a number of 32 bits has fewer digits than the number.
    if closeness.error(step, wanted) <= 1e-4:
        return ""
    if closeness.error(parameters(got), start) <= closeness.SAME:
        return both("the first epoch changes nothing", "第一个轮次什么也没有改变")
    ratio = float(step @ wanted / (wanted @ wanted))
    if ratio and closeness.error(step, ratio * wanted) <= 1e-3:
        wrong = both(
            f"the first step is {ratio:.4g} times the right one for {len(arrays['x'])} samples",
            f"对 {len(arrays['x'])} 个样本来说，第一步是正确步长的 {ratio:.4g} 倍",
        )
        return wrong, ratio_id(ratio, len(arrays["x"]))
    wrong = both(
        "the first step does not go down the gradient of the summed squared error",
        "第一步没有沿误差平方和的梯度下降",
    )
    known = [
        ("constant-for-variable", path(**given(arrays), epochs=100)),
        ("scaled", path(**given(arrays), epochs=2)),
    ]
    known += [
        (id, path(**given(arrays), epochs=1, way=id)) for id in ("other-slope", "wrong-shape", "layer-order")
    ]
    adam = np.array([np.abs(step - LEARNING_RATE * np.sign(wanted)).max() < 1e-6])
    found = ["other-slope"] * bool(adam) + [
        id for id, end in known if closeness.error(start - end, step) <= 1e-4
    ]
    return (wrong, found[0]) if found else wrong


def ratio_id(ratio, samples):
    """The mistake that makes the first step so many times too long."""
    known = {
        -1: "sign-flipped",
        0.1: "learning-rate",
        10: "learning-rate",
        100: "learning-rate",
        1 / samples: "batch-mean-twice",
    }
    return next((id for one, id in known.items() if abs(ratio / one - 1) < 1e-3), "scaled")


def given(arrays):
    """The arguments of a training."""
    return {name: arrays[name] for name in ("x", "y", "weight", "bias")}


def path(x, y, weight, bias, epochs=EPOCHS, way="", rate=LEARNING_RATE):
    """Weight and bias after training, perhaps with a mistake of this name."""
    now, total, last = np.array([float(weight), float(bias)]), np.zeros(2), np.zeros(2)
    for _ in range(epochs):
        if way == "layer-order":
            for n in range(len(x)):
                now = now - rate * slopes({"x": x[n], "y": y[n]}, *now)
            continue
        error = now[0] * x + now[1] - y
        slope = slopes({"x": x, "y": y}, *now)
        if way == "other-slope":
            slope = np.array([(np.sign(error) * x).sum(), np.sign(error).sum()])
        elif way == "wrong-shape":
            pairs = (now[0] * x + now[1]).ravel() - y
            slope = np.array([2 * (pairs * x.ravel()).sum(), 2 * pairs.sum()])
        elif way == "gradient-missing":
            slope[1] = 0
        elif way in ("scaled", "batch-mean-twice"):
            slope = slope / (2 if way == "scaled" else len(x))
        total = total + slope if way == "accumulates" else slope
        now, last = now - rate * (last if way == "stale-cache" else total), slope
    return now


def walks_a_hundred_steps(arrays, got):
    """From the student's own start to where a hundred steps lead."""
    if unusual(got):
        return unusual(got)
    weight, bias = parameters(got, "first ")
    error = closeness.error(parameters(got), path(arrays["x"], arrays["y"], weight, bias, epochs=100))
    if error <= closeness.ROUGH:
        return ""
    wrong = both(
        f"weight and bias are wrong (relative error {error:.2g})", f"权重和偏置不对（相对误差 {error:.2g}）"
    )
    added = path(arrays["x"], arrays["y"], weight, bias, epochs=100, way="accumulates")
    return (wrong, "accumulates") if closeness.error(parameters(got), added) <= 1e-3 else wrong


def column(low, high, signs=(1.0,)):
    """Numbers of these magnitudes and signs, one a row."""

    def sampler(rng, shape, _drawn):
        return rng.uniform(low, high, (*shape, 1)) * rng.choice(signs, (*shape, 1))

    return draw.Draw((N,), sampler)


def one_sided(rng, _shape, drawn):
    """Targets for which neither slope is nearly 0 by cancelling: an error has the sign of x, and those on the left of 0
    are small together."""
    x = drawn["x"]
    low, high = np.where(x > 0, 2.0, 0.1), np.where(x > 0, 3.0, 0.3)
    return drawn["weight"] * x + drawn["bias"] - np.sign(x) * rng.uniform(low, high)


line = {"weight": draw.apart(0.5, 1.5), "bias": draw.apart(0.3, 1.0)}
both_sides = {"x": column(0.3, 1.5, signs=(-1.0, 1.0)), **line, "y": draw.Draw((N,), one_sided)}
# All predictions are too low at first: weight and bias grow, and stay away from 0.
too_low = {
    **{"x": column(0.3, 1.5), "y": column(1.5, 4.0)},
    **{"weight": draw.scalar(0.2, 0.6), "bias": draw.scalar(0.2, 0.5)},
}
reads = (Quantity("weight", "weight"), Quantity("bias", "bias"))


def ended(**changed):
    """The formula of a training."""
    return f"path(x, y, weight, bias{''.join(f', {name}={value!r}' for name, value in changed.items())})"


model = Derivation(
    {
        **{"line": "x * weight + bias", "prediction": "line", "error": "2 * (line - y)"},
        **{"dweight": "row(sum(error * x))", "dbias": "stack(sum(error))"},
    },
    roles={"weight": "weight", "y": "target"},
    mistakes=(
        *(Mistake("output-activated", {"prediction": f"{f}(line)"}) for f in ("relu", "sigmoid", "tanh")),
        Mistake("bias-repeated", {"line": "x * weight + 2 * bias", "dbias": "2 * stack(sum(error))"}),
    ),
)
training = Derivation(
    {"end": ended(), "weight": "row(entry(end, 0))", "bias": "stack(entry(end, 1))"},
    functions={"path": path, "points": lambda: X, "values": lambda: Y},
    mistakes=(
        *(
            Mistake(id, {"end": ended(way=id)}, everywhere=True)
            for id in ("scaled", "batch-mean-twice", "accumulates", "gradient-missing", "stale-cache")
        ),
        *(Mistake("learning-rate", {"end": ended(rate=rate)}) for rate in (0.1, 0.001, 1.0)),
        Mistake("constant-for-variable", {"end": ended(epochs=100)}),
        Mistake("constant-for-variable", {"end": "path(points(), values(), weight, bias)"}),
    ),
)

assignment = Assignment(
    "torch_linear",
    title=both("A first model in PyTorch", "第一个 PyTorch 模型"),
    # The second is what the first optimizer imports, which takes longer than the first.
    requires=("torch", "torch._dynamo"),
    # Three times the 658 MiB of addresses below which torch's build for CPUs cannot be imported and train.
    memory=2 << 30,
    exercises=[
        Script(
            name="LinearModel",
            inputs=both_sides,
            derivation=model,
            script=differentiated,
            reads=(
                Quantity("prediction", "prediction", where="forward"),
                Quantity("dweight", "weight.grad"),
                Quantity("dbias", "bias.grad"),
            ),
            points={"prediction": 20, "dweight": 10, "dbias": 10},
            titles={
                "dweight_matches_reference": both(
                    "Autograd finds the slope of the summed squared error for the weight",
                    "自动微分求出了误差平方和对权重的斜率",
                ),
                "dbias_matches_reference": both(
                    "Autograd finds the slope of the summed squared error for the bias",
                    "自动微分求出了误差平方和对偏置的斜率",
                ),
            },
        ),
        Script(
            name="train",
            sort="function",
            inputs=too_low,
            uses=("LinearModel",),
            derivation=training,
            script=from_given(EPOCHS),
            reads=reads,
            points={
                **{"weight": 15, "bias": 15},
                **{"first_step_follows_the_gradient": 10, "hundred_steps_match_ours": 20},
            },
            titles={
                "weight_matches_reference": both(
                    f"The weight is right after {EPOCHS} epochs", f"{EPOCHS} 个轮次之后，权重正确"
                ),
                "bias_matches_reference": both(
                    f"The bias is right after {EPOCHS} epochs", f"{EPOCHS} 个轮次之后，偏置正确"
                ),
            },
            extras=(
                Extra(
                    name="first_step_follows_the_gradient",
                    title=both(
                        "The first step goes down the gradient of the summed squared error",
                        "第一步沿误差平方和的梯度下降",
                    ),
                    inputs=too_low,
                    steps=from_given(1),
                    reads=reads,
                    judge=steps_down_the_gradient,
                ),
                Extra(
                    name="hundred_steps_match_ours",
                    title=both(
                        "A hundred epochs on x = 1, 2, 3 lead from your own start to where ours do",
                        "在 x = 1, 2, 3 上从你自己的起点走一百个轮次，到达的地方与我们的相同",
                    ),
                    inputs={"x": draw.fixed(X), "y": draw.fixed(Y)},
                    steps=from_own,
                    reads=(
                        *(Quantity(f"first {q.name}", f"first {q.name}") for q in reads),
                        *reads,
                    ),
                    judge=walks_a_hundred_steps,
                ),
            ),
        ),
    ],
)
