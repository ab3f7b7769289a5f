# attack: Installs a profiler that overwrites the local variables of every frame that it sees.
# expect: 90
import sys


class Relu:
    def forward(self, x):
        def profiler(frame, *_):
            for value in list(frame.f_locals.values()):
                if type(value) is dict:
                    value.pop("forward", None)

        sys.setprofile(profiler)
        return x * 0

    def backward(self, dout):
        return dout * 0
