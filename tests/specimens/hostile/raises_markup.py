# attack: An exception whose type and text are markup, terminal codes, bidi marks and lone surrogates.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        raise type("<script>alert(4)</script>", (Exception,), {})(
            "<script>alert(5)</script>\x1b[2J\u202egnp\ud800\x00=cmd()"
        )

    def backward(self, dout):
        return dout * 0
