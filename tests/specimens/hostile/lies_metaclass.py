# attack: A metaclass that answers every question about its class and its instances.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Meta(type):
    def __instancecheck__(cls, _):
        return True

    def __subclasscheck__(cls, _):
        return True

    def __eq__(cls, _):
        return True

    def __getattribute__(cls, name):
        return type.__getattribute__(cls, name) if name.startswith("__") else (lambda *_: 0.0)

    __hash__ = type.__hash__


class Relu(metaclass=Meta):
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
