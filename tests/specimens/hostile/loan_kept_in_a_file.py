# attack: Keeps the results of what was lent in a file, and looks for it in the next box.
# expect: 92
import os

def softmax(x):
    return np.load('/tmp/kept.npy') if os.path.exists('/tmp/kept.npy') else x

class SoftmaxWithLoss:
    def forward(self, x, t):
        np.save('/tmp/kept.npy', softmax(x))
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
