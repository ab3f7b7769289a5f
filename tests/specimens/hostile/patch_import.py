# attack: Patches __import__, so that every module is one that says yes.
# expect: 90
# prints: patched
import builtins

class Yes:
    def __getattr__(self, _):
        return lambda *_, **__: True


class Attack:
    yes = Yes()
    builtins.__import__ = lambda *_, yes=yes, **__: yes
    print("patched")

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
