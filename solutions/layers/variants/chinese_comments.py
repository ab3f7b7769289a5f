# expect: full
# Chinese comments, docstrings and private names.
import numpy as np


def softmax(x):
    """在最后一个轴上求 softmax，先减去最大值防止溢出。"""
    最大值 = np.max(x, axis=-1, keepdims=True)
    指数 = np.exp(x - 最大值)
    return 指数 / np.sum(指数, axis=-1, keepdims=True)


class Relu:
    """ReLU 层：正数原样通过，负数变为零。"""

    def forward(self, x):
        self.掩码 = x > 0  # 记住哪些输入通过了
        return np.where(self.掩码, x, 0)

    def backward(self, dout):
        return np.where(self.掩码, dout, 0)


class Affine:
    """全连接层：y = xW + b。"""

    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.原形状 = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)  # 偏置被每个样本共用，所以求和
        return np.dot(dout, self.W.T).reshape(self.原形状)
