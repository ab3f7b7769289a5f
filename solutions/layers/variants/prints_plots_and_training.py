# expect: full
# The definitions stand among prints, a download, a plot and a training loop that a grader must not wait for.
import numpy as np
import matplotlib.pyplot as plt

print("numpy", np.__version__)
np.random.seed(0)
x_train = np.random.randn(100, 4)
t_train = np.eye(3)[np.random.randint(0, 3, 100)]


class Relu:
    def __init__(self):
        print("Relu made")

    def forward(self, x):
        print("forward", x.shape)
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        print("backward", dout.shape)
        return dout * self.mask


layer = Relu()
print(layer.forward(x_train[:2]))
plt.plot(np.linspace(-3, 3), Relu().forward(np.linspace(-3, 3)))
plt.show()


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.x_shape)


import urllib.request

urllib.request.urlretrieve("http://data.example.invalid/train-images.gz", "train-images.gz")

affine = Affine(np.random.randn(4, 3), np.zeros(3))
loss_layer = SoftmaxWithLoss()
losses = []
for epoch in range(1000000):
    loss = loss_layer.forward(affine.forward(x_train), t_train)
    affine.backward(loss_layer.backward())
    affine.W -= 0.1 * affine.dW
    affine.b -= 0.1 * affine.db
    losses.append(loss)
    if epoch % 1000 == 0:
        print("epoch", epoch, "loss", loss)
plt.plot(losses)
