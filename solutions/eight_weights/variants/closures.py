# expect: full
# Functions made by functions: each neuron gives back how to reach its inputs.
import math


def _make_sigmoid(e):
    def squeeze(z):
        return 1 / (1 + e ** -z)

    return squeeze


def _neuron(activation, weights):
    def forward(inputs):
        out = activation(sum(w * i for w, i in zip(weights, inputs)))

        def backward(gradient):
            delta = gradient * out * (1 - out)
            return [delta * i for i in inputs], [delta * w for w in weights]

        return out, backward

    return forward


sigmoid = _make_sigmoid(math.e)


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    h1, _ = _neuron(sigmoid, (w1, w3))((x1, x2))
    h2, _ = _neuron(sigmoid, (w2, w4))((x1, x2))
    o1, _ = _neuron(sigmoid, (w5, w7))((h1, h2))
    o2, _ = _neuron(sigmoid, (w6, w8))((h1, h2))
    return o1, o2, h1, h2, ((o1 - y1) ** 2 + (o2 - y2) ** 2) / 2


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    _, back1 = _neuron(lambda z: out_o1, (w5, w7))((out_h1, out_h2))
    _, back2 = _neuron(lambda z: out_o2, (w6, w8))((out_h1, out_h2))
    (d_w5, d_w7), (through1, through2) = back1(out_o1 - y1)
    (d_w6, d_w8), (also1, also2) = back2(out_o2 - y2)
    (d_w1, d_w3), _ = _neuron(lambda z: out_h1, (0, 0))((x1, x2))[1](through1 + also1)
    (d_w2, d_w4), _ = _neuron(lambda z: out_h2, (0, 0))((x1, x2))[1](through2 + also2)
    return d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8
