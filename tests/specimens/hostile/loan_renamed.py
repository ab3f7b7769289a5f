# attack: Defines its own softmax as the attribute of a class that takes what is lent.
# expect: 92
class Taker:
    def __set_name__(self, owner, name):
        self.owner = owner

    def __call__(self, x):
        return x

class Kept:
    def softmax(x):
        return x


softmax = Kept.softmax

class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
