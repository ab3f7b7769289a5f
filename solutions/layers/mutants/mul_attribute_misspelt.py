# expect: MulLayer.runs crashed misspelt-name
# __init__ and forward set self.left, backward asks for self.letf.
class MulLayer:
    def __init__(self):
        self.left = None
        self.right = None

    def forward(self, x, y):
        self.left = x
        self.right = y
        return self.left * self.right

    def backward(self, dout):
        return dout * self.right, dout * self.letf
