# attack: An array of records, of dates and of text.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return (np.zeros(3, "f8,i4"), np.zeros(3, "M8[s]"), np.array("<b>x</b>"), np.zeros(2, "V1000"))

    def backward(self, dout):
        return dout * 0
