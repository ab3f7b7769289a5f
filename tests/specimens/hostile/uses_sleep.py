# attack: Sleeps.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
import time


class Relu:
    def forward(self, x):
        time.sleep(3600)

    def backward(self, dout):
        return dout * 0
