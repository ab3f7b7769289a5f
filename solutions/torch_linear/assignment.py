"""A first model in PyTorch: a straight line, and its training. Points add up to 100."""

import numpy as np

from grader.assignment import Assignment, Extra, N, Quantity, Script, Step, draw
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
    return f"{wrong[0]} should be one finite number" if wrong else ""


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
        return "the first epoch changes nothing"
    ratio = float(step @ wanted / (wanted @ wanted))
    if ratio and closeness.error(step, ratio * wanted) <= 1e-3:
        return f"the first step is {ratio:.4g} times the right one for {len(arrays['x'])} samples"
    return "the first step does not go down the gradient of the summed squared error"


def walks_a_hundred_steps(arrays, got):
    """From the student's own start to where a hundred steps lead."""
    if unusual(got):
        return unusual(got)
    wanted = parameters(got, "first ")
    for _ in range(100):
        wanted = wanted - LEARNING_RATE * slopes(arrays, *wanted)
    error = closeness.error(parameters(got), wanted)
    return f"weight and bias are wrong (relative error {error:.2g})" if error > closeness.ROUGH else ""


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

assignment = Assignment(
    "torch_linear",
    title="A first model in PyTorch",
    # The second is what the first optimizer imports, which takes longer than the first.
    requires=("torch", "torch._dynamo"),
    # Three times the 658 MiB of addresses below which torch's build for CPUs cannot be imported and train.
    memory=2 << 30,
    exercises=[
        Script(
            name="LinearModel",
            inputs=both_sides,
            script=differentiated,
            reads=(
                Quantity("prediction", "prediction", where="forward"),
                Quantity("dweight", "weight.grad"),
                Quantity("dbias", "bias.grad"),
            ),
            points={"prediction": 20, "dweight": 10, "dbias": 10},
            titles={
                "dweight_matches_reference": "Autograd finds the slope of the summed squared error for the weight",
                "dbias_matches_reference": "Autograd finds the slope of the summed squared error for the bias",
            },
        ),
        Script(
            name="train",
            sort="function",
            inputs=too_low,
            uses=("LinearModel",),
            script=from_given(EPOCHS),
            reads=reads,
            points={
                **{"weight": 15, "bias": 15},
                **{"first_step_follows_the_gradient": 10, "hundred_steps_match_ours": 20},
            },
            titles={
                "weight_matches_reference": f"The weight is right after {EPOCHS} epochs",
                "bias_matches_reference": f"The bias is right after {EPOCHS} epochs",
            },
            extras=(
                Extra(
                    name="first_step_follows_the_gradient",
                    title="The first step goes down the gradient of the summed squared error",
                    inputs=too_low,
                    steps=from_given(1),
                    reads=reads,
                    judge=steps_down_the_gradient,
                ),
                Extra(
                    name="hundred_steps_match_ours",
                    title="A hundred epochs on x = 1, 2, 3 lead from your own start to where ours do",
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
