# attack: Runs a regular expression that takes exponential time and holds the lock.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
import re


class Relu:
    def forward(self, x):
        return re.match(r'(a+)+$', 'a' * 60 + 'b')

    def backward(self, dout):
        return dout * 0
