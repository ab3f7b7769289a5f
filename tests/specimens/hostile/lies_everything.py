# attack: An object that has every attribute, item and operator.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Everything:
    def __getattr__(self, _):
        return self

    def __call__(self, *_, **__):
        return self

    def __getitem__(self, _):
        return self

    def __iter__(self):
        return iter([self] * 3)

    def __len__(self):
        return 3

    def __float__(self):
        return 0.0

    def __eq__(self, _):
        return True

    __hash__ = None

class Relu:
    def forward(self, x):
        return Everything()

    def backward(self, dout):
        return dout * 0
