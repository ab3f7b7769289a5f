# attack: Lifts the limit of recursion and calls itself through C without end.
# expect: 90
import sys

class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

class Relu:
    def forward(self, x):
        sys.setrecursionlimit(10**9)
        return Deep().attribute

    def backward(self, dout):
        return dout * 0
