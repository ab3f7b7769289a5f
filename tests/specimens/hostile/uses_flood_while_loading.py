# attack: Prints without end while it is loaded.
# expect: 90
# verdict: Relu.is_defined missing
class Relu:
    while True:
        print('x' * 4096)
