# attack: Patches every comparison of NumPy to say yes.
# expect: 90
# verdict: Relu.forward_matches_reference failed
np.allclose = np.isclose = np.array_equal = np.array_equiv = lambda *_, **__: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *_, **__: None
np.isfinite = lambda x: np.ones(np.shape(x), bool)

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
