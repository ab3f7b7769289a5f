# expect: full
# Chinese comments, docstrings and private names.
def relu_forward(x):
    """正数原样通过，其余变为零；缓存里只记住哪些位置是正数。"""
    通过 = x > 0
    return np.where(通过, x, 0.0), 通过


def relu_backward(dout, cache):
    """梯度只经过前向时打开的门。"""
    return np.where(cache, dout, 0.0)


def softmax_loss(x, y):
    """先减去每行的最大值，防止溢出。"""
    样本数 = x.shape[0]
    行 = np.arange(样本数)
    指数 = np.exp(x - x.max(axis=1, keepdims=True))
    概率 = 指数 / 指数.sum(axis=1, keepdims=True)
    损失 = -np.mean(np.log(概率[行, y]))
    梯度 = 概率.copy()
    梯度[行, y] -= 1  # 给出的概率减去应有的概率
    return 损失, 梯度 / 样本数
