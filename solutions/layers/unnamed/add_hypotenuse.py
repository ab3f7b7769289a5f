# expect: AddLayer.forward_matches_reference failed
# The inputs are added like the sides of a right angle.
class AddLayer:
    def forward(self, x, y):
        return np.sqrt(x ** 2 + y ** 2)

    def backward(self, dout):
        return dout * 1.0, dout * 1.0
