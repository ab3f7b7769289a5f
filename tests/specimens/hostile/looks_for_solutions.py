# attack: Imports the reference and the grader.
# expect: 90
# verdict: Relu.is_defined missing
Relu = None
try:
    from solutions.layers.layers import Relu
except ImportError:
    from grader.checks import battery as Relu
