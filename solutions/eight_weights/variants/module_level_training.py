# expect: full
# Assignments, prints, a plot and an endless training loop stand between the functions at module level.
import numpy as np
import matplotlib.pyplot as plt

x1, x2 = 0.5, 0.3
y1, y2 = 0.23, -0.07
w1, w2, w3, w4 = 0.2, -0.4, 0.5, 0.6
w5, w6, w7, w8 = 0.1, -0.5, -0.3, 0.8
print("inputs", x1, x2, "targets", y1, y2)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


print("sigmoid(0) =", sigmoid(0))


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    out_h1 = sigmoid(w1 * x1 + w3 * x2)
    out_h2 = sigmoid(w2 * x1 + w4 * x2)
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    error = 0.5 * (y1 - out_o1) ** 2 + 0.5 * (y2 - out_o2) ** 2
    return out_o1, out_o2, out_h1, out_h2, error


def back_propagate(out_o1, out_o2, out_h1, out_h2):
    delta1 = -(y1 - out_o1) * out_o1 * (1 - out_o1)
    delta2 = -(y2 - out_o2) * out_o2 * (1 - out_o2)
    hidden1 = (delta1 * w5 + delta2 * w6) * out_h1 * (1 - out_h1)
    hidden2 = (delta1 * w7 + delta2 * w8) * out_h2 * (1 - out_h2)
    return hidden1 * x1, hidden2 * x1, hidden1 * x2, hidden2 * x2, delta1 * out_h1, delta2 * out_h1, delta1 * out_h2, delta2 * out_h2


def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    return (
        w1 - step * d_w1,
        w2 - step * d_w2,
        w3 - step * d_w3,
        w4 - step * d_w4,
        w5 - step * d_w5,
        w6 - step * d_w6,
        w7 - step * d_w7,
        w8 - step * d_w8,
    )


errors = []
error = 1
while error > 0:  # the targets cannot be reached, so this never ends
    out_o1, out_o2, out_h1, out_h2, error = forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8)
    d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8 = back_propagate(out_o1, out_o2, out_h1, out_h2)
    w1, w2, w3, w4, w5, w6, w7, w8 = update_w(1, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8)
    errors.append(error)
plt.plot(errors)
plt.show()
