# attack: Patches __build_class__, so that every class defined from then on answers zero.
# expect: 90
import builtins

class Zero:
    def forward(self, *_):
        return 0.0

    def backward(self, *_):
        return 0.0


builtins.__build_class__ = lambda *_, **__: Zero


class Relu:
    pass
