# expect: full
# Results are named tuples, and everything has a type.
from typing import NamedTuple


class Outputs(NamedTuple):
    out_o1: float
    out_o2: float
    out_h1: float
    out_h2: float
    error: float


def sigmoid(z: float) -> float:
    return float((1 + np.tanh(z / 2)) / 2)


def forward_propagate(
    x1: float, x2: float, y1: float, y2: float,
    w1: float, w2: float, w3: float, w4: float, w5: float, w6: float, w7: float, w8: float,
) -> Outputs:
    h1: float = sigmoid(w1 * x1 + w3 * x2)
    h2: float = sigmoid(w2 * x1 + w4 * x2)
    o1: float = sigmoid(w5 * h1 + w7 * h2)
    o2: float = sigmoid(w6 * h1 + w8 * h2)
    return Outputs(out_o1=o1, out_o2=o2, out_h1=h1, out_h2=h2, error=pow(o1 - y1, 2) / 2 + pow(o2 - y2, 2) / 2)
