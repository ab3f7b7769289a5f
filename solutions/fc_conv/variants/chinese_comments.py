# expect: full
# Notes, names and printed lines in Chinese.
import numpy as np


class FCLayer(Layer):
    """全连接层：一次只接收一个样本"""

    def __init__(self, input_shape, output_shape):
        self.weights = np.random.rand(input_shape[1], output_shape[1]) - 0.5   # 权重 (i, j)
        self.bias = np.random.rand(1, output_shape[1]) - 0.5                   # 偏置 (1, j)

    def forward_propagation(self, 输入):
        self.输入 = 输入
        return np.dot(输入, self.weights) + self.bias

    def backward_propagation(self, 输出误差, 学习率):
        # 先求输入误差，再更新权重
        输入误差 = np.dot(输出误差, self.weights.T)
        self.weights -= 学习率 * np.dot(self.输入.T, 输出误差)
        self.bias -= 学习率 * 输出误差
        return 输入误差


class MaxPoolLayer(Layer):
    """最大池化：误差只传给每个块里的最大值"""

    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape

    def forward_propagation(self, 输入):
        行, 列 = self.pool_shape
        self.输入 = 输入
        self.输出 = np.array([[[块.max() for 块 in np.moveaxis(输入[i:i + 行, j:j + 列], 2, 0)]
                             for j in range(0, 输入.shape[1], 列)]
                            for i in range(0, 输入.shape[0], 行)])
        return self.输出

    def backward_propagation(self, 输出误差, 学习率):
        放大 = lambda 数组: np.kron(数组, np.ones((*self.pool_shape, 1)))
        return 放大(输出误差) * (self.输入 == 放大(self.输出))


print("网络层定义完毕")
