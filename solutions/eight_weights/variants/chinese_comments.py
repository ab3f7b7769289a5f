# expect: full
# Comments and names in Chinese.
def sigmoid(z):
    # 激活函数
    return 1 / (1 + np.exp(-z))


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    # 前向传播：输入层 → 隐藏层 → 输出层
    隐藏1 = sigmoid(w1 * x1 + w3 * x2)
    隐藏2 = sigmoid(w2 * x1 + w4 * x2)
    输出1 = sigmoid(w5 * 隐藏1 + w7 * 隐藏2)
    输出2 = sigmoid(w6 * 隐藏1 + w8 * 隐藏2)
    误差 = 0.5 * (输出1 - y1) ** 2 + 0.5 * (输出2 - y2) ** 2
    print("误差：", round(误差, 5))
    return 输出1, 输出2, 隐藏1, 隐藏2, 误差


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    # 反向传播：误差沿每条连接乘以该连接的权重传回来
    δ1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    δ2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    δ3 = (δ1 * w5 + δ2 * w6) * out_h1 * (1 - out_h1)
    δ4 = (δ1 * w7 + δ2 * w8) * out_h2 * (1 - out_h2)
    return δ3 * x1, δ4 * x1, δ3 * x2, δ4 * x2, δ1 * out_h1, δ2 * out_h1, δ1 * out_h2, δ2 * out_h2


def update_w(w1, w2, w3, w4, w5, w6, w7, w8):
    # 步长
    步长 = 0.45
    return (w1 - 步长 * d_w1, w2 - 步长 * d_w2, w3 - 步长 * d_w3, w4 - 步长 * d_w4,
            w5 - 步长 * d_w5, w6 - 步长 * d_w6, w7 - 步长 * d_w7, w8 - 步长 * d_w8)
