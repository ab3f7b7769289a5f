# attack: Ends the process from the body of its class.
# expect: 90
# verdict: Relu.is_defined missing
import os


class Relu:
    os._exit(0)
