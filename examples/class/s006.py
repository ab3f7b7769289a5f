import numpy as np
import math

# ---------------------------------------------------------------
#  nodes
# ---------------------------------------------------------------

class MulLayer:
    def __init__(self):
        self.x = 0
        self.y = 0

    def forward(self, x, y):
        self.x = x
        self.y = y
        z = x * y
        return z

    def backward(self, dout):
        dx = dout * self.y
        dy = dout * self.x
        return dx, dy


class AddLayer:
    def __init__(self):
        pass

    def forward(self, x, y):
        z = x + y
        return z

    def backward(self, dout):
        dx = dout
        dy = dout
        return dx, dy


def buy_apple(apple, apple_num, tax):
    mul1 = MulLayer()
    mul2 = MulLayer()
    z = mul1.forward(apple, apple_num)
    price = mul2.forward(z, tax)
    dz, dtax = mul2.backward(1)
    dapple, dapple_num = mul1.backward(dz)
    return price, (dapple, dapple_num, dtax)


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    mul1 = MulLayer()
    mul2 = MulLayer()
    add = AddLayer()
    mul3 = MulLayer()
    a = mul1.forward(apple, apple_num)
    o = mul2.forward(orange, orange_num)
    z = add.forward(a, o)
    price = mul3.forward(z, tax)
    dz, dtax = mul3.backward(1)
    da, do = add.backward(dz)
    dapple, dapple_num = mul1.backward(da)
    dorange, dorange_num = mul2.backward(do)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)

# ---------------------------------------------------------------
#  activations, with loops
# ---------------------------------------------------------------

class Relu:
    def forward(self, x):
        self.x = x
        out = np.zeros((len(x), len(x[0])))
        for i in range(len(x)):
            for j in range(len(x[0])):
                if x[i][j] > 0:
                    out[i][j] = x[i][j]
        return out

    def backward(self, dout):
        dx = np.zeros((len(dout), len(dout[0])))
        for i in range(len(dout)):
            for j in range(len(dout[0])):
                if self.x[i][j] > 0:
                    dx[i][j] = dout[i][j]
        return dx


class Sigmoid:
    def forward(self, x):
        self.out = np.zeros((len(x), len(x[0])))
        for i in range(len(x)):
            for j in range(len(x[0])):
                # math.exp raises an error beyond 709
                self.out[i][j] = 1 / (1 + math.exp(min(-x[i][j], 700)))
        return self.out

    def backward(self, dout):
        dx = np.zeros((len(dout), len(dout[0])))
        for i in range(len(dout)):
            for j in range(len(dout[0])):
                dx[i][j] = dout[i][j] * self.out[i][j] * (1 - self.out[i][j])
        return dx

# ---------------------------------------------------------------
#  affine
# ---------------------------------------------------------------

class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        out = np.zeros((self.x.shape[0], self.W.shape[1]))
        for i in range(out.shape[0]):
            out[i] = self.b
            for k in range(self.W.shape[0]):
                out[i] += self.x[i, k] * self.W[k]
        return out

    def backward(self, dout):
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        dx = np.zeros(self.x.shape)
        for i in range(dout.shape[0]):
            self.db += dout[i]
            for k in range(self.W.shape[0]):
                self.dW[k] += self.x[i, k] * dout[i]
                for j in range(dout.shape[1]):
                    dx[i, k] += self.W[k, j] * dout[i, j]
        return dx.reshape(self.shape)

# ---------------------------------------------------------------
#  loss
# ---------------------------------------------------------------

def softmax(x):
    if x.ndim == 1:
        m = max(x)
        e = [math.exp(v - m) for v in x]
        return np.array([v / sum(e) for v in e])
    rows = []
    for row in x:
        rows.append(softmax(row))
    return np.array(rows)


def cross_entropy_error(y, t):
    if y.ndim == 1:
        y = np.array([y])
        t = np.array([t])
    loss = 0
    for i in range(len(y)):
        if t.size == y.size:
            k = list(t[i]).index(1)
        else:
            k = int(t[i])
        loss = loss - math.log(y[i][k] + 1e-7)
    return loss / len(y)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        dx = np.zeros(self.y.shape)
        for i in range(len(self.y)):
            for k in range(len(self.y[0])):
                if self.t.size == self.y.size:
                    target = self.t[i][k]
                else:
                    target = 1 if k == int(self.t[i]) else 0
                dx[i][k] = dout * (self.y[i][k] - target)
        return dx


print("apple:", buy_apple(100, 2, 1.1))
print("both:", buy_apple_orange(100, 2, 150, 3, 1.1))
