# 八个权重的神经网络
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 前向传播
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    out_h1 = sigmoid(w1 * x1 + w3 * x2)
    out_h2 = sigmoid(w2 * x1 + w4 * x2)
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    error = 1 / 2 * (out_o1 - y1) ** 2 + 1 / 2 * (out_o2 - y2) ** 2
    return out_o1, out_o2, out_h1, out_h2, error


# 反向传播
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    delta_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    delta_o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    delta_h1 = (delta_o1 * w5 + delta_o2 * w6) * out_h1 * (1 - out_h1)
    delta_h2 = (delta_o1 * w7 + delta_o2 * w8) * out_h2 * (1 - out_h2)
    return (delta_h1 * x1, delta_h2 * x1, delta_h1 * x2, delta_h2 * x2,
            delta_o1 * out_h1, delta_o2 * out_h1, delta_o1 * out_h2, delta_o2 * out_h2)


# 更新权重
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8)
    w1 = w1 - step * d_w1
    w2 = w2 - step * d_w2
    w3 = w3 - step * d_w3
    w4 = w4 - step * d_w4
    w5 = w5 - step * d_w5
    w6 = w6 - step * d_w6
    w7 = w7 - step * d_w7
    w8 = w8 - step * d_w8
    return w1, w2, w3, w4, w5, w6, w7, w8


print("权重:", 0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8)
