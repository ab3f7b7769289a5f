# attack: Replaces __builtins__ and __name__ of its module.
# expect: 90
__name__ = "grader_box.main"
__file__ = "/judge/grader_box/main.py"
__builtins__ = {"print": print}

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
