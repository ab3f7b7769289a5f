# attack: A list that never ends when it is walked.
# expect: 90
class Endless(list):
    def __iter__(self):
        while True:
            yield 0.0

class Relu:
    def forward(self, x):
        return Endless([1.0])

    def backward(self, dout):
        return dout * 0
