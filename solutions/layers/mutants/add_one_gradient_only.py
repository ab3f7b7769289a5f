# expect: AddLayer.dx_matches_reference failed gradient-missing
# One value is returned, because "both gradients are the same anyway".
class AddLayer:
    def __init__(self):
        pass

    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout * 1
