# expect: full
# forward leaves behind a function that backward calls; nothing else is kept.
class MulLayer:
    def forward(self, x, y):
        self._back = lambda dout: (dout * y, dout * x)
        return x * y

    def backward(self, dout):
        return self._back(dout)


class Relu:
    def forward(self, x):
        gate = x > 0
        self._back = lambda dout: dout * gate
        return x * gate

    def backward(self, dout):
        return self._back(dout)


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        rows = x.reshape(x.shape[0], -1)

        def back(dout):
            self.dW = rows.T @ dout
            self.db = dout.sum(axis=0)
            return (dout @ self.W.T).reshape(x.shape)

        self.backward = back
        return rows @ self.W + self.b

    def backward(self, dout):
        raise RuntimeError("forward first")
