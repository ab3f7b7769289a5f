# attack: Empties every dict and list of the collector but its own.
# expect: 90 at most
import gc


class Relu:
    def forward(self, x):
        for thing in gc.get_objects():
            if type(thing) is list:
                thing.clear()
        return x * 0

    def backward(self, dout):
        return dout * 0
