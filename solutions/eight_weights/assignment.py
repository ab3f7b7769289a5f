"""Gradient descent by hand: two inputs, two hidden neurons, two outputs, eight weights. Points add up to 100."""

import numpy as np

from grader.assignment import (
    Assignment,
    At,
    Derivation,
    Extra,
    Form,
    Function,
    Mistake,
    Quantity,
    Step,
    both,
    draw,
    fixed_factor,
)

NUMBERS = range(1, 9)
WEIGHTS = [f"w{n}" for n in NUMBERS]
GRADIENTS = [f"d_w{n}" for n in NUMBERS]
OUTPUTS = ["out_o1", "out_o2", "out_h1", "out_h2"]

inputs = {name: draw.apart(0.1, 0.9) for name in ("x1", "x2", "y1", "y2")}
weights = {name: draw.apart(0.1, 1.3) for name in WEIGHTS}
outputs = {name: draw.scalar(0.2, 0.8) for name in OUTPUTS}
# Each output has to lie above its target in some cases and below it in others.
targets = {name: draw.scalar(0.1, 0.9) for name in ("y1", "y2")}
step = {"step": draw.scalar(0.37, 0.5)}
FIXED_STEP = both("a step of {value} is written into the function", "函数里写死了步长 {value}")


def updated(arrays, step):
    """What update_w should give for a step."""
    return {w: arrays[w] - step * arrays[d] for w, d in zip(WEIGHTS, GRADIENTS, strict=True)}


def published(arrays):
    """Gradients of the first four weights as a widely published text has them: without the weights on the way back."""
    deltas = [
        (arrays[out] - arrays[y]) * arrays[out] * (1 - arrays[out]) * arrays[h]
        for out, y, h in [
            ("out_o1", "y1", "out_h1"),
            ("out_o2", "y2", "out_h1"),
            ("out_o1", "y1", "out_h2"),
            ("out_o2", "y2", "out_h2"),
        ]
    ]
    d_w5, d_w6, d_w7, d_w8 = deltas
    slope = {h: arrays[h] * (1 - arrays[h]) for h in ("out_h1", "out_h2")}
    return {
        "d_w1": (d_w5 + d_w6) * slope["out_h1"] * arrays["x1"],
        "d_w3": (d_w5 + d_w6) * slope["out_h1"] * arrays["x2"],
        "d_w2": (d_w7 + d_w8) * slope["out_h2"] * arrays["x1"],
        "d_w4": (d_w7 + d_w8) * slope["out_h2"] * arrays["x2"],
    }


def descended(arrays, step):
    """Error and weights after ten steps of this size."""
    x1, x2, y1, y2 = (float(arrays[name]) for name in inputs)
    w1, w2, w3, w4, w5, w6, w7, w8 = (float(arrays[name]) for name in WEIGHTS)
    for _ in range(10):
        h1, h2 = sigmoid(w1 * x1 + w3 * x2), sigmoid(w2 * x1 + w4 * x2)
        o1, o2 = sigmoid(w5 * h1 + w7 * h2), sigmoid(w6 * h1 + w8 * h2)
        error = ((o1 - y1) ** 2 + (o2 - y2) ** 2) / 2
        delta1, delta2 = (o1 - y1) * o1 * (1 - o1), (o2 - y2) * o2 * (1 - o2)
        hidden1 = (delta1 * w5 + delta2 * w6) * h1 * (1 - h1)
        hidden2 = (delta1 * w7 + delta2 * w8) * h2 * (1 - h2)
        w1, w2, w3, w4 = (
            *(w1 - step * hidden1 * x1, w2 - step * hidden2 * x1),
            *(w3 - step * hidden1 * x2, w4 - step * hidden2 * x2),
        )
        w5, w6, w7, w8 = (
            *(w5 - step * delta1 * h1, w6 - step * delta2 * h1),
            *(w7 - step * delta1 * h2, w8 - step * delta2 * h2),
        )
    return {"error": np.array(error), "weights": np.array([w1, w2, w3, w4, w5, w6, w7, w8])}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def with_own_step(arrays, _wanted, _got, forms):
    """The same ten steps with the step that the student wrote into update_w."""
    return (descended(arrays, forms[0].choice), forms[0].note) if forms else None


def ten_steps(args):
    """Forward, backward, update, ten times over; each time with what the last one gave."""
    steps = []
    now = dict(args)
    for n in range(10):
        given = {name: now[name] for name in [*inputs, *WEIGHTS]}
        steps.append(Step(f"forward {n}", ["apply", ["part", "forward_propagate"], given]))
        seen = {name: ["item", ["slot", f"forward {n}"], i] for i, name in enumerate(OUTPUTS)}
        given = {**seen, **{name: now[name] for name in [*inputs, *WEIGHTS[4:]]}}
        steps.append(Step(f"backward {n}", ["apply", ["part", "back_propagate"], given], wanted=False))
        slopes = {name: ["item", ["slot", f"backward {n}"], i] for i, name in enumerate(GRADIENTS)}
        given = {"step": now["step"], **{name: now[name] for name in WEIGHTS}, **slopes}
        steps.append(Step(f"update {n}", ["apply", ["exercise", "update_w"], given]))
        now |= {name: ["item", ["slot", f"update {n}"], i] for i, name in enumerate(WEIGHTS)}
    return tuple(steps)


forward = Derivation(
    {
        **{"x": "stack(x1, x2)", "y": "stack(y1, y2)"},
        "hidden_weights": "stack(stack(w1, w2), stack(w3, w4))",
        "output_weights": "stack(stack(w5, w6), stack(w7, w8))",
        **{"in_h": "x @ hidden_weights", "h": "sigmoid(in_h)"},
        **{"in_o": "h @ output_weights", "o": "sigmoid(in_o)"},
        **{
            "out_o1": "entry(o, 0)",
            "out_o2": "entry(o, 1)",
            "out_h1": "entry(h, 0)",
            "out_h2": "entry(h, 1)",
        },
        "error": "sum((o - y) ** 2) / 2",
    },
    roles={"y": "target"},
    mistakes=(
        Mistake("before-after-activation", {"h": "in_h"}),
        Mistake("before-after-activation", {"o": "in_o"}),
        Mistake("constant-for-variable", {"x": "stack(0.5, 0.3)"}),
        Mistake("constant-for-variable", {"y": "stack(0.23, -0.07)"}),
        *(Mistake("overwritten", {"error": f"entry((o - y) ** 2, {n}) / 2"}) for n in (0, 1)),
    ),
)
back = Derivation(
    {
        **{"o": "stack(out_o1, out_o2)", "h": "stack(out_h1, out_h2)", "y": "stack(y1, y2)"},
        "output_weights": "stack(stack(w5, w6), stack(w7, w8))",
        **{"slope_o": "o * (1 - o)", "delta_o": "(o - y) * slope_o"},
        **{"slope_h": "h * (1 - h)", "delta_h": "(output_weights @ delta_o) * slope_h"},
        **{"d_w1": "entry(delta_h, 0) * x1", "d_w2": "entry(delta_h, 1) * x1"},
        **{"d_w3": "entry(delta_h, 0) * x2", "d_w4": "entry(delta_h, 1) * x2"},
        **{"d_w5": "entry(delta_o, 0) * out_h1", "d_w6": "entry(delta_o, 1) * out_h1"},
        **{"d_w7": "entry(delta_o, 0) * out_h2", "d_w8": "entry(delta_o, 1) * out_h2"},
    },
    roles={"y": "target", "output_weights": "weight"},
    mistakes=(
        Mistake("weight-missing-in-chain", {"delta_h": "sum(delta_o) * slope_h"}),
        Mistake("weight-missing-in-chain", {"delta_h": "sum(delta_o) * h * slope_h"}),
        *(
            Mistake("overwritten", {"output_weights": f"stack(stack({row}), stack({other}))"})
            for row, other in (("w5, 0", "w7, 0"), ("0, w6", "0, w8"))
        ),
        Mistake(
            "slope-of-output",
            {"slope_o": "sigmoid(o) * (1 - sigmoid(o))", "slope_h": "sigmoid(h) * (1 - sigmoid(h))"},
        ),
        Mistake("other-slope", {"slope_o": "1 - o * o", "slope_h": "1 - h * h"}),
        Mistake("constant-for-variable", {"y": "stack(c, k)"}),
        Mistake("constant-for-variable", {"output_weights": "stack(stack(c, k), stack(c, k))"}),
        Mistake(
            "updated-weights",
            {
                "output_weights": "stack(stack(w5 - c * d_w5, w6 - c * d_w6), stack(w7 - c * d_w7, w8 - c * d_w8))"
            },
        ),
    ),
)
update = Derivation(
    {f"w{n}": f"w{n} - step * d_w{n}" for n in NUMBERS},
    roles={"step": "rate"},
    mistakes=(
        *(
            Mistake("learning-rate", {f"w{n}": f"w{n} - {wrong} * d_w{n}"})
            for n in NUMBERS
            for wrong in ("step * step", "1 / step")
        ),
        Mistake(
            "updated-weights",
            {
                f"w{n}": f"w1 - step * ({' + '.join(f'd_w{m}' for m in NUMBERS if m <= n)})"
                for n in NUMBERS
                if n > 1
            },
        ),
    ),
)

assignment = Assignment(
    "eight_weights",
    title=both("Eight weights by hand", "亲手计算八个权重"),
    exercises=[
        Function(
            name="sigmoid",
            inputs={"z": draw.apart(0.2, 3)},
            derivation=Derivation({"value": "sigmoid(z)"}),
            points=8,
        ),
        Function(
            name="forward_propagate",
            inputs={**inputs, **weights},
            uses=("sigmoid",),
            returns=(*OUTPUTS, "error"),
            spare=1,
            by_name=True,
            derivation=forward,
            points=25,
        ),
        Function(
            name="back_propagate",
            inputs={**outputs, **inputs, **targets, **{name: weights[name] for name in WEIGHTS[4:]}},
            returns=tuple(GRADIENTS),
            by_name=True,
            derivation=back,
            errata=(
                Form(
                    published,
                    both(
                        "These are the gradients of a widely published text, which are wrong: on the way back to "
                        "w1, w2, w3 and w4 it leaves out the weights w5, w6, w7 and w8.",
                        "这是一篇流传很广的文章中的梯度，它们是错的：返回到 w1、w2、w3 和 w4 的路上，"
                        "漏掉了权重 w5、w6、w7 和 w8。",
                    ),
                ),
            ),
            points=48,
        ),
        Function(
            name="update_w",
            inputs={**step, **weights, **{name: draw.apart(0.05, 0.9, gap=0.02) for name in GRADIENTS}},
            uses=("forward_propagate", "back_propagate"),
            returns=tuple(WEIGHTS),
            by_name=True,
            derivation=update,
            forms=(fixed_factor("step", updated, FIXED_STEP),),
            extras=(
                Extra(
                    name="ten_steps_match_reference",
                    title=both(
                        "Ten steps of descent give the right weights and errors", "下降十步，权重和误差都正确"
                    ),
                    inputs={**inputs, **weights, **step},
                    steps=ten_steps,
                    reads=(
                        Quantity("error", "forward 9", (At(4, 5),)),
                        Quantity("weights", "update 9"),
                    ),
                    other=with_own_step,
                ),
            ),
            points={**dict.fromkeys(WEIGHTS, 2), "ten_steps_match_reference": 3},
        ),
    ],
)
