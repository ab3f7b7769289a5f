# attack: A list of two lists of two lists, forty levels deep: a million million numbers.
# expect: 90
class Relu:
    def forward(self, x):
        nest = [0.0]
        for _ in range(40):
            nest = [nest, nest]
        return nest

    def backward(self, dout):
        return dout * 0
