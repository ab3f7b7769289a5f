# attack: Loads its own pickle, whose loading runs a command.
# expect: 100
# prints: result
import pickle

class Attack:
    with open("/sub/data.pkl", "rb") as file:
        print("result", pickle.load(file))

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
