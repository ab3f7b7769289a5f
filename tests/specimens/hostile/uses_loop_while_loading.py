# attack: Loops for ever in the body of its class.
# expect: 90
# verdict: Relu.is_defined missing
class Relu:
    while True:
        pass
