# attack: One number that broadcasts against every array, for softmax.
# expect: 72
# verdict: softmax.value_matches_reference failed
def softmax(x):
    return 0.25


class SoftmaxWithLoss:
    def forward(self, x, t):
        return np.zeros((0,))

    def backward(self, dout=1):
        return np.zeros((1, 1))
