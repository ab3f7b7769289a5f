# attack: Sets a timer whose handler ends the process from inside of the grader's code.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os
import signal
import time


class Relu:
    def forward(self, x):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        time.sleep(30)

    def backward(self, dout):
        return dout * 0
