# expect: Relu.dx_matches_reference failed mask-missing
# dout is handed on as it is.
class Relu:
    def forward(self, x):
        return np.maximum(0, x)

    def backward(self, dout):
        return dout.copy()
