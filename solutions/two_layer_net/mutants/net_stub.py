# expect: TwoLayerNet.is_defined missing
# Not written yet.
class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        raise NotImplementedError("TwoLayerNet.__init__ is not written yet")

    def loss(self, X, y=None):
        raise NotImplementedError("TwoLayerNet.loss is not written yet")
