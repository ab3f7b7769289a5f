# attack: Ends the interpreter from the body of its class.
# expect: 90
# verdict: Relu.is_defined missing
import sys


class Relu:
    sys.exit(0)
