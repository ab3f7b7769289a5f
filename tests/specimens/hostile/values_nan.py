# attack: NaN everywhere, which no comparison finds different.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return x * np.nan

    def backward(self, dout):
        return dout * np.nan
