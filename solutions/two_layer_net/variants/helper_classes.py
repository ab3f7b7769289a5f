# expect: full
# Layers are objects of private classes; the functions asked for are thin wrappers around them.
class _Layer:
    def __call__(self, *inputs):
        return self.forward(*inputs), self


class _Affine(_Layer):
    def forward(self, x, w, b):
        self.x, self.w, self.b = x, w, b
        self.rows = x.reshape(x.shape[0], -1)
        return self.rows @ w + b

    def backward(self, dout):
        return (dout @ self.w.T).reshape(self.x.shape), self.rows.T @ dout, dout.sum(0).reshape(self.b.shape)


class _Relu(_Layer):
    def forward(self, x):
        self.gate = (x > 0).astype(float)
        return x * self.gate

    def backward(self, dout):
        return dout * self.gate


class _Stack(_Layer):
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, *inputs):
        for layer in self.layers:
            inputs = (layer.forward(*inputs),)
        return inputs[0]

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout


def affine_forward(x, w, b):
    return _Affine()(x, w, b)


def affine_backward(dout, cache):
    return cache.backward(dout)


def relu_forward(x):
    return _Relu()(x)


def relu_backward(dout, cache):
    return cache.backward(dout)


def affine_relu_forward(x, w, b):
    return _Stack(_Affine(), _Relu())(x, w, b)


def affine_relu_backward(dout, cache):
    return cache.backward(dout)
