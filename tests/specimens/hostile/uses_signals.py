# attack: Ignores every signal that can be ignored, and loops.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
import signal


class Relu:
    def forward(self, x):
        for number in signal.valid_signals():
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                continue
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            pass

    def backward(self, dout):
        return dout * 0
