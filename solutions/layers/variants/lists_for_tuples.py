# expect: full
# Results that are asked for as tuples come as lists.
class MulLayer:
    def forward(self, x, y):
        self.inputs = [x, y]
        return x * y

    def backward(self, dout):
        x, y = self.inputs
        dx = dout * y
        dy = dout * x
        return [dx, dy]


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return [dout] * 2


def buy_apple(apple, apple_num, tax):
    grads = [apple_num * tax, apple * tax, apple * apple_num]
    return [apple * apple_num * tax, grads]
