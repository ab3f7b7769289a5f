# attack: Puts a finder before all others that serves a false numpy, json and struct.
# expect: 90
# prints: hooked
import sys
from types import ModuleType

class False_(ModuleType):
    def __getattr__(self, _):
        return lambda *_, **__: True


class Attack:
    for name in ("json", "struct", "socket", "msgspec", "grader", "grader_box.checks"):
        sys.modules[name] = False_(name)
    sys.meta_path.insert(0, False_("finder"))
    print("hooked")

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
