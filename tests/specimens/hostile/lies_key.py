# attack: A dict whose keys are strings that raise when they are measured or copied.
# expect: 90
class Key(str):
    def __len__(self):
        raise SystemExit(0)

    def __str__(self):
        raise KeyboardInterrupt

    __hash__ = str.__hash__

class Relu:
    def forward(self, x):
        return {Key("forward"): x}

    def backward(self, dout):
        return dout * 0
