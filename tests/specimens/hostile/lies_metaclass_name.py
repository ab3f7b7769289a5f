# attack: A metaclass whose __name__ and __qualname__ raise and whose repr ends the process.
# expect: 90
import os

class Meta(type):
    @property
    def __name__(cls):
        os._exit(1)

    @property
    def __qualname__(cls):
        raise SystemExit

    def __repr__(cls):
        os._exit(1)


class Odd(metaclass=Meta):
    pass

class Relu:
    def forward(self, x):
        return Odd()

    def backward(self, dout):
        return dout * 0
