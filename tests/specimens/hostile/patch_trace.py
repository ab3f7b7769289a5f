# attack: Installs a tracer that raises inside of the grader's own code.
# expect: 90
import sys


class Relu:
    def forward(self, x):
        def tracer(frame, *_):
            raise ZeroDivisionError(frame.f_code.co_name)

        sys.settrace(tracer)
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
